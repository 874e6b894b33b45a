"""How records are without being opened for work: looked through from end to end, read-only."""

import datetime
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from mmt.model.base import Value

from .driver import Connection, Database, DatabaseError
from .faults import day_of
from .keyfile import Secrets
from .mark import rolled_back
from .reading_alone import looked_at
from .shape import SHAPE
from .whole_shape import changed_things

_MOMENTS = (
    *("select max(started_at) from visits", "select max(recorded_at) from observations"),
    *("select max(signed_at) from signatures", "select max(written_at) from addenda"),
)
_FIRST = 3
"""So many faults of a file are named: the first says enough."""


class Health(Value, frozen=True, kw_only=True):
    """What was found in records: `pages` that are not as they were written, `faults` in SQLite's words,
    `foreign` what is not of mmt's shape, `rolled_back` why they are not those that mmt left there. `recorded`
    is the last moment (UTC) that stands in them, `until` the day of the last visit; `signed` whether any
    visit is."""

    pages: int = 0
    faults: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    rolled_back: str = ""
    shape: int = SHAPE
    recorded: datetime.datetime | None = None
    until: datetime.date | None = None
    signed: bool = False


def health(database: Path, secrets: Secrets) -> Health:
    """How the records are. Others may work with them meanwhile; nothing is written.

    Raises ClinicError with a sentence where the key does not open them, or they are not mmt's.
    """
    with looked_at(database, secrets) as db:
        found = _looked_through(db.conn)
        if found.shape != SHAPE or not secrets.whole or found.faults:
            return found
        return msgspec.structs.replace(found, rolled_back=rolled_back(db, database, secrets))


def _looked_through(db: Connection) -> Health:
    pages = db.execute("pragma cipher_integrity_check").fetchall()
    shape = int(_one(db, "pragma user_version"))
    try:
        faults = [str(row[0]) for row in db.execute(f"pragma integrity_check({_FIRST})")]
        foreign = changed_things(Database(db, execute_plugins=False)) if shape == SHAPE else []
        moments = [_moment(_one(db, asks)) for asks in _MOMENTS]
        until = day_of(_one(db, "select max(date) from visits"))
        signed = bool(_one(db, "select exists (select 1 from signatures)"))
    except DatabaseError as error:  # what cannot be read says no more
        return Health(pages=len(pages), faults=(str(error),), shape=shape)
    return Health(
        pages=len(pages),
        faults=tuple(one for one in faults if one != "ok"),
        foreign=tuple(foreign[:_FIRST]),
        shape=shape,
        recorded=max(filter(None, moments), default=None),
        until=until,
        signed=signed,
    )


def _one(db: Connection, asks: str) -> Any:
    row = db.execute(asks).fetchone()
    return row[0] if row else None


def _moment(text: object) -> datetime.datetime | None:
    with suppress(TypeError, ValueError):
        return datetime.datetime.fromisoformat(str(text)).astimezone(datetime.UTC)
    return None
