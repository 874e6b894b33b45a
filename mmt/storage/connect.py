"""The one place that opens a clinic's file."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mmt.files import make_folder, put_new
from mmt.model.acts import Act
from mmt.model.errors import ClinicError

from .before import keep_before
from .driver import Connection, Database, DatabaseError, OperationalError, dbapi2
from .faults import reading
from .keyfile import Secrets, complete, fresh_secrets, read_secrets
from .ledger import Entry, Ledger
from .remains import PUT_BACK, empty, missing, remains
from .seals import know_seals
from .shape import APPLICATION_ID, CHAINED, SHAPE, migrate, pending, taken_over
from .shares import network_share
from .whole_shape import changed_things

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

WITH_LOG = f"mode=ro&vfs={'win32' if os.name == 'nt' else 'unix'}-none"
"""Reads a log whose index cannot be made on the disk: it is made in memory, and no lock is taken."""

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


class Opened(NamedTuple):
    """Open records, and what writes down each act on them."""

    db: Database
    ledger: Ledger
    secrets: Secrets


def create(
    database: Path,
    key_file: Path,
    fill: Callable[[Database], object],
    entry: Entry,
    make_keys: Callable[[Path], Secrets] = fresh_secrets,
) -> Opened:
    """Make a new clinic's file with new keys, whole or not at all, and open it.

    `fill` puts in what it begins with; `entry` is the act of that; `make_keys` writes the key file.
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
            secrets = make_keys(new_key)
            _build(part, secrets, fill, entry)
            _put_both((new_key, key_file), (part, database))
    except OSError as error:
        raise ClinicError(
            f"{folder} cannot be written to ({error.strerror}). Choose another folder with MMT_HOME."
        ) from None
    return open_existing(database, key_file, entry, secrets)


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


def _build(path: Path, secrets: Secrets, fill: Callable[[Database], object], entry: Entry) -> None:
    with reading(), closing(connect(path, secrets, "mode=rwc").conn) as connection:
        db = Database(connection, execute_plugins=False)
        with _at_once(db):
            migrate(db)
            ledger = Ledger(db, secrets)
            with ledger.collecting():
                fill(db)
                ledger.write(entry)
    if os.name != "nt":
        path.chmod(0o600)


