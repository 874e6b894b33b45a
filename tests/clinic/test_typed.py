"""What is typed comes into the records clean and bounded, whichever way it comes."""

import datetime
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic, OpenVisit
from mmt.clinic.typed import LINE, NOTE
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient

NASTY = "Ann\x1b]52;c;AAAA\x07\x00  Smith\u202e\ud800"
CLEAN = "Ann]52;c;AAAA Smith"
BORN = datetime.date(1980, 5, 17)


def test_no_control_sign_comes_into_the_data_of_people(clinic: Clinic) -> None:
    ann = clinic.add_patient(Patient(name=NASTY, birth_date=BORN, chart_number=NASTY))
    assert (ann.name, ann.chart_number) == (CLEAN, CLEAN)
    clinic.change_patient(replace(ann, name=f"Bea {NASTY}"), was=ann)
    assert clinic.history(ann.id).patient.name == f"Bea {CLEAN}"
    clinic.change_letterhead(Letterhead(name=NASTY, address=NASTY), was=clinic.letterhead)
    assert clinic.letterhead == Letterhead(name=CLEAN, address=CLEAN)
    clinic.add_practitioner(NASTY)
    assert clinic.practitioners == ("Dr Example", CLEAN)


def test_no_control_sign_comes_into_a_visit(clinic: Clinic, ann: Patient) -> None:
    opened = clinic.begin(ann.id, "Dr Example")
    opened.answer("story", "walks", NASTY)
    opened.write(note=f"One\x07\nTwo {NASTY}", next_visit=NASTY)
    opened.act(NASTY)
    kept = clinic.view(opened.visit.id).visit
    assert kept.story["walks"] == CLEAN
    assert (kept.note, kept.next_visit, kept.action) == (f"One\nTwo {CLEAN}", CLEAN, CLEAN)
    opened.sign(NASTY)
    opened.add(f"{NASTY}\nmore", NASTY)
    kept = clinic.view(opened.visit.id).visit
    assert kept.signature
    assert kept.signature.by == kept.addenda[0].by == CLEAN
    assert kept.addenda[0].text == f"{CLEAN}\nmore"


GRADE = Observation(test="GMED", side="right", grade="4")
LONG, LONGER = "x" * (LINE + 1), "x" * (NOTE + 1)

IN_A_CLINIC: dict[str, Callable[[Clinic, Patient], object]] = {
    "a name": lambda clinic, _: clinic.add_patient(Patient(name=LONG, birth_date=BORN)),
    "a chart": lambda clinic, ann: clinic.change_patient(replace(ann, chart_number=LONG), was=ann),
    "an address": lambda clinic, _: clinic.change_letterhead(Letterhead(address=LONG), was=clinic.letterhead),
    "a practitioner": lambda clinic, _: clinic.add_practitioner(LONG),
    "an examiner": lambda clinic, ann: clinic.begin(ann.id, LONG),
    "a reason": lambda clinic, ann: clinic.discard(ann.id, None, LONG, "Dr Example"),
}
IN_A_VISIT: dict[str, Callable[[OpenVisit], object]] = {
    "an answer": lambda visit: visit.answer("story", "walks", LONG),
    "an answer of several": lambda visit: visit.answer("home", "E01", (LONG,)),
    "answers": lambda visit: visit.take_in(replace(visit.visit, story={"walks": LONG})),
    "a note": lambda visit: visit.write(note=LONGER),
    "a next visit": lambda visit: visit.write(next_visit=LONG),
    "an action": lambda visit: visit.act(LONG),
    "what was seen elsewhere": lambda visit: visit.take_in(
        replace(visit.visit, observations=(replace(GRADE, variant=LONG),))
    ),
    "what was seen": lambda visit: visit.keep(replace(GRADE, substitution=LONG)),
    "a signature": lambda visit: visit.sign(LONG),
}


@pytest.mark.parametrize("what", IN_A_CLINIC)
def test_what_is_too_long_for_a_clinic_is_said_and_not_kept(what: str, clinic: Clinic, ann: Patient) -> None:
    with pytest.raises(ClinicError, match=r"has 1,001 characters; 1,000 are kept at most\. Shorten it"):
        IN_A_CLINIC[what](clinic, ann)
    assert clinic.history(ann.id).patient == ann


@pytest.mark.parametrize("what", IN_A_VISIT)
def test_what_is_too_long_for_a_visit_is_said_and_not_kept(what: str, clinic: Clinic, ann: Patient) -> None:
    opened = clinic.begin(ann.id, "Dr Example")
    before = opened.visit
    with pytest.raises(ClinicError, match=r"has [\d,]+ characters; [\d,]+ are kept at most\. Shorten it"):
        IN_A_VISIT[what](opened)
    assert clinic.view(before.id).visit == before == opened.visit
