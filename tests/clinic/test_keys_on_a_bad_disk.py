"""One call to the disk fails, or all from it on, while passphrases are changed: a sentence, and all is as it
was or as it was meant to be."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from passphrases import ANN, AS_DR, BEN, CHEAP, CODE, DR

from mmt.clinic import Clinic
from mmt.clinic.signing_in import recover
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.keys.opening import unlock_by_code
from mmt.storage.keys.recovery import shown
from mmt.storage.slots import cost
from mmt.storage.store import utc_now

OTHER, NEW_CODE = "nine old river stones", shown(7)
WRITES = (
    *((os, name) for name in ("fsync", "link")),
    (tempfile, "mkstemp"),
    *((Path, name) for name in ("replace", "hardlink_to")),
)
CALLS = {
    errno.ENOSPC: WRITES,
    errno.EROFS: (*WRITES, (Path, "unlink")),
    errno.EIO: (*WRITES, (Path, "unlink"), (os, "open")),
}
"""Which calls fail with which error."""


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="module")
def shut(ready: Path, tmp_path_factory: pytest.TempPathFactory, _cheap: None) -> Path:
    """The folder of a clinic in which two have a passphrase."""
    places = Places(shutil.copytree(ready, tmp_path_factory.mktemp("shut") / "clinic"))
    clinic = Clinic.open(places)
    clinic.keys().turn_on(DR, NewKeys(passphrase=ANN, code=CODE))
    clinic.keys().add("Ben Second", BEN, ANN)
    clinic.close()
    return places.root


class Deed(NamedTuple):
    """Something done to who opens the records, and whether it was, once somebody has signed in."""

    do: Callable[[Clinic], object]
    done: Callable[[Places], bool]


def seen(sign_in: SignIn | None, *names: str) -> Callable[[Places], bool]:
    def look(places: Places) -> bool:
        with closing(Clinic.open(places, sign_in)) as clinic:
            return (clinic.practitioners, clinic.keys().users) == (names, names if sign_in else ())

    return look


def new_code_opens(places: Places) -> bool:
    return unlock_by_code(places.database, places.key, NEW_CODE).secrets.whole


TWO = DR, "Ben Second"
DEEDS = {
    "add": Deed(
        lambda clinic: clinic.keys().add("Cleo Third", OTHER, ANN),
        seen(SignIn(who="Cleo Third", passphrase=OTHER), *TWO, "Cleo Third"),
    ),
    "change": Deed(
        lambda clinic: clinic.keys().change(ANN, OTHER), seen(SignIn(who=DR, passphrase=OTHER), *TWO)
    ),
    "remove": Deed(lambda clinic: clinic.keys().remove("Ben Second", ANN), seen(AS_DR, DR)),
    "code": Deed(lambda clinic: clinic.keys().keep_code(NEW_CODE, NEW_CODE, ANN), new_code_opens),
    "off": Deed(lambda clinic: clinic.keys().turn_off(ANN), seen(None, *TWO)),
    "on": Deed(lambda clinic: clinic.keys().turn_on(DR, NewKeys(passphrase=ANN, code=CODE)), seen(AS_DR, DR)),
    "recover": Deed(
        lambda clinic: recover(clinic.places, CODE, DR, OTHER, utc_now),
        seen(SignIn(who=DR, passphrase=OTHER), *TWO),
    ),
}


@contextmanager
def failing(turn: int, number: int, *, stays: bool) -> Iterator[list[str]]:
    """Call number `turn` to the disk fails, and where it `stays` so each one after it."""
    made: list[str] = []

    def wrapped(name: str, usual: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            made.append(name)
            if len(made) == turn or (stays and len(made) > turn):
                raise OSError(number, os.strerror(number))
            return usual(*given, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for of, name in CALLS[number]:
            patch.setattr(of, name, wrapped(name, getattr(of, name)))
        yield made


def opened(places: Places) -> Clinic:
    """The clinic as whoever may opens it: by what opened it before, by what opens it from then on, or by
    nothing."""
    for way in (AS_DR, SignIn(who=DR, passphrase=OTHER), None):
        places.tries.unlink(missing_ok=True)
        with suppress(ClinicError):
            return Clinic.open(places, way)
    raise AssertionError("nothing opens the records")


def tried(deed: str, turn: int, error: int, places: Places, *, stays: bool) -> tuple[str, int]:
    """What is said where that call fails, once all is as it was or as it was meant to be and can be done
    again; and how many calls there were."""
    clinic, said = opened(places), ""
    with failing(turn, error, stays=stays) as made:
        try:
            DEEDS[deed].do(clinic)
        except ClinicError as refusal:
            said = str(refusal)
            assert said.endswith(".")
            assert "mmt restore" not in said
    clinic.close()
    again = opened(places)
    with suppress(ClinicError):
        DEEDS[deed].do(again)
    again.close()
    places.tries.unlink(missing_ok=True)
    assert DEEDS[deed].done(places)
    return said, len(made)


@pytest.fixture
def before(deed: str, shut: Path, ready: Path) -> Path:
    return ready if deed == "on" else shut


@pytest.mark.parametrize(
    ("deed", "turn", "error", "says"),
    [
        ("add", 7, errno.ENOSPC, "cannot be written (No space left on device). Check disk and rights"),
        ("change", 7, errno.ENOSPC, "Keep both what opened the records before and what is new."),
        ("remove", 12, errno.ENOSPC, ""),
        ("remove", 17, errno.EIO, "cannot be read (Input/output error)"),
        ("off", 7, errno.EROFS, "cannot be written (Read-only file system)"),
        ("on", 8, errno.ENOSPC, ""),
        ("recover", 1, errno.EIO, "cannot be read (Input/output error)"),
    ],
)
def test_a_failing_disk_is_told_and_what_was_meant_can_be_done_again(
    deed: str, turn: int, error: int, says: str, before: Path, tmp_path: Path
) -> None:
    places = Places(shutil.copytree(before, tmp_path / "here"))
    assert says in tried(deed, turn, error, places, stays=error != errno.EIO)[0]


@pytest.mark.long
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("error", CALLS)
def test_each_call_fails_in_its_turn(deed: str, error: int, before: Path, tmp_path: Path) -> None:
    for turn in count(1):
        for stays in (False, True):
            places = Places(shutil.copytree(before, tmp_path / f"{turn}-{stays}"))
            many = tried(deed, turn, error, places, stays=stays)[1]
        if turn > many:
            return


def test_where_only_the_records_are_full_it_is_told_that_the_key_file_holds_it(
    shut: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Clinic.open(Places(shutil.copytree(shut, tmp_path / "here")), AS_DR)) as clinic:

        def full(*_: object, **__: object) -> None:
            raise NotSavedError("The disk is full. Make room on it, then try again.")

        monkeypatch.setattr(clinic.store, "log", full)
        with pytest.raises(NotSavedError, match="The new recovery code holds, and the old one opens nothing"):
            clinic.keys().keep_code(NEW_CODE, NEW_CODE, ANN)
        assert new_code_opens(clinic.places)
