"""The clinic's view on the screen: what became of each patient, what waits, each score over all."""

import datetime
from pathlib import Path

import pytest
from program import Program, program

from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.visit import History, Visit
from mmt.paths import Places

BORN = datetime.date(1980, 2, 3)


def visit(days_ago: int, *observations: Observation, **story: object) -> Visit:
    date = datetime.date.today() - datetime.timedelta(days=days_ago)
    known = {"examiner": "Dr Example", "scale": "MRC-8", "exam": "full"}
    return Visit(date=date, story=story, observations=observations, **known)  # type: ignore[arg-type]


PATIENTS = {
    "Ann Better": (visit(20, nprs_leg=8), visit(1, nprs_leg=2, sheet_done="most")),
    "Bo Worse": (visit(9, nprs_leg=3), visit(2, nprs_leg=8)),
    "Cy Due": (visit(40, Observation(test="TA", side="left", grade="5")),),
    "Di Away": (visit(300, Observation(test="TA", side="left", grade="5")),),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic with these patients, each visit signed."""
    clinic = Clinic.create(Places(tmp_path / "clinic"), Letterhead(name="Example"), "Dr Example")
    with clinic.store.writing(Act.WROTE):
        for name, visits in PATIENTS.items():
            patient = Patient(name=name, birth_date=BORN)
            for opened in admit(clinic, History(patient=patient, visits=visits)):
                opened.sign(opened.visit.examiner)
    clinic.close()
    return tmp_path / "clinic"


@pytest.mark.parametrize("size", [(80, 24), (132, 40)])
async def test_all_patients_stand_with_what_became_of_them_and_what_waits(
    size: tuple[int, int], folder: Path
) -> None:
    app = program(folder)
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f5")
        await run.until("outcomes")
        page = " ".join(run.text.split())
        assert (
            "leg pain, asked more than once in 2 of 4 patients: 1 worse, 1 better; of 2 it is not known"
            in page
        )
        assert "leg pain 8 → 2 ▲ better (likely)" in page
        assert "last sheet done: most days" in page
        assert [name for name in PATIENTS if name in run.text] == [*PATIENTS], "all on the smallest screen"
        at = [run.text.index(name) for name in PATIENTS]
        assert at == sorted(at), "last seen first"
        await run.press("v")
        assert "Re-examination is due" in run.text
        assert "Not seen since" in run.text
        assert "Ann Better" not in run.text
        await run.press("v")
        assert "Bo Worse" in run.text
        assert "Cy Due" not in run.text
        await run.click("Bo Worse")
        await run.until("patient")
        assert "Bo Worse" in run.text
        await run.press("escape")
        await run.until("outcomes")
        await run.press("escape")
        await run.until("patients")


async def test_a_patient_who_was_changed_meanwhile_is_read_anew(folder: Path) -> None:
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f5")
        await run.until("outcomes")
        await run.press("+", "enter")
        await run.until("patient")
        await run.press("r", *"due", "enter", "enter", *"Typed twice", "enter")
        await run.until("patient")
        assert "The records are joined" in run.text
        await run.press("escape")
        await run.until("outcomes")
        assert "3 visits" in run.text
        assert "Cy Due" not in run.text, "a joined record is no patient of its own"


async def test_whose_errors_are_used_is_said_with_the_pairs_that_it_needs_and_changed_by_a_key(
    folder: Path,
) -> None:
    clinic = Clinic.open(Places(folder))
    twice = [
        visit(
            20,
            Observation(test="L-PKE", side="left", degrees=30.0),
            Observation(test="L-PKE", side="left", trial=2, degrees=33.0),
        )
    ]
    with clinic.store.writing(Act.WROTE):
        for opened in admit(clinic, History(patient=Patient(name="Ed Twice", birth_date=BORN), visits=twice)):
            opened.sign(opened.visit.examiner)
    clinic.close()
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f5")
        await run.until("outcomes")
        assert "Own errors" in run.rows[-1]
        await run.press("o")
        await run.until("hands")
        page = " ".join(run.text.split())
        assert "Changes are judged by the published errors. An own error needs 30 pairs" in page
        assert "the most so far: 1, of Passive knee extension, hip at 90 degrees, one examiner" in page
        await run.press("o")
        assert "No test has enough pairs yet" in run.text
        await run.press("escape")
        await run.until("outcomes")
