"""A draft is put right while it is one: its examiner. The record keeps what stood there before."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.model.errors import ClinicError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.program import Program

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
