"""With the mouse alone: what each click does, and that none records a value by accident."""

from pathlib import Path

import pytest
from program import Program, program

from mmt.model.observation import Observation
from mmt.tui.app import MmtApp


@pytest.fixture
def app(tmp_path: Path) -> MmtApp:
    return program(tmp_path / "clinic")


async def at_step(run: Program, step: str, *seen: Observation) -> None:
    """A first visit of a made-up patient, with these values seen, at a step."""
    await run.until("patients")
    clinic = run.app.clinic
    assert clinic is not None
    (nora,) = clinic.search("nora")
    run.app.walk.desk = clinic.begin(nora.id, clinic.practitioners[0], "MRC-8", "sciatica-quick")
    for one in seen:
        run.desk.keep(one)
    run.app.walk.go_to(step)
    await run.until(step)


WEAK = (
    Observation(test="GMED", side="left", grade="4"),
    Observation(test="GMED", side="right", grade="5"),
)


async def test_a_double_click_counts_once(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "exam")
        await run.click(" 4 ", times=2)
        assert [(one.side, one.grade) for one in run.desk.visit.observations] == [("right", "4")]
        assert "A double click counts once." in run.text
        await run.click("F8 Next", times=2)
        assert app.screen.name == "leg-length"
        await run.click(" 8 ", times=2)
        await run.click(" ← ")
        assert "RIGHT   1:  8_" in "\n".join(run.rows), "a number may have the same digit twice"


async def test_a_click_goes_to_the_other_side_of_the_test(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "exam")
        await run.click("PATIENT'S LEFT")
        await run.click(" 5 ")
        assert [(one.test, one.side) for one in run.desk.visit.observations] == [("HF", "left")]


async def test_a_click_on_a_line_marks_it_and_one_on_its_box_decides(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "findings", *WEAK)
        await run.click("weaker")
        assert run.desk.visit.decisions == {}
        await run.click("[ ] open")
        assert [one.verdict for one in run.desk.visit.decisions.values()] == ["accepted"]
        await run.click("[✓] accepted", times=2)
        assert [one.verdict for one in run.desk.visit.decisions.values()] == ["set-aside"]
        app.walk.go_to("prescription")
        await run.until("prescription")
        await run.click("Walking")
        assert run.marked()[0].startswith("[?] Walking")
        assert run.desk.visit.prescription is None
        await run.click("[?] Walking")
        assert run.marked()[0].startswith("[ ] Walking")
        await run.click("[?] Pelvic tilt")
        assert run.desk.visit.prescription == (), "nothing that is suggested is left"


async def test_a_click_on_a_name_marks_it_and_signs_nothing(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "sign", *WEAK)
        await run.click("Enter Sign", times=2)
        assert app.screen.name == "sign", "a double click is no second Enter"
        await run.press("enter")
        await run.until("sign-as")
        await run.click("Dr Second Examiner")
        assert not run.desk.visit.signed
        assert "Dr Second Examiner" in run.marked()[-1]
        await run.click("Enter Sign")
        await run.until("papers")
        assert run.desk.visit.signature.by == "Dr Second Examiner"


async def test_keys_of_several_values_are_told_by_a_click_and_choose_none(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "safety")
        await run.press("ctrl+p", "enter")
        await run.until("help")
        assert run.desk.visit.safety == {}
        await run.press("escape")
        app.walk.go_to("prescription")
        await run.until("prescription")
        await run.click("0–9 Dose")
        await run.until("help")
        assert "Type the marked part of the dose" in run.text


async def test_what_has_no_place_of_its_own_is_clicked_in_the_help(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "safety")
        await run.click("Rest no")
        assert run.desk.visit.safety
        await run.click("Help")
        await run.until("help")
        await run.click("else take back")
        assert app.screen.name == "help", "a click on the words does nothing"
        await run.click(" X   ")
        await run.until("safety")
        assert run.desk.visit.safety == {}


async def test_x_drops_a_length_that_is_half_typed(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "leg-length")
        await run.click(" 8 ")
        await run.click("Take back")
        assert "RIGHT   1:  _" in "\n".join(run.rows)
        assert "Dropped: 8" in run.text


async def test_a_text_is_handed_in_with_the_mouse(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await at_step(run, "sign")
        await run.click("N Note")
        await run.until("ask-text")
        await run.press(*"Came")
        await run.click("Enter Go on")
        await run.until("sign")
        assert run.desk.visit.note == "Came"
