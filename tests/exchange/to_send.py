"""Signed visits of a clinic that are to be sent, made quickly."""

import datetime

from made_up import NOW, PROTOCOL, SMALL

from mmt.clinic import Clinic
from mmt.clinic.sending.sender import Pace, Sender, Sent
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.sending import Server
from mmt.model.visit import Visit
from mmt.storage import outbox, patients, visits
from mmt.wire import Wire

TESTS = ("TA", "EHL", "GMED", "QUAD", "GAS")


def sign(clinic: Clinic, patient: int, day: int = 2, seen: int = 1) -> int:
    """A signed visit of a day in March, with so many grades; its number."""
    begun = Visit(
        date=datetime.date(2026, 3, day),
        examiner="Dr Oak",
        scale="Kendall-12",
        exam="full",
        next_visit="soon",
    )
    with clinic.store.writing(Act.SIGNED) as db:
        number = visits.begin(db, patient, begun, SMALL, NOW)
        one = visits.get(db, number)
        for at in range(seen):
            side = "left" if at % 2 else "right"
            test = TESTS[at // 2 % len(TESTS)]
            visits.put(db, one, Observation(test=test, side=side, trial=1 + at // 10, grade="4"), NOW)  # type: ignore[arg-type]
        visits.sign(db, visits.get(db, number), PROTOCOL, "Dr Oak", b"{}", NOW)
    return number


def add(clinic: Clinic, name: str = "Ann Example") -> int:
    """A patient; the number of the record."""
    with clinic.store.writing(Act.ADDED_PATIENT) as db:
        return patients.add(db, Patient(name=name, birth_date=datetime.date(1980, 5, 17)), NOW)


def choose(clinic: Clinic, base: str, token: str = "", most: int = 50) -> Server:
    """Let the visits go to a server, without trying it."""
    server = Server(base=base, most=most)
    with clinic.store.writing(Act.CHOSE_SERVER) as db:
        outbox.choose(db, server, token, "Dr Oak", NOW)
    return server


def send(clinic: Clinic, pauses: list[float] | None = None, *, hurry: bool = True) -> Sent:
    """One run; what it waited for between tries is noted, and not waited for."""
    with clinic.store.reading() as db:
        server, token = outbox.server(db), outbox.token(db)
    assert server is not None
    wire = Wire(server, token)
    try:
        noted: list[float] = [] if pauses is None else pauses
        return Sender(clinic, server, wire, Pace(noted.append, hurry=hurry)).run()
    finally:
        wire.close()
