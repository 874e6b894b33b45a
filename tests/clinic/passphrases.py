"""A clinic behind passphrases, and what who signs in types."""

from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.model.sign_in import SignIn
from mmt.paths import Places
from mmt.storage.slots.cost import Cost

CHEAP = Cost(passes=1, memory=32, lanes=4)
DR = "Dr Example"
LETTERHEAD = Letterhead(name="Example Clinic", address="1 Example Street", telephone="555 0100")
ANN, BEN = "slow green kettle song", "seven loud paper boats"
AS_DR = SignIn(who=DR, passphrase=ANN)
AS_BEN = SignIn(who="Ben Second", passphrase=BEN)
CODE = "0000-0000-0000-0000-0000-0000-0000"


def acts(clinic: Clinic) -> list[tuple[str, str]]:
    """Who did what, all that the chain holds."""
    with clinic.store.reading() as db:
        return [tuple(row) for row in db.conn.execute("select actor, act from acts order by seq")]


def entered(places: Places, sign_in: SignIn = AS_DR, **clock: object) -> Clinic:
    """The clinic as the next start of the program opens it."""
    return Clinic.open(places, sign_in, **clock)  # type: ignore[arg-type]
