"""What a row is in a clinician's words, and whose."""

from typing import Any

from .driver import Database
from .watches import Table

KINDS = {
    "clinic": "the letterhead",
    "practitioners": "a practitioner",
    "patients": "the data of a patient",
    "visits": "the data of a visit",
    "protocols": "a kept protocol",
    "observations": "what was seen",
    "answers": "an answer",
    "decisions": "a decision",
    "signatures": "the signature",
    "addenda": "a dated note",
    "discarded_visits": "the discarding of a visit",
    "discarded_patients": "the discarding of a patient",
    "moved_visits": "the move of a visit",
    "changed_examiners": "the change of an examiner",
    "joined_patients": "the joining of two records",
    "parted_patients": "the parting of two records",
    "told_apart": "the telling apart of two records",
    "restrictions": "a restriction",
    "openings": "the opening of a restricted record",
    "disclosures": "what was given out",
    "sites": "the name of a clinic",
    "patient_ids": "the name of a record among clinics",
    "visit_ids": "the name of a visit among clinics",
    "visits_elsewhere": "where a visit came from",
    "servers": "the choice of a server",
}
"""A row of each table."""

_OF_VISIT = "select name, date from visits left join patients on patients.id = patient where visits.id = ?"


def named(db: Database, table: Table, key: Any) -> str:
    """What a row is and whose, as a sentence begins."""
    return f"{KINDS[table.name].capitalize()}{_whose(db, table, key)}"


def _whose(db: Database, table: Table, key: Any) -> str:
    """Whose a row is, to be put behind what it is: the name and the day of the visit; else empty."""
    if table.name in _OF:
        return _OF[table.name](db, key)
    owner = next((name for name in ("visit", "patient") if name in table.defaults), "")
    if not owner:
        return ""
    row = db.conn.execute(f"select {owner} from {table.name} where {table.key} = ?", (key,)).fetchone()
    if row is None:
        return ""
    return of_visit(db, row[0]) if owner == "visit" else _of_patient(db, row[0])


def of_visit(db: Database, visit: Any) -> str:
    """Whose a visit is."""
    row = db.conn.execute(_OF_VISIT, (visit,)).fetchone()
    if row is None:
        return f" of visit number {visit}"
    name, day = row
    return f" of {name or 'an unknown patient'}, visit of {day}"


def _of_patient(db: Database, patient: Any) -> str:
    row = db.conn.execute("select name from patients where id = ?", (patient,)).fetchone()
    return f" of {row[0]} (record {patient})" if row else f" (record {patient})"


def _of_practitioner(db: Database, number: Any) -> str:
    row = db.conn.execute("select name from practitioners where id = ?", (number,)).fetchone()
    return f" ({row[0]})" if row else ""


_OF = {"visits": of_visit, "patients": _of_patient, "practitioners": _of_practitioner}
