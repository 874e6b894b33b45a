"""Records behind two passphrases and a recovery code."""

from pathlib import Path
from typing import NamedTuple

from mmt.paths import Places
from mmt.storage.keyfile import Secrets
from mmt.storage.keys.opening import unlock
from mmt.storage.slots.cost import Cost

CHEAP = Cost(passes=1, memory=32, lanes=4)
ANN, BEN = "slow green kettle song", "seven loud paper boats"


class Kept(NamedTuple):
    """Records behind the passphrases of Ann and Ben, and the recovery code of the clinic."""

    places: Places
    code: str

    @property
    def path(self) -> Path:
        return self.places.key

    def secrets(self, who: str = "Ann", passphrase: str = ANN) -> Secrets:
        """What a passphrase opens."""
        return unlock(self.places.database, self.places.key, who, passphrase).secrets
