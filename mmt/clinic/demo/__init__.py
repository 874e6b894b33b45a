"""A throwaway clinic with six made-up patients.

The patients are case files beside this module (docs/case-format.md). Their last visits are moved to the days
before today, so that the demo never looks old.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from mmt.case import read_case
from mmt.case.form import Case
from mmt.clinic.admit import admit
from mmt.clinic.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.people import Letterhead
from mmt.model.visit import History, Visit
from mmt.paths import Places
from mmt.reasoning import as_offered

FOLDER = Path(__file__).parent
PRACTITIONERS = ("Dr Demo Practitioner", "Dr Second Examiner")
LETTERHEAD = Letterhead(
    name="Demo Chiropractic", address="1 Example Street, Exampletown", telephone="555 0100"
)
DRAFTS = ("open-draft", "red-flag")
"""Cases whose last visit was begun today and stays open."""


def make_demo(folder: Path, **clock: Callable[[], datetime.date]) -> Clinic:
    """A clinic with the demo's patients in `folder`.

    `clock` puts in another `today` and `now`, as for a Clinic.
    """
    clinic = Clinic.create(Places(folder), LETTERHEAD, PRACTITIONERS[0], None, **clock)
    clinic.add_practitioner(PRACTITIONERS[1])
    with clinic.store.writing(Act.MADE_UP):
        for days, path in enumerate(sorted(FOLDER.glob("*.toml")), start=1):
            case, problems = read_case(path.read_bytes(), path.name, clinic.protocol)
            if case is None:
                raise RuntimeError(f"a demo patient cannot be read: {problems[0]}")
            draft = path.stem in DRAFTS
            history = _ending(case, clinic.today() - datetime.timedelta(days=0 if draft else days))
            for number, opened in enumerate(admit(clinic, history), start=1):
                if draft and number == len(history.visits):
                    continue
                if opened.review.prescription.status == "offered":
                    opened.prescribe(as_offered(opened.review.prescription.offered))
                opened.sign(PRACTITIONERS[0])
    return clinic


def _ending(case: Case, last: datetime.date) -> History:
    """The history of a case, not signed yet, with its last visit on the day `last`."""
    visits = () if case.id == "demo-new" else case.history.visits
    moved = last - case.history.visits[-1].date
    here = {"examiner": PRACTITIONERS[0], "exam": case.exam, "signature": None}
    moved_visits = (replace(one, date=one.date + moved, place=_place(one), **here) for one in visits)
    return History(patient=case.history.patient, visits=tuple(moved_visits))


def _place(visit: Visit) -> str:
    last = visit.observations[-1] if visit.observations else None
    return f"exam:{last.test}:{last.side or ''}" if last else "safety"
