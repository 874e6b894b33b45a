"""A change of the data key that is cut off anywhere: a passphrase opens the records, by one key of two."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from behind import ANN, BEN, Kept
from kept import files

from mmt.model.errors import ClinicError
from mmt.model.sign_in import NewKeys
from mmt.paths import Places
from mmt.storage import rekey
from mmt.storage.driver import Connection, dbapi2
from mmt.storage.keyfile import Secrets, read_secrets
from mmt.storage.keys import changing, opening
from mmt.storage.keys.opening import unlock_by_code
from mmt.storage.keys.recovery import fresh_code
from mmt.storage.slots.file import read_slots
from mmt.storage.store import Store


class CutError(BaseException):
    """The power is gone."""


def sound(kept: Kept, passphrase: str = ANN) -> Secrets:
    """Ann and the code open the records, which are whole, and nothing of a change is left."""
    secrets = kept.secrets("Ann", passphrase)
    assert unlock_by_code(kept.places.database, kept.path, kept.code).secrets.data == secrets.data
    assert not read_slots(kept.path).next_seal
    assert list(kept.places.root.glob(".old*")) == []
    whole(kept.places, secrets)
    return secrets


def whole(places: Places, secrets: Secrets) -> None:
    connection = dbapi2.connect(places.database)
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute(secrets.pragma)
    assert connection.execute("select count(*) from practitioners").fetchone() == (1,)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma cipher_integrity_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("at", ["pending", "rekeyed", "done"])
def test_a_removal_that_is_cut_off_is_brought_to_its_end(
    at: str, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.secrets()

    def cut(*_: object) -> None:
        raise CutError

    with monkeypatch.context() as patch:
        if at == "pending":
            patch.setattr(Secrets, "rekey", property(cut))
        elif at == "rekeyed":
            patch.setattr(changing, "settle", cut)
        else:
            patch.setattr(opening, "write_slots", cut)
        with pytest.raises(CutError):
            changing.take_away(kept.places.database, kept.path, before, "Ben")
    after = sound(kept)
    assert after.data != before.data
    assert not rekey.opens(kept.places.database, before)
    with pytest.raises(ClinicError, match="Ben has no passphrase here"):
        kept.secrets("Ben", BEN)


def test_while_others_have_the_records_open_nothing_is_changed(kept: Kept) -> None:
    secrets, before = kept.secrets(), files(kept.places.root)
    other: Connection = rekey.connect(kept.places.database, secrets, "mode=rw").conn
    other.execute("pragma journal_mode = wal")
    other.execute("select count(*) from practitioners").fetchone()
    with pytest.raises(ClinicError, match="open in another window"):
        changing.take_away(kept.places.database, kept.path, secrets, "Ben")
    assert kept.path.read_bytes() == before["clinic.key"]
    other.close()
    changing.take_away(kept.places.database, kept.path, secrets, "Ben")
    sound(kept)


def test_a_change_that_was_cut_off_waits_while_others_have_the_records_open(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept.secrets()
    with monkeypatch.context() as patch:
        patch.setattr(Secrets, "rekey", property(lambda _: (_ for _ in ()).throw(CutError())))
        with pytest.raises(CutError):
            changing.take_away(kept.places.database, kept.path, before, "Ben")
    other: Connection = rekey.connect(kept.places.database, before, "mode=rw").conn
    other.execute("pragma journal_mode = wal")
    other.execute("select count(*) from practitioners").fetchone()
    assert kept.secrets().data == before.data
    with pytest.raises(ClinicError, match="cut off and is not at its end"):
        changing.give(kept.path, before, "Cleo", "nine old river stones")
    other.close()
    assert sound(kept).data != before.data


def test_a_failed_turning_on_leaves_the_keys_in_clear(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(shutil.copytree(ready, tmp_path / "clinic"))
    secrets = read_secrets(places.key)
    keys = NewKeys(passphrase=ANN, code=fresh_code())
    monkeypatch.setattr(Secrets, "rekey", property(lambda _: "select * from nowhere"))
    with pytest.raises(ClinicError):
        changing.turn_on(places.database, places.key, secrets, "Ann", keys)
    assert read_secrets(places.key).lines == secrets.lines
    assert list(places.root.glob(".old*")) == []
    Store.open(places.database, places.key).close()


def test_records_that_neither_key_opens_are_told_and_both_keys_stay(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(changing, "settle", lambda *_: (_ for _ in ()).throw(CutError()))
        with pytest.raises(CutError):
            changing.take_away(kept.places.database, kept.path, kept.secrets(), "Ben")
    held = kept.path.read_bytes()
    kept.places.database.write_bytes(os.urandom(8192))
    with pytest.raises(ClinicError, match=r"clinic\.db is damaged, or is not the file of this key file"):
        kept.secrets()
    assert kept.path.read_bytes() == held


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
@pytest.mark.parametrize("many", [pytest.param(6), pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_one_key_opens_the_records(many: int, behind: Kept, tmp_path: Path) -> None:
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = Path(__file__).with_name("rotating.py")
    for turn in range(many):
        kept = Kept(Places(shutil.copytree(behind.places.root, tmp_path / str(turn))), behind.code)
    subprocess.run([sys.executable, program, str(tmp_path), str(many)], check=True, env=here)
    changed = 0
    for turn in range(many):
        kept = Kept(Places(tmp_path / str(turn)), behind.code)
        changed += sound(kept).data != behind.secrets().data
    assert changed


@pytest.mark.skipif(not shutil.which("strace"), reason="strace makes the calls fail")
@pytest.mark.parametrize(
    ("call", "error", "turns"),
    [
        pytest.param("fsync", "EIO", range(1, 6), id="fsync"),
        pytest.param("rename", "ENOSPC", range(1, 4), id="rename"),
        *(
            pytest.param(call, error, range(1, 40), marks=pytest.mark.long, id=f"{call}-long")
            for call, error in (
                ("fsync", "EIO"),
                ("rename", "EIO"),
                ("pwrite64", "ENOSPC"),
                ("unlink", "EIO"),
            )
        ),
    ],
)
def test_a_call_that_fails_leaves_records_that_open(
    call: str, error: str, turns: range, behind: Kept, tmp_path: Path
) -> None:
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for turn in turns:
        kept = Kept(Places(shutil.copytree(behind.places.root, tmp_path / str(turn))), behind.code)
        trace = tmp_path / "trace"
        done = subprocess.run(
            [
                *("strace", "-f", "--seccomp-bpf", "-o", trace, "-e", f"trace={call}"),
                *("-e", f"inject={call}:error={error}:when={turn}"),
                *(sys.executable, Path(__file__).with_name("rotating.py"), kept.places.root),
            ],
            env=here,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 3)
        sound(kept)
        if "(INJECTED)" not in trace.read_text():
            assert done.returncode == 0
            return


def test_no_log_under_the_old_key_lies_beside_records_that_are_written_under_another(kept: Kept) -> None:
    secrets, log = kept.secrets(), kept.places.database.with_name("clinic.db-wal")
    other: Connection = rekey.connect(kept.places.database, secrets, "mode=rw").conn
    other.execute("pragma journal_mode = wal")
    other.execute("create table passing (id)")
    other.execute("drop table passing")
    shutil.copy(log, kept.places.root / "kept-log")
    other.close()
    shutil.move(kept.places.root / "kept-log", log)
    with rekey.alone(kept.places.database, secrets):
        assert not log.exists()


def test_an_error_after_all_was_written_leaves_the_new_key(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, usual = kept.secrets(), rekey.alone

    @contextmanager
    def failing_late(database: Path, old: Secrets) -> Iterator[Callable[[Secrets], None]]:
        with usual(database, old) as change:
            yield change
        raise ClinicError("The disk does not answer, or is full. Check it, then try again.")

    monkeypatch.setattr(changing, "alone", failing_late)
    now = changing.take_away(kept.places.database, kept.path, before, "Ben")
    assert sound(kept).data == now.data != before.data
