"""Who did what, on the screen: newest first, by patient, by person, by day, a page at a time."""

import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from program import Program, program

from mmt.clinic import Clinic
from mmt.clinic.acts import desk
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places

BORN = datetime.date(1980, 2, 3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic with two patients; a grade of one was corrected."""
    monkeypatch.setattr("pwd.getpwuid", lambda _: SimpleNamespace(pw_name="zoe"))
    clinic = Clinic.create(Places(tmp_path / "clinic"), Letterhead(name="Example"), "Dr Example")
    clinic.store.actor = "Dr Example"
    ann = clinic.add_patient(Patient(name="Ann [Low]", birth_date=BORN))
    clinic.store.actor = "Dr Second"
    clinic.add_patient(Patient(name="Bo Other", birth_date=BORN), sure=True)
    visit = clinic.begin(ann.id, "Dr Example", "Kendall-12", "full")
    for grade in ("4", "3+"):
        visit.keep(Observation(test="TA", side="right", grade=grade))
    clinic.close()
    return tmp_path / "clinic"


@pytest.mark.parametrize("size", [(80, 24), (132, 40)])
async def test_acts_are_shown_newest_first_and_asked_for_by_keys(size: tuple[int, int], folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f8")
        await run.until("acts")
        rows = [row for row in run.rows if ":" in row[:10]]
        assert "records opened" in rows[0]
        assert "Ann [Low]" in next(row for row in rows if "test kept" in row)
        assert "clinic set up" in rows[-1]
        await run.press("w")
        await run.until("choose")
        assert "Dr Second" in run.text
        await run.press("3", "enter")
        await run.until("acts")
        assert "by Dr Second" in run.rows[0]
        await run.press("p")
        await run.until("pick-patient")
        await run.press(*"low", "enter")
        await run.until("acts")
        assert "with Ann [Low] by Dr Second" in run.rows[0]
        found = [row.strip("▶ ")[7:] for row in run.rows if ":" in row[:10]]
        assert [row.split("  ")[0] for row in found] == ["test kept", "test kept", "visit begun"]
        await run.press("+", "-", "enter")
        await run.until("act")
        assert "Tibialis anterior, right: 4 → 3+" in run.text
        assert "Dr Second" in run.text
        await run.press("escape")
        await run.until("acts")
        await run.press("d", *"2 March 2020", "enter")
        await run.until("acts")
        assert "No such act is kept." in run.text
        await run.press("d", *["backspace"] * 10, *"32 March 2020", "enter")
        await run.until("acts")
        assert "There is no such day." in run.text
        await run.press("a")
        assert "all acts" in run.rows[0]
        await run.press("escape")
        await run.until("patients")


async def test_a_patients_page_shows_the_acts_with_this_patient_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PAGE", 3)
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"low", "enter")
        await run.until("patient")
        await run.press("h")
        await run.until("acts")
        assert "with Ann [Low] · page 1" in run.rows[0]
        assert "patient's page opened" in run.text
        assert "Bo Other" not in run.text
        assert "Newer" not in run.rows[-1]
        await run.press("*")
        assert "page 2" in run.rows[0]
        assert "patient added" in run.text
        assert "Older" not in run.rows[-1]
        await run.press("/")
        assert "page 1" in run.rows[0]
        await run.press("escape")
        await run.until("patient")
