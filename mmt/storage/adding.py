"""Rows added with a number that no row ever had, also none that was erased: acts still tell of those."""

from collections.abc import Mapping, Sequence
from typing import Any

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.text import never_kept

from .driver import Database

_STRANGE = (
    "A text holds the sign U+{code:04X}, which no record does: nothing was kept. Type it again without."
)

ERASED_UP_TO = "mmt_erased_up_to"
"""The function that tells of a table the highest number that was erased."""

NUMBERED = frozenset(
    (
        *("patients", "visits", "observations", "answers", "decisions", "addenda"),
        *("moved_visits", "changed_examiners", "joined_patients", "told_apart"),
        *("restrictions", "openings", "disclosures"),
    )
)
"""Tables whose rows are numbered as they come, and may be erased."""

_LAST = "coalesce((select max({key}) from {table}), 0)"
_NAMED = {"patients": ("patient", "patient_ids"), "visits": ("visit", "visit_ids")}
"""Where the names of rows stand: one that another program took away left its number there."""

_LAST_PATIENT = """
select max(coalesce((select max(id) from patients), 0),
 coalesce((select max(patient) from acts where more = 0), 0))
"""
_ERASED = """
select told.value ->> 0, max(told.value ->> 2) from acts, json_each(acts.changes) as told
where more = 0 and act = ? and patient in (select value from json_each(?)) group by 1
"""


def insert(db: Database, table: str, **values: Any) -> int:
    """Add a row; its number. Raises ClinicError where a text holds a sign that no record does: whoever takes
    texts in cleans them, and none comes past."""
    refuse_strange(values)
    return int(db.conn.execute(_adding(table, values), values).lastrowid or 0)


def insert_all(db: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of the same columns, in their order, by one statement. Raises as `insert` does."""
    for row in rows:
        refuse_strange(row)
    if rows:
        db.conn.executemany(_adding(table, rows[0]), rows)


def refuse_strange(values: Mapping[str, Any]) -> None:
    """Raise ClinicError where a text holds a sign that no record does."""
    for value in values.values():
        if isinstance(value, str) and (sign := never_kept(value)):
            raise ClinicError(_STRANGE.format(code=ord(sign)))


def _adding(table: str, values: Mapping[str, Any]) -> str:
    told = {name: f":{name}" for name in values}
    if table in NUMBERED:
        held = filter(None, (("id", table), _NAMED.get(table)))
        lasts = (_LAST.format(key=key, table=name) for key, name in held)
        told["id"] = f"1 + max({', '.join(lasts)}, {ERASED_UP_TO}('{table}'))"
    return f"insert into {table} ({', '.join(told)}) values ({', '.join(told.values())})"


def erased_up_to(db: Database) -> dict[str, int]:
    """By table the highest number that was erased.

    The acts of erasing name every row.
    """
    return dict(db.conn.execute(_ERASED, (Act.ERASED, str(gone(db)))).fetchall())


def gone(db: Database) -> list[int]:
    """The numbers of patients who are no more: acts of erasing are found by them, not among all acts."""
    (last,) = db.conn.execute(_LAST_PATIENT).fetchone()
    if db.conn.execute("select count(*) from patients").fetchone()[0] == last:
        return []
    held = {row[0] for row in db.conn.execute("select id from patients")}
    return [number for number in range(1, last + 1) if number not in held]
