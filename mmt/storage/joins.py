"""Records of one person that were joined: a row says so, another that it was undone; no visit is touched.

What is read of a patient is read of all records below it, so that a joined record needs no other row.
"""

import datetime

from mmt.model.visit import Joined, Parted

from . import patients
from .adding import insert
from .driver import Database
from .faults import naming, stamp
from .patients import ROOTS

RECORDS = f"with {ROOTS} select :patient union all select patient from roots where root = :patient"
"""The records that are read as those of one patient."""


def root(db: Database, patient: int) -> int:
    """The record that this one is read with: itself, unless it was joined to another."""
    row = db.conn.execute(f"with {ROOTS} select root from roots where patient = ?", (patient,)).fetchone()
    return int(row[0]) if row else patient


def join(
    db: Database, patient: int, to: int, signed: int, reason: str, by: str, now: datetime.datetime
) -> None:
    """Let the record of a patient be read with that of another, when so many visits of both are signed."""
    row = {"signed": signed, "reason": reason, "joined_by": by, "joined_at": now.isoformat()}
    insert(db, "joined_patients", patient=patient, became=to, **row)


def part(db: Database, joined: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Undo a join: each record is read alone again, as before it."""
    insert(db, "parted_patients", joined=joined, reason=reason, parted_by=by, parted_at=now.isoformat())


def of_patient(db: Database, patient: int) -> tuple[Joined, ...]:
    """What was joined to the records of a patient, or they to another, in the order of the joins."""
    rows = db.conn.execute(
        f"with held(record) as ({RECORDS}) select id, patient, became, signed, joined_patients.reason,"
        " joined_by, joined_at, parted_patients.reason, parted_by, parted_at from joined_patients"
        " left join parted_patients on joined = id where patient in held or became in held order by id",
        {"patient": patient},
    ).fetchall()
    with naming(f"A record that was joined to or parted from that of patient number {patient}"):
        return tuple(_joined(db, *row) for row in rows)


def _joined(
    db: Database, number: int, patient: int, to: int, signed: int, reason: str, by: str, at: str, *parted: str
) -> Joined:
    why, who, when = parted
    return Joined(
        id=number,
        patient=patients.read(db, patient),
        to=to,
        signed=signed,
        reason=reason,
        by=by,
        at=stamp(at),
        parted=Parted(reason=why, by=who, at=stamp(when)) if when else None,
    )
