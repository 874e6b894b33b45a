"""A copy of the records and their key, made while mmt is in use, and checked by opening it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

from mmt.files import sync_folder, write_private
from mmt.model.errors import ClinicError

from .connect import connect
from .driver import Database, DatabaseError
from .faults import sentence
from .keyfile import read_key

_NEW = f"mode=rwc&vfs={'win32' if os.name == 'nt' else 'unix'}-none"
"""Nobody else knows the copy: it needs no locks, which a network share may lack."""

_FINISHED = "mode=ro&immutable=1"
"""The copy as it lies there, read without a log of its own."""


def back_up(db: Database, key_file: Path, folder: Path, name: str) -> tuple[Path, dict[str, int]]:
    """Copy records and key into a new folder `name` below `folder`: that folder, and the rows of each table.

    Others go on writing meanwhile; the copy holds one moment. It gets its name once it is whole and
    checked; a name that is taken is numbered. Raises ClinicError with a sentence, and leaves nothing then.
    """
    if not folder.is_dir():
        raise ClinicError(
            f"There is no folder {folder}. Make it, or connect the disk that it lies on, then try again."
        )
    with (
        _telling(folder),
        tempfile.TemporaryDirectory(prefix=".mmt-backup-", dir=folder, ignore_cleanup_errors=True) as room,
    ):
        part = Path(room) / name
        part.mkdir(mode=0o700)
        rows = _copied(db, key_file, part)
        sync_folder(part)
        _check(part / "clinic.db", part / "clinic.key", rows)
        return _named(part, folder), rows


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    failed = f"No backup was made in {folder}."
    try:
        yield
    except OSError as error:
        raise ClinicError(
            f"{failed} It cannot be written to ({error.strerror}). Check the disk and your rights there, or "
            "choose another folder."
        ) from None
    except DatabaseError as error:
        raise ClinicError(f"{failed} {sentence(error)}") from None


def _copied(db: Database, key_file: Path, part: Path) -> dict[str, int]:
    """Write both files, durably; the rows of each table at that moment. No draft is open in the copy."""
    key = read_key(key_file)
    database = part / "clinic.db"
    db.conn.execute("BEGIN")
    try:
        rows = _rows(db)
        with closing(connect(database, key, _NEW).conn) as copy:
            db.conn.backup(copy)
            copy.execute("pragma locking_mode = exclusive")  # a log without the index that needs locks
            copy.execute("delete from holds")
    finally:
        db.conn.execute("ROLLBACK")
    with database.open("rb+") as file:
        os.fsync(file.fileno())
    write_private(part / "clinic.key", key.line.encode())
    return rows | {"holds": 0}


def _rows(db: Database) -> dict[str, int]:
    tables = db.conn.execute("select name from sqlite_master where type = 'table'").fetchall()
    return {
        name: db.conn.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in sorted(tables)
    }


def _check(database: Path, key_file: Path, rows: dict[str, int]) -> None:
    """Open the copy with the key beside it and hold it against what was copied."""
    try:
        db = connect(database, read_key(key_file), _FINISHED)
        with closing(db.conn):
            signed = db.conn.execute("pragma cipher_integrity_check").fetchall() == []
            sound = db.conn.execute("pragma integrity_check").fetchall() == [("ok",)]
            if signed and sound and _rows(db) == rows:
                return
    except DatabaseError:
        pass
    raise ClinicError(
        f"No backup was made in {database.parent.parent.parent}. The copy does not hold what the records "
        "hold: the disk there may be failing. Choose another; if that does not help, the records are damaged."
    )


def _named(part: Path, folder: Path) -> Path:
    """Give the finished folder its name, durably; a name that is there is numbered, never replaced."""
    names = chain([part.name], (f"{part.name}-{number}" for number in count(2)))
    path = next(folder / name for name in names if not os.path.lexists(folder / name))
    part.rename(path)
    sync_folder(folder)
    return path
