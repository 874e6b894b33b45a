"""The one place that opens a clinic's file."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mmt.files import make_folder, put_new
from mmt.model.errors import ClinicError

from .driver import Connection, Database, dbapi2
from .faults import reading
from .keyfile import DataKey, fresh_key, read_key
from .shape import APPLICATION_ID, SHAPE, changed_guards, migrate

_TIMEOUT_S = 15
_PRAGMAS = (
    "synchronous = FULL",
    "fullfsync = 1",
    "checkpoint_fullfsync = 1",
    "foreign_keys = 1",
    "recursive_triggers = 1",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)
_MOUNTS = Path("/proc/self/mounts")
_NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "fuse", "afpfs", "webdav")


def create(database: Path, key_file: Path, fill: Callable[[Database], object]) -> Database:
    """Make a new clinic's file, whole or not at all, and open it. `fill` puts in what it begins with.

    A key file without records beside it is used and never replaced: the records that it opens may come back.
    Raises ClinicError where a clinic is there, or the folder cannot be written.
    """
    folder = database.parent
    if database.exists():
        raise ClinicError(f"There is already a clinic in {folder}. Open it or choose another folder.")
    try:
        make_folder(folder)
        _refuse_network(folder)
        key = read_key(key_file) if key_file.exists() else fresh_key(key_file)
        with tempfile.TemporaryDirectory(prefix=".setup-", dir=folder) as room:
            part = Path(room) / database.name
            _build(part, key, fill)
            put_new(part, database)
    except OSError as error:
        raise ClinicError(
            f"{folder} cannot be written to ({error.strerror}). Choose another folder with MMT_HOME."
        ) from None
    return open_existing(database, key_file)


def _build(path: Path, key: DataKey, fill: Callable[[Database], object]) -> None:
    with reading():
        db = _connect(path, key, "rwc")
        try:
            migrate(db)
            with db.atomic():
                fill(db)
        finally:
            db.conn.close()
    if os.name != "nt":
        path.chmod(0o600)


def open_existing(database: Path, key_file: Path) -> Database:
    """Open a clinic's file, brought up to the present shape.

    Raises ClinicError with a sentence where it is missing, damaged, newer than this program, on a network
    share, or without its guards.
    """
    if not database.is_file():
        raise ClinicError(f"There are no records at {database}. Start mmt to set up a clinic there.")
    _refuse_network(database.parent)
    key = read_key(key_file)
    with reading():
        db = _connect(database, key, "rw")
        try:
            _bring_up(db, database)
        except BaseException:
            db.conn.close()
            raise
    return db


def _bring_up(db: Database, database: Path) -> None:
    """Refuse what is not a sound file of mmt before anything is written into it."""
    if _value(db, "application_id") != APPLICATION_ID:
        raise ClinicError(f"{database} is not a file of mmt. Put the right file back from a backup.")
    shape = _value(db, "user_version")
    if shape > SHAPE:
        raise ClinicError(f"{database} was written by a newer mmt. Install the newest mmt and start again.")
    if _value(db, "journal_mode = WAL") != "wal":
        raise ClinicError(f"The disk of {database} cannot keep records safely. Move them to a local disk.")
    _try_to_write(db, shape)
    migrate(db)
    if changed := changed_guards(db):
        raise ClinicError(
            f"The guards of the signed visits were changed ({', '.join(changed[:3])}). "
            "Do not go on; restore the last backup."
        )


def _try_to_write(db: Database, shape: int) -> None:
    """SQLite opens a file that it cannot write for reading alone, without a word: know it before a grade."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        db.conn.execute(f"pragma user_version = {shape}")
    finally:
        db.conn.execute("ROLLBACK")


def _connect(path: Path, key: DataKey, mode: str) -> Database:
    connection: Connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=_TIMEOUT_S
    )
    # before the key, or SQLCipher writes its log over the screen
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute(key.pragma)
    connection.execute("pragma cipher_memory_security = ON")
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}").fetchall()
    return Database(connection, execute_plugins=False)


def _value(db: Database, pragma: str) -> Any:
    return db.conn.execute(f"pragma {pragma}").fetchone()[0]


def _refuse_network(folder: Path) -> None:
    """The write-ahead log does not work on network shares: refuse them before anything is written."""
    if str(folder).startswith("\\\\"):
        raise ClinicError(f"{folder} is a network share. Records must lie on a disk of this computer.")
    if not sys.platform.startswith("linux"):
        return
    deepest, kind = "", ""
    for line in _MOUNTS.read_text("utf-8", "replace").splitlines():
        _, point, name = line.split()[:3]
        point = point.replace("\\040", " ")
        if folder.resolve().is_relative_to(point) and len(point) >= len(deepest):
            deepest, kind = point, name
    if kind.split(".")[0] in _NETWORK_FILE_SYSTEMS:
        raise ClinicError(f"{folder} lies on a network share ({kind}). Records must lie on a local disk.")
