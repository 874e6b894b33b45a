"""A backup is whole, private, checked and in no other's place; where there is none, a sentence says why."""

import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kept import NOW, begun, files, graded, held, opened

from mmt.model.errors import ClinicError
from mmt.model.program import Program
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import backup, holds
from mmt.storage.store import Store


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """As the program sets it."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def draft(store: Store, protocol: Protocol) -> Visit:
    """A draft whose grades are in the log alone."""
    return graded(store, begun(store, protocol), "4")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The folder that backups go into."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def failed(store: Store, folder: Path) -> str:
    """Try to back up where that is not possible: the sentence."""
    with pytest.raises(ClinicError) as caught:
        store.back_up(folder, "day")
    return str(caught.value)


def test_a_backup_put_in_an_empty_folder_is_the_clinic(store: Store, draft: Visit, stick: Path) -> None:
    made, rows = store.back_up(stick, "day")
    assert (made, rows["patients"], rows["visits"], rows["observations"]) == (stick / "day", 1, 1, 1)
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()} == {
        "clinic.db": 0o600,
        "clinic.key": 0o600,
    }
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert list(stick.iterdir()) == [made]
    again = opened(Places(made))
    assert held(again, draft.id) == draft
    again.close()


def test_no_draft_is_open_in_a_backup(store: Store, draft: Visit, stick: Path) -> None:
    with store.writing() as db:
        holds.take(db, draft.id, Program(token="t", host="h", process=1, who="Dr Example"), NOW)
    made, rows = store.back_up(stick, "day")
    assert rows["holds"] == 0
    again = opened(Places(made))
    with again.reading() as copy, store.reading() as db:
        assert holds.holder(copy, draft.id) is None
        assert holds.holder(db, draft.id) is not None
    again.close()


def test_an_earlier_backup_stays(store: Store, draft: Visit, stick: Path) -> None:
    (stick / "day-2").write_text("a file that has the name")
    first, _ = store.back_up(stick, "day")
    before = files(first)
    graded(store, draft, "5")
    second, _ = store.back_up(stick, "day")
    assert (first.name, second.name) == ("day", "day-3")
    assert files(first) == before


def test_a_folder_that_is_not_there_is_not_made(store: Store, stick: Path) -> None:
    says = failed(store, stick / "unplugged")
    assert says.startswith(f"There is no folder {stick / 'unplugged'}. Make it, or connect the disk")
    assert list(stick.iterdir()) == []


@pytest.mark.usefixtures("bound_by_modes")
def test_a_folder_that_may_not_be_written_is_named(store: Store, stick: Path) -> None:
    stick.chmod(0o500)
    says = failed(store, stick)
    stick.chmod(0o700)
    assert says.startswith(f"No backup was made in {stick}. It cannot be written to (Permission denied).")


def test_without_room_nothing_is_left_and_the_records_go_on(store: Store, draft: Visit, stick: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    says = failed(store, stick)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (
        says
        == f"No backup was made in {stick}. The disk does not answer, or is full. Check it, then try again."
    )
    assert list(stick.iterdir()) == []
    assert [one.grade for one in graded(store, draft, "5").observations] == ["5"]


def flip(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[9000] ^= 1
    database.write_bytes(content)


def cut(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:-4096])


def other_key(database: Path) -> None:
    database.with_name("clinic.key").write_text("ab" * 32)


@pytest.mark.parametrize("spoil", [flip, cut, other_key])
def test_a_copy_that_the_disk_spoilt_is_not_called_a_backup(
    spoil: Callable[[Path], None], store: Store, draft: Visit, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = backup._check  # noqa: SLF001  (the disk spoils it between writing and looking)

    def spoilt(database: Path, key_file: Path, rows: dict[str, int]) -> None:
        spoil(database)
        check(database, key_file, rows)

    monkeypatch.setattr(backup, "_check", spoilt)
    assert failed(store, stick).startswith(f"No backup was made in {stick}. The copy ")
    assert list(stick.iterdir()) == []


def test_rows_that_the_copy_lacks_are_missed(store: Store, draft: Visit, stick: Path) -> None:
    made, rows = store.back_up(stick, "day")
    with pytest.raises(ClinicError, match="The copy does not hold what"):
        backup._check(made / "clinic.db", made / "clinic.key", {**rows, "visits": 2})  # noqa: SLF001
    shutil.rmtree(made)
