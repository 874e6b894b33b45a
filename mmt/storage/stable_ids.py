"""Names that stay the same wherever a record goes: a random UUID of the clinic, of each patient, each visit.

A number is a record's within one file alone; another clinic's file has the same one. What else goes out is
named by what it is of (`within` of `mmt/exchange/fhir/parts.py`): the same thing has the same name each time.
"""

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from .adding import insert
from .driver import Database

OWN = 1
"""The number of the clinic that the records are of, among the sites."""

NAMELESS, FROM_FILE = "a clinic without a name", "taken in from a file"
"""Where a visit was signed, as far as it is known: in a clinic that has no name; or here by what a file says,
and no key of somebody who signs here tells so."""


class Site(NamedTuple):
    """A clinic: its UUID and its name, which is empty for the one that these records are of."""

    uid: str
    name: str


class Elsewhere(NamedTuple):
    """Where a visit was recorded that came in from another clinic, under which number there, and by which
    public key it was signed, in hexadecimal; empty where by none."""

    site: Site
    number: int
    public_key: str


def fresh() -> str:
    """A UUID that nothing else has."""
    return str(uuid.uuid4())


def name_clinic(db: Database) -> None:
    """Name the clinic that these records are of: the first of the sites."""
    insert(db, "sites", id=OWN, uid=fresh(), name="")


def name_patient(db: Database, number: int, uid: str = "") -> None:
    """Name the record of a patient, once and for good."""
    insert(db, "patient_ids", patient=number, uid=uid or fresh())


def name_visit(db: Database, number: int, uid: str = "") -> None:
    """Name a visit, once and for good."""
    insert(db, "visit_ids", visit=number, uid=uid or fresh())


def name_all(db: Database) -> None:
    """Name a clinic, its patients and visits that have no names yet."""
    if db.conn.execute("select exists (select 1 from clinic)").fetchone()[0]:
        name_clinic(db)
    for table, names, column in (("patients", "patient_ids", "patient"), ("visits", "visit_ids", "visit")):
        unnamed = db.conn.execute(f"select id from {table} order by id").fetchall()
        db.conn.executemany(
            f"insert into {names} ({column}, uid) values (?, ?)", [(number, fresh()) for (number,) in unnamed]
        )


def clinic(db: Database) -> Site:
    """The clinic that these records are of."""
    return Site(*db.conn.execute("select uid, name from sites where id = ?", (OWN,)).fetchone())


def came_from(db: Database, visit: int, where: Elsewhere) -> None:
    """Keep that a visit was recorded in another clinic."""
    known = db.conn.execute("select id from sites where uid = ?", (where.site.uid,)).fetchone()
    site = known[0] if known else insert(db, "sites", **where.site._asdict())
    insert(db, "visits_elsewhere", visit=visit, site=site, number=where.number, public_key=where.public_key)


def uid_of(db: Database, patient: int) -> str:
    """The name of a patient's record among clinics."""
    return str(db.conn.execute("select uid from patient_ids where patient = ?", (patient,)).fetchone()[0])


def uids(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """The names of these patients' records among clinics, by number."""
    return _uids(db, "select patient, uid from patient_ids where patient", numbers)


def visit_uids(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """The names of these visits among clinics, by number."""
    return _uids(db, "select visit, uid from visit_ids where visit", numbers)


def _uids(db: Database, asked: str, numbers: Iterable[int]) -> dict[int, str]:
    listed = ", ".join(map(str, sorted(set(numbers))))
    return dict(db.conn.execute(f"{asked} in ({listed})").fetchall())


def signed_under(db: Database, visit: int) -> tuple[str, str, int, str]:
    """Of a signed visit its name, that of the clinic where it was signed, its number there, and its signature
    by a key, in hexadecimal."""
    found: tuple[str, str, int, str] = db.conn.execute(
        "select visit_ids.uid, sites.uid, coalesce(number, visits.id), ed25519 from visits"
        " join visit_ids on visit_ids.visit = visits.id join signatures on signatures.visit = visits.id"
        " left join visits_elsewhere on visits_elsewhere.visit = visits.id"
        " join sites on sites.id = coalesce(site, ?) where visits.id = ?",
        (OWN, visit),
    ).fetchone()
    return found


def patient_of(db: Database, uid: str) -> int | None:
    """The number of the patient of this name; None where it is not here."""
    row = db.conn.execute("select patient from patient_ids where uid = ?", (uid,)).fetchone()
    return int(row[0]) if row else None


def visit_of(db: Database, uid: str) -> int | None:
    """The number of the visit of this name; None where it is not here."""
    row = db.conn.execute("select visit from visit_ids where uid = ?", (uid,)).fetchone()
    return int(row[0]) if row else None
