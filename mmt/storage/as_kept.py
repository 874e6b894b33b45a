"""Whether what is not signed of one patient is as the acts about it left it: `mmt verify` asks it of all
rows, this at reading. Of what no act with this patient tells, as of records taken over, nothing is said."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from .acts import with_runs
from .driver import Database
from .joins import RECORDS
from .keyfile import Secrets
from .ledger import Change, Key, digest
from .naming_rows import named
from .watches import CHANGING, WITHIN, Table
from .way_back import found

_DRAFTS = f"""with held(record) as ({RECORDS}),
 drafts(visit) as (select id from visits where patient in held and id in (select visit from open_visits))"""
_ACTS = f"""{_DRAFTS} select one.changes, one.salt, one.seq from {with_runs("patient")}
 and first.patient in (select record from held union select was from moved_visits where visit in drafts)
 and one.salt is not null and (one.visit in drafts or one.changes like '%["patients",%')
 order by one.seq desc"""
"""Also those with a draft that was moved here from another patient."""

_LATER = """select exists (select 1 from acts indexed by acts_of_patient
 where more = 0 and patient is null and seq > ? and changes like ?)"""
_UNNAMED = """select changes from acts indexed by acts_of_patient
 where more = 0 and patient is null and visit = ?"""
"""Acts that name no patient are looked through only where something would be said."""

_Row = tuple[str, Key]


class _Told(NamedTuple):
    """What an act tells of rows."""

    change: Change
    salt: bytes
    seq: int


def changed(db: Database, secrets: Secrets, known: Mapping[str, Table], patient: int) -> Iterator[str]:
    """What of a patient's data and drafts another program changed, put in or took away, and whose it is."""
    ours = {("patients", row[0]) for row in db.conn.execute(RECORDS, {"patient": patient})}
    drafts = {row[0] for row in db.conn.execute(f"{_DRAFTS} select visit from drafts", {"patient": patient})}
    ours |= {("visits", visit) for visit in drafts}
    last: dict[_Row, _Told] = {}
    seen: set[_Row] = set()
    begun: set[Key] = set()
    for told in _told(db, patient):
        table, first = told.change.table, told.change.first
        if table in CHANGING:
            if table == "visits" and told.change.event == "insert":
                begun.add(first)
            if (table, first) in ours:
                last.setdefault((table, first), told)
        elif table in WITHIN:
            seen |= {(table, key) for key in told.change.keys}
            if not _fits(db, secrets, known[table], told):
                yield named(db, known[table], first)
    for (table, key), told in last.items():
        later = (told.seq, f'%["{table}",{key},%')
        if not _fits(db, secrets, known[table], told) and not db.conn.execute(_LATER, later).fetchone()[0]:
            yield named(db, known[table], key)
    for visit in drafts & begun:
        if untold := [row for row in _rows(db, visit) if row not in seen]:
            elsewhere = _elsewhere(db, visit)
            yield from (named(db, known[name], key) for name, key in untold if (name, key) not in elsewhere)


def _told(db: Database, patient: int) -> Iterator[_Told]:
    """What the acts with the patient tell of rows, the newest first."""
    for changes, salt, seq in db.conn.execute(_ACTS, {"patient": patient}).fetchall():
        for change in msgspec.json.decode(changes, type=list[Change]):
            if change.event != "delete":
                yield _Told(change, salt, seq)


def _fits(db: Database, secrets: Secrets, table: Table, told: _Told) -> bool:
    """Whether rows are as an act left them."""
    texts = map(table.canonical, found(db, table, told.change))
    return digest(secrets, told.salt, texts) == told.change.digest


def _elsewhere(db: Database, visit: Key) -> set[_Row]:
    """The rows that acts tell of which name no patient."""
    acts = db.conn.execute(_UNNAMED, (visit,)).fetchall()
    changes = (one for (text,) in acts for one in msgspec.json.decode(text, type=list[Change]))
    return {(one.table, key) for one in changes for key in one.keys}


def _rows(db: Database, visit: Key) -> Iterator[_Row]:
    """The rows that are kept of a draft."""
    for table in WITHIN:
        rows = db.conn.execute(f"select id from {table} where visit = ?", (visit,)).fetchall()
        yield from ((table, key) for (key,) in rows)
