"""Nothing is acknowledged that is not in the file on the disk, and each trouble has its sentence."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kept import NOW, begun, foreign, graded, held, made, opened, patient

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, NotSavedError
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import patients, visits
from mmt.storage.store import Store


@pytest.fixture
def draft(store: Store, protocol: Protocol) -> Visit:
    return begun(store, protocol)


def grades(store: Store, visit: Visit) -> list[str | None]:
    """The grades that a visit holds in the file."""
    return [one.grade for one in held(store, visit.id).observations]


def not_saved(store: Store, visit: Visit, grade: str = "3") -> str:
    """Try to keep a grade that cannot be kept: the sentence."""
    with pytest.raises(NotSavedError) as caught:
        graded(store, visit, grade)
    return str(caught.value)


def test_what_was_written_is_there_for_every_other_program(
    places: Places, store: Store, draft: Visit
) -> None:
    graded(store, draft, "4")
    other = opened(places)
    assert grades(other, draft) == ["4"]
    other.close()


def stumble(store: Store, visit: Visit, grade: str) -> None:
    """Put a grade in, and fail before the block ends."""
    with store.writing(Act.WROTE) as db:
        visits.put(db, visit, Observation(test="EHL", side="right", grade=grade), NOW)
        raise ZeroDivisionError


def test_an_error_inside_keeps_nothing_of_the_block(store: Store, draft: Visit) -> None:
    with pytest.raises(ZeroDivisionError):
        stumble(store, draft, "4")
    assert grades(store, draft) == []
    assert grades(store, graded(store, draft, "5")) == ["5"]


def test_a_block_within_a_block_is_dropped_by_itself(store: Store, draft: Visit) -> None:
    with store.writing(Act.WROTE):
        graded(store, draft, "4")
        with pytest.raises(ZeroDivisionError):
            stumble(store, draft, "1")
    assert grades(store, draft) == ["4"]


def delete(path: Path) -> None:
    path.unlink()


def move_away(path: Path) -> None:
    path.rename(path.with_name("away"))


def replace(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("lost", ["clinic.db", "clinic.db-wal", "clinic.db-shm"])
@pytest.mark.parametrize("attack", [delete, move_away, replace])
def test_a_file_that_is_taken_away_is_noticed_at_once(
    attack: Callable[[Path], None], lost: str, places: Places, store: Store, draft: Visit
) -> None:
    attack(places.root / lost)
    says = not_saved(store, draft)
    assert "The records (clinic.db) were moved or replaced. Put them back and try again;" in says
    assert not_saved(store, draft) == says


@pytest.mark.parametrize(("cut", "share"), [("clinic.db", 0), ("clinic.db", 0.5), ("clinic.db-wal", 0)])
def test_a_file_that_is_cut_short_is_noticed_at_once(
    cut: str, share: float, places: Places, store: Store, draft: Visit
) -> None:
    graded(store, draft, "5")
    store.fold_in()
    path = places.root / cut
    os.truncate(path, int(path.stat().st_size * share))
    says = not_saved(store, draft)
    assert "The records (clinic.db) were cut short while they were open. Write down what is not" in says
    assert not_saved(store, draft) == says


def test_records_that_grow_and_logs_that_begin_anew_are_no_cut(store: Store, protocol: Protocol) -> None:
    for turn in range(3):
        visit = begun(store, protocol, patient("Long " * 2000))
        for grade in ("3", "4"):
            visit = graded(store, visit, grade)
            store.fold_in()
        assert grades(store, visit) == ["4"], turn


def test_folding_in_waits_for_nobody_and_lets_nobody_wait(places: Places, store: Store, draft: Visit) -> None:
    reader, writer = foreign(places), foreign(places)
    reader.execute("begin")
    reader.execute("select count(*) from observations").fetchall()
    graded(store, draft, "4")
    writer.execute("begin immediate")
    began = time.monotonic()
    store.fold_in()
    assert time.monotonic() - began < 1
    writer.execute("rollback")
    reader.execute("rollback")
    store.fold_in()
    (log, folded) = reader.execute("pragma wal_checkpoint(noop)").fetchone()[1:]
    assert log == folded > 0
    reader.close()
    writer.close()


def test_a_file_that_is_put_back_goes_on(places: Places, store: Store, draft: Visit) -> None:
    graded(store, draft, "5")
    places.database.rename(places.root / "away")
    not_saved(store, draft)
    (places.root / "away").rename(places.database)
    assert grades(store, graded(store, draft, "4")) == ["4"]
    store.close()
    again = opened(places)
    assert grades(again, draft) == ["4"]
    again.close()


@contextmanager
def no_page_more(store: Store) -> Iterator[None]:
    """A disk on which the file cannot grow: SQLite says just what it says when the disk is full."""
    with store.reading() as db:
        pages = db.conn.execute("pragma page_count").fetchone()[0]
        db.conn.execute(f"pragma max_page_count = {pages}")
        yield
        db.conn.execute("pragma max_page_count = 1000000")


@contextmanager
def no_byte_more(store: Store) -> Iterator[None]:
    """No file may pass 1 kB, which each log has passed already."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("full", "says"),
    [
        (no_page_more, "The disk is full. Make room on it, then try again."),
        (no_byte_more, "The disk does not answer, or is full. Check it, then try again."),
    ],
)
def test_without_room_nothing_is_kept_and_with_room_it_goes_on(
    full: Callable[[Store], Iterator[None]], says: str, places: Places, store: Store, protocol: Protocol
) -> None:
    visit = graded(store, begun(store, protocol, patient("First " * 700)), "5")
    with full(store):
        for _ in range(3):
            with pytest.raises(NotSavedError, match=says), store.writing(Act.WROTE) as db:
                patients.add(db, patient("Later " * 3000), NOW)
        with store.reading() as db:
            assert patients.search(db, "later", 10) == []
        assert grades(store, visit) == ["5"]
    assert grades(store, graded(store, visit, "4")) == ["4"]
    store.close()
    again = opened(places)
    assert grades(again, visit) == ["4"]
    again.close()


