"""Which rows of the whole file are of one patient, told by the references between the tables.

A table that a later shape adds is among them by itself, as soon as it refers to a patient or a visit.
"""

from typing import Any

from .driver import Database
from .joins import RECORDS

HELD = f"with held(record) as ({RECORDS})"
"""Stands before a statement that asks for rows of a patient."""

ACTS = ("seq", "at", "actor", "act", "patient", "visit")
"""Of an act what it tells: not its seal."""


def belonging(db: Database) -> dict[str, str]:
    """By table, those referred to before those that refer to them, the condition that a row is of a patient
    (`:patient`) or of a record that is read with theirs."""
    found = {"patients": "id in held"}
    refers = {name: _references(db, name) for name in _tables(db)}
    ours = _reaching(refers)
    while ready := [
        name for name in ours - found.keys() if ours & {one for _, one, _ in refers[name]} <= found.keys()
    ]:
        for name in sorted(ready):
            found[name] = " or ".join(
                f"{column} in (select {key} from {parent} where {found[parent]})"
                for column, parent, key in refers[name]
                if parent in found
            )
    return found


def rows(db: Database, patient: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a patient by table, in the order in which they were written; and the acts about them."""
    conditions = belonging(db)
    whose = conditions | {
        "acts": f"patient in held or visit in (select id from visits where {conditions['visits']})"
    }
    told = {}
    for name, condition in whose.items():
        columns = ACTS if name == "acts" else [one.name for one in db.table(name).columns]
        found = db.conn.execute(
            f"{HELD} select {', '.join(columns)} from {name} where {condition} order by 1",
            {"patient": patient},
        )
        if values := [dict(zip(columns, row, strict=True)) for row in found.fetchall()]:
            told[name] = values
    return told


def _tables(db: Database) -> list[str]:
    found = db.conn.execute("select name from pragma_table_list where type = 'table' and strict")
    return [name for (name,) in found.fetchall()]


def _references(db: Database, name: str) -> list[tuple[str, str, str]]:
    """What a table refers to: its column, the other table and the column there."""
    return db.conn.execute(
        'select "from", "table", coalesce("to", \'id\') from pragma_foreign_key_list(?) order by 1', (name,)
    ).fetchall()


def _reaching(refers: dict[str, list[tuple[str, str, str]]]) -> set[str]:
    """The tables that refer to patients, be it by way of others."""
    ours = {"patients"}
    while more := {name for name, told in refers.items() if ours & {one for _, one, _ in told}} - ours:
        ours |= more
    return ours
