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

TODAY = datetime.date(2026, 3, 2)
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
def test_a_draft_with_something_recorded_is_discarded_and_all_of_it_kept(
    what: str, clinic: Clinic, ann: Patient
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    RECORDED[what](draft)
    with pytest.raises(RefusedError, match="This patient has visits"):
        clinic.discard(ann.id, None, "Wrong", "Dr Example")
    rows = recorded(clinic)
    clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")
    assert clinic.history(ann.id).visits == ()
    assert kept(clinic, "visits")[0][:3] == (draft.visit.id, "Wrong", "Dr Example")
    assert recorded(clinic) == rows


def recorded(clinic: Clinic) -> list[list[tuple[object, ...]]]:
    """Every row of what was seen, said, decided and written in visits."""
    with clinic.store.reading() as db:
        return [
            db.conn.execute(f"select * from {table}").fetchall()
            for table in ("visits", "observations", "answers", "decisions")
        ]


@pytest.mark.parametrize(
    "alarm",
    [
        lambda visit: visit.keep(Observation(test="TA", side="left", grade="2")),
        lambda visit: visit.answer("safety", "saddle-numbness", True),
    ],
)
def test_no_alarm_goes_out_of_sight_before_an_action_is_written(
    alarm: Callable[[OpenVisit], object], clinic: Clinic, ann: Patient
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    alarm(draft)
    with pytest.raises(RefusedError, match="write what was done about it"):
        clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")
    assert clinic.history(ann.id).visits == (draft.visit,)
    draft.act("Was typed to try it out")
    clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")
    assert clinic.history(ann.id).visits == ()


def test_an_alarm_of_the_visit_before_holds_no_draft_back(clinic: Clinic, ann: Patient) -> None:
    first = clinic.begin(ann.id, "Dr Example", day=TODAY - datetime.timedelta(days=3))
    first.keep(Observation(test="TA", side="left", grade="2"))
    first.act("Telephoned")
    first.sign("Dr Example")
    draft = clinic.begin(ann.id, "Dr Example")
    draft.keep(Observation(test="EHL", side="left", grade="5"))
    clinic.discard(ann.id, draft.visit.id, "Wrong", "Dr Example")
    assert [one.id for one in clinic.history(ann.id).visits] == [first.visit.id]


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
