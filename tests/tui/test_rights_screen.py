"""The rights of a patient on the screen: a copy, a restriction that asks for a reason, erasure."""

import datetime
from pathlib import Path

import pytest
from program import Program, program

from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic with one patient, who was there once."""
    clinic = Clinic.create(Places(tmp_path / "clinic"), Letterhead(name="Example"), "Dr Example")
    ann = clinic.add_patient(Patient(name="Ann [b] Example", birth_date=datetime.date(1980, 5, 17)))
    visit = clinic.begin(ann.id, "Dr Example")
    visit.keep(Observation(test="TA", side="left", grade="5"))
    visit.sign("Dr Example")
    clinic.close()
    return tmp_path / "clinic"


def said(run: Program) -> str:
    return " ".join(run.text.replace("│", " ").split())


async def to_rights(run: Program) -> None:
    await run.until("patients")
    await run.press(*"ann", "enter")
    await run.until("patient")
    await run.press("y")
    await run.until("rights")


async def test_a_copy_is_written_for_whom_is_said_and_listed(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_rights(run)
        for words in (
            "Rights of Ann [b] Example",
            "The record opens as others do.",
            "Nothing was given out yet",
        ):
            assert words in said(run)
        await run.press("e", "escape")
        assert "Nothing is written." in said(run)
        await run.press("e", "enter")
        await run.until("rights")
        assert "Written: " in said(run)
        assert "All that is kept, to the patient" in said(run)
    assert len([*Places(folder).exports.glob("ann-b-example-1-*-course.pdf")]) == 1
    assert len([*Places(folder).exports.glob("ann-b-example-1-*-record.json")]) == 1


@pytest.mark.parametrize(("key", "ending"), [("m", "jsonl"), ("f", "ndjson"), ("t", "csv")])
async def test_a_file_for_another_program_is_written_for_whom_is_said(
    key: str, ending: str, folder: Path
) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_rights(run)
        await run.press(key, "escape")
        assert "Nothing is written." in said(run)
        await run.press(key, *"Dr", "enter")
        await run.until("rights")
        assert "Written: " in said(run)
        assert ", to Dr (" in said(run)
    (path,) = Places(folder).exports.glob(f"ann-b-example-1-*-records.{ending}")
    assert "TA" in path.read_text("utf-8-sig")


async def test_a_restricted_record_asks_why_it_is_opened(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_rights(run)
        await run.press("r", *"Law", "enter")
        await run.until("rights")
        assert "Kept until" in said(run), "whoever has it open goes on"
        assert "Law (Dr Example). It opens with a reason alone." in said(run)
        await run.press("escape", "escape")
        await run.until("patients")
        await run.press("enter")
        await run.until("ask-text")
        assert "The record of Ann [b] Example is restricted since" in said(run)
        await run.press("enter")
        await run.until("patients")
        await run.press("enter")
        await run.until("ask-text")
        await run.press(*"Copy", "enter")
        await run.until("patient")
        await run.press("y")
        await run.until("rights")
        await run.press("r", *"No", "enter")
        await run.until("rights")
        assert "The record opens as others do." in said(run)
        assert app.clinic is not None
        opened = app.clinic.rights(1).file().recorded["openings"]
        assert [one["reason"] for one in opened] == ["Copy"]


async def test_a_record_is_erased_after_its_time_and_a_typed_yes(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_rights(run)
        await run.press("x")
        assert "it is not erased before" in said(run)
        assert app.clinic is not None
        app.clinic.today = lambda: datetime.date(2090, 1, 1)
        await run.press("x")
        await run.until("ask-text")
        assert "All visits, notes and papers of Ann [b] Example are erased for good" in said(run)
        await run.press("enter")
        await run.until("rights")
        await run.press("x", *"yes", "enter")
        await run.until("patients")
        assert app.clinic.search("ann") == []


async def test_the_place_by_whose_law_records_are_kept_is_chosen_in_the_settings(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f9")
        await run.until("settings")
        await run.press("r")
        await run.until("choose")
        assert "Germany" in said(run)
        await run.press("2", "enter")
        await run.until("settings")
        assert "until the day is over mmt refuses to erase a record" in said(run)
        assert app.clinic is not None
        assert app.clinic.retention.id == "de"
