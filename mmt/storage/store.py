"""The clinic's store: what is kept goes in through `writing`, what is known comes out as values."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from mmt.model.people import Letterhead

from . import backup, connect
from .damage import naming
from .driver import Database
from .faults import reading
from .write import Writer


class Store:
    """One open clinic's file."""

    def __init__(self, db: Database, database: Path, key_file: Path) -> None:
        self._db = db
        self._key_file = key_file
        self._writer = Writer(db, database)

    @classmethod
    def create(
        cls, database: Path, key_file: Path, head: Letterhead, practitioner: str, now: datetime.datetime
    ) -> "Store":
        """A new clinic's file with its first practitioner. Raises ClinicError where that is not possible."""

        def fill(db: Database) -> None:
            keep_letterhead(db, head, now)
            add_practitioner(db, practitioner, now)

        return cls(connect.create(database, key_file, fill), database, key_file)

    @classmethod
    def open(cls, database: Path, key_file: Path) -> "Store":
        """A clinic's file that exists. Raises ClinicError with a sentence where it cannot be opened."""
        return cls(connect.open_existing(database, key_file), database, key_file)

    def close(self) -> None:
        """Close the file. It is whole by itself then, unless another window holds it open."""
        self.fold_in()
        self._db.conn.close()

    def fold_in(self) -> None:
        """Bring what the log holds into the file itself; see `Writer.fold_in`."""
        self._writer.fold_in()

    @property
    def trouble(self) -> str:
        """Why nothing can be kept, seen before anything is tried; see `Writer.trouble`."""
        return self._writer.trouble

    def back_up(self, folder: Path, name: str) -> tuple[Path, dict[str, int]]:
        """A checked copy of records and key in a new folder; see `backup.back_up`."""
        return backup.back_up(self._db, self._key_file, folder, name)

    @contextmanager
    def writing(self, *, fold: bool = False) -> Iterator[Database]:
        """A durable transaction; see `Writer.writing`."""
        with self._writer.writing(fold=fold) as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The open file, to read. Raises ClinicError with a sentence where it cannot be read."""
        with reading():
            yield self._db


def keep_letterhead(db: Database, letterhead: Letterhead, now: datetime.datetime) -> None:
    """Keep what stands at the head of each paper."""
    db.conn.execute(
        "insert into clinic (id, letterhead, created_at) values (1, ?, ?)"
        " on conflict (id) do update set letterhead = excluded.letterhead",
        (msgspec.json.encode(letterhead).decode(), now.isoformat()),
    )


def letterhead(db: Database) -> Letterhead:
    """What stands at the head of each paper."""
    row = db.conn.execute("select letterhead from clinic").fetchone()
    with naming("The clinic's name and address"):
        return msgspec.json.decode(row[0], type=Letterhead) if row else Letterhead()


def add_practitioner(db: Database, name: str, now: datetime.datetime) -> None:
    """Keep the name of a practitioner; one that is known already stays."""
    db.conn.execute(
        "insert or ignore into practitioners (name, since) values (?, ?)", (name, now.isoformat())
    )


def practitioners(db: Database) -> tuple[str, ...]:
    """The names of the practitioners, in the order in which they came."""
    return tuple(row[0] for row in db.conn.execute("select name from practitioners order by id"))
