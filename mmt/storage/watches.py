"""Which rows are vouched for by the chain, and the triggers that tell of each change of them."""

from typing import Any

import msgspec

from .driver import Database

TOLD = "mmt_changed"
"""The function that the triggers call. A tool that has none cannot write; what a tool makes of it that has
one is not vouched for by the chain."""

CHANGING = ("clinic", "practitioners", "patients", "visits")
"""Tables whose rows may change. To the others rows are only added."""

ADDED_TO = (
    *("protocols", "observations", "answers", "decisions", "signatures", "addenda"),
    *("discarded_visits", "discarded_patients", "moved_visits", "changed_examiners"),
    *("joined_patients", "parted_patients", "told_apart"),
    *("restrictions", "openings", "disclosures"),
    *("sites", "patient_ids", "visit_ids", "visits_elsewhere", "servers"),
)
WATCHED = (*CHANGING, *ADDED_TO)

WITHIN = ("observations", "answers", "decisions")
"""What is kept of a draft, row by row."""

UNTOLD = {"visits": ("place",)}
"""Columns that say nothing of the patient: on which step a draft was left."""

Row = dict[str, Any]
"""The values of a row by column; the first column is the key."""


class Table(msgspec.Struct, frozen=True):
    """A watched table: its columns in order, each with its default, and those of them that hold text."""

    name: str
    defaults: Row
    texts: frozenset[str]

    @property
    def key(self) -> str:
        """The column that tells its rows apart."""
        return next(iter(self.defaults))

    def row(self, values: tuple[Any, ...]) -> Row:
        """The row of these values, which stand in the order of the columns."""
        return dict(zip(self.defaults, values, strict=True))

    def told(self, values: tuple[Any, ...]) -> Row:
        """The row of these values as a trigger tells them: text as bytes."""
        texts = self.texts
        return {
            name: value.decode("utf-8", "replace") if name in texts and isinstance(value, bytes) else value
            for name, value in zip(self.defaults, values, strict=True)
        }

    def canonical(self, row: Row) -> bytes:
        """The one text of a row. What is as its column's default is left out: so no column that a later
        shape adds changes the text of an earlier row."""
        default = self.defaults
        return msgspec.json.encode({name: value for name, value in row.items() if value != default[name]})


def tables(db: Database) -> dict[str, Table]:
    """The watched tables that a file has, by name."""
    return {name: table for name in WATCHED if (table := _table(db, name)).defaults}


def _table(db: Database, name: str) -> Table:
    found = db.conn.execute(f"select name, type, dflt_value from pragma_table_info('{name}')").fetchall()
    told = [one for one in found if one[0] not in UNTOLD.get(name, ())]
    defaults = {column: _value(db, default) for column, _, default in told}
    return Table(name, defaults, frozenset(column for column, kind, _ in told if kind.lower() == "text"))


def _value(db: Database, default: str | None) -> Any:
    """The value that an expression of the schema stands for."""
    return None if default is None else db.conn.execute(f"select {default}").fetchone()[0]


def watches(db: Database) -> dict[str, str]:
    """The triggers by name: each tells the table, the event and what was and is in the row; text as bytes,
    which SQLite hands over as they lie there: of a text it would make a copy that ends with a zero."""
    made = {}
    for name, table in tables(db).items():
        for event, sides in (("insert", ("new",)), ("update", ("old", "new")), ("delete", ("old",))):
            of = f" of {', '.join(table.defaults)}" if event == "update" and name in UNTOLD else ""
            values = ", ".join(_told(table, column, side) for side in sides for column in table.defaults)
            trigger = f"{name}_{event}_told"
            made[trigger] = (
                f"CREATE TRIGGER {trigger} after {event}{of} on {name}"
                f" begin select {TOLD}('{name}', '{event}', {values}); end"
            )
    return made


def _told(table: Table, column: str, side: str) -> str:
    return f"cast({side}.{column} as blob)" if column in table.texts else f"{side}.{column}"
