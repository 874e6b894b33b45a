"""Records that are opened with a reason alone, and the reasons that were given."""

import datetime

from mmt.model.rights import Restriction

from .adding import insert
from .driver import Database
from .faults import stamp
from .joins import RECORDS


def restrict(
    db: Database, patient: int, reason: str, by: str, now: datetime.datetime, *, restricted: bool
) -> None:
    """Restrict a record, or lift its restriction."""
    said = {"reason": reason, "said_by": by, "said_at": now.isoformat()}
    insert(db, "restrictions", patient=patient, restricted=int(restricted), **said)


def restriction(db: Database, patient: int) -> Restriction | None:
    """Why a record, or one that it is read with, is restricted; None where none is."""
    row = db.conn.execute(
        f"with held(record) as ({RECORDS}), latest as (select max(id) from restrictions"
        " where patient in held group by patient) select reason, said_by, said_at from restrictions"
        " where id in latest and restricted order by id limit 1",
        {"patient": patient},
    ).fetchone()
    return Restriction(reason=row[0], by=row[1], at=stamp(row[2])) if row else None


def opened(db: Database, patient: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Keep why a restricted record was opened."""
    insert(db, "openings", patient=patient, reason=reason, said_by=by, said_at=now.isoformat())