def test_a_full_disk_at_set_up_leaves_nothing_in_the_way(
    places: Places, store: Store, tmp_path: Path
) -> None:
    other = Places(tmp_path / "other")
    with no_byte_more(store), pytest.raises(ClinicError, match="The disk"):
        made(other)
    assert not other.database.exists()
    made(other).close()


def test_records_that_may_not_be_read_are_told_at_opening(
    places: Places, store: Store, bound_by_modes: None
) -> None:
    store.close()
    places.database.chmod(0)
    with pytest.raises(ClinicError, match="The records cannot be opened"):
        opened(places)
    places.database.chmod(0o600)
    places.key.chmod(0)
    with pytest.raises(ClinicError, match="is damaged or cannot be read"):
        opened(places)


def test_a_folder_that_may_not_be_written_is_told_at_set_up(tmp_path: Path, bound_by_modes: None) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ClinicError, match=r"cannot be written to \(Permission denied\)"):
        made(Places(tmp_path / "clinic"))
    tmp_path.chmod(0o700)


def test_another_writer_is_waited_for_then_named(places: Places, store: Store, draft: Visit) -> None:
    other = foreign(places)
    other.execute("begin immediate")
    with store.reading() as db:
        db.conn.execute("pragma busy_timeout = 50")
    assert not_saved(store, draft) == (
        "Another program holds the records. Close it or wait a moment, then try again."
    )
    assert grades(store, draft) == []
    other.execute("rollback")
    other.close()
    assert grades(store, graded(store, draft, "3")) == ["3"]


def test_writers_flat_out_never_refuse_each_other(places: Places, store: Store, draft: Visit) -> None:
    times = 100
    command = [sys.executable, str(Path(__file__).with_name("flat_out.py"))]
    others = [
        subprocess.Popen(
            [*command, str(places.root), str(draft.id), str(times)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for _ in range(2)
    ]
    for other in others:
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
    for other in others:
        assert other.stdin
        other.stdin.write("go\n")
        other.stdin.flush()
    for _ in range(times):
        with store.writing(Act.WROTE) as db:
            visits.get(db, draft.id)
            visits.put(db, draft, Observation(test="HEEL", side="left", count=1), NOW)
    said = [other.communicate(timeout=60)[1] for other in others]
    assert said == ["", ""]
    with store.reading() as db:
        assert db.conn.execute("select count(*) from observations").fetchone()[0] == 3 * times
