"""Whether the records are as mmt left them: the chain of acts from first to last, and each row by it."""

import datetime
from collections.abc import Callable, Iterator, Sequence

import msgspec

from mmt.model.acts import Act

from .driver import Database
from .keyfile import Secrets
from .ledger import NOTHING, Change, Head, Key, Said, adds_more, digest, seal
from .naming_rows import named, of_visit
from .patients import unfound
from .seals import SEALED
from .shape import SHAPE
from .signing import false_signatures, foreign_keys
from .visits import altered
from .watches import ADDED_TO, Row, Table, tables
from .way_back import COLUMNS, KeptAct, WayBack, acts, found, said
from .whole_shape import changed_things

Progress = Callable[[int, int], object]
"""Told now and then how many acts of how many were looked at."""

_EACH = 500


class OtherShapeError(Exception):
    """The records are those of an earlier or a later mmt."""


class Verifier:
    """Looks through records that nobody changes meanwhile. `head` is the last act that holds, `signed` how
    many signed visits there are."""

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self._db = db
        self._secrets = secrets
        self._tables = tables(db)
        self._rows = dict.fromkeys(ADDED_TO, 0)
        self._erased: set[tuple[str, Key]] = set()
        self._torn: set[int] = set()
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
            back = WayBack(self._db, self._secrets, self._tables, self._torn)
            yield from back.breaks()
            yield from self._uncounted(back.known)
        yield from self._signatures()
        yield from self._following()

    def _chain(self, progress: Progress) -> Iterator[str]:
        count = self._one("select count(*) from acts")
        last: Said | None = None
        for at, act in enumerate(acts(self._db)):
            if at % _EACH == 0:
                progress(at, count)
            if broken := self._broken(act):
                self._whole = False
                yield broken
                return
            changes = msgspec.json.decode(act.said[-1], type=list[Change])
            yield from self._before(act, changes)
            if act.more and not (last and adds_more(last, act.said, changes)):
                yield f"{_begun(act)} was taken out of the lists of who did what by another program."
            last = act.said
            for change in changes:
                if change.table in ADDED_TO:
                    yield from self._run(act, change)
            self.head = Head(act.said[0], act.hash)
        progress(count, count)

    def _told_erased(self) -> Iterator[tuple[str, Key]]:
        """The rows that were erased for good: what the acts kept of them went with them."""
        asked = "select changes from acts where act = ?"
        for (changes,) in self._db.conn.execute(asked, (Act.ERASED,)):
            for one in msgspec.json.decode(changes, type=list[Change]):
                yield one.table, one.first

    def _left_of(self, change: Change) -> list[Key]:
        """The keys of a change whose rows were not erased since."""
        return [key for key in change.keys if (change.table, key) not in self._erased]

    def _is_erased(self, change: Change) -> bool:
        """Whether any of the rows of a change was erased since."""
        return any((change.table, key) in self._erased for key in change.keys)

    def _broken(self, act: KeptAct) -> str:
        """Why an act does not follow from the one before it, in a sentence; empty where it does."""
        before = self.head
        if act.said[0] != before.seq + 1:
            return f"Acts are missing between number {before.seq} and {act}: nothing after them is sure."
        if act.hash != seal(self._secrets, before.seal, act.said):
            return f"{_begun(act)} is not as mmt wrote it, or one before it is not. Nothing after it is sure."
        return ""

    def _before(self, act: KeptAct, changes: Sequence[Change]) -> Iterator[str]:
        """What was there before is told by the act as it was."""
        whole = [change for change in changes if not self._is_erased(change)]
        if act.salt is None and not whole:
            return
        told = [change for change in whole if change.was]
        try:
            was: list[Row | None] = msgspec.json.decode(act.was or "[]")
            found = [digest(self._secrets, act.salt or b"", [msgspec.json.encode(one)]) for one in was if one]
        except msgspec.DecodeError:
            found = []
        if found != [change.was for change in told]:
            self._torn.add(act.said[0])
            yield f"What stood there before {act} is not as mmt wrote it."

    def _run(self, act: KeptAct, change: Change) -> Iterator[str]:
        """Rows that were added: each is still there, as it was."""
        if change.event == "delete":
            return
        table = self._tables[change.table]
        rows = list(found(self._db, table, change))
        if self._is_erased(change):
            left = {*self._left_of(change)}
            self._rows[change.table] += sum(row[table.key] in left for row in rows)
            return
        self._rows[change.table] += len(rows)
        texts = [table.canonical(row) for row in rows]
        if digest(self._secrets, act.salt or b"", texts) != change.digest:
            yield said(self._db, table, act, change, missing=not texts)

    def _uncounted(self, known: set[tuple[str, Key]]) -> Iterator[str]:
        """No row is there without an act."""
        for name, table in self._tables.items():
            if name in ADDED_TO:
                if self._one(f"select count(*) from {name}") != self._rows[name]:
                    yield from self._unsaid(table, self._covered(name))
            else:
                yield from self._unsaid(table, {key for of, key in known if of == name})

    def _covered(self, name: str) -> set[Key]:
        """The keys of the rows that acts tell of, those that were erased since left out."""
        covered: set[Key] = set()
        for act in acts(self._db):
            for one in msgspec.json.decode(act.said[-1], type=list[Change]):
                if one.table == name and one.event != "delete":
                    covered.update(self._left_of(one))
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

    def _one(self, asks: str) -> int:
        return int(self._db.conn.execute(asks).fetchone()[0])


def _begun(act: KeptAct) -> str:
    said = str(act)
    return said[0].upper() + said[1:]


def holds_act(db: Database, said: str) -> bool:
    """Whether the chain holds the act of this number and seal, `12-ab…`."""
    seq, _, told = said.partition("-")
    row = db.conn.execute("select hash from acts where seq = ?", (seq,)).fetchone()
    return row is not None and row[0].hex() == told


def marked(db: Database, mark: str) -> str:
    """The act that a paper bears the mark of, `57-ab12cd34`, in words; empty where the chain has none."""
    number, _, told = mark.partition("-")
    row = db.conn.execute(f"select {COLUMNS} from acts where seq = ?", (number,)).fetchone()
    if row is None or not told:
        return ""
    act = KeptAct(row[:7], *row[7:])
    if not act.hash.hex().startswith(told.lower()):
        return ""
    return f"{act}{of_visit(db, act.said[5])}" if act.said[5] else str(act)


def gone_on(db: Database, since: datetime.datetime) -> bool:
    """Whether after this moment somebody went on knowingly with records that are older, or restored them."""
    acts = db.conn.execute("select at from acts where act in (?, ?)", (Act.WENT_ON, Act.RESTORED))
    return any(datetime.datetime.fromisoformat(at) >= since for (at,) in acts)
