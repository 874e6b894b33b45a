"""A grade that does not reach the records says so, waits, and is saved by one key."""

from pathlib import Path

from program import Program, program

from mmt.clinic import Clinic
from mmt.paths import Places


async def test_a_grade_that_is_not_saved_waits_for_the_records(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = program(folder)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("exam")
        places = Places(folder)
        away = places.database.rename(folder / "away")
        await run.press("4")
        await run.press("3")
        assert "NOT SAVED: 2 values." in run.text
        assert "The records (clinic.db) were moved or replaced." in run.text
        assert "4  saved" not in run.text
        before = run.desk.visit
        await run.press("ctrl+q")
        assert "Not everything is saved. R tries again;" in run.text
        assert app.is_running
        away.rename(places.database)
        await run.press("r")
        assert "NOT SAVED" not in run.text
        assert len(run.desk.visit.observations) == len(before.observations) + 2
        held = run.desk.visit
    clinic = Clinic.open(places)
    kept = clinic.view(held.id).visit
    clinic.close()
    assert kept.observations == held.observations
    assert [one.grade for one in kept.observations[-2:]] == ["4", "3"]


async def test_leaving_twice_leaves_what_cannot_be_saved(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("exam")
        app.opener.places.database.unlink()  # type: ignore[attr-defined]
        await run.press("4", "ctrl+q")
        assert app.return_code is None
        await run.press("ctrl+q")
        assert app.return_code == 0
