"""Setting up and opening a clinic's file: what is asked of it, and what is said where it cannot be."""

import errno
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from kept import CANARY, LETTERHEAD, NOW, begun, files, foreign, graded, held, made, opened, patient

import mmt.files
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.paths import Places
from mmt.storage import clinic_data, patients, shares, store
from mmt.storage.backup import snapshot
from mmt.storage.driver import Connection, dbapi2
from mmt.storage.keyfile import fresh_secrets, read_secrets
from mmt.storage.mark import write_fresh
from mmt.storage.shape import GUARDS, SHAPE
from mmt.storage.store import Store

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "temp_store": 2,
    "trusted_schema": 1,
    "busy_timeout": 15000,
}


def refused(places: Places) -> str:
    """The sentence with which opening is refused."""
    with pytest.raises(ClinicError) as caught:
        opened(places)
    return str(caught.value)


@pytest.mark.parametrize("start", [made, lambda places: (made(places).close(), opened(places))[1]])
def test_every_connection_is_set_for_durability(start: Callable[[Places], Store], places: Places) -> None:
    kept = start(places)
    with kept.reading() as db:
        found = {name: db.conn.execute(f"pragma {name}").fetchone()[0] for name in PRAGMAS}
        assert db.conn.isolation_level is None
    kept.close()
    assert found == PRAGMAS


WIPED = """
import sys
from pathlib import Path
from mmt.paths import Places
from mmt.storage.store import Store
places = Places(Path(sys.argv[1]))
with Store.open(places.database, places.key).reading() as db:
    print(db.conn.execute("pragma cipher_memory_security").fetchone()[0])
"""


def test_memory_that_held_records_is_wiped(places: Places) -> None:
    """In a process of its own: once turned on it stays on, and would slow every test that comes later."""
    made(places).close()
    ran = subprocess.run(
        [sys.executable, "-c", WIPED, places.root], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "1"


def test_neither_file_nor_log_shows_a_name(places: Places, store: Store, protocol: Protocol) -> None:
    graded(store, begun(store, protocol), "4")
    written = files(places.root)
    assert {"clinic.db", "clinic.db-wal"} <= set(written)
    for name, content in written.items():
        assert CANARY.encode() not in content, name
        assert b"SQLite format" not in content, name
    store.close()
    assert CANARY.encode() not in places.database.read_bytes()


def test_only_the_owner_may_read(places: Places, store: Store, protocol: Protocol) -> None:
    begun(store, protocol)
    for path in (places.database, places.key, *places.root.glob("*-wal"), *places.root.glob("*-shm")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(places.root.stat().st_mode) == 0o700


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    places = Places(tmp_path / "my clinic #1 – 50% [x]?mode=ro&a=b")
    made(places).close()
    opened(places).close()
    assert places.database.is_file()


def test_without_records_it_says_where_they_were_looked_for(places: Places) -> None:
    assert f"There are no records at {places.database}." in refused(places)
    assert not places.root.exists()


def test_without_its_key_it_says_that_nothing_can_be_read(places: Places, store: Store) -> None:
    store.close()
    places.key.unlink()
    assert f"The key file {places.key} is missing." in refused(places)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"00" * 31, b"00" * 33, b"xy" * 32, b"Lorem ipsum\n"])
def test_a_spoilt_key_is_named(content: bytes, places: Places, store: Store) -> None:
    store.close()
    places.key.write_bytes(content)
    assert f"The key file {places.key} is damaged or cannot be read." in refused(places)


