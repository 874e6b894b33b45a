"""The shape of a file, compared whole with that of a fresh one: a view over a table, or a trigger less, would
let others change what is recorded, or hide it."""

import hashlib
from contextlib import closing

from .driver import Database, dbapi2
from .keyfile import KEY_BYTES, Secrets
from .seals import know_seals
from .shape import SHAPE, STEPS, migrate, steps_fit

DIGEST = "6e55ec9a4ac48c6642baef9ec8ddce5b"
"""The digest of the present shape: a file that has it needs no fresh one to be compared with."""

_Things = dict[tuple[str, str], str]


def changed_things(db: Database) -> list[str]:
    """Names of what a file lacks, holds besides the present shape, or holds otherwise."""
    steps = [] if steps_fit(db, SHAPE) else [STEPS]
    held = _things(db)
    if digest_of(held) == DIGEST:
        return steps
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as connection:
        fresh = Database(connection, execute_plugins=False)
        know_seals(connection, Secrets(bytes(KEY_BYTES), bytes(KEY_BYTES)))
        migrate(fresh)
        meant = _things(fresh)
    changed = (name for kind, name in {*held, *meant} if held.get((kind, name)) != meant.get((kind, name)))
    return sorted({*steps, *changed})


def digest_of(things: _Things) -> str:
    """A short digest of a shape."""
    return hashlib.sha256(repr(sorted(things.items())).encode()).hexdigest()[:32]


def shape_of(db: Database) -> str:
    """The digest of a file's shape."""
    return digest_of(_things(db))


def _things(db: Database) -> _Things:
    """Each table, index, view and trigger with its statement. What SQLite and sqlite-utils lay for themselves
    is known by its name alone: another version words it otherwise."""
    found = db.conn.execute("select type, name, sql from sqlite_master where name not glob 'sqlite_*'")
    return {
        (kind, name): "" if name.startswith(("patients_search_", STEPS)) else sql for kind, name, sql in found
    }
