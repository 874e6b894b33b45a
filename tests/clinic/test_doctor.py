"""What the doctor says of a clinic in which something is wrong, and what it mends."""

import datetime
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mmt.clinic import Clinic
from mmt.clinic.doctor import folder, libraries, records
from mmt.clinic.doctor.complaint import Examined
from mmt.clinic.doctor.examination import complaints, mended
from mmt.model.people import Patient
from mmt.paths import Places
from mmt.storage import shares

EVENING = datetime.datetime.now().astimezone().replace(hour=23, minute=59)
"""Later than what a test records, whenever it runs."""
LONG_AGO = time.time() - 2 * 24 * 3600


def told(places: Places, now: datetime.datetime = EVENING) -> list[str]:
    """What is complained of."""
    return list(map(str, complaints(Examined(places, now))))


@pytest.fixture
def signed(places: Places) -> Places:
    """A clinic with a signed visit, closed."""
    clinic = Clinic.open(places)
    ann = clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))
    clinic.begin(ann.id, "Dr Example", sure=True).sign("Dr Example")
    clinic.close()
    return places


@pytest.fixture
def stick(signed: Places, tmp_path: Path) -> Iterator[Path]:
    """A folder with a backup of it."""
    into = tmp_path / "stick"
    into.mkdir()
    clinic = Clinic.open(signed)
    clinic.backups().make(into)
    clinic.close()
    return into


def test_nothing_is_wrong_with_a_new_clinic(places: Places) -> None:
    before = sorted(places.root.iterdir())
    assert told(places) == []
    assert sorted(places.root.iterdir()) == before, "nothing is left behind"


def test_nothing_is_wrong_while_the_records_are_in_use(signed: Places, stick: Path) -> None:
    clinic = Clinic.open(signed)
    clinic.add_patient(Patient(name="Bea Example", birth_date=datetime.date(1981, 5, 17)))
    assert told(signed) == []
    clinic.close()


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def other_key(places: Places) -> None:
    places.key.write_text("".join(f"{'ab' * 32}\n" for _ in places.key.read_text().split()))


