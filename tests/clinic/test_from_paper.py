"""A visit may be entered from paper for an earlier day: it takes its place by date, and says when it came."""

import datetime
from collections.abc import Callable

import pytest

from mmt.clinic import Clinic
from mmt.model.errors import DoubtError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.storage import visits

TODAY = datetime.date(2026, 3, 2)
EARLIER = datetime.date(2026, 2, 10)


def grade(clinic: Clinic, patient: Patient, value: str, day: datetime.date | None = None) -> int:
    """A signed visit with one grade."""
    visit = clinic.begin(patient.id, "Dr Example", "MRC-8", day=day)
    visit.keep(Observation(test="TA", side="left", grade=value))
    visit.sign("Dr Example")
    return visit.visit.id


def test_a_visit_from_paper_stands_at_its_date_and_says_when_it_was_entered(
    clinic: Clinic, ann: Patient, start: Callable[[], Clinic]
) -> None:
    today = grade(clinic, ann, "5")
    earlier = grade(clinic, ann, "4", EARLIER)
    found = start().history(ann.id).visits
    assert [(one.id, one.date, one.entered) for one in found] == [
        (earlier, EARLIER, TODAY),
        (today, TODAY, None),
    ]
    (change,) = clinic.view(today).review.changes
    assert (change.from_, change.to, change.since) == ("4", "5", EARLIER.isoformat())
    assert clinic.view(earlier).review.entered == TODAY.isoformat()
    with clinic.store.reading() as db:
        assert visits.day_begun_last(db) == TODAY, "the clock is held against the day of entering"
        assert found[0].signature is not None
        assert found[0].signature.digest == visits.digest(found[0])


def test_a_draft_from_paper_knows_only_what_came_before_it(clinic: Clinic, ann: Patient) -> None:
    grade(clinic, ann, "5")
    draft = clinic.begin(ann.id, "Dr Example", day=EARLIER)
    assert draft.history.visits == (draft.visit,)
    assert draft.visit.empty
    assert draft.visit.scale == clinic.protocol.exams[draft.visit.exam].scale


@pytest.mark.parametrize(
    ("day", "why"),
    [(datetime.date(2026, 3, 3), "2026-03-03 lies ahead"), (datetime.date(1980, 5, 16), "was born on")],
)
def test_a_day_that_cannot_be_is_refused(day: datetime.date, why: str, clinic: Clinic, ann: Patient) -> None:
    with pytest.raises(RefusedError, match=why):
        clinic.begin(ann.id, "Dr Example", day=day)
    assert clinic.history(ann.id).visits == ()


def test_the_same_day_is_not_entered_twice_unasked(clinic: Clinic, ann: Patient) -> None:
    first = grade(clinic, ann, "4", EARLIER)
    with pytest.raises(DoubtError, match="has a visit of 2026-02-10 already"):
        clinic.begin(ann.id, "Dr Example", day=EARLIER)
    second = clinic.begin(ann.id, "Dr Example", day=EARLIER, sure=True)
    assert [one.id for one in clinic.history(ann.id).visits] == [first, second.visit.id]


@pytest.mark.parametrize("today", ["2026-02-28", "2027-03-04"])
def test_the_clock_is_doubted_where_a_visit_comes_from_paper_too(
    today: str, clinic: Clinic, ann: Patient
) -> None:
    grade(clinic, ann, "5")
    clinic.today = lambda: datetime.date.fromisoformat(today)
    with pytest.raises(DoubtError, match=f"This computer says that today is {today}"):
        clinic.begin(ann.id, "Dr Example", day=EARLIER)
    assert clinic.begin(ann.id, "Dr Example", day=EARLIER, sure=True).visit.entered == clinic.today()


def test_paper_says_that_its_visit_came_from_paper(clinic: Clinic, ann: Patient) -> None:
    visit = clinic.begin(ann.id, "Dr Example", day=EARLIER)
    visit.keep(Observation(test="TA", side="left", grade="2"))
    visit.act("Telephoned")
    letter = visit.documents["referral-letter"].filled(visit.record())
    assert (letter.date, letter.entered) == (EARLIER, TODAY)
