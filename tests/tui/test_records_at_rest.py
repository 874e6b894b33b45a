"""What the program does with the files of the records when nobody types, and where some are missing."""

import datetime
import gc
from pathlib import Path

import pytest
from program import Program, program

from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.tui import by_itself


async def folded(run: Program) -> bool:
    """Whether the database file alone comes to hold all that its log holds."""
    assert run.app.clinic is not None
    for _ in range(100):
        with run.app.clinic.store.reading() as db:
            _, log, done = db.conn.execute("pragma wal_checkpoint(noop)").fetchone()
        if log == done > 0:
            return True
        await run.pilot.pause(0.02)
    return False


async def test_records_are_folded_in_when_nobody_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "IDLE_S", 0.1)
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic is not None
        zoe = app.clinic.add_patient(Patient(name="Zoe Zed", birth_date=datetime.date(1980, 1, 1)))
        app.clinic.begin(zoe.id, "Dr Example").keep(Observation(test="TA", side="left", grade="4"))
        assert await folded(run)


async def test_records_are_folded_in_when_a_visit_is_left(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("exam")
        await run.press("4", "escape")
        assert await folded(run)


@pytest.mark.parametrize("left", ["clinic.key", "clinic.db-wal"])
async def test_records_that_are_missing_are_no_new_clinic(left: str, tmp_path: Path) -> None:
    (tmp_path / left).write_bytes(b"left")
    app = program(tmp_path, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        for _ in range(500):
            await pilot.pause(0.01)
            if "Ctrl+Q leaves." in run.text:
                break
        assert app.screen.name == "start"
        said = " ".join(run.text.split())
        assert "The records are missing" in said
        assert "R tries again, Ctrl+Q leaves." in said
        (tmp_path / left).unlink()
        await run.press("r")
        await run.until("setup")
        assert "mmt restore" in run.text
    assert list(tmp_path.iterdir()) == []


async def test_no_key_waits_for_the_collector_to_look_through_the_records(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await pilot.pause()
        assert app.clinic is not None
        assert not any(one is app.clinic for one in gc.get_objects())
