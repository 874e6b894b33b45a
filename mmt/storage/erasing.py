"""A record erased for good: its rows, what a search knows of it, and what the chain kept of its values.

The acts stay, with their seals: that something was done with a record of this number, when and by whom. What
they digested cannot be told from them any more, as their salt goes with the values.
"""

import msgspec

from mmt.model.acts import Act

from .adding import gone as patients_gone
from .belongings import belonging
from .driver import Database, OperationalError
from .joins import RECORDS
from .ledger import Change
from .shape import GUARDS

_UNWIPED = """
select patient from acts as erased where more = 0 and act = ?
and patient in (select value from json_each(?)) and not exists
(select 1 from acts where more = 0 and patient = erased.patient and act = ? and seq > erased.seq)
"""


def erase(db: Database, patient: int) -> None:
    """Take away every row of a patient and of the records that are read with theirs. The triggers that tell
    the chain stay laid; those that guard what is recorded are away within the transaction alone."""
    records = [row[0] for row in db.conn.execute(RECORDS, {"patient": patient}).fetchall()]
    held = f"with held(record) as (values {', '.join(f'({number})' for number in records)})"
    conditions = belonging(db)
    gone: set[tuple[str, object]] = set()
    for name in GUARDS:
        db.conn.execute(f"drop trigger {name}")
    for name, condition in reversed(conditions.items()):
        key = db.table(name).columns[0].name
        found = db.conn.execute(f"{held} select {key} from {name} where {condition}").fetchall()
        gone |= {(name, row[0]) for row in found}
        db.conn.execute(
            f"delete from {name} where {key} in (select value from json_each(?))", (_keys(found),)
        )
    visits = [key for name, key in gone if name == "visits"]
    _forget(db, records, visits, gone)
    for guard in GUARDS.values():
        db.conn.execute(guard)
    db.conn.executemany("delete from patients_search where rowid = ?", [(one,) for one in records])
    db.conn.execute("insert into patients_search (patients_search) values ('optimize')")


def _forget(db: Database, records: list[int], visits: list[object], gone: set[tuple[str, object]]) -> None:
    """Take from the acts what they keep of these rows: of an act about them alone all of it with the salt."""
    acts = db.conn.execute(
        "select seq, changes, was from acts where was is not null"
        " or patient in (select value from json_each(:patients))"
        " or visit in (select value from json_each(:visits))",
        {"patients": _json(records), "visits": _json(visits)},
    ).fetchall()
    for seq, changes, was in acts:
        changed = msgspec.json.decode(changes, type=list[Change])
        touched = [(one.table, one.first) in gone for one in changed]
        if all(touched):
            db.conn.execute("update acts set salt = null, was = null where seq = ?", (seq,))
        elif any(touched) and was:
            told = [(one.table, one.first) in gone for one in changed if one.was]
            left = [None if one else row for one, row in zip(told, msgspec.json.decode(was), strict=True)]
            db.conn.execute("update acts set was = ? where seq = ?", (_json(left), seq))


def alone(db: Database) -> bool:
    """Whether no other program has the records open; then they are without a log until they are opened anew.
    Raises OperationalError where the disk refuses."""
    db.conn.execute("pragma busy_timeout = 0")
    try:
        db.conn.execute("pragma journal_mode = delete").fetchall()
    except OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    finally:
        db.conn.execute("pragma busy_timeout = 15000")
    return True


def wipe(db: Database) -> None:
    """Write the file anew, so that no page holds what was taken away."""
    db.conn.execute("vacuum")


def unwiped(db: Database) -> list[int]:
    """The numbers of patients whose record was erased, and parts of it may still lie in unused pages: the
    file was not written anew since."""
    return [row[0] for row in db.conn.execute(_UNWIPED, (Act.ERASED, str(patients_gone(db)), Act.WIPED))]


def _keys(found: list[tuple[object]]) -> str:
    return _json([row[0] for row in found])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
