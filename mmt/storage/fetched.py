"""Visits that were made elsewhere, in words, as a server told them last: no part of the record nor of the
chain, as each time that they are asked for they are put in anew."""

import datetime
from collections.abc import Iterable

import msgspec

from mmt.model.sending import FetchedVisit

from .driver import Database
from .faults import naming, stamp


def keep(db: Database, patient: int, found: Iterable[FetchedVisit], now: datetime.datetime) -> None:
    """Keep what was told of a patient in the place of what was told before."""
    db.conn.execute("delete from fetched where patient = ?", (patient,))
    db.conn.executemany(
        "insert into fetched (patient, body, fetched_at) values (?, ?, ?)",
        [(patient, msgspec.json.encode(one).decode(), now.isoformat()) for one in found],
    )


def of_patient(db: Database, patient: int) -> tuple[tuple[FetchedVisit, ...], datetime.datetime | None]:
    """What was told last of a patient, the latest visit first, and when; None where there was nothing."""
    rows = db.conn.execute(
        "select body, fetched_at from fetched where patient = ? order by id", (patient,)
    ).fetchall()
    with naming(f"What was fetched of patient number {patient}"):
        found = tuple(msgspec.json.decode(body, type=FetchedVisit) for body, _ in rows)
        return found, stamp(rows[0][1]) if rows else None
