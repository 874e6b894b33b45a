"""The clinic's view: what became of each patient and of each score over all, as the command prints it."""

import csv
import datetime
import io

import pytest
from click.testing import CliRunner

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import History, Visit
from mmt.paths import Places

BORN = datetime.date(1980, 2, 3)


@pytest.fixture(autouse=True)
def _home(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(places.root))


def visit(days_ago: int, *observations: Observation, **story: object) -> Visit:
    date = datetime.date.today() - datetime.timedelta(days=days_ago)
    known = {"examiner": "Dr Example", "scale": "MRC-8", "exam": "full"}
    return Visit(date=date, story=story, observations=observations, **known)  # type: ignore[arg-type]


def keep(clinic: Clinic, name: str, *visits: Visit) -> None:
    """Keep a patient with these visits, signed."""
    with clinic.store.writing(Act.WROTE):
        for opened in admit(clinic, History(patient=Patient(name=name, birth_date=BORN), visits=visits)):
            opened.sign(opened.visit.examiner)


def printed(*words: str) -> str:
    done = CliRunner().invoke(commands, ["outcomes", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_clinic_without_a_signed_visit_says_so(clinic: Clinic, ann: Patient) -> None:
    clinic.begin(ann.id, "Dr Example")
    assert printed() == "No visit is signed yet.\n"


def test_each_patient_stands_with_scores_judged_and_each_score_with_who_lacks_it(clinic: Clinic) -> None:
    keep(clinic, "Ann Better", visit(20, nprs_leg=8), visit(10), visit(1, nprs_leg=2, sheet_done="most"))
    keep(clinic, "Bo Noise", visit(9, nprs_leg=5), visit(2, nprs_leg=6))
    keep(clinic, "Cy Once", visit(3, nprs_leg=5))
    text = printed()
    assert "leg pain 8 → 2  ▲ better (likely)" in text
    assert "last sheet done: most days" in text
    assert "3 visits" in text
    assert (
        "leg pain, asked more than once in 2 of 3 patients: 1 better, 1 within noise; of 1 it is not known"
        in text
    )
    assert text.index("Ann Better") < text.index("Bo Noise") < text.index("Cy Once"), "seen last first"


@pytest.mark.parametrize(("days", "due"), [(27, False), (28, True), (90, True), (91, False)])
def test_a_re_examination_is_due_by_weeks_until_the_patient_stays_away(
    days: int, due: bool, clinic: Clinic
) -> None:
    keep(clinic, "Ann Due", visit(days, Observation(test="TA", side="left", grade="5")))
    text = printed()
    assert ("Re-examination is due" in text) == due
    assert ("Not seen since" in text) == (days > 90)


@pytest.mark.parametrize(("visits", "due"), [(11, False), (12, True)])
def test_a_re_examination_is_due_by_visits_without_a_test(visits: int, due: bool, clinic: Clinic) -> None:
    tested = visit(20, Observation(test="TA", side="left", grade="5"))
    keep(clinic, "Ann Often", tested, *(visit(18 - at) for at in range(visits)))
    assert ("Re-examination is due" in printed()) == due


def test_rows_for_other_programs_hold_the_same_and_no_formula(clinic: Clinic) -> None:
    keep(clinic, "=1+1 Example", visit(9, nprs_leg=8), visit(2, nprs_leg=2))
    keep(clinic, "Bo Plain", visit(5, Observation(test="TA", side="left", grade="5")))
    one, two = csv.DictReader(io.StringIO(printed("--csv")))
    assert (one["name"], one["visits"], two["name"]) == ("'=1+1 Example", "2", "Bo Plain")
    assert (one["nprs_leg_first"], one["nprs_leg_latest"], one["nprs_leg_verdict"]) == ("8", "2", "better")
    assert two["nprs_leg_verdict"] == ""
