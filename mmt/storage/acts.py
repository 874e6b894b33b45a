"""The acts of the chain, to be read: newest first, so many at a time, however many there are."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from mmt.model.acts import Act

from .driver import Database
from .faults import naming, stamp
from .joins import RECORDS
from .ledger import Change, Head
from .watches import CHANGING, Row, Table

_LARGEST = 50_000
"""Characters of what an act changed: of one with more, as when thousands of records are taken over, nothing
is read but that it was done."""

_COLUMNS = f"""one.seq, one.hash, one.at, one.actor, one.act, one.patient, one.visit,
 case when length(one.changes) <= {_LARGEST} then one.changes else '[]' end,
 case when length(one.changes) <= {_LARGEST} then one.was end"""

_LAST = 2**63 - 1


def with_runs(index: str) -> str:
    """The acts that an index finds, each the `first` of a run, with `one` of its run: it begins with an act
    that is found, and ends before the next one that is. What is asked for follows with `and`."""
    return (
        f"acts as first indexed by acts_of_{index} cross join acts as one on one.seq >= first.seq"
        f" and one.seq < coalesce((select min(seq) from acts not indexed where seq > first.seq and more = 0),"
        f" {_LAST}) where first.more = 0"
    )


_OF_PATIENT = f"""with held(record) as ({RECORDS}),
 moved(visit, origin) as (select visit, was from moved_visits where became in held)
select {_COLUMNS} from {with_runs("patient")}
 and first.patient in (select record from held union select origin from moved)
 and (one.patient in held or one.visit in (select visit from moved))"""
"""With the record of a patient and those joined to it, and with a visit that was moved here from another."""

_BOUNDED = "first.seq between :least and :most and +one.seq <= :most"
"""By the plus SQLite still ends at the run, not at the bound."""

_OF_PERSON = f"select {_COLUMNS} from {with_runs('person')} and first.actor = :person"

_ENDS = f"""with runs(first, last) as (select min(seq), max(seq) from acts indexed by acts_of_moment
 where more = 0 and at >= substr(:since, 1, 10) and at < date(:until, '+1 day'))
