"""A draft is put right while it is one: examiner and patient. The record keeps what stood there before."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.model.errors import ClinicError, NotSavedError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.program import Program
from mmt.storage import visits
from mmt.storage.driver import DatabaseError

GRADE = Observation(test="TA", side="left", grade="4")


def kept(clinic: Clinic, table: str) -> list[tuple[object, ...]]:
    """What the record holds of changes: what was, what became, why, who."""
    with clinic.store.reading() as db:
        return db.conn.execute(f"select was, became, reason, changed_by from {table} order by id").fetchall()


def test_the_examiner_of_a_draft_is_changed_with_all_that_is_recorded(clinic: Clinic, ann: Patient) -> None:
    clinic.add_practitioner("Dr Second")
    draft = clinic.begin(ann.id, "Dr Example")
    draft.keep(GRADE)
    clinic.change_examiner(ann.id, draft.visit.id, "Dr Second")
    again = clinic.view(draft.visit.id)
    assert again.visit == replace(draft.visit, examiner="Dr Second")
    assert kept(clinic, "changed_examiners") == [("Dr Example", "Dr Second", "", clinic.program.who)]
    with pytest.raises(ClinicError, match="changed from another window"):
        draft.sign("Dr Example")
    again.sign("Dr Second")
    with pytest.raises(RefusedError, match="This visit is signed"):
        clinic.change_examiner(ann.id, draft.visit.id, "Dr Example")


@pytest.mark.parametrize(
    ("name", "why"),
    [("Dr Example", "is the examiner of this visit already"), ("Dr Nobody", "F4 in the list")],
)
def test_only_another_who_examines_here_takes_a_draft_on(
    name: str, why: str, clinic: Clinic, ann: Patient
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    with pytest.raises(RefusedError, match=why):
        clinic.change_examiner(ann.id, draft.visit.id, name)
    assert kept(clinic, "changed_examiners") == []


def test_a_draft_that_is_open_elsewhere_is_not_put_right(
    clinic: Clinic, ann: Patient, start: Callable[[], Clinic]
) -> None:
    clinic.add_practitioner("Dr Second")
    draft = clinic.begin(ann.id, "Dr Example")
    other = start()
    other.program = Program(token="0b", host="elsewhere", process=7, who="ann elsewhere")
    with pytest.raises(RefusedError, match="Open elsewhere since"):
        other.change_examiner(ann.id, draft.visit.id, "Dr Second")
    draft.leave()
    other.change_examiner(ann.id, draft.visit.id, "Dr Second")
    assert clinic.history(ann.id).visits[0].examiner == "Dr Second"


@pytest.fixture
def bob(clinic: Clinic) -> Patient:
    """Another patient, younger than Ann."""
    return clinic.add_patient(Patient(name="Bob Example", birth_date=datetime.date(1991, 1, 3)))


def test_a_draft_is_moved_to_its_patient_with_all_that_is_recorded_and_both_records_say_so(
    clinic: Clinic, ann: Patient, bob: Patient, start: Callable[[], Clinic]
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    draft.keep(GRADE)
    draft.answer("story", "sitting_hours", 7)
    other = start().view(draft.visit.id)
    draft.hold(over=True)
    clinic.move(ann.id, draft.visit.id, bob.id, "Wrong patient", "Dr Example")
    here, there = clinic.history(ann.id), clinic.history(bob.id)
    assert (here.visits, there.visits) == ((), (draft.visit,))
    told = [(one.date, one.to, one.origin, one.reason, one.by) for one in (*here.moved, *there.moved)]
    day = draft.visit.date
    assert told == [
        (day, bob.id, None, "Wrong patient", "Dr Example"),
        (day, None, ann.id, "Wrong patient", "Dr Example"),
    ]
    assert [row.draft for row in (*clinic.search("ann"), *clinic.search("bob"))] == [None, draft.visit.id]
    with pytest.raises(ClinicError, match="Moved to another patient"):
        clinic.view(draft.visit.id, ann.id)
    for stale in (draft, other):
        with pytest.raises(ClinicError, match="Moved to another patient"):
            stale.keep(replace(GRADE, trial=2))
        assert stale.history.patient == ann, "nobody is shown under another's head"
        stale.hold(over=True)
        with pytest.raises(ClinicError, match="Moved to another patient"):
            stale.sign("Dr Example")
    moved = clinic.view(draft.visit.id, bob.id)
    moved.sign("Dr Example")
    with pytest.raises(RefusedError, match="This visit is signed"):
        clinic.move(bob.id, draft.visit.id, ann.id, "Back", "Dr Example")


def test_papers_made_of_a_draft_before_it_was_moved_are_told_of(
    clinic: Clinic, ann: Patient, bob: Patient
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    draft.write(note="Please look at the left foot")
    assert not clinic.printed(clinic.history(ann.id), draft.visit.id)
    draft.paper("referral-letter")
    assert clinic.printed(clinic.history(ann.id), draft.visit.id)
    clinic.move(ann.id, draft.visit.id, bob.id, "Wrong patient", "Dr Example")
    assert clinic.view(draft.visit.id).made == {}, "a paper of another name is none of this visit"


def test_a_draft_goes_only_where_it_can_be(clinic: Clinic, ann: Patient, bob: Patient) -> None:
    day = datetime.date(1985, 6, 1)
    draft = clinic.begin(ann.id, "Dr Example", day=day)
    for to, reason, by, why in (
        (ann, "Wrong", "Dr Example", "one of this patient already"),
        (bob, "Wrong", "Dr Example", "Bob Example was born on 1991-01-03, after 1985-06-01"),
        (bob, "", "Dr Example", "without a reason and a name"),
        (bob, "Wrong", "", "without a reason and a name"),
    ):
        with pytest.raises(ClinicError, match=why):
            clinic.move(ann.id, draft.visit.id, to.id, reason, by)
    with pytest.raises(ClinicError, match="There is no patient number 99"):
        clinic.move(ann.id, draft.visit.id, 99, "Wrong", "Dr Example")
    clinic.discard(ann.id, draft.visit.id, "Wrong day", "Dr Example")
    draft, open_one = (clinic.begin(one.id, "Dr Example") for one in (ann, bob))
    with pytest.raises(RefusedError, match="Bob Example has an open visit"):
        clinic.move(ann.id, draft.visit.id, bob.id, "Wrong", "Dr Example")
    clinic.discard(bob.id, open_one.visit.id, "Wrong", "Dr Example")
    clinic.discard(bob.id, None, "Made twice", "Dr Example")
    with pytest.raises(ClinicError, match="There is no patient number"):
        clinic.move(ann.id, draft.visit.id, bob.id, "Wrong", "Dr Example")
    assert clinic.history(ann.id).moved == ()


def test_what_cannot_be_kept_moves_nothing(
    clinic: Clinic, ann: Patient, bob: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    before = clinic.history(ann.id), clinic.history(bob.id)
    real = visits.move

    def cut(*given: Any) -> None:
        real(*given)
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(visits, "move", cut)
    with pytest.raises(NotSavedError, match="The disk does not answer"):
        clinic.move(ann.id, draft.visit.id, bob.id, "Wrong patient", "Dr Example")
    assert (clinic.history(ann.id), clinic.history(bob.id)) == before
    assert kept(clinic, "moved_visits") == []
    draft.keep(GRADE)
