"""A clinic's file in a test: made small and at once, and looked at as a foreign tool would."""

import datetime
from pathlib import Path

from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import patients, visits
from mmt.storage.driver import Connection, dbapi2
from mmt.storage.keyfile import read_secrets
from mmt.storage.stable_ids import Elsewhere, Site
from mmt.storage.store import Store

CANARY = "Quillfeather"
DAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 9, 30, 15, 250000, tzinfo=datetime.UTC)
LAKE = Elsewhere(Site("5f0c1d2e-3b4a-4c5d-8e6f-708192a3b4c5", "Lake Clinic"), 7, "")
LETTERHEAD = Letterhead(name=f"{CANARY} Chiropractic", address="1 Example Street", telephone="555 0100")


def made(places: Places) -> Store:
    """A new clinic's file."""
    return Store.create(places.database, places.key, LETTERHEAD, "Dr Example", NOW)


def opened(places: Places) -> Store:
    """The file as the next start of the program opens it."""
    return Store.open(places.database, places.key)


def patient(name: str = f"Canary {CANARY}", **fields: object) -> Patient:
    """A made-up patient."""
    return Patient(**{"name": name, "birth_date": datetime.date(1980, 5, 17), **fields})  # type: ignore[arg-type]


def begun(store: Store, protocol: Protocol, person: Patient | None = None, day: datetime.date = DAY) -> Visit:
    """A new draft of a new patient."""
    draft = Visit(date=day, examiner="Dr Example", scale="MRC-8", exam="sciatica-quick")
    with store.writing(Act.BEGAN) as db:
        number = visits.begin(db, patients.add(db, person or patient(), NOW), draft, protocol, NOW)
    return held(store, number)


def held(store: Store, visit: int) -> Visit:
    """A visit as the file holds it."""
    with store.reading() as db:
        return visits.get(db, visit)


def graded(store: Store, visit: Visit, *grades: str, test: str = "TA", side: str = "right") -> Visit:
    """One observation a grade, of the same cell; the visit after them."""
    for grade in grades:
        with store.writing(Act.OBSERVED) as db:
            visits.put(db, visit, Observation(test=test, side=side, grade=grade), NOW)  # type: ignore[arg-type]
    return held(store, visit.id)


def signed(store: Store, visit: Visit, protocol: Protocol) -> Visit:
    """The visit, signed."""
    with store.writing(Act.SIGNED) as db:
        visits.sign(db, visit, protocol, "Dr Example", b"{}", NOW)
    return held(store, visit.id)


def foreign(places: Places) -> Connection:
    """The file in the hands of another tool: the right key, SQLite's own settings, and functions that let the
    triggers pass."""
    connection = dbapi2.connect(places.database, isolation_level=None, timeout=0.2)
    connection.execute("pragma cipher_log_level = NONE")
    connection.execute(read_secrets(places.key).pragma)
    connection.create_function("mmt_changed", -1, lambda *_: None)
    return connection


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