select first, coalesce((select min(seq) - 1 from acts not indexed where seq > last and more = 0), {_LAST})
 from runs"""
"""Between which acts those of some moments lie: a run ends on the day on which it began."""

_EARLIER = {
    "observations": ("value", ("visit", "test", "side", "trial")),
    "answers": ("value", ("visit", "topic", "question")),
    "decisions": ("decision", ("visit", "finding")),
}
"""Tables in which a later row takes the place of an earlier one: the value, and what the two share."""


class Kept(NamedTuple):
    """An act as it is kept, with its seal. `was` holds what stood in the columns that changed, for each of
    the changes that had something before; None where it was erased."""

    seq: int
    seal: bytes
    at: datetime.datetime
    actor: str
    act: str
    patient: int | None
    visit: int | None
    changes: tuple[Change, ...]
    was: tuple[Row | None, ...]


class Between(NamedTuple):
    """The moments from `since` up to, and without, `until`."""

    since: datetime.datetime
    until: datetime.datetime


def newest(
    db: Database,
    many: int,
    *,
    before: int | None = None,
    patient: int | None = None,
    person: str = "",
    between: Between | None = None,
) -> list[Kept]:
    """So many acts with a number below `before`, newest first: of all, or with the record of a patient, of
    a person, between two moments. None of these looks through all acts."""
    asked, order = (
        f"select {_COLUMNS} from acts as one where one.seq between :least and :most",
        "one.seq desc",
    )
    if patient is not None or person:
        asked = f"{_OF_PERSON if patient is None else _OF_PATIENT} and {_BOUNDED}"
        order = f"first.seq desc, {order}"
    values: dict[str, Any] = {"patient": patient, "person": person, "many": many}
    values |= {"least": 0, "most": _LAST if before is None else before - 1}
    if person:
        asked += " and one.actor = :person"
    if between is not None:
        values |= {"since": _moment(between.since), "until": _moment(between.until)}
        values["least"], last = db.conn.execute(_ENDS, values).fetchone()
        values["most"] = min(values["most"], last)
        asked += " and one.at >= :since and one.at < :until"
    rows = db.conn.execute(f"{asked} order by {order} limit :many", values).fetchall()
    return [_kept(row) for row in rows]


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat()


def _kept(row: tuple[Any, ...]) -> Kept:
    seq, seal, at, actor, act, patient, visit, changes, was = row
    with naming(f"Act number {seq}"):
        return Kept(seq, seal, stamp(at), actor, act, patient, visit, _changes(changes), _rows(was))


def _changes(text: str) -> tuple[Change, ...]:
    return msgspec.json.decode(text, type=tuple[Change, ...])


def _rows(text: str | None) -> tuple[Row | None, ...]:
    return msgspec.json.decode(text, type=tuple[Row | None, ...]) if text else ()


def persons(db: Database) -> list[str]:
    """Everybody who ever acted, by name."""
    found = db.conn.execute(
        "with recursive names(name) as (select min(actor) from acts where more = 0 union all select"
        " (select min(actor) from acts where more = 0 and actor > name) from names where name is not null)"
        " select name from names where name is not null"
    )
    return [row[0] for row in found]


def before_and_after(db: Database, kept: Kept) -> Iterator[tuple[Row, Row]]:
    """Of each row that an act changed: what was in the columns that changed, and what was then.

    What was is kept with the act; what was then, with the next act that changed it, or in the row itself.
    """
    was = iter(kept.was)
    for change in kept.changes:
        if change.was and (old := next(was, None)) is not None:
            yield old, {} if change.event == "delete" else _left(db, kept, change, old)


def _left(db: Database, kept: Kept, change: Change, old: Row) -> Row:
    """What an act left in the columns that it changed."""
    found: Row = {}
    for later in _later(db, kept.seq, change):
        kept_with = (one for one in later.changes if one.was)
        for one, values in zip(kept_with, later.was, strict=False):
            if values and (one.table, one.first) == (change.table, change.first):
                found = {**values, **found}
        if old.keys() <= found.keys():
            break
    missing = [column for column in old if column not in found]
    if missing:
        row = db.conn.execute(
            f"select {', '.join(missing)} from {change.table} where id = ?", (change.first,)
        ).fetchone()
        found |= dict(zip(missing, row or (), strict=False))
    return {column: found.get(column) for column in old}


def _later(db: Database, seq: int, change: Change) -> Iterator[Kept]:
    """The acts after this one that may have changed the same row, oldest first."""
    if change.table == "visits":
        whose = (
            "patient in (select patient from visits where id = :row"
            " union select was from moved_visits where visit = :row)"
        )
    else:
        whose = "patient = :row" if change.table == "patients" else "patient is null"
    asked = f"select {_COLUMNS} from acts as one indexed by acts_of_patient where more = 0 and {whose}"
    rows = db.conn.execute(
        f"{asked} and seq > :seq and was is not null order by seq", {"row": change.first, "seq": seq}
    )
    return (_kept(row) for row in rows)


def added(db: Database, table: Table, kept: Kept, change: Change, most: int) -> list[Row]:
    """The rows that an act added, as they were then; the first ones where they are more than `most`."""
    rows = db.conn.execute(
        f"select {', '.join(table.defaults)} from {table.name}"
        f" where {table.key} between ? and ? order by {table.key} limit ?",
        (change.first, change.last, most),
    )
    found = [table.row(row) for row in rows]
    return [_left(db, kept, change, row) for row in found] if table.name in CHANGING else found


def stood_before(db: Database, table: Table, row: Row) -> Any:
    """The value in whose place that of a row came; None where there was none."""
    if table.name not in _EARLIER:
        return None
    column, shared = _EARLIER[table.name]
    same = " and ".join(f"{name} is :{name}" for name in shared)
    found = db.conn.execute(
        f"select {column} from {table.name} where {same} and {table.key} < :{table.key}"
        f" order by {table.key} desc limit 1",
        row,
    ).fetchone()
    return found[0] if found else None


_WITHIN = datetime.timedelta(minutes=1)
"""So long after the moment of a signature its act may have waited for the disk."""


def signing(db: Database, visit: int) -> str:
    """The act by which a visit was signed, as papers bear it, `57-ab12cd34`; empty where there is none, as of
    a visit that came from elsewhere."""
    row = db.conn.execute("select signed_at from signatures where visit = ?", (visit,)).fetchone()
    if row is None:
        return ""
    until = datetime.datetime.fromisoformat(row[0]) + _WITHIN
    found = db.conn.execute(
        "select seq, hash from acts indexed by acts_of_moment"
        " where more = 0 and at between ? and ? and visit = ? and act = ? limit 1",
        (row[0], until.isoformat(), visit, Act.SIGNED),
    ).fetchone()
    return str(Head(*found)) if found else ""


def names(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """The names of these patients, by number."""
    listed = ", ".join(map(str, sorted(set(numbers))))
    return dict(db.conn.execute(f"select id, name from patients where id in ({listed})").fetchall())


def days(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """The dates of these visits, by number."""
    listed = ", ".join(map(str, sorted(set(numbers))))
    return dict(db.conn.execute(f"select id, date from visits where id in ({listed})").fetchall())


def blind_visit(db: Database, patient: int) -> int | None:
    """The open visit of a second examiner who must not see what was recorded before; None where none is."""
    row = db.conn.execute(
        f"with held(record) as ({RECORDS}) select id from visits where patient in held and blind"
        " and id in (select visit from open_visits)",
        {"patient": patient},
    ).fetchone()
    return int(row[0]) if row else None