def test_a_key_of_another_clinic_is_told_from_a_spoilt_one(
    places: Places, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    store.close()
    places.key.unlink()
    fresh_secrets(places.key)
    before = files(places.root)
    assert "damaged or belong to another key" in refused(places)
    assert files(places.root) == before
    assert capfd.readouterr() == ("", "")


def test_an_empty_file_is_not_taken_for_an_empty_clinic(places: Places, store: Store) -> None:
    store.close()
    places.database.write_bytes(b"")
    log = places.root / "clinic.db-wal"
    log.write_bytes(b"the newest records")
    said = refused(places)
    assert "is not a file of mmt" in said
    assert "The last entries may be in clinic.db-wal, which lies beside it. Move the whole folder" in said
    assert places.database.read_bytes() == b""
    assert log.read_bytes() == b"the newest records"


def plain_file(places: Places) -> None:
    with dbapi2.connect(places.database) as connection:
        connection.execute("create table other (x)")
    connection.close()


def text_file(places: Places) -> None:
    places.database.write_text("Dear diary, " * 1000)


def other_encrypted_file(places: Places) -> None:
    connection = foreign(places)
    connection.execute("create table other (x)")
    connection.close()


@pytest.mark.parametrize(
    ("put", "says"),
    [
        (plain_file, "damaged or belong to another key"),
        (text_file, "damaged or belong to another key"),
        (other_encrypted_file, "is not a file of mmt"),
    ],
)
def test_a_foreign_file_is_refused_and_left_as_it_was(
    put: Callable[[Places], None], says: str, places: Places, store: Store
) -> None:
    store.close()
    places.database.unlink()
    put(places)
    before = files(places.root)
    assert says in refused(places)
    assert files(places.root) == before


def test_a_file_of_a_newer_mmt_is_refused_and_left_as_it_was(places: Places, store: Store) -> None:
    store.close()
    connection = foreign(places)
    connection.execute(f"pragma user_version = {SHAPE + 1}")
    connection.close()
    before = files(places.root)
    assert "was written by a newer mmt. Install the newest mmt" in refused(places)
    assert files(places.root) == before


@pytest.mark.parametrize("at", [100, 5000, 9000, 20000])
def test_a_flipped_bit_is_noticed_before_anything_is_shown(
    at: int, places: Places, store: Store, protocol: Protocol
) -> None:
    begun(store, protocol)
    store.close()
    content = bytearray(places.database.read_bytes())
    content[at] ^= 1
    places.database.write_bytes(content)

    def look() -> None:
        kept = opened(places)
        with kept.reading() as db:
            for table in ("clinic", "practitioners", "patients", "visits", "protocols", "patients_search"):
                db.conn.execute(f"select * from {table}").fetchall()

    with pytest.raises(ClinicError, match="The records are damaged"):
        look()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "smb3"])
