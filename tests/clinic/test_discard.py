"""What was made by mistake is discarded with a reason: it is in no list, counts as no visit, and is kept."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from mmt.clinic import Clinic, OpenVisit
from mmt.model.errors import ClinicError, RefusedError, TakenOverError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import Dose, Prescribed

RELIEF = Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=2))
RECORDED: dict[str, Callable[[OpenVisit], object]] = {
    "a value": lambda visit: visit.keep(Observation(test="TA", side="left", grade="5")),
    "an answer": lambda visit: visit.answer("safety", "saddle-numbness", False),
    "a story": lambda visit: visit.answer("story", "sitting_hours", 7),
    "a precaution": lambda visit: visit.answer("precautions", "OST", False),
    "a decision": lambda visit: visit.decide("weakness:TA:left", "accepted"),
    "a sheet": lambda visit: visit.prescribe((RELIEF,)),
    "an action": lambda visit: visit.act("Telephoned"),
    "a note": lambda visit: visit.write(note="Came alone"),
    "a next visit": lambda visit: visit.write(next_visit="Monday"),
}


def kept(clinic: Clinic, table: str) -> list[tuple[object, ...]]:
    """What the record holds of discards."""
    with clinic.store.reading() as db:
        return db.conn.execute(f"select * from discarded_{table}").fetchall()


def test_an_empty_draft_is_discarded_and_counts_as_no_visit(
    clinic: Clinic, ann: Patient, start: Callable[[], Clinic]
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    draft.move("exam:TA:left")
    other = start().view(draft.visit.id)
    clinic.discard(ann.id, draft.visit.id, "Wrong patient", "Dr Example")
    assert clinic.history(ann.id).visits == ()
    assert clinic.drafts() == clinic.todays() == []
    (row,) = clinic.search("ann")
    assert (row.last_visit, row.draft) == (None, None)
    ((number, reason, by, at),) = kept(clinic, "visits")
    assert (number, reason, by) == (draft.visit.id, "Wrong patient", "Dr Example")
    assert str(at).startswith("2026-03-02")
    for gone in (clinic.view, lambda visit: clinic.discard(ann.id, visit, "Again", "Dr Example")):
        with pytest.raises(ClinicError, match="There is no visit number"):
            gone(draft.visit.id)
    with pytest.raises(TakenOverError, match="Discarded elsewhere in the meantime"):
        other.keep(Observation(test="TA", side="left", grade="5"))
    with pytest.raises(ClinicError, match="Discarded elsewhere in the meantime"):
        other.sign("Dr Example")
    assert clinic.begin(ann.id, "Dr Example").history.visits[:-1] == ()


@pytest.mark.parametrize("what", RECORDED)
def test_a_draft_with_something_recorded_stays(what: str, clinic: Clinic, ann: Patient) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    RECORDED[what](draft)
    with pytest.raises(RefusedError, match="Something is recorded"):
        clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")
    with pytest.raises(RefusedError, match="This patient has visits"):
        clinic.discard(ann.id, None, "Wrong", "Dr Example")
    assert clinic.view(draft.visit.id).visit == draft.visit
    assert kept(clinic, "visits") == kept(clinic, "patients") == []


def test_a_value_taken_back_leaves_the_draft_empty_and_a_signature_does_not(
    clinic: Clinic, ann: Patient
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    RECORDED["a value"](draft)
    draft.withdraw("TA", "left")
    assert draft.visit.empty
    draft.sign("Dr Example")
    with pytest.raises(RefusedError, match="This visit is signed"):
        clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")


def test_a_patient_made_by_mistake_is_found_no_more(
    clinic: Clinic, ann: Patient, start: Callable[[], Clinic]
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    with pytest.raises(RefusedError, match="This patient has visits"):
        clinic.discard(ann.id, None, "Made twice", "Dr Example")
    clinic.discard(ann.id, draft.visit.id, "Made twice", "Dr Example")
    for reason, by in (("", "Dr Example"), ("Made twice", "")):
        with pytest.raises(ClinicError, match="without a reason and a name"):
            clinic.discard(ann.id, None, reason, by)
    other = start()
    clinic.discard(ann.id, None, "Made twice", "Dr Example")
    assert clinic.search("ann") == clinic.search("") == clinic.search("1980-05-17") == []
    assert kept(clinic, "patients")[0][:3] == (ann.id, "Made twice", "Dr Example")
    later: tuple[Callable[[], Any], ...] = (
        lambda: other.history(ann.id),
        lambda: other.begin(ann.id, "Dr Example"),
        lambda: other.change_patient(ann, was=ann),
        lambda: other.discard(ann.id, None, "Again", "Dr Example"),
    )
    for act in later:
        with pytest.raises(ClinicError, match="There is no patient number"):
            act()
    again = clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))
    assert [row.id for row in clinic.search("ann")] == [again.id], "no second record is warned of"
