"""The chain of acts: one row a transaction, each sealed over the one before it.

A row says who did what when, and holds a digest of each record as it was left. Whoever changes a record or an
act afterwards without the chain key leaves a digest or a seal that does not fit; `mmt verify` names it.
"""

import datetime
import secrets as random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from .adding import ERASED_UP_TO, erased_up_to
from .driver import Database
from .keyfile import Secrets
from .watches import ADDED_TO, CHANGING, TOLD, WITHIN, Row, Table, tables

SALT_BYTES = 16
_DIGEST_BYTES = 16

Event = Literal["insert", "update", "delete"]
Key = int | str


class Head(NamedTuple):
    """An act in the chain: its number and its seal. The last one stands for all before it."""

    seq: int
    seal: bytes

    def __str__(self) -> str:
        return f"{self.seq}-{self.seal.hex()[:8]}"


NOTHING = Head(0, bytes(32))
"""The head of a chain without an act."""


class Change(msgspec.Struct, array_like=True, frozen=True):
    """What became of the rows of a table whose keys run from `first` to `last`, without a gap.

    `digest` is that of the rows as they were left, empty where the row is gone; `was` that of what stood
    there before, empty where nothing did.
    """

    table: str
    first: Key
    last: Key
    event: Event
    digest: str
    was: str = ""

    @property
    def keys(self) -> Iterable[Key]:
        """The keys of the rows."""
        if isinstance(self.first, int) and isinstance(self.last, int):
            return range(self.first, self.last + 1)
        return (self.first,)


class Entry(NamedTuple):
    """What is known of an act before it is written: who did what, and with whose record."""

    act: str
    actor: str
    at: datetime.datetime
    patient: int | None = None
    visit: int | None = None


Said = tuple[Any, ...]
"""An act as it is sealed: its columns from `seq` to `changes`."""


def adds_more(before: Said, said: Said, changes: Sequence[Change]) -> bool:
    """Whether an act does no more than add to the draft that the one before it was about, by the same person
    on the same day: it is one more of a run, of which the indexes know the first one alone."""
    _, at, actor, _, patient, visit, _ = said
    return (
        None not in (patient, visit)
        and (actor, patient, visit) == (before[2], *before[4:6])
        and at[:10] == before[1][:10]
        and bool(changes)
        and all(one.table in WITHIN and one.event == "insert" for one in changes)
    )


def head(db: Database) -> Head:
    """The last act of a file."""
    row = db.conn.execute("select seq, hash from acts order by seq desc limit 1").fetchone()
    return Head(*row) if row else NOTHING


def seal(secrets: Secrets, before: bytes, said: Iterable[Any]) -> bytes:
    """The seal over an act, its columns from `seq` to `changes`, and over the one before it."""
    return secrets.seal("act", before + msgspec.json.encode(tuple(said)))


def sealed_by(db: Database, secrets: Secrets, at: Head) -> bool:
    """Whether an act follows, by the seal of these secrets, from the one before it."""
    if at == NOTHING:
        return True
    columns = "seq, at, actor, act, patient, visit, changes"
    said = db.conn.execute(f"select {columns} from acts where seq = ?", (at.seq,)).fetchone()
    before = db.conn.execute("select hash from acts where seq = ?", (at.seq - 1,)).fetchone()
    return bool(said) and seal(secrets, before[0] if before else NOTHING.seal, said) == at.seal


def digest(secrets: Secrets, salt: bytes, texts: Iterable[bytes]) -> str:
    """The digest of rows, each as its one text."""
    told = secrets.sealing("row")
    told.update(salt)
    for text in texts:
        told.update(text + b"\n")
    return told.hexdigest()[: 2 * _DIGEST_BYTES]


