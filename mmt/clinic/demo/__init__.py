"""A throwaway clinic with six made-up patients.

The patients are case files beside this module (docs/case-format.md). Their last visits are moved to the days
before today, so that the demo never looks old.
"""

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from mmt.clinic.clinic import Clinic
from mmt.clinic.open_visit import OpenVisit
from mmt.library.case import read_case
from mmt.model.case import Case
from mmt.model.people import Letterhead
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.reports.papers import as_offered

FOLDER = Path(__file__).parent
PRACTITIONERS = ("Dr Demo Practitioner", "Dr Second Examiner")
LETTERHEAD = Letterhead(
    name="Demo Chiropractic", address="1 Example Street, Exampletown", telephone="555 0100"
)
Moment = TypeVar("Moment", datetime.date, datetime.datetime)
DRAFTS = {"open-draft": 0, "red-flag": 0}
"""Cases whose last visit stays open, and how many days ago it was begun."""


def make_demo(folder: Path, **clock: Callable[[], datetime.date]) -> Clinic:
    """A clinic with the demo's patients in `folder`.

    `clock` puts in another `today` and `now`, as for a Clinic.
    """
    clinic = Clinic.create(Places(folder), LETTERHEAD, PRACTITIONERS[0], **clock)
    clinic.add_practitioner(PRACTITIONERS[1])
    today, now = clinic.today, clinic.now
    with clinic.store.writing():
        for days, path in enumerate(sorted(FOLDER.glob("*.toml")), start=1):
            case, problems = read_case(path.read_bytes(), path.name, clinic.protocol)
            if case is None:
                raise RuntimeError(f"a demo patient cannot be read: {problems[0]}")
            _admit(clinic, case, today() - datetime.timedelta(days=DRAFTS.get(path.stem, days)), path.stem)
    clinic.today, clinic.now = today, now
    return clinic


def _admit(clinic: Clinic, case: Case, last: datetime.date, name: str) -> None:
    """Keep a case as a patient whose last visit was on the day `last`; without visits where it has none."""
    patient = clinic.add_patient(case.history.patient)
    if name.startswith("new"):
        return
    moved = last - case.history.visits[-1].date
    for visit in case.history.visits:
        day = visit.date + moved
        moment = datetime.datetime.combine(day, datetime.time(10)).astimezone(datetime.UTC)
        clinic.today, clinic.now = partial(_always, day), partial(_always, moment)
        open_visit = clinic.begin(patient.id, PRACTITIONERS[0], visit.scale, case.exam, sure=True)
        _replay(open_visit, visit)
        if not (name in DRAFTS and visit is case.history.visits[-1]):
            if open_visit.review.prescription.status == "offered":
                open_visit.prescribe(as_offered(open_visit.review.prescription.offered))
            open_visit.sign(PRACTITIONERS[0])


def _always(moment: Moment) -> Moment:
    return moment


def _replay(open_visit: OpenVisit, visit: Visit) -> None:
    for topic in ("safety", "story", "precautions"):
        for question, value in getattr(visit, topic).items():
            open_visit.answer(topic, question, value)
    for observation in visit.observations:
        open_visit.keep(observation)
    if visit.action:
        open_visit.act(visit.action)
    last = visit.observations[-1] if visit.observations else None
    open_visit.move(f"exam:{last.test}:{last.side or ''}" if last else "safety")
