"""Records whose disk is full or read-only open to be read, with all that they hold; nothing is written."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from disks import full
from dumps import restore
from kept import begun, graded, held, made, opened

from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.protocol import Protocol
from mmt.paths import Places
from mmt.storage.reading_alone import READ_ALONE
from mmt.storage.store import Store

LOGS = ("closed", "killed", "killed, without the index of the log")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing on the disk can be written."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def left(places: Places, protocol: Protocol, how: str) -> int:
    """Records with one grade in a draft, left in some way; the draft's number."""
    store = made(places)
    visit = graded(store, begun(store, protocol), "4").id
    if how == "closed":
        store.close()
        return visit
    killed = shutil.copytree(places.root, places.root.with_name("killed"))
    store.close()
    shutil.rmtree(places.root)
    killed.rename(places.root)
    if "without" in how:
        places.database.with_name("clinic.db-shm").unlink()
    return visit


def grades(store: Store, visit: int) -> list[str | None]:
    return [one.grade for one in held(store, visit).observations]


@pytest.mark.parametrize("how", LOGS)
@pytest.mark.parametrize("unwritable", [full, read_only])
def test_records_that_cannot_be_written_are_read_whole(
    unwritable: Callable[[Path], Iterator[None]], how: str, disk: Path, protocol: Protocol
) -> None:
    places = Places(disk / "records")
    visit = left(places, protocol, how)
    with unwritable(disk):
        store = opened(places)
        assert grades(store, visit) == ["4"]
        if store.trouble or unwritable is read_only:
            assert store.trouble == READ_ALONE
            with pytest.raises(NotSavedError, match="The records can only be read"):
                graded(store, held(store, visit), "5")
        else:  # as long as the index of the log is there, only a write meets the full disk
            assert how == "killed"
            with pytest.raises(NotSavedError, match="The disk"):
                graded(store, held(store, visit), "5")
        assert grades(store, visit) == ["4"]
        store.close()
    again = opened(places)
    assert again.trouble == ""
    assert [one.grade for one in graded(again, held(again, visit), "5").observations] == ["5"]
    again.close()


def test_a_folder_without_the_right_to_write_is_read(
    places: Places, protocol: Protocol, bound_by_modes: None
) -> None:
    visit = left(places, protocol, "closed")
    places.database.chmod(0o400)
    places.root.chmod(0o500)
    before = sorted(places.root.iterdir())
    store = opened(places)
    assert (grades(store, visit), store.trouble) == (["4"], READ_ALONE)
    store.close()
    assert sorted(places.root.iterdir()) == before
    places.root.chmod(0o700)
    places.database.chmod(0o600)


def test_a_log_of_other_records_is_refused_there_too(
    places: Places, protocol: Protocol, bound_by_modes: None
) -> None:
    left(places, protocol, "killed, without the index of the log")
    log = places.database.with_name("clinic.db-wal")
    other = Places(places.root.with_name("other"))
    left(other, protocol, "killed")
    shutil.copyfile(other.database.with_name("clinic.db-wal"), log)
    places.root.chmod(0o500)
    with pytest.raises(ClinicError, match=r"does not belong to clinic\.db, or is damaged"):
        opened(places)
    places.root.chmod(0o700)


def test_records_of_an_earlier_shape_wait_for_a_disk_that_can_be_written(
    places: Places, bound_by_modes: None
) -> None:
    restore("shape-6.sql", places)
    places.database.chmod(0o400)
    places.root.chmod(0o500)
    with pytest.raises(ClinicError, match="was written by an earlier mmt, and cannot be brought up"):
        opened(places)
    places.root.chmod(0o700)
    places.database.chmod(0o600)
    opened(places).close()
