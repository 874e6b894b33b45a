"""From a passphrase to open records, beside one bare Argon2id of the same measure."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from table import Row

from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.slots.cost import STANDARD

RUNS = 15
WORDS, CODE = "slow green kettle song", "0000-0000-0000-0000-0000-0000-0000"


def rows() -> Iterator[Row]:
    """Each sign-in is followed by its reference, so that both meet the same moments of the computer."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder) / "clinic")
        who = SignIn(who="Dr Example", passphrase=WORDS)
        keys = NewKeys(passphrase=WORDS, code=CODE)
        Clinic.create(places, Letterhead(name="Example Clinic"), who.who, keys).close()
        for _ in range(RUNS):
            begun = time.perf_counter()
            clinic = Clinic.open(places, who)
            ours.append(1000 * (time.perf_counter() - begun))
            clinic.close()
            begun = time.perf_counter()
            measure = STANDARD.passes, STANDARD.memory, STANDARD.lanes
            hash_secret_raw(WORDS.encode(), bytes(16), *measure, 32, Type.ID)
            bare.append(1000 * (time.perf_counter() - begun))
    yield Row("sign in: passphrase to open records", ours, "one bare Argon2id of the same measure", bare, 1.5)


if __name__ == "__main__":
    from table import show

    print(show(rows()))
