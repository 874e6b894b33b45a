"""What was made by mistake is marked as discarded: who, when, why. Its rows stay; no list shows them."""

import datetime

from .driver import Database


def discard_visit(db: Database, visit: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Mark a draft as discarded: it counts as no visit from here on."""
    db.conn.execute(
        "insert into discarded_visits (visit, reason, discarded_by, discarded_at) values (?, ?, ?, ?)",
        (visit, reason, by, now.isoformat()),
    )
    db.conn.execute("delete from open_visits where visit = ?", (visit,))


def discard_patient(db: Database, patient: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Mark a patient as discarded: nothing finds the record from here on."""
    db.conn.execute(
        "insert into discarded_patients (patient, reason, discarded_by, discarded_at) values (?, ?, ?, ?)",
        (patient, reason, by, now.isoformat()),
    )
