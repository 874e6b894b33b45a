"""Whether the records are as mmt left them: the chain of acts from first to last, and each row by it."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from mmt.model.acts import Act

from .driver import Database
from .faults import local
from .keyfile import Secrets
from .ledger import NOTHING, Change, Head, Key, digest, seal
from .naming_rows import KINDS, named, of_visit
from .patients import unfound
from .seals import SEALED
from .shape import SHAPE
from .signing import false_signatures, foreign_keys
from .visits import altered
from .watches import ADDED_TO, Row, Table, tables
from .whole_shape import changed_things

Progress = Callable[[int, int], object]
"""Told now and then how many acts of how many were looked at."""

_COLUMNS = "seq, at, actor, act, patient, visit, changes"
_EACH = 500


class OtherShapeError(Exception):
    """The records are those of an earlier or a later mmt."""


class _Act(NamedTuple):
    """An act as it stands in the file."""

    said: tuple[Any, ...]
    salt: bytes | None
    was: str | None
    hash: bytes

    def __str__(self) -> str:
        seq, at, actor, act = self.said[:4]
        return f'act {seq} ("{act}" by {actor}, {local(at)})'


class Verifier:
    """Looks through records that nobody changes meanwhile. `head` is the last act that holds, `signed` how
    many signed visits there are."""

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self._db = db
        self._secrets = secrets
        self._tables = tables(db)
        self._latest: dict[tuple[str, Key], tuple[_Act, Change]] = {}
        self._rows = dict.fromkeys(ADDED_TO, 0)
        self._erased: set[tuple[str, Key]] = set()
        self._whole = True
        self.head = NOTHING
        self.signed = 0

    def breaks(self, progress: Progress = lambda *_: None) -> Iterator[str]:
        """What is not as mmt left it, a sentence each. Raises OtherShapeError, DatabaseError."""
        if self._one("pragma user_version") != SHAPE:
            raise OtherShapeError
        for name in changed_things(self._db):
            yield f'"{name}" in the file is not of mmt\'s making, or was taken away.'
        self._erased = set(self._told_erased())
        yield from self._chain(progress)
        if self._whole:  # else nobody knows what the rest of the chain says of the rows
            yield from self._standing()
            yield from self._uncounted()
        yield from self._signatures()
        yield from self._following()

    def _chain(self, progress: Progress) -> Iterator[str]:
        count = self._one("select count(*) from acts")
        for at, act in enumerate(self._acts()):
            if at % _EACH == 0:
                progress(at, count)
            if broken := self._broken(act):
                self._whole = False
                yield broken
                return
            changes = msgspec.json.decode(act.said[-1], type=list[Change])
            yield from self._before(act, changes)
            for change in changes:
                if change.table in ADDED_TO:
                    yield from self._run(act, change)
                else:
                    self._latest[change.table, change.first] = act, change
            self.head = Head(act.said[0], act.hash)
        progress(count, count)

    def _told_erased(self) -> Iterator[tuple[str, Key]]:
        """The rows that were erased for good: what the acts before kept of them went with them."""
        acts = self._db.conn.execute("select changes from acts where act = ?", (Act.ERASED,))
        for (changes,) in acts:
            yield from ((one.table, one.first) for one in msgspec.json.decode(changes, type=list[Change]))

    def _is_erased(self, change: Change) -> bool:
        """Whether any of the rows of a change was erased."""
        return any((change.table, key) in self._erased for key in change.keys)

    def _acts(self) -> Iterator[_Act]:
        rows = self._db.conn.execute(f"select {_COLUMNS}, salt, was, hash from acts order by seq")
        return (_Act(row[:7], *row[7:]) for row in rows)

    def _broken(self, act: _Act) -> str:
        """Why an act does not follow from the one before it, in a sentence; empty where it does."""
        before = self.head
        if act.said[0] != before.seq + 1:
            return f"Acts are missing between number {before.seq} and {act}: nothing after them is sure."
        if act.hash != seal(self._secrets, before.seal, act.said):
            return f"{_begun(act)} is not as mmt wrote it, or one before it is not. Nothing after it is sure."
        return ""

    def _before(self, act: _Act, changes: Sequence[Change]) -> Iterator[str]:
        """What was there before is told by the act as it was."""
        if act.salt is None and all(map(self._is_erased, changes)):
            return
        told = [change for change in changes if change.was and not self._is_erased(change)]
        try:
            was: list[Row | None] = msgspec.json.decode(act.was or "[]")
            found = [digest(self._secrets, act.salt or b"", [msgspec.json.encode(one)]) for one in was if one]
        except msgspec.DecodeError:
            found = []
        if found != [change.was for change in told]:
            yield f"What stood there before {act} is not as mmt wrote it."

    def _run(self, act: _Act, change: Change) -> Iterator[str]:
        """Rows that were added: each is still there, as it was."""
        table = self._tables[change.table]
        texts = self._texts(table, change)
        self._rows[change.table] += len(texts)
        if self._is_erased(change):
            if texts and len(texts) == len(list(change.keys)):
                yield f"{KINDS[change.table].capitalize()} is there again although it was erased."
        elif digest(self._secrets, act.salt or b"", texts) != change.digest:
            yield self._said(act, change, missing=not texts)

    def _texts(self, table: Table, change: Change) -> list[bytes]:
        rows = self._db.conn.execute(
            f"select {', '.join(table.defaults)} from {table.name}"
            f" where {table.key} between ? and ? order by {table.key}",
            (change.first, change.last),
        )
        return [table.canonical(table.row(row)) for row in rows]

    def _standing(self) -> Iterator[str]:
        """Each row that may change is as the last act about it left it."""
        for (name, _), (act, change) in self._latest.items():
            texts = self._texts(self._tables[name], change)
            gone = change.event == "delete"
            if gone and texts:
                yield f"{KINDS[name].capitalize()} is there again after {act} took it away."
            elif not gone and digest(self._secrets, act.salt or b"", texts) != change.digest:
                yield self._said(act, change, missing=not texts)

    def _uncounted(self) -> Iterator[str]:
        """No row is there without an act."""
        for name, table in self._tables.items():
            if name in ADDED_TO:
                if self._one(f"select count(*) from {name}") != self._rows[name]:
                    yield from self._unsaid(table, self._covered(name))
            else:
                known = {key for (of, key), (_, left) in self._latest.items() if of == name and left.digest}
                yield from self._unsaid(table, known)

    def _covered(self, name: str) -> set[Key]:
        covered: set[Key] = set()
        for act in self._acts():
            for one in msgspec.json.decode(act.said[-1], type=list[Change]):
                if one.table == name:
                    covered.update(one.keys)
        return covered

    def _unsaid(self, table: Table, known: set[Key]) -> Iterator[str]:
        for (key,) in self._db.conn.execute(f"select {table.key} from {table.name}").fetchall():
            if key not in known:
                yield f"{named(self._db, table, key)} was put in by another program: no act tells of it."

    def _signatures(self) -> Iterator[str]:
        self.signed = self._one("select count(*) from signatures")
        unsealed = {
            row[0]
            for row in self._db.conn.execute(f"select visit from signatures where seal is not ({SEALED})")
        }
        for visit in sorted(unsealed | {*altered(self._db), *false_signatures(self._db)}):
            yield f"The visit{of_visit(self._db, visit)} is not as it was signed."
        for name in foreign_keys(self._db):
            yield f"The keys that the records keep of {name} are not those that {name} signs with."

    def _following(self) -> Iterator[str]:
        """What follows from the rows: which drafts are open, and what a search finds."""
        closed = "select visit from signatures union select visit from discarded_visits"
        wrong = self._db.conn.execute(
            f"select id from visits where (id in (select visit from open_visits)) is (id in ({closed}))"
        )
        for (visit,) in wrong.fetchall():
            yield f"The visit{of_visit(self._db, visit)} is open and closed at once, or neither."
        for patient in unfound(self._db):
            whom = named(self._db, self._tables["patients"], patient)
            yield f"{whom} are not what a search finds."

    def _said(self, act: _Act, change: Change, *, missing: bool) -> str:
        """That rows are not as an act left them, with whose they are and when."""
        if missing:
            of = of_visit(self._db, act.said[5]) if act.said[5] else ""
            return f"{KINDS[change.table].capitalize()}{of} is missing since {act}."
        return f"{named(self._db, self._tables[change.table], change.first)} is not as {act} left it."

    def _one(self, asks: str) -> int:
        return int(self._db.conn.execute(asks).fetchone()[0])


def _begun(act: _Act) -> str:
    said = str(act)
    return said[0].upper() + said[1:]


def holds_act(db: Database, said: str) -> bool:
    """Whether the chain holds the act of this number and seal, `12-ab…`."""
    seq, _, told = said.partition("-")
    row = db.conn.execute("select hash from acts where seq = ?", (seq,)).fetchone()
    return row is not None and row[0].hex() == told


def gone_on(db: Database, since: datetime.datetime) -> bool:
    """Whether after this moment somebody went on knowingly with records that are older, or restored them."""
    acts = db.conn.execute("select at from acts where act in (?, ?)", (Act.WENT_ON, Act.RESTORED))
    return any(datetime.datetime.fromisoformat(at) >= since for (at,) in acts)
