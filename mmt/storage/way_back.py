"""Rows that may change, taken back act by act, by what each act kept of before: so no later act vouches for
what another program changed."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from .driver import Database
from .faults import local
from .keyfile import Secrets
from .ledger import Change, Key, digest
from .naming_rows import KINDS, named, of_visit
from .watches import ADDED_TO, Row, Table

COLUMNS = "seq, at, actor, act, patient, visit, changes, salt, was, hash, more"


class KeptAct(NamedTuple):
    """An act as it stands in the file."""

    said: tuple[Any, ...]
    salt: bytes | None
    was: str | None
    hash: bytes
    more: int

    def __str__(self) -> str:
        seq, at, actor, act = self.said[:4]
        return f'act {seq} ("{act}" by {actor}, {local(at)})'


def acts(db: Database, order: Literal["asc", "desc"] = "asc") -> Iterator[KeptAct]:
    """All acts of a file."""
    rows = db.conn.execute(f"select {COLUMNS} from acts order by seq {order}")
    return (KeptAct(row[:7], *row[7:]) for row in rows)


def found(db: Database, table: Table, change: Change) -> Iterator[Row]:
    """The rows of a change as they are now."""
    rows = db.conn.execute(
        f"select {', '.join(table.defaults)} from {table.name}"
        f" where {table.key} between ? and ? order by {table.key}",
        (change.first, change.last),
    )
    return map(table.row, rows)


def said(db: Database, table: Table, act: KeptAct, change: Change, *, missing: bool) -> str:
    """That rows are not as an act left them, with whose they are and when."""
    if missing:
        of = of_visit(db, act.said[5]) if act.said[5] else ""
        return f"{KINDS[change.table].capitalize()}{of} is missing since {act}."
    return f"{named(db, table, change.first)} is not as {act} left it."


class _Back(NamedTuple):
    """A row on the way back: what was in it when the act `later` began, None where there was none; without
    `later`, what is in it now. It is `lost` where nobody knows what was."""

    row: Row | None
    later: KeptAct | None = None
    lost: bool = False

    def before(self, act: KeptAct, change: Change, was: Row | None) -> "_Back":
        """The row when an act that changed it began; `was` is what the act kept of it."""
        if change.event == "insert":
            return _Back(None, act)
        return _Back({**(self.row or {}), **was}, act) if was else _Back(None, act, lost=True)


class WayBack:
    """Takes rows back through the acts that changed them; `known` are those that an act tells of. Of an act
    among those that are `torn` nobody knows what was before it."""

    def __init__(self, db: Database, secrets: Secrets, tables: dict[str, Table], torn: set[int]) -> None:
        self._db = db
        self._secrets = secrets
        self._tables = tables
        self._torn = torn
        self.known: set[tuple[str, Key]] = set()

    def breaks(self) -> Iterator[str]:
        """Each row that may change is as the last act about it left it, and each act before that found it as
        the one before left it: the rows are taken back, act by act, by what each kept of before."""
        back: dict[tuple[str, Key], _Back] = {}
        for act in acts(self._db, "desc"):
            for change, was in self._kept(act):
                at = change.table, change.first
                if change.table in ADDED_TO or (at in back and back[at].lost):
                    continue
                if at not in back:
                    back[at] = _Back(next(found(self._db, self._tables[change.table], change), None))
                    if change.digest:
                        self.known.add(at)
                if unlike := self._unlike(back[at], act, change):
                    yield unlike
                back[at] = _Back(None, act, lost=True) if unlike else back[at].before(act, change, was)
        for (name, key), one in back.items():
            if one.row is not None:
                whom = named(self._db, self._tables[name], key)
                yield f"{whom} was put in by another program before {one.later}: no act tells of that."

    def _unlike(self, back: _Back, act: KeptAct, change: Change) -> str:
        """That a row was not as an act left it, in a sentence; empty where it was."""
        table = self._tables[change.table]
        texts = [table.canonical(back.row)] if back.row else []
        if (digest(self._secrets, act.salt or b"", texts) if texts else "") == change.digest:
            return ""
        if back.later is not None:
            whom = named(self._db, table, change.first)
            return f"{whom} was changed by another program between {act} and {back.later}."
        if change.event == "delete":
            return f"{KINDS[change.table].capitalize()} is there again after {act} took it away."
        return said(self._db, table, act, change, missing=not texts)

    def _kept(self, act: KeptAct) -> Iterator[tuple[Change, Row | None]]:
        """The changes of an act, each with what it kept of before, as far as that is known."""
        known = act.was if act.said[0] not in self._torn else None
        was: Iterator[Row | None] = iter(msgspec.json.decode(known or "[]"))
        for change in msgspec.json.decode(act.said[-1], type=list[Change]):
            yield change, next(was, None) if change.was else None
