"""A second examiner's blind visit: nothing recorded before is seen until it is signed."""

import datetime

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic, OpenVisit
from mmt.clinic.hands import hands
from mmt.clinic.outcomes import outcomes
from mmt.model.errors import ClinicError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import Dose, Prescribed

TODAY = datetime.date(2026, 3, 2)
YESTERDAY = TODAY - datetime.timedelta(days=1)
RELIEF = Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=2))


def ta(grade: str) -> Observation:
    return Observation(test="TA", side="left", grade=grade)  # type: ignore[arg-type]


@pytest.fixture
def first(clinic: Clinic, ann: Patient) -> int:
    """What Dr Example found yesterday, signed; Dr Second examines here too."""
    clinic.add_practitioner("Dr Second")
    visit = clinic.begin(ann.id, "Dr Example", day=YESTERDAY)
    visit.keep(ta("5"))
    visit.answer("story", "nprs_leg", 7)
    visit.sign("Dr Example")
    return visit.visit.id


def second(clinic: Clinic, ann: Patient) -> OpenVisit:
    return clinic.begin(ann.id, "Dr Second", blind=True)


def test_nothing_recorded_before_is_seen_until_a_blind_visit_is_signed(
    clinic: Clinic, ann: Patient, first: int
) -> None:
    blind = second(clinic, ann)
    blind.keep(ta("3"))
    for history in (blind.history, blind.record().history, clinic.history(ann.id)):
        assert [one.id for one in history.visits] == [blind.visit.id]
    assert clinic.history(ann.id).hidden == 1
    assert blind.review.changes == ()
    with pytest.raises(RefusedError, match="blind visit is open"):
        clinic.view(first)
    assert outcomes(clinic).patients == []
    blind.act("Telephoned")
    blind.sign("Dr Second")
    assert [one.id for one in blind.history.visits] == [first, blind.visit.id]
    assert [(one.test, one.from_, one.to) for one in blind.review.changes] == [("TA", "5", "3")]
    assert clinic.history(ann.id).hidden == 0
    assert clinic.view(first).visit.signed


def test_what_a_blind_visit_finds_itself_still_interrupts(clinic: Clinic, ann: Patient, first: int) -> None:
    blind = second(clinic, ann)
    blind.keep(ta("2"))
    assert "urgent" in {one.level for one in blind.watch.alerts}
    with pytest.raises(RefusedError, match="first write down what was done"):
        blind.sign("Dr Second")
    blind.answer("safety", "saddle-numbness", True)
    assert blind.watch.status == "locked"


def test_a_blind_visit_gives_no_sheet_and_asks_for_none(clinic: Clinic, ann: Patient, first: int) -> None:
    blind = second(clinic, ann)
    with pytest.raises(RefusedError, match="A blind visit gives no sheet"):
        blind.prescribe((RELIEF,))
    assert blind.doubt.leave_stretches() == blind.doubt.sign() == ""


@pytest.mark.parametrize(
    ("examiner", "days", "why"),
    [
        ("Dr Example", 0, "A blind visit is a second examiner's"),
        ("Dr Second", 1, ""),
        ("Dr Second", 2, "second"),
    ],
)
def test_it_follows_another_examiners_visit_within_a_day(
    examiner: str, days: int, why: str, clinic: Clinic, ann: Patient
) -> None:
    clinic.add_practitioner("Dr Second")
    visit = clinic.begin(ann.id, "Dr Example", day=TODAY - datetime.timedelta(days=days))
    visit.sign("Dr Example")
    if not why:
        assert clinic.begin(ann.id, examiner, blind=True).visit.blind
        return
    with pytest.raises(RefusedError, match=why):
        clinic.begin(ann.id, examiner, blind=True)


def test_an_alert_that_waits_is_not_hidden(clinic: Clinic, ann: Patient) -> None:
    visit = clinic.begin(ann.id, "Dr Example", day=YESTERDAY)
    visit.answer("safety", "saddle-numbness", True)
    visit.act("Sent to hospital")
    visit.sign("Dr Example")
    with pytest.raises(RefusedError, match="An alert of the visit before waits"):
        second(clinic, ann)


def test_it_stays_with_its_patient_and_examiner_and_is_discarded_as_any_draft(
    clinic: Clinic, ann: Patient, first: int
) -> None:
    bob = clinic.add_patient(Patient(name="Bob Example", birth_date=datetime.date(1970, 1, 3)))
    number = second(clinic, ann).visit.id
    with pytest.raises(RefusedError, match="A blind visit stays"):
        clinic.move(ann.id, number, bob.id, "Wrong", "Dr Second")
    with pytest.raises(RefusedError, match="A blind visit stays"):
        clinic.change_examiner(ann.id, number, "Dr Example")
    with pytest.raises(RefusedError, match="blind visit is open"):
        clinic.join(ann.id, bob.id, "Same", "Dr Second", sure=True)
    with pytest.raises(ClinicError, match="open visit"):
        clinic.begin(ann.id, "Dr Example")
    clinic.discard(ann.id, number, "Wrong", "Dr Second")
    assert [one.id for one in clinic.history(ann.id).visits] == [first]


def test_its_pairs_stand_by_themselves(clinic: Clinic, ann: Patient, first: int) -> None:
    blind = second(clinic, ann)
    blind.keep(ta("5"))
    assert hands(clinic).agree == []
    blind.sign("Dr Second")
    (found,) = hands(clinic).agree
    assert (found.kind.test, found.kind.examiners, found.kind.blind, found.pairs) == ("TA", "two", True, 1)


def test_the_digest_of_a_visit_that_is_not_blind_is_as_before(clinic: Clinic, first: int) -> None:
    from mmt.storage.visits import digest

    visit = clinic.view(first).visit
    assert visit.signature is not None
    assert visit.signature.digest == digest(visit) != digest(replace(visit, blind=True))
