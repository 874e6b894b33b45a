"""Records behind two passphrases and a recovery code, at a cost of guessing that tests can pay."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from behind import ANN, BEN, CHEAP, Kept

from mmt.model.sign_in import NewKeys
from mmt.paths import Places
from mmt.storage.keyfile import read_secrets
from mmt.storage.keys import changing
from mmt.storage.keys.recovery import fresh_code
from mmt.storage.slots import cost


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    """One guess costs next to nothing: the measure that is standard, and the least that is taken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="module")
def behind(ready: Path, tmp_path_factory: pytest.TempPathFactory, _cheap: None) -> Kept:
    """The folder to be copied."""
    places = Places(shutil.copytree(ready, tmp_path_factory.mktemp("behind") / "clinic"))
    code = fresh_code()
    keys = NewKeys(passphrase=ANN, code=code)
    now = changing.turn_on(places.database, places.key, read_secrets(places.key), "Ann", keys)
    changing.give(places.key, now, "Ben", BEN)
    return Kept(places, code)


@pytest.fixture
def kept(behind: Kept, tmp_path: Path) -> Kept:
    return Kept(Places(shutil.copytree(behind.places.root, tmp_path / "clinic")), behind.code)
