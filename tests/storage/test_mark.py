"""Records that lost their end, or are older ones, do not open as if nothing were missing."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from dumps import restore
from kept import NOW, begun, files, graded, held, made, opened, patient

from mmt.clinic.verifying import go_on, unaccepted, verify
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.paths import Places
from mmt.storage import patients
from mmt.storage.driver import dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.mark import RolledBackError
from mmt.storage.store import Store

FRAME = 24 + 4096
"""Bytes of a page in the log, with what stands before it."""


class Crashed:
    """The clinic's folder as two crashes left it: `earlier` with its log, `places` with two grades more."""

    def __init__(self, store: Store, places: Places, protocol: Protocol, room: Path) -> None:
        visit = graded(store, begun(store, protocol), "4")
        self.earlier = Places(Path(shutil.copytree(places.root, room / "earlier")))
        self.visit = graded(store, visit, "5", "3")
        self.places = Places(Path(shutil.copytree(places.root, room / "crashed")))
        self.log = self.places.database.with_name("clinic.db-wal")
        self.room = room

    def take(self, *names: str) -> None:
        """Put files of the earlier folder in the place of the present ones."""
        for name in names:
            shutil.copy(self.earlier.root / name, self.places.root / name)


def without_log(crashed: Crashed) -> None:
    crashed.log.unlink()
    crashed.log.with_name("clinic.db-shm").unlink()


def cut_log(crashed: Crashed) -> None:
    os.truncate(crashed.log, crashed.log.stat().st_size - 4096 - 24)


def emptied_log(crashed: Crashed) -> None:
    os.truncate(crashed.log, 0)


def earlier_file(crashed: Crashed) -> None:
    opened(crashed.earlier).close()
    without_log(crashed)
    crashed.take("clinic.db")


def earlier_file_and_log(crashed: Crashed) -> None:
    crashed.take("clinic.db", "clinic.db-wal")


def no_mark(crashed: Crashed) -> None:
    crashed.places.mark.unlink()


def mark_of_another(crashed: Crashed) -> None:
    other = Places(crashed.room / "other")
    made(other).close()
    shutil.copy(other.mark, crashed.places.mark)


def mark_made_smaller(crashed: Crashed) -> None:
    without_log(crashed)
    mark = crashed.places.mark
    mark.write_text(mark.read_text().replace(mark.read_text()[:20], "1".zfill(20)))


def empty_mark(crashed: Crashed) -> None:
    crashed.places.mark.write_bytes(b"")


def went_another_way(crashed: Crashed) -> None:
    graded(store := opened(crashed.earlier), held(store, 1), "1", "2", "1", "2")
    store.close()
    without_log(crashed)
    crashed.take("clinic.db")


def file_of_an_earlier_mmt(crashed: Crashed) -> None:
    old = Places(crashed.room / "old")
    restore("shape-6.sql", old)
    with closing(dbapi2.connect(old.database, isolation_level=None)) as tool:
        tool.execute(read_secrets(old.key).pragma)
        key = read_secrets(crashed.places.key).pragma
        tool.execute(key.replace("PRAGMA key", "PRAGMA rekey"))
    without_log(crashed)
    shutil.copy(old.database, crashed.places.database)


ATTACKS: dict[Callable[[Crashed], None], str] = {
    without_log: "The newest 4 entries are missing",
    emptied_log: "The newest 4 entries are missing",
    cut_log: "The newest entry is missing",
    earlier_file: "The newest 2 entries are missing",
    earlier_file_and_log: "The newest 2 entries are missing",
    no_mark: "clinic.mark, which says how far the records had come, is missing",
    mark_of_another: "is damaged, or does not belong to clinic.db",
    mark_made_smaller: "The newest 4 entries are missing",
    empty_mark: "is damaged, or does not belong to clinic.db",
    went_another_way: "is not the file that mmt left here: it went another way",
    file_of_an_earlier_mmt: "is of an earlier mmt, and older than what mmt left here",
}


@pytest.fixture
def crashed(store: Store, places: Places, protocol: Protocol, tmp_path: Path) -> Crashed:
    return Crashed(store, places, protocol, tmp_path)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_records_that_are_not_those_that_mmt_left_do_not_open(
    attack: Callable[[Crashed], None], crashed: Crashed
) -> None:
    attack(crashed)
    before = kept_in(crashed.places)
    with pytest.raises(ClinicError) as refusal:
        opened(crashed.places)
    assert ATTACKS[attack] in str(refusal.value)
    assert "mmt restore" in str(refusal.value) or "put it back" in str(refusal.value).lower()
    if attack is not file_of_an_earlier_mmt:  # which gets a log, and nothing else
        assert kept_in(crashed.places) == before