def test_a_network_share_is_refused_before_anything_is_written(
    kind: str, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    point = str(places.root.parent).replace(" ", "\\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/records {point} {kind} rw 0 0\n")
    monkeypatch.setattr(shares, "_MOUNTS", mounts)
    with pytest.raises(ClinicError, match=f"lies on a network share \\({kind}\\)"):
        made(places)
    assert not places.database.exists()
    assert not places.key.exists()
    monkeypatch.undo()
    made(places).close()
    monkeypatch.setattr(shares, "_MOUNTS", mounts)
    assert "network share" in refused(places)


def test_a_local_disk_below_a_share_is_not_a_share(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/home {tmp_path.parent} nfs4 rw 0 0\n/dev/sdb {tmp_path} ext4 rw 0 0\n")
    monkeypatch.setattr(shares, "_MOUNTS", mounts)
    made(places).close()
    assert places.database.exists()


def test_a_share_of_windows_is_one() -> None:
    assert shares.network_share(Path(r"\\server\records")) == "UNC"  # no such path can be made here


def test_a_clinic_is_never_set_up_over_another(places: Places, store: Store) -> None:
    with pytest.raises(ClinicError, match="There is already a clinic in"):
        made(places)
    store.close()
    opened(places).close()


@pytest.mark.parametrize(
    "left", ["clinic.key", "clinic.mark", "clinic.db-wal", "clinic.db-shm", "clinic.db-journal"]
)
def test_what_is_left_of_records_is_never_taken_for_a_new_clinic(left: str, places: Places) -> None:
    places.root.mkdir()
    (places.root / left).write_bytes(b"left")
    for begin in (made, opened):
        with pytest.raises(ClinicError) as caught:
            begin(places)
        says = str(caught.value)
        assert f"The records are missing in {places.root}: {left} lies there without clinic.db." in says
        assert "move the whole folder away and keep it; then `mmt restore` puts a backup in its" in says
    assert files(places.root) == {left: b"left"}
    (places.root / left).rename(places.root / "away")
    made(places).close()


def test_a_link_that_leads_nowhere_is_no_place_for_a_new_clinic(places: Places, tmp_path: Path) -> None:
    places.root.mkdir()
    places.database.symlink_to(tmp_path / "unplugged" / "clinic.db")
    assert "is no file, or leads to none. Connect its disk and try again." in refused(places)
    with pytest.raises(ClinicError, match="Connect its disk"):
        made(places)


def test_a_restored_file_is_not_destroyed_by_the_log_of_other_records(
    places: Places, store: Store, protocol: Protocol, tmp_path: Path
) -> None:
    begun(store, protocol)
    restored = Places(tmp_path / "restored")
    restored.root.mkdir()
    with snapshot(places.database, read_secrets(places.key)) as one:
        one.copy(restored.database, lambda: False)
        write_fresh(restored.mark, read_secrets(places.key), one.head)
    shutil.copy(places.key, restored.key)
    graded(store, begun(store, protocol), "4")
    shutil.copy(f"{places.database}-wal", restored.root)
    before = files(restored.root)
    assert "clinic.db-wal does not belong to clinic.db, or is damaged. Nothing was changed." in refused(
        restored
    )
    assert {name: held for name, held in files(restored.root).items() if "shm" not in name} == before
    (restored.root / "clinic.db-wal").unlink()
    opened(restored).close()


def test_a_log_that_a_crash_left_is_folded_in(
    places: Places, store: Store, protocol: Protocol, tmp_path: Path
) -> None:
    visit = graded(store, begun(store, protocol), "4")
    crashed = Places(shutil.copytree(places.root, tmp_path / "crashed"))
    again = opened(crashed)
    assert held(again, visit.id) == visit
    again.close()


def test_a_set_up_that_is_cut_short_leaves_no_half_clinic(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "add_practitioner", stopped)
    with pytest.raises(KeyboardInterrupt):
        made(places)
    assert list(places.root.iterdir()) == []
    monkeypatch.undo()
    kept = made(places)
    with kept.reading() as db:
        assert clinic_data.letterhead(db) == LETTERHEAD
        assert clinic_data.practitioners(db) == ("Dr Example",)
    kept.close()


@pytest.mark.parametrize("turn", range(3))
def test_a_set_up_that_the_disk_refuses_can_be_done_again(
    turn: int, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.root.mkdir()
    turns = count()

    def failing(_folder: Path) -> None:
        if next(turns) == turn:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(mmt.files, "sync_folder", failing)
    with pytest.raises(ClinicError, match="Input/output error"):
        made(places)
    monkeypatch.undo()
    (opened if places.database.exists() else made)(places).close()


def test_a_place_that_is_no_folder_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ClinicError, match=r"cannot be written to .* Choose another folder with MMT_HOME"):
        made(Places(tmp_path / "file" / "clinic"))


def drop(connection: Connection) -> None:
    connection.execute("drop trigger observations_delete_never")


def weaken(connection: Connection) -> None:
    sql = GUARDS["visits_update_signed"].replace("old.id, new.id", "0")
    connection.execute("drop trigger visits_update_signed")
    connection.execute(sql)


def add(connection: Connection) -> None:
    connection.execute(
        "create trigger extra after insert on visits begin update visits set note = '' where id = new.id; end"
    )


@pytest.mark.parametrize(
    ("attack", "name"),
    [(drop, "observations_delete_never"), (weaken, "visits_update_signed"), (add, "extra")],
)
def test_guards_that_were_changed_stop_the_start(
    attack: Callable[[Connection], None], name: str, places: Places, store: Store
) -> None:
    store.close()
    connection = foreign(places)
    attack(connection)
    connection.close()
    said = refused(places)
    assert f"What guards the records was changed by another program ({name})." in said
    assert "`mmt restore` puts a backup in its place." in said


def test_transforming_a_guarded_table_does_not_go_unnoticed(places: Places, store: Store) -> None:
    with store.writing(Act.WROTE) as db:
        db.table("observations").transform(rename={"value": "worth"})
    store.close()
    assert "observations_delete_never" in refused(places)


def test_what_was_refused_can_be_opened_once_it_is_mended(places: Places, store: Store) -> None:
    with store.writing(Act.WROTE) as db:
        patients.add(db, patient(), NOW)
    store.close()
    key = places.key.read_bytes()
    places.key.write_bytes(b"spoilt")
    refused(places)
    places.key.write_bytes(key)
    kept = opened(places)
    with kept.reading() as db:
        assert [row.name for row in patients.search(db, CANARY, 10)] == [f"Canary {CANARY}"]
    kept.close()
