"""The power fails: what had been acknowledged as saved is in the records, whenever it was."""

import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import begun, made, opened, patient
from power_cut import Disk, Names, Traced, missing

from mmt.clinic.verifying import verify
from mmt.model.protocol import Protocol
from mmt.paths import Places
from mmt.storage import patients, visits
from mmt.storage.clinic_data import practitioners
from mmt.storage.mark import RolledBackError

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "strace is there")

PROGRAM = Path(__file__).with_name("acknowledged.py")


def moments(root: Path, grades: int, synchronous: str = "FULL") -> Iterator[tuple[str, Disk]]:
    """After each call of a program that keeps so many grades: what it last acknowledged, and the disk."""
    traced, said = Traced(root), ""
    command = [sys.executable, str(PROGRAM), str(root / "clinic"), str(grades), synchronous]
    for word in traced.run(command, {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}):
        said = word or said
        yield said, traced.disk


def recorded(places: Places) -> list[int]:
    """The grades that the next start finds, after a look at the whole file."""
    store = opened(places)
    with store.reading() as db:
        db.conn.execute("pragma wal_checkpoint(truncate)").fetchall()
        assert db.conn.execute("pragma cipher_integrity_check").fetchall() == []
        assert db.conn.execute("pragma integrity_check").fetchone()[0] == "ok"
        rows = db.conn.execute("select value from observations order by id").fetchall()
    store.close()
    assert verify(places.root).breaks == ()
    return [json.loads(value)["count"] for (value,) in rows]


def lost(said: str, disk: Disk, folder: Path) -> int:
    """How many acknowledged grades are gone from what a power cut left; the rest must be whole."""
    shutil.rmtree(folder, ignore_errors=True)
    disk.put(folder)
    try:
        found = recorded(Places(folder / "clinic"))
    except RolledBackError:
        return 1  # the start says so
    assert found == list(range(1, len(found) + 1))
    return max(0, int(said.removeprefix("saved ") or 0) - len(found))


@pytest.fixture
def root(tmp_path: Path, ready: Path, protocol: Protocol) -> Path:
    """A folder with a clinic and a draft, on a disk where all of it is sure."""
    root = tmp_path / "root"
    shutil.copytree(ready, root / "clinic")
    store = opened(Places(root / "clinic"))
    begun(store, protocol)
    store.close()
    return root


def losses(root: Path, grades: int, every: int, synchronous: str = "FULL") -> list[int]:
    """What is lost by a power cut after each so-manieth call of the program."""
    chance, folder = random.Random(7), root.with_name("after")
    return [
        lost(said, disk.cut(chance), folder)
        for at, (said, disk) in enumerate(moments(root, grades, synchronous))
        if at % every == 0
    ]


def test_no_acknowledged_grade_is_lost(root: Path) -> None:
    found = losses(root, grades=25, every=9)
    assert len(found) > 30
    assert set(found) == {0}


def test_a_store_that_does_not_wait_for_the_disk_is_caught(root: Path) -> None:
    assert sum(losses(root, grades=25, every=13, synchronous="NORMAL")) > 0


@pytest.mark.long
@pytest.mark.parametrize("grades", [60, 400])
def test_no_acknowledged_grade_is_lost_at_any_moment(grades: int, root: Path) -> None:
    found = losses(root, grades, every=1)
    assert len(found) > 3 * grades
    assert set(found) == {0}


def test_two_records_are_joined_whole_or_not_at_all(tmp_path: Path, ready: Path, protocol: Protocol) -> None:
    root, chance, found = tmp_path / "root", random.Random(7), []
    shutil.copytree(ready, root / "clinic")
    store = opened(Places(root / "clinic"))
    for name in ("Ann Example", "Ann Before"):
        begun(store, protocol, patient(name))
    store.close()
    traced, said = Traced(root), ""
    command = [sys.executable, str(PROGRAM.with_name("joined.py")), str(root / "clinic")]
    for word in traced.run(command, {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}):
        said, folder = word or said, tmp_path / "after"
        shutil.rmtree(folder, ignore_errors=True)
        traced.disk.cut(chance).put(folder)
        after = opened(Places(folder / "clinic"))
        with after.reading() as db:
            held = [len(visits.of_patient(db, number)) for number in (1, 2)]
            listed = [row.id for row in patients.search(db, "ann", 9)]
        after.close()
        assert (held, listed) in (([1, 1], [2, 1]), ([2, 1], [1]))
        assert held == [2, 1] or not said
        found.append(held)
    assert [1, 1] in found
    assert [2, 1] in found


def set_up_again(said: str, disk: Disk, folder: Path) -> bool:
    """Start after a power cut during the first run; whether the clinic had to be set up again."""
    shutil.rmtree(folder, ignore_errors=True)
    disk.put(folder)
    places = Places(folder / "clinic")
    again = not places.database.exists()
    assert not (again and said)
    for left in (places.key, places.mark) if again else ():  # as the sentence asks
        if left.exists():
            left.rename(left.with_suffix(".away"))
    store = made(places) if again else opened(places)
    with store.reading() as db:
        assert practitioners(db) == ("Dr Example",)
        assert db.conn.execute("select count(*) from visits").fetchone()[0] >= (said == "saved 0")
    store.close()
    return again


@pytest.mark.parametrize(
    ("every", "at_names"), [(40, 1), pytest.param(1, 20, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_a_clinic_is_set_up_whole_or_can_be_set_up_again(every: int, at_names: int, tmp_path: Path) -> None:
    """The telling moments are those after a name was given to a file or taken away: cut there more often."""
    root, chance = tmp_path / "root", random.Random(11)
    root.mkdir()
    found = []
    for at, (said, disk) in enumerate(moments(root, 0)):
        named = bool(disk.coming) and isinstance(disk.coming[-1], Names)
        for _ in range(at_names if named else at % every == 0):
            found.append(set_up_again(said, disk.cut(chance), tmp_path / "after"))
    assert True in found
    assert False in found