_PUT = """insert or rollback into acts (seq, at, actor, act, patient, visit, changes, salt, was, hash, more)
 values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
"""A failure ends the transaction: to take back one statement, SQLite would copy each page first."""


class Ledger:
    """Collects what a transaction changes, told by the triggers, and writes its act."""

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self._db = db
        self._secrets = secrets
        self.tables = tables(db)
        self._told: list[tuple[str, Event, tuple[Any, ...]]] | None = None
        self._erased: dict[str, int] | None = None
        self._last: tuple[Head, Said] | None = None
        self._version = -1
        db.conn.create_function(TOLD, -1, self._changed)
        db.conn.create_function(ERASED_UP_TO, 1, self._erased_up_to)
        # the triggers are ours, as was seen when the file was opened, and call this one function
        db.conn.execute("pragma trusted_schema = ON")

    def _changed(self, table: str, event: Event, *values: Any) -> None:
        if self._told is None:
            raise RuntimeError("records are changed in a transaction of the store alone")
        self._told.append((table, event, values))

    def _erased_up_to(self, table: str) -> int:
        if self._erased is None:  # whoever erases has the records open alone: it stays so while we have them
            self._erased = erased_up_to(self._db)
        return self._erased.get(table, 0)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Within the block changes may be made; `write` is its last word."""
        self._told = []
        try:
            yield
        finally:
            self._told = None

    @contextmanager
    def within(self) -> Iterator[None]:
        """What is told within a part of a transaction that fails and is taken back does not count."""
        assert self._told is not None
        before = len(self._told)
        try:
            yield
        except BaseException:
            del self._told[before:]
            raise

    def write(self, entry: Entry, *, always: bool = False, forgets: bool = False) -> Head | None:
        """Write the act of the transaction; None where nothing was changed, unless `always`. One that
        `forgets` keeps nothing of what was there."""
        changed = _left(self.tables, self._told or ())
        if forgets:
            self._erased = None
        if not changed and not always:
            return None
        return self._append(entry, changed, forgets=forgets)

    def undo(self) -> None:
        """The transaction failed: what it wrote is not there."""
        self._last = None

    def take_over(self, entry: Entry, names: Iterable[str]) -> Head:
        """Vouch for the rows of these tables as they are found."""
        found: _Changed = {}
        for table in (self.tables[name] for name in names):
            columns = ", ".join(table.defaults)
            rows = self._db.conn.execute(f"select {columns} from {table.name} order by {table.key}")
            found.update(((table.name, row[0]), (None, table.row(row))) for row in rows)
        return self._append(entry, found)

    def _append(self, entry: Entry, changed: "_Changed", *, forgets: bool = False) -> Head:
        (before, last), salt = self._before(), random.token_bytes(SALT_BYTES)
        changes, was = _in_short(self._secrets, salt, self.tables, changed)
        if forgets:
            changes, was = [replace(one, was="") for one in changes], []
        visit = entry.visit or _only("visit", "visits", changed)
        patient = entry.patient or _only("patient", "patients", changed)
        said = (
            *(before.seq + 1, entry.at.isoformat(), entry.actor, entry.act, patient, visit),
            msgspec.json.encode(changes).decode(),
        )
        now = Head(before.seq + 1, seal(self._secrets, before.seal, said))
        kept = msgspec.json.encode(was).decode() if was else None
        more = last is not None and adds_more(last, said, changes)
        self._db.conn.execute(_PUT, (*said, salt, kept, now.seal, int(more)))
        self._last = now, said
        return now

    def _before(self) -> tuple[Head, Said | None]:
        """The last act in the chain, and what it says where it is ours: read again where another program
        wrote since, which SQLite tells."""
        (version,) = self._db.conn.execute("pragma data_version").fetchone()
        if self._last is None or version != self._version:
            self._version = version
            return head(self._db), None
        return self._last


_Changed = dict[tuple[str, Key], tuple[Row | None, Row | None]]
"""What was and what is in each row that was touched, in the order in which they were."""


def _left(known: dict[str, Table], told: Iterable[tuple[str, Event, tuple[Any, ...]]]) -> _Changed:
    """What a transaction leaves of all that was told."""
    found: _Changed = {}
    for name, event, values in told:
        table = known[name]
        half = len(table.defaults)
        old = None if event == "insert" else table.told(values[:half])
        new = None if event == "delete" else table.told(values[-half:])
        if old and new and old[table.key] != new[table.key]:
            raise ValueError(f"the key of a row of {name} was changed")
        at = name, (new or old or {})[table.key]
        found[at] = (found[at][0] if at in found else old), new
    return {at: (was, now) for at, (was, now) in found.items() if was != now}


class _Run:
    """Rows that were added one after the other."""

    def __init__(self, table: Table, key: Key, row: Row) -> None:
        self.table, self.first, self.last = table, key, key
        self.of = row.get("visit")
        self.texts = [table.canonical(row)]

    def takes(self, key: Key, row: Row) -> bool:
        """Whether a row is the next one, of the same visit; then it is one of them."""
        if not isinstance(key, int) or not isinstance(self.last, int):
            return False
        if key != self.last + 1 or row.get("visit") != self.of:
            return False
        self.last = key
        self.texts.append(self.table.canonical(row))
        return True


def _in_short(
    secrets: Secrets, salt: bytes, known: dict[str, Table], changed: _Changed
) -> tuple[list[Change], list[Row]]:
    """The changes as the act holds them, and of rows that were there before what was in the columns that
    changed. Rows that are only ever added are told in runs."""
    changes: list[Change | _Run] = []
    kept: list[Row] = []
    runs: dict[str, _Run] = {}
    for (name, key), (was, now) in changed.items():
        table = known[name]
        if was is None and now is not None and name in ADDED_TO:
            if not (name in runs and runs[name].takes(key, now)):
                runs[name] = _Run(table, key, now)
                changes.append(runs[name])
            continue
        left = digest(secrets, salt, [table.canonical(now)]) if now else ""
        event: Event = "delete" if now is None else "update" if was else "insert"
        before = ""
        if was is not None:
            kept.append({one: value for one, value in was.items() if not now or now[one] != value})
            before = digest(secrets, salt, [msgspec.json.encode(kept[-1])])
        changes.append(Change(name, key, key, event, left, before))
    return [_as_change(secrets, salt, one) for one in changes], kept


def _as_change(secrets: Secrets, salt: bytes, one: Change | _Run) -> Change:
    if isinstance(one, Change):
        return one
    return Change(one.table.name, one.first, one.last, "insert", digest(secrets, salt, one.texts))


def _only(column: str, table: str, changed: _Changed) -> int | None:
    """The one visit or patient that all changes are about; None where they are about several, or none."""
    found: set[Any] = set()
    for (name, key), (was, now) in changed.items():
        if name not in CHANGING or name in ("patients", "visits"):
            found.add(key if name == table else ((now or was or {}).get(column)))
    found.discard(None)
    return int(found.pop()) if len(found) == 1 else None