def kept_in(places: Places) -> dict[str, bytes]:
    """What the files hold, without the index of the log; a log without content is none."""
    return {name: data for name, data in files(places.root).items() if data and "shm" not in name}


@pytest.mark.parametrize("frame", [7, 9, 11])
def test_a_damaged_log_is_not_folded_over_a_file_that_holds_all(
    frame: int, store: Store, places: Places, protocol: Protocol, tmp_path: Path
) -> None:
    """What fits of it is older than the file; folded in, the newest entries would be gone."""
    visit = begun(store, protocol)
    store.fold_in()
    visit = graded(store, visit, *"45345345")
    store.fold_in()
    folder = Places(shutil.copytree(places.root, tmp_path / "crashed"))
    log = folder.database.with_name("clinic.db-wal")
    held_by_it = bytearray(log.read_bytes())
    held_by_it[32 + frame * FRAME + 100] ^= 1
    log.write_bytes(held_by_it)
    log.with_name("clinic.db-shm").unlink()
    before = kept_in(folder)
    with pytest.raises(ClinicError) as refusal:
        opened(folder)
    assert "clinic.db-wal does not belong to clinic.db, or is damaged. Nothing was" in str(refusal.value)
    assert "clinic.db holds all entries without it" in str(refusal.value)
    with pytest.raises(ClinicError, match="holds all entries without it"):
        verify(folder.root)
    assert kept_in(folder) == before
    shutil.move(log, tmp_path)
    log.with_name("clinic.db-shm").unlink()
    with closing(opened(folder)) as again:
        assert held(again, visit.id) == visit


def test_an_earlier_file_beside_a_newer_log_is_named(crashed: Crashed) -> None:
    """SQLite folds such a log in where no page betrays it: what lies between both is missing then."""
    with closing(opened(crashed.places)) as store, store.writing(Act.ADDED_PATIENT) as db:
        patients.add(db, patient("Ann Between"), NOW)
    store = opened(crashed.places)
    graded(store, crashed.visit, "4")
    log = crashed.log.read_bytes()
    store.close()
    opened(crashed.earlier).close()
    crashed.take("clinic.db")
    crashed.log.write_bytes(log)
    opened(crashed.places).close()
    assert any(
        "The data of a patient is missing since act" in one for one in verify(crashed.places.root).breaks
    )


def test_what_a_crash_left_opens_with_all_of_it(crashed: Crashed) -> None:
    with closing(opened(crashed.places)) as store:
        assert [one.grade for one in held(store, 1).observations] == ["3"]


def test_the_mark_may_lag_behind_and_is_moved_on(crashed: Crashed) -> None:
    crashed.take("clinic.mark")
    before = crashed.places.mark.read_bytes()
    opened(crashed.places).close()
    assert crashed.places.mark.read_bytes() != before
    without_end = crashed.earlier.database
    opened(crashed.earlier).close()
    shutil.copy(without_end, crashed.places.database)
    with pytest.raises(RolledBackError):
        opened(crashed.places)


def test_a_mark_that_was_torn_leaves_the_act_before_it(crashed: Crashed) -> None:
    first, second = crashed.places.mark.read_bytes().splitlines(keepends=True)
    for torn in (first[:40] + b"\0" * (len(first) - 40) + second, first + second[:-9] + b"\0" * 9):
        crashed.places.mark.write_bytes(torn)
        opened(crashed.places).close()


def test_a_grade_is_kept_where_its_mark_cannot_be(
    places: Places, store: Store, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = begun(store, protocol)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    graded(store, visit, "4")
    monkeypatch.undo()
    store.close()
    with closing(opened(places)) as again:
        assert [one.grade for one in held(again, visit.id).observations] == ["4"]


def test_who_goes_on_knowingly_goes_on_and_the_chain_says_so(crashed: Crashed) -> None:
    without_log(crashed)
    assert unaccepted(crashed.places).startswith("The newest 4 entries are missing")
    assert "The newest 4 entries are missing" in verify(crashed.places.root).breaks[0]
    go_on(crashed.places)
    assert unaccepted(crashed.places) == ""
    assert verify(crashed.places.root).breaks == ()
    with closing(opened(crashed.places)) as store, store.reading() as db:
        (last,) = db.conn.execute("select act from acts order by seq desc limit 1").fetchone()
    assert last == Act.WENT_ON


def test_stations_that_write_in_turn_leave_a_mark_that_fits(places: Places, store: Store) -> None:
    others = [store, opened(places), opened(places)]
    for turn in range(9):
        with others[turn % 3].writing(Act.ADDED_PATIENT) as db:
            patients.add(db, patient(), NOW)
    copy = Places(Path(shutil.copytree(places.root, places.root.with_name("copy"))))
    opened(copy).close()
    for other in others[1:]:
        other.close()
    opened(places).close()
