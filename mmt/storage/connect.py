"""The one place that opens a clinic's file."""

import os
import sys
from pathlib import Path

from mmt.model.errors import ClinicError

from .driver import Connection, Database, dbapi2
from .faults import reading
from .keyfile import DataKey, new_key, read_key, write_key
from .shape import APPLICATION_ID, migrations, missing_guards

_TIMEOUT_S = 15
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = 1",
    "checkpoint_fullfsync = 1",
    "foreign_keys = 1",
    "recursive_triggers = 1",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
)
_NETWORK_FILE_SYSTEMS = ("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "fuse", "afpfs", "webdav")


def create(database: Path, key_file: Path) -> Database:
    """Make a new clinic's file with a fresh random key. Raises ClinicError where one is already there."""
    if database.exists() or key_file.exists():
        raise ClinicError(
            f"There is already a clinic in {database.parent}. Open it or choose another folder."
        )
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_network(database.parent)
        key = new_key()
        write_key(key_file, key)
    except OSError as error:
        raise ClinicError(
            f"{database.parent} cannot be written to ({error.strerror}). Choose another folder with MMT_HOME."
        ) from None
    with reading():
        db = _connect(database, key, "rwc")
        if os.name != "nt":
            database.chmod(0o600)
        migrations.apply(db)
    return db


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
        found = db.conn.execute("pragma application_id").fetchone()[0]
        if found != APPLICATION_ID:
            raise ClinicError(f"{database} is not a file of mmt. Put the right file back from a backup.")
        migrations.apply(db)
        if missing := missing_guards(db):
            raise ClinicError(
                f"The guards of the signed visits were changed ({', '.join(missing[:3])}). "
                "Do not go on; restore the last backup."
            )
    return db


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


def _refuse_network(folder: Path) -> None:
    """The write-ahead log does not work on network shares: refuse them before anything is written."""
    if str(folder).startswith("\\\\"):
        raise ClinicError(f"{folder} is a network share. Records must lie on a disk of this computer.")
    if not sys.platform.startswith("linux"):
        return
    deepest, kind = "", ""
    for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
        _, point, name = line.split()[:3]
        point = point.replace("\\040", " ")
        if folder.resolve().is_relative_to(point) and len(point) >= len(deepest):
            deepest, kind = point, name
    if kind.split(".")[0] in _NETWORK_FILE_SYSTEMS:
        raise ClinicError(f"{folder} lies on a network share ({kind}). Records must lie on a local disk.")
