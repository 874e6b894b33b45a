"""Two records of one person are read as one, and apart again; nothing of either is changed."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.model.errors import ClinicError, DoubtError, NotSavedError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.program import Program
from mmt.storage import joins
from mmt.storage.driver import DatabaseError

BORN = datetime.date(1980, 5, 17)
EARLY, LATER = datetime.date(2026, 2, 2), datetime.date(2026, 2, 9)
GRADE = Observation(test="TA", side="left", grade="4")


def visit(clinic: Clinic, patient: Patient, day: datetime.date, *, signed: bool = True) -> int:
    """A visit of a day, with one grade."""
    begun = clinic.begin(patient.id, "Dr Example", day=day, sure=True)
    begun.keep(GRADE)
    if signed:
        begun.sign("Dr Example")
    begun.leave()
    return begun.visit.id


@pytest.fixture
def maiden(clinic: Clinic) -> Patient:
    """Ann once more, under the name that she had before."""
    return clinic.add_patient(Patient(name="Ann Before", birth_date=BORN, chart_number="B-7"), sure=True)


def test_visits_of_both_stand_by_date_and_either_name_finds_them(
    clinic: Clinic, ann: Patient, maiden: Patient
) -> None:
    first, second = visit(clinic, maiden, EARLY), visit(clinic, ann, LATER)
    (before,) = clinic.history(ann.id).visits
    clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    history = clinic.history(ann.id)
    assert [one.id for one in history.visits] == [first, second]
    assert history.visits[1] == before, "no visit is touched"
    assert [(one.patient, one.to, one.reason, one.by) for one in history.joined] == [
        (maiden, ann.id, "Married", "Dr Example")
    ]
    for typed in ("before", "example", "b-7"):
        (row,) = clinic.search(typed)
        assert (row.id, row.name, row.also, row.last_visit) == (ann.id, ann.name, "Ann Before", LATER)
    assert [row.id for row in clinic.search("")] == [ann.id]
    with pytest.raises(
        ClinicError, match=f"Record {maiden.id} was joined to record {ann.id} on 2026-03-02: Ma"
    ):
        clinic.history(maiden.id)
    assert clinic.view(first).history.patient == ann
    again = clinic.begin(ann.id, "Dr Example")
    assert [one.id for one in again.history.visits[:-1]] == [first, second]
    assert [row.draft for row in clinic.search("before")] == [again.visit.id]
    assert [row.id for row in clinic.drafts()] == [row.id for row in clinic.todays()] == [ann.id]


def test_papers_of_a_joined_patient_see_the_visits_of_both(
    clinic: Clinic, ann: Patient, maiden: Patient
) -> None:
    visit(clinic, maiden, EARLY)
    second = visit(clinic, ann, LATER)
    assert clinic.view(second).review.changes == ()
    first = clinic.view(clinic.history(maiden.id).visits[0].id)
    first.add("Please look at the left foot", "Dr Example")
    first.paper("referral-letter")
    clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    opened = clinic.view(second)
    assert [one.test for one in opened.review.changes] == ["TA"]
    assert [one.date for one in opened.record().history.visits] == [EARLY, LATER]
    earlier = clinic.view(opened.history.visits[0].id)
    assert [*earlier.made] == ["referral-letter"], "papers made under the other name are known"


def test_a_join_is_undone_until_the_next_visit_is_signed(
    clinic: Clinic, ann: Patient, maiden: Patient
) -> None:
    first, second = visit(clinic, maiden, EARLY), visit(clinic, ann, LATER)
    with pytest.raises(RefusedError, match="No record is joined"):
        clinic.part(ann.id, "Mistake", "Dr Example")
    clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    clinic.part(ann.id, "Two people", "Dr Second")
    for patient, number in ((maiden, first), (ann, second)):
        history = clinic.history(patient.id)
        assert [one.id for one in history.visits] == [number]
        (joined,) = history.joined
        assert joined.parted is not None
        assert (joined.parted.reason, joined.parted.by) == ("Two people", "Dr Second")
        assert [row.id for row in clinic.search(patient.name)] == [patient.id]
    clinic.join(ann.id, maiden.id, "One after all", "Dr Example")
    third = clinic.begin(ann.id, "Dr Example")
    third.sign("Dr Example")
    with pytest.raises(RefusedError, match="A visit was signed since"):
        clinic.part(ann.id, "Mistake", "Dr Example")


def test_of_three_records_the_last_join_is_undone_first(
    clinic: Clinic, ann: Patient, maiden: Patient
) -> None:
    third = clinic.add_patient(Patient(name="Anna Third", birth_date=BORN), sure=True)
    visit(clinic, maiden, EARLY)
    clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    clinic.join(third.id, ann.id, "Moved house", "Dr Example")
    assert [one.id for one in clinic.history(third.id).people] == [third.id, maiden.id, ann.id]
    assert [row.id for row in clinic.search("before")] == [third.id]
    assert len(clinic.history(third.id).visits) == 1
    clinic.part(third.id, "Mistake", "Dr Example")
    assert [row.id for row in clinic.search("before")] == [ann.id]
    assert clinic.history(third.id).visits == ()
    clinic.part(ann.id, "Mistake", "Dr Example")
    assert clinic.history(ann.id).people == (ann,)


@pytest.mark.parametrize("fields", [{"birth_date": datetime.date(1980, 5, 16)}, {"sex": "male"}])
def test_another_birth_date_or_sex_needs_a_second_yes(
    fields: dict[str, Any], clinic: Clinic, ann: Patient
) -> None:
    clinic.change_patient(replace(ann, sex="female"), was=ann)
    other = clinic.add_patient(Patient(**{"name": "Ann Twin", "birth_date": BORN, **fields}), sure=True)
    with pytest.raises(DoubtError, match="Are they one person"):
        clinic.join(ann.id, other.id, "Same", "Dr Example")
    assert clinic.history(ann.id).joined == ()
    clinic.join(ann.id, other.id, "Same", "Dr Example", sure=True)
    assert len(clinic.history(ann.id).people) == 2


def test_what_may_not_be_joined(
    clinic: Clinic, ann: Patient, maiden: Patient, start: Callable[[], Clinic]
) -> None:
    def refused(why: str, here: int = ann.id, there: int = maiden.id, reason: str = "Same") -> None:
        with pytest.raises(ClinicError, match=why):
            clinic.join(here, there, reason, "Dr Example", sure=True)
        assert len(clinic.history(ann.id).people) == 1

    refused("This is the record itself", there=ann.id)
    refused("without a reason and a name", reason="")
    refused("There is no patient number 99", there=99)
    draft = clinic.begin(maiden.id, "Dr Example")
    own = clinic.begin(ann.id, "Dr Example")
    refused("Both records have an open visit")
    clinic.discard(ann.id, own.visit.id, "Wrong", "Dr Example")
    draft.leave()
    elsewhere = start()
    elsewhere.program = Program(token="0b", host="elsewhere", process=7, who="ann elsewhere")
    held = elsewhere.view(draft.visit.id)
    refused("Open elsewhere since")
    held.answer("safety", "saddle-numbness", True)
    held.leave()
    assert held.watch.status == "locked"
    refused("An emergency locks the open visit of Ann Before")
    late = clinic.add_patient(Patient(name="Ann Late", birth_date=datetime.date(1999, 1, 1)))
    visit(clinic, ann, datetime.date(1998, 1, 1))
    refused("Ann Late was born on 1999-01-01, after 1998-01-01", here=late.id, there=ann.id)


def test_a_joined_record_takes_nothing_more(clinic: Clinic, ann: Patient, maiden: Patient) -> None:
    clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    bob = clinic.add_patient(Patient(name="Bob Example", birth_date=datetime.date(1991, 1, 3)))
    draft = clinic.begin(bob.id, "Dr Example")
    for act in (
        lambda: clinic.begin(maiden.id, "Dr Example"),
        lambda: clinic.discard(maiden.id, None, "Wrong", "Dr Example"),
        lambda: clinic.move(bob.id, draft.visit.id, maiden.id, "Wrong", "Dr Example"),
        lambda: clinic.change_patient(replace(maiden, name="Ann"), was=maiden),
        lambda: clinic.join(bob.id, maiden.id, "Same", "Dr Example", sure=True),
        lambda: clinic.join(maiden.id, bob.id, "Same", "Dr Example", sure=True),
    ):
        with pytest.raises(ClinicError, match=f"was joined to record {ann.id}"):
            act()
    with pytest.raises(RefusedError, match="Another record was joined to this one"):
        clinic.discard(ann.id, None, "Wrong", "Dr Example")
    clinic.change_patient(replace(ann, chart_number="A-1"), was=ann)
    with pytest.raises(DoubtError, match="Ann Example, born 1980-05-17, chart A-1, has a record"):
        clinic.add_patient(Patient(name="Anne Before", birth_date=BORN))


def test_what_cannot_be_kept_joins_nothing(
    clinic: Clinic, ann: Patient, maiden: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(clinic, maiden, EARLY)
    before = clinic.history(ann.id), clinic.history(maiden.id)
    real = joins.join

    def cut(*given: Any) -> None:
        real(*given)
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(joins, "join", cut)
    with pytest.raises(NotSavedError, match="The disk does not answer"):
        clinic.join(ann.id, maiden.id, "Married", "Dr Example")
    assert (clinic.history(ann.id), clinic.history(maiden.id)) == before