@contextmanager
def _at_once(db: Database) -> Iterator[None]:
    """All of the block or none, one program at a time."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def open_existing(database: Path, key_file: Path, entry: Entry, secrets: Secrets | None = None) -> Opened:
    """Open a clinic's file, brought up to the present shape, which is an act of whoever stands in `entry`.

    Without `secrets` the key file holds them. Raises ClinicError with a sentence where it is missing,
    damaged, newer than this program, on a network share, beside a log that is not its own, or of another
    shape than mmt gave it.
    """
    if database not in remains(database, key_file) or not database.is_file():
        raise ClinicError(missing(database, key_file))
    if database.stat().st_size == 0:  # before SQLite looks: it would take the log away
        raise ClinicError(empty(database, key_file))
    _refuse_network(database.parent)
    secrets = secrets or read_secrets(key_file)
    with reading():
        refuse_foreign_log(database, secrets)
        db = connect(database, secrets, "mode=rw")
        try:
            shape = refuse_unsound(db, database)
            _refuse_unwritable(db, database, shape)
            secrets = _brought_up(db, database, key_file, secrets, entry)
            refuse_changed(db, database)
            return Opened(db, Ledger(db, secrets), secrets)
        except BaseException:
            db.conn.close()
            raise


def refuse_unsound(db: Database, database: Path) -> int:
    """Refuse what is not a file of mmt, or of a newer one, before anything is written into it; its shape."""
    if _value(db, "application_id") != APPLICATION_ID:
        raise ClinicError(f"{database} is not a file of mmt. {PUT_BACK}")
    shape = _value(db, "user_version")
    if shape > SHAPE:
        raise ClinicError(f"{database} was written by a newer mmt. Install the newest mmt and start again.")
    return int(shape)


def _refuse_unwritable(db: Database, database: Path, shape: int) -> None:
    """Refuse a disk that keeps no log, or that cannot be written."""
    if _value(db, "journal_mode = WAL") != "wal":
        raise ClinicError(f"The disk of {database} cannot keep records safely. Move them to a local disk.")
    _try_to_write(db, shape)


def _brought_up(db: Database, database: Path, key_file: Path, secrets: Secrets, entry: Entry) -> Secrets:
    """Bring a file up to the present shape, one program at a time, once a copy was made of it; the secrets
    as they are now."""
    if not pending(db):
        return _with_chain_key(key_file, secrets, SHAPE)
    with _at_once(db):
        shape = _value(db, "user_version")
        if pending(db):  # another program may have done it just now
            keep_before(database, key_file, shape, lambda path, how: connect(path, secrets, how).conn)
        secrets = _with_chain_key(key_file, secrets, shape)
        know_seals(db.conn, secrets)
        migrate(db)
        if names := taken_over(shape):
            Ledger(db, secrets).take_over(entry._replace(act=Act.TAKEN_OVER), names)
    return secrets


def _with_chain_key(key_file: Path, secrets: Secrets, shape: int) -> Secrets:
    """The secrets with a chain key, which a file without a chain gets now."""
    if shape < CHAINED:
        return complete(key_file, secrets)
    now = secrets if secrets.whole else read_secrets(key_file)
    if not now.whole:
        raise ClinicError(
            f"The key file {key_file} lacks its second line: it is older than the records. Put the key file "
            "of the newest backup in its place."
        )
    return now


def refuse_changed(db: Database, database: Path) -> None:
    """Refuse a file that has not the shape that mmt gave it."""
    if changed := changed_things(db):
        raise ClinicError(
            f"What guards the records was changed by another program ({', '.join(changed[:3])}). "
            f"Do not go on with {database}. {PUT_BACK}"
        )


def refuse_foreign_log(database: Path, secrets: Secrets, how: str = "mode=ro") -> None:
    """Refuse a log that was left by other records: SQLite would fold it in, and destroy those that are there.

    Read-only, SQLite folds nothing in. The whole file is looked through, as the log may touch any page of it.
    A journal beside it says that the power failed while the file was given its first log: SQLite takes that
    step back before it reads, which it cannot do read-only.
    """
    log, journal = (database.with_name(database.name + end) for end in ("-wal", "-journal"))
    if not log.exists() or log.stat().st_size == 0 or (journal.exists() and journal.stat().st_size):
        return
    if not _sound(database, secrets, how) and _sound(database, secrets, "mode=ro&immutable=1"):
        raise ClinicError(
            f"In {database.parent}, {log.name} does not belong to {database.name}, or is damaged. Nothing "
            f"was changed. If {database.name} was put back from a backup, move {log.name} and "
            f"{database.name}-shm to another folder and start again. If not, copy the whole folder first: "
            f"{log.name} may hold the newest records."
        )


def _sound(database: Path, secrets: Secrets, how: str) -> bool:
    """Whether records opened like this can be read to the end. Raises OperationalError of the disk."""
    try:
        with closing(connect(database, secrets, how).conn) as connection:
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


def connect(path: Path, secrets: Secrets, how: str) -> Database:
    """A connection set for durability. `how` is said in the words of SQLite's addresses: `mode=rw`."""
    connection: Connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=_TIMEOUT_S
    )
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # a bad letter hides no record
    try:
        # before the key, or SQLCipher writes its log over the screen
        connection.execute("pragma cipher_log_level = NONE")
        connection.execute(secrets.pragma)
        if how == WITH_LOG:
            connection.execute("pragma locking_mode = exclusive")
        if _wiping.get():
            connection.execute(f"pragma {_WIPED}")
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}").fetchall()
        know_seals(connection, secrets)
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
