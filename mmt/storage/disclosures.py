"""What of a record was given out, and to whom."""

import datetime

from mmt.model.rights import Disclosure

from .adding import insert
from .driver import Database
from .faults import day_of, naming, stamp
from .joins import RECORDS


def keep(
    db: Database, patient: int, visit: int | None, what: str, to: str, by: str, now: datetime.datetime
) -> None:
    """Keep that something of a record was given out."""
    row = {"what": what, "given_to": to, "said_by": by, "said_at": now.isoformat()}
    insert(db, "disclosures", patient=patient, visit=visit, **row)


def of_visit(db: Database, visit: int) -> tuple[Disclosure, ...]:
    """What papers of a visit were given out, the earliest first."""
    rows = db.conn.execute(
        "select what, date, given_to, said_by, said_at from disclosures join visits on visits.id = visit"
        " where disclosures.patient = visits.patient and visit = ? order by disclosures.id",
        (visit,),
    ).fetchall()
    return tuple(
        Disclosure(what=what, visit=day_of(day), to=to, by=by, at=stamp(at)) for what, day, to, by, at in rows
    )


def of_patient(db: Database, patient: int) -> tuple[Disclosure, ...]:
    """What was given out of a record and of those joined to it, the latest first."""
    rows = db.conn.execute(
        f"with held(record) as ({RECORDS}) select what, visits.date, given_to, said_by, said_at"
        " from disclosures left join visits on visits.id = visit"
        " where disclosures.patient in held order by disclosures.id desc",
        {"patient": patient},
    ).fetchall()
    with naming(f"What was given out of the record of patient number {patient}"):
        return tuple(
            Disclosure(what=what, visit=day_of(day), to=to, by=by, at=stamp(at))
            for what, day, to, by, at in rows
        )
