"""A copy of the records, made while they are in use, and what a copy holds, found by opening it."""

import datetime
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from mmt.model.base import Value
from mmt.model.errors import ClinicError

from . import discarded
from .connect import connect
from .driver import Connection, Database, DatabaseError
from .faults import day_of, reading
from .keyfile import Secrets
from .ledger import head
from .reading_alone import way_to_read

_NEW = f"mode=rwc&vfs={'win32' if os.name == 'nt' else 'unix'}-none"
"""Nobody else knows the copy: it needs no locks, which a network share may lack."""

_FINISHED = "mode=ro&immutable=1"
"""The copy as it lies there, read without a log of its own."""

_PAGES = 2000
"""So many pages (8 MB) are copied before it is asked again whether to stop."""

_STEPS = 100_000
"""So many steps of SQLite's (some milliseconds) pass while a copy is checked before that is asked."""

_PASSING = "holds"
"""The table of who has a draft open: nobody has in a copy."""

Stopped = Callable[[], bool]
"""Asked now and then while something long is done: whether to give it up."""


class StoppedError(ClinicError):
    """It was given up, as was asked. Nothing is left of it."""


class Contents(Value, frozen=True, kw_only=True):
    """What records hold: `shape` is that of the file, `until` the day of the last visit, `rows` are counted
    by table. `clinic` tells one clinic from another.
    """

    clinic: str
    shape: int
    until: datetime.date | None = None
    rows: dict[str, int]


class Snapshot:
    """Records as they are at one moment, while others go on writing. Their `state` is another one whenever
    something was changed; `head` is the last act."""

    def __init__(self, source: Connection, secrets: Secrets) -> None:
        self._source = source
        self._secrets = secrets
        self.clinic = clinic_of(source)
        self.head = head(Database(source, execute_plugins=False))
        self.state = _state(source)

    @property
    def contents(self) -> Contents:
        """What is held at this moment, but for who has a draft open."""
        with reading():
            return _contents(self._source)

    def copy(self, to: Path, stopped: Stopped) -> None:
        """Put all of it in a new file, durably, with no draft open.

        Raises ClinicError with a sentence, OSError, StoppedError.
        """

        def ask(*_: int) -> None:
            if stopped():
                raise StoppedError("The backup was stopped; none was made.")

        with reading(), closing(connect(to, self._secrets, _NEW).conn) as made:
            self._source.backup(made, pages=_PAGES, progress=ask, sleep=0)
            made.execute("pragma locking_mode = exclusive")  # a log without the index that needs locks
            made.execute(f"delete from {_PASSING}")
        with to.open("rb+") as file:
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):  # who reads it next gets it from the disk, not from memory
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def snapshot(database: Path, secrets: Secrets) -> Iterator[Snapshot]:
    """The records that a program has open, as they are now, by a connection of its own; safe in a thread.

    Raises ClinicError with a sentence where they cannot be read.
    """
    with reading():
        how = way_to_read(database, secrets)
        with closing(connect(database, secrets, how).conn) as source:
            source.execute("BEGIN")
            yield Snapshot(source, secrets)


def holds(database: Path, secrets: Secrets, contents: Contents, stopped: Stopped) -> bool:
    """Whether a copy that nobody writes into is sound from end to end, has this shape and as many rows.

    Tables are those that are named: an earlier mmt may have counted others. Raises StoppedError.
    """
    try:
        with closing(connect(database, secrets, _FINISHED).conn) as copy:
            copy.set_progress_handler(stopped, _STEPS)
            signed = copy.execute("pragma cipher_integrity_check").fetchall() == []
            sound = copy.execute("pragma integrity_check").fetchall() == [("ok",)]
            shape = _one(copy, "pragma user_version")
            rows = {name: _counted(copy, name) for name in contents.rows if name.isidentifier()}
            return signed and sound and (shape, rows) == (contents.shape, contents.rows)
    except DatabaseError:
        if stopped():
            raise StoppedError("The check was stopped.") from None
        return False


def clinic_of(db: Connection) -> str:
    """What tells this clinic from all others: when it was set up, in millionths of a second, as a digest."""
    (since,) = db.execute("select created_at from clinic").fetchone() or ("",)
    return hashlib.sha256(f"mmt clinic {since}".encode()).hexdigest()[:16]


def _contents(db: Connection) -> Contents:
    (until,) = db.execute(f"select max(date) from visits where id not in ({discarded.VISITS})").fetchone()
    return Contents(
        clinic=clinic_of(db),
        shape=_one(db, "pragma user_version"),
        until=day_of(until),
        rows={name: _counted(db, name) for name in _tables(db)} | {_PASSING: 0},
    )


def _state(db: Connection) -> str:
    """What tells each change: the seal of the last act that changed a record, and where drafts were left."""
    told = db.execute("select seq, hash from acts where changes <> '[]' order by seq desc limit 1").fetchone()
    left = db.execute(
        "select id, place from visits where id in (select visit from open_visits) order by id"
    ).fetchall()
    return hashlib.sha256(repr((told, left)).encode()).hexdigest()


def _tables(db: Connection) -> list[str]:
    """The tables of the records in order, without the index of the search and what passes."""
    found = db.execute(
        "select name from pragma_table_list where schema = 'main' and type = 'table'"
        " and name not like 'sqlite_%' order by name"
    )
    return [name for (name,) in found if name != _PASSING]


def _counted(db: Connection, table: str) -> int:
    return _one(db, f'select count(*) from "{table}"')


def _one(db: Connection, asks: str) -> int:
    return int(db.execute(asks).fetchone()[0])