DAMAGE: dict[str, tuple[Callable[[Places], object], str]] = {
    "no folder": (lambda places: shutil.rmtree(places.root), "clinic: There is no such folder."),
    "no key": (lambda places: places.key.unlink(), "The key file"),
    "a key that is none": (lambda places: places.key.write_text("x"), "is damaged or cannot be read"),
    "another's key": (other_key, "belong to another key"),
    "no records": (
        lambda places: places.database.unlink(),
        "clinic.mark lie there without clinic.db",
    ),
    "no mark": (lambda places: places.mark.unlink(), "which says how far the records had come, is missing"),
    "empty records": (lambda places: os.truncate(places.database, 0), "is empty, so it is not a file of mmt"),
    "a flipped bit": (lambda places: flip(places.database, 3 * 4096 + 99), "1 page is not as written"),
    "a settings file that is none": (lambda places: places.settings.write_text("{"), "F9 in mmt sets"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_wrong_is_said_once_also_where_the_records_do_not_open(damage: str, places: Places) -> None:
    spoil, says = DAMAGE[damage]
    spoil(places)
    found = told(places)
    assert [one for one in found if says in one], found
    assert len(found) == 1


def test_what_another_program_changed_in_the_shape_is_said(places: Places) -> None:
    clinic = Clinic.open(places)
    with clinic.store.reading() as db:
        db.conn.execute("drop trigger observations_update_never")
        db.conn.execute("create view lies as select 1")
    clinic.close()
    (found,) = told(places)
    assert "observations_update_never" in found


def test_a_clock_that_is_behind_is_said(signed: Places, stick: Path) -> None:
    assert told(signed, EVENING + datetime.timedelta(days=2)) == []
    (found,) = told(signed, EVENING - datetime.timedelta(days=2))
    assert found.startswith("clock: It says ")
    assert "Set this computer's clock" in found


def test_no_backup_and_an_old_one_and_one_that_is_gone_are_said(signed: Places, tmp_path: Path) -> None:
    (found,) = told(signed)
    assert found.startswith("backup: No backup was made yet. `mmt backup FOLDER`")
    clinic = Clinic.open(signed)
    made = clinic.backups().make(tmp_path)
    clinic.close()
    assert told(signed) == []
    (found,) = told(signed, EVENING + datetime.timedelta(days=8))
    assert "The last one is 8 days old." in found
    shutil.rmtree(made.folder)
    (found,) = told(signed)
    assert f"The last one is no longer in {tmp_path}." in found


def test_a_full_disk_a_share_and_a_large_log_are_said(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "LEAST_FREE", 1 << 62)
    monkeypatch.setattr(records, "LARGE_LOG", 0)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/records {places.root} nfs4 rw 0 0\n")
    clinic = Clinic.open(places)
    clinic.add_patient(Patient(name="Bea Example", birth_date=datetime.date(1981, 5, 17)))
    monkeypatch.setattr(shares, "_MOUNTS", mounts)
    found = told(places)
    assert [one.split(":")[0] for one in found] == [str(places.root), str(places.root), "clinic.db-wal"]
    assert "network share (nfs4)" in found[0]
    assert "MB left. Make room" in found[1]
    clinic.close()


def test_libraries_that_are_missing_or_too_old_are_said(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants = ["nothing-of-this-name>=1", "click>=99", "msgspec", "nothing; python_version < '3'"]
    monkeypatch.setattr(libraries, "requires", lambda _: wants)
    missing, old = told(places)
    assert missing.startswith("nothing-of-this-name: This library is missing.")
    assert old.startswith("click: Version ")


@pytest.mark.skipif(os.name == "nt", reason="file modes mean nothing on Windows")
def test_rights_are_mended_and_what_lies_about_is_removed_and_nothing_else(places: Places) -> None:
    places.root.chmod(0o755)
    places.key.chmod(0o644)
    for name in (".setup-ab", ".mmt-cd", ".new-clinic.key", "mine", ".setup-new"):
        path = places.root / name
        path.mkdir()
        (path / "x").touch()
        if name != ".setup-new":
            os.utime(path, (LONG_AGO, LONG_AGO))
    found = complaints(Examined(places, EVENING))
    assert [one.where for one in found] == ["clinic", "clinic.key", ".setup-ab", ".new-clinic.key", ".mmt-cd"]
    assert mended(found) == ([one.where for one in found], [])
    assert told(places) == []
    assert sorted(one.name for one in places.root.iterdir()) == [
        ".setup-new",
        "clinic.db",
        "clinic.key",
        "clinic.mark",
        "mine",
    ]


def test_what_is_left_of_a_set_up_stays_where_the_records_are_missing(places: Places) -> None:
    left = places.root / ".setup-ab"
    left.mkdir()
    places.database.rename(left / "clinic.db")
    os.utime(left, (LONG_AGO, LONG_AGO))
    assert mended(complaints(Examined(places, EVENING))) == ([], [])
    assert (left / "clinic.db").exists()


def test_a_log_that_has_grown_is_folded_in(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGE_LOG", 0)
    clinic = Clinic.open(places)
    clinic.add_patient(Patient(name="Bea Example", birth_date=datetime.date(1981, 5, 17)))
    kept = shutil.copytree(places.root, places.root.with_name("killed"))
    clinic.close()
    killed = Places(kept)
    (found,) = complaints(Examined(killed, EVENING))
    assert mended([found]) == (["clinic.db-wal"], [])
    assert told(killed) == []
    again = Clinic.open(killed)
    assert [row.name for row in again.search("bea")] == ["Bea Example"]
    again.close()


def test_what_cannot_be_mended_is_said(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: Path) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(folder, "close", refuses)
    places.key.chmod(0o644)
    assert mended(complaints(Examined(places, EVENING))) == ([], ["clinic.key: [Errno 1] not permitted"])
