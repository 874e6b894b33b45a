"""The one place that opens a clinic's file."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from mmt.files import make_folder, put_new
from mmt.model.acts import Act
from mmt.model.errors import ClinicError

from .before import keep_before
from .driver import Connection, Database, dbapi2
from .faults import reading
from .in_clear import refuse_in_clear
from .keyfile import Secrets, complete, fresh_secrets, read_secrets
from .ledger import Entry, Head, Ledger, head
from .log import refuse_unfit
from .mark import Mark, refuse_older, refuse_rolled_back, rolled_back, write_fresh
from .remains import PUT_BACK, empty, key_of, mark_of, missing, remains
from .seals import know_seals
from .shape import APPLICATION_ID, CHAINED, SHAPE, STEPS, migrate, pending, steps_fit, taken_over
from .shares import network_share
from .signing import know_signers
from .slots.file import is_slots
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
    """Open records, what writes down each act on them, and the mark of how far they have come."""

    db: Database
    ledger: Ledger
    secrets: Secrets
    mark: Mark

    def close(self) -> None:
        """Close all of it."""
        self.mark.close()
        self.db.conn.close()


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
            part, key, mark = (Path(room) / one.name for one in (database, key_file, mark_of(database)))
            secrets = make_keys(key)
            write_fresh(mark, secrets, _build(part, secrets, fill, entry))
            _put_all({key: key_file, mark: mark_of(database), part: database})
    except OSError as error:
        raise ClinicError(
            f"{folder} cannot be written to ({error.strerror}). Choose another folder with MMT_HOME."
        ) from None
    return open_existing(database, key_file, entry, secrets)


def _put_all(finished: dict[Path, Path]) -> None:
    """Give finished files their names, the records last: they are never without key and mark.

    What stays alone is taken back, as it would stand in the way of the next try.
    """
    *_, records = finished.values()
    ours: list[Path] = []
    try:
        for part, path in finished.items():
            ours.append(path)
            put_new(part, path)
    except BaseException as error:
        if isinstance(error, FileExistsError):
            ours.pop()
        if not records.exists():
            for path in ours:
                path.unlink(missing_ok=True)
        raise


def _build(path: Path, secrets: Secrets, fill: Callable[[Database], object], entry: Entry) -> Head:
    """Make new records; the act that they begin with."""
    with reading(), closing(connect(path, secrets, "mode=rwc").conn) as connection:
        db = Database(connection, execute_plugins=False)
        with _at_once(db):
            migrate(db)
            ledger = Ledger(db, secrets)
            with ledger.collecting():
                fill(db)
                ledger.write(entry)
            begun = head(db)
    if os.name != "nt":
        path.chmod(0o600)
    return begun


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


def open_existing(
    database: Path, key_file: Path, entry: Entry, secrets: Secrets | None = None, *, accept: bool = False
) -> Opened:
    """Open a clinic's file, brought up to the present shape, which is an act of whoever stands in `entry`.

    Without `secrets` the key file holds them. Raises ClinicError with a sentence where it is missing,
    damaged, newer than this program, on a network share, beside a log that is not its own, or of another
    shape than mmt gave it; RolledBackError where it is not the one that mmt left here, unless the caller is
    to `accept` that.
    """
    if database not in remains(database, key_file) or not database.is_file():
        raise ClinicError(missing(database, key_file))
    if database.stat().st_size == 0:  # before SQLite looks: it would take the log away
        raise ClinicError(empty(database, key_file))
    _refuse_network(database.parent)
    secrets = secrets or read_secrets(key_file)
    with reading():
        refuse_log(database, key_file, secrets, accept=accept)
        db = connect(database, secrets, "mode=rw")
        try:
            shape = refuse_unsound(db, database)
            _refuse_chainless(database, key_file, shape)
            _refuse_unwritable(db, database, shape)
            if shape >= CHAINED and not accept:
                refuse_rolled_back(db, database, _with_chain_key(key_file, secrets, shape))
            secrets = _brought_up(db, database, key_file, secrets, entry)
            refuse_changed(db, database)
            refuse_in_clear(db, key_file)
            return Opened(db, Ledger(db, secrets), secrets, _marked(db, database, secrets, anew=accept))
        except BaseException:
            db.conn.close()
            raise


def open_beside(database: Path, secrets: Secrets) -> Opened:
    """Open once more records that this program has open, and looked at then. Raises ClinicError."""
    with reading():
        db = connect(database, secrets, "mode=rw")
        try:
            refuse_unsound(db, database)
            return Opened(db, Ledger(db, secrets), secrets, Mark(mark_of(database), secrets))
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
    if not steps_fit(db, shape):
        _refuse_guards(database, [STEPS])
    return int(shape)


def _refuse_chainless(database: Path, key_file: Path, shape: int) -> None:
    """Refuse records without a chain beside a key file with passphrases, which none of them ever had: who had
    the data key put them there, and nothing vouches for them."""
    if shape < CHAINED and is_slots(key_file):
        raise ClinicError(
            f"{database} is older than the passphrases that open it: other records were put in its place. "
            f"{PUT_BACK}"
        )


def _refuse_unwritable(db: Database, database: Path, shape: int) -> None:
    """Refuse a disk that keeps no log, or that cannot be written."""
    if _value(db, "journal_mode = WAL") != "wal":
        raise ClinicError(f"The disk of {database} cannot keep records safely. Move them to a local disk.")
    _try_to_write(db, shape)


def _marked(db: Database, database: Path, secrets: Secrets, *, anew: bool) -> Mark:
    """The mark of open records, moved on to where they are."""
    if anew:
        write_fresh(mark_of(database), secrets, head(db))
    mark = Mark(mark_of(database), secrets)
    mark.put(head(db))
    return mark


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
            now = Ledger(db, secrets).take_over(entry._replace(act=Act.TAKEN_OVER), names)
        if shape < CHAINED:
            refuse_older(database, secrets)
            write_fresh(mark_of(database), secrets, now)
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
        _refuse_guards(database, changed)


def _refuse_guards(database: Path, changed: list[str]) -> NoReturn:
    raise ClinicError(
        f"What guards the records was changed by another program ({', '.join(changed[:3])}). "
        f"Do not go on with {database}. {PUT_BACK}"
    )


def refuse_log(
    database: Path, key_file: Path, secrets: Secrets, how: str = "mode=ro", *, accept: bool = False
) -> None:
    """Refuse a log that does not belong to the records, or lost entries, before anything is written."""

    @contextmanager
    def opens(how: str) -> Iterator[Database]:
        db = connect(database, secrets, how)
        with closing(db.conn):
            yield db

    def incomplete(db: Database) -> str:
        shape = _value(db, "user_version")
        if _value(db, "application_id") != APPLICATION_ID or shape < CHAINED:
            return ""
        return rolled_back(db, database, _with_chain_key(key_file, secrets, shape))

    refuse_unfit(database, opens, incomplete, how, accept=accept)


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
        know_signers(connection, key_of(path), secrets)
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
