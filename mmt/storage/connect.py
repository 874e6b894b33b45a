"""The one place that opens a clinic's file."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from mmt.files import make_folder, put_new
from mmt.model.errors import ClinicError

from .driver import Connection, Database, DatabaseError, OperationalError, dbapi2
from .faults import reading
from .keyfile import DataKey, fresh_key, read_key
from .remains import PUT_BACK, empty, missing, remains
from .shape import APPLICATION_ID, SHAPE, changed_guards, migrate
from .shares import network_share

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
_WIPED = "cipher_memory_security = ON"
"""SQLCipher wipes memory that it gives back, of every connection of the program from then on."""

_wiping = ContextVar("wiping", default=True)


@contextmanager
def made_up() -> Iterator[None]:
    """What is opened within it does not wipe the memory that it gives back: for people who do not exist,
    whose records are written many times as fast then."""
    token = _wiping.set(False)
    try:
        yield
    finally:
        _wiping.reset(token)


def create(database: Path, key_file: Path, fill: Callable[[Database], object]) -> Database:
    """Make a new clinic's file with a new key, whole or not at all, and open it.

    `fill` puts in what it begins with.
    Raises ClinicError where a clinic is there or something is left of one, or the folder cannot be written.
    """
    folder = database.parent
    if remains(database, key_file):
        if database.exists():
            raise ClinicError(f"There is already a clinic in {folder}. Open it or choose another folder.")
        raise ClinicError(missing(database, key_file))
    try:
        make_folder(folder)
        _refuse_network(folder)
        with tempfile.TemporaryDirectory(prefix=".setup-", dir=folder) as room:
            part, new_key = Path(room) / database.name, Path(room) / key_file.name
            _build(part, fresh_key(new_key), fill)
            _put_both((new_key, key_file), (part, database))
    except OSError as error:
        raise ClinicError(
            f"{folder} cannot be written to ({error.strerror}). Choose another folder with MMT_HOME."
        ) from None
    return open_existing(database, key_file)


def _put_both(key: tuple[Path, Path], records: tuple[Path, Path]) -> None:
    """Give both finished files their names, the key first: no records are ever without it.

    A key that stays alone is taken back, as it would stand in the way of the next try.
    """
    try:
        put_new(*key)
        put_new(*records)
    except FileExistsError:
        raise
    except BaseException:
        if not records[1].exists():
            key[1].unlink(missing_ok=True)
        raise


def _build(path: Path, key: DataKey, fill: Callable[[Database], object]) -> None:
    with reading():
        db = connect(path, key, "mode=rwc")
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
    share, beside a log that is not its own, or without its guards.
    """
    if database not in remains(database, key_file) or not database.is_file():
        raise ClinicError(missing(database, key_file))
    if database.stat().st_size == 0:  # before SQLite looks: it would take the log away
        raise ClinicError(empty(database, key_file))
    _refuse_network(database.parent)
    key = read_key(key_file)
    with reading():
        _refuse_foreign_log(database, key)
        db = connect(database, key, "mode=rw")
        try:
            _bring_up(db, database)
        except BaseException:
            db.conn.close()
            raise
    return db


def _bring_up(db: Database, database: Path) -> None:
    """Refuse what is not a sound file of mmt before anything is written into it."""
    if _value(db, "application_id") != APPLICATION_ID:
        raise ClinicError(f"{database} is not a file of mmt. {PUT_BACK}")
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


def _refuse_foreign_log(database: Path, key: DataKey) -> None:
    """Refuse a log that was left by other records: SQLite would fold it in, and destroy those that are there.

    Read-only, SQLite folds nothing in. The whole file is looked through, as the log may touch any page of it.
    A journal beside it says that the power failed while the file was given its first log: SQLite takes that
    step back before it reads, which it cannot do read-only.
    """
    log, journal = (database.with_name(database.name + end) for end in ("-wal", "-journal"))
    if not log.exists() or log.stat().st_size == 0 or (journal.exists() and journal.stat().st_size):
        return
    if not _sound(database, key, "mode=ro") and _sound(database, key, "mode=ro&immutable=1"):
        raise ClinicError(
            f"In {database.parent}, {log.name} does not belong to {database.name}, or is damaged. Nothing "
            f"was changed. If {database.name} was put back from a backup, move {log.name} and "
            f"{database.name}-shm to another folder and start again. If not, copy the whole folder first: "
            f"{log.name} may hold the newest records."
        )


def _sound(database: Path, key: DataKey, how: str) -> bool:
    """Whether records opened like this can be read to the end. Raises OperationalError of the disk."""
    try:
        with closing(connect(database, key, how).conn) as connection:
            return bool(connection.execute("pragma quick_check").fetchall() == [("ok",)])
    except OperationalError:
        raise
    except DatabaseError:
        return False


def _try_to_write(db: Database, shape: int) -> None:
    """SQLite opens a file that it cannot write for reading alone, without a word: know it before a grade."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        db.conn.execute(f"pragma user_version = {shape}")
    finally:
        db.conn.execute("ROLLBACK")


def connect(path: Path, key: DataKey, how: str) -> Database:
    """A connection set for durability. `how` is said in the words of SQLite's addresses: `mode=rw`."""
    connection: Connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=_TIMEOUT_S
    )
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # a bad letter hides no record
    try:
        # before the key, or SQLCipher writes its log over the screen
        connection.execute("pragma cipher_log_level = NONE")
        connection.execute(key.pragma)
        if _wiping.get():
            connection.execute(f"pragma {_WIPED}")
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


def _value(db: Database, pragma: str) -> Any:
    return db.conn.execute(f"pragma {pragma}").fetchone()[0]


def _refuse_network(folder: Path) -> None:
    """Refuse a network share before anything is written."""
    if kind := network_share(folder):
        raise ClinicError(f"{folder} lies on a network share ({kind}). Records must lie on a local disk.")
