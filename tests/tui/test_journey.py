"""One visit from the list of patients to the paper, by keys alone; and what the record then holds."""

from pathlib import Path

import pytest
from program import Program, program
from pypdf import PdfReader

SIZES = [(80, 24), pytest.param((200, 60), marks=pytest.mark.long)]
SHORT_SET = 20


@pytest.mark.parametrize("size", SIZES)
async def test_a_follow_up_from_the_list_to_the_paper(size: tuple[int, int], tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=size, notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank follow", "enter")
        await run.until("patient")
        await run.press("n")
        await run.until("new-visit")
        await run.press("enter")
        await run.until("safety")
        await run.press(*"0" * SHORT_SET, "f8")
        await run.until("story")
        await run.press(*"0" * 3, "f8")
        await run.until("exam")
        assert "Earlier value hidden" in run.text
        await run.press(*"550055")
        await run.press(*"25", "enter", *"38", "enter", *"00")
        await run.press("4", "plus", *"555555", "5")
        assert run.desk.visit.seen("GMED", "left")[0].grade == "4+"
        await run.press("f8")
        await run.until("leg-length")
        for reading in ("902", "889", "903", "890"):
            await run.press(*reading, "enter")
        await run.press("f8")
        await run.until("findings")
        assert "Compared with the visit before" in run.text
        assert "within noise" in run.text
        assert "does not diagnose" in run.text
        await run.press("end", "f8")
        await run.until("prescription")
        await run.press("enter")
        await run.until("sign")
        chosen = [one.stretch for one in run.desk.visit.prescription or ()]
        assert chosen[-1] == "E27"
        await run.press("enter")
        await run.until("sign-as")
        await run.press("enter")
        await run.until("papers")
        assert run.desk.visit.signed
        await run.press("1", "2")
        assert "frank-follow-up" in run.text
        visit = run.desk.visit
    seen = {one.cell: one.shown for one in visit.observations if one.trial == 1}
    assert seen["TA", "left"] == "5"
    assert seen["L-PKE", "left"] == "38°"
    assert seen["GMED", "left"] == "4+"
    assert seen["LL-TRUE", "left"] == "889 mm"
    assert len([one for one in visit.observations if one.test == "LL-TRUE"]) == 4
    sheets = sorted((tmp_path / "clinic" / "export").glob("*.pdf"))
    assert [path.stem.split("-", 9)[-1] for path in sheets] == ["comparison", "hand-out"]
    text = "\n".join(page.extract_text() for page in PdfReader(sheets[1]).pages)
    assert "Frank Follow-Up (made up)" in text
    assert "Demo Chiropractic" in text
    assert "Walk" in text


async def test_a_first_run_asks_for_the_clinic_once(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("setup")
        assert str(folder)[:30] in run.text
        await run.press(*"Clinic", "enter", *"1 Road", "enter", *"555", "enter", "enter", "enter")
        assert "Type your name" in run.text
        await run.press(*"Dr Who [b]", "enter")
        await run.until("passphrase")
        await run.press("f3", *"yes", "enter")
        await run.until("patients")
        assert "No patients yet" in run.text
    again = program(folder, demo=False)
    async with again.run_test(size=(80, 24)) as pilot:
        run = Program(again, pilot)
        await run.until("patients")
        assert again.clinic is not None
        assert again.clinic.practitioners == ("Dr Who [b]",)
        assert again.clinic.letterhead.name == "Clinic"


async def test_a_nasty_name_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    name = "Łukasz [L] 4[/]5 <b>& O'Brien"
    app = program(tmp_path / "clinic", demo=True)
    async with app.run_test(size=(120, 30)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f3")
        await run.until("patient-form")
        app.screen.query_one("#name").value = name
        await run.press("enter", *"31.02.1979", "enter", "f10")
        assert "There is no such day" in run.text
        app.screen.query_one("#birth-date").value = "2 May 1979"
        await run.press("f10")
        await run.until("patient")
        assert name in run.text
        await run.press("n")
        await run.until("new-visit")
        await run.press("enter")
        await run.until("safety")
        assert name in run.text
        await run.press("escape")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        assert name in run.text


async def test_a_draft_goes_on_where_it_was_left(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("n")
        await run.until("exam")
        await run.press("5", "5", "5")
        await run.press("escape")
        await run.until("patient")
    again = program(tmp_path / "clinic")
    async with again.run_test(size=(80, 24)) as pilot:
        run = Program(again, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("exam")
        assert "Extensor hallucis longus" in run.text
        assert run.desk.visit.seen("TP", "right")[0].grade == "5"


async def test_an_emergency_stops_the_exam_until_a_named_clinician_goes_on(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"rita", "enter")
        await run.until("patient")
        await run.press("n")
        await run.until("safety")
        await run.press("f8")
        await run.until("story")
        await run.press("f8")
        await run.until("emergency")
        assert "emergency department" in " ".join(run.text.split())
        await run.press("w", "l")
        assert len(list((tmp_path / "clinic" / "export").glob("rita*.pdf"))) == 2
        await run.press("o", *"seen by the hospital", "enter", *"Dr Demo", "enter")
        await run.until("exam")
        override = run.desk.visit.override
        assert override is not None
        assert (override.reason, override.by) == ("seen by the hospital", "Dr Demo")


async def test_help_lists_every_command_of_the_screen_and_the_palette_runs_one(tmp_path: Path) -> None:
    from mmt.tui.keys.commands import commands, of_screen

    app = program(tmp_path / "clinic")
    async with app.run_test(size=(160, 60)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        listed = list(commands(*of_screen(app.screen)))
        await run.press("question_mark")
        await run.until("help")
        for command in listed:
            assert command.help.split(";")[0][:40] in run.text
        await run.press("escape")
        await run.until("signed")
        await run.press("ctrl+p")
        await run.until("palette")
        await run.press(*"basis", "enter")
        await run.until("basis")
        assert "Rule" in run.text


async def test_records_that_cannot_be_opened_are_said_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await Program(app, pilot).until("patients")
    (folder / "clinic.key").rename(folder / "away")
    again = program(folder)
    async with again.run_test(size=(80, 24)) as pilot:
        run = Program(again, pilot)
        for _ in range(300):
            await pilot.pause(0.01)
            if "put it back from a backup" in " ".join(run.text.split()):
                break
        assert "key file" in run.text
        (folder / "away").rename(folder / "clinic.key")
        await run.press("r")
        await run.until("patients")
