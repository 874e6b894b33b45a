"""A second examiner's blind visit on the screens: what was recorded before is nowhere until it is signed."""

from pathlib import Path

from program import Program, program
from textual.widgets import Select


async def test_a_blind_visit_hides_what_was_recorded_before(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        assert "GMAX left 4" in run.text
        await run.press("n")
        await run.until("new-visit")
        screen = run.app.screen
        people = screen.query_one("#examiner", Select)
        screen.query_one("#blind", Select).value = "blind"
        await run.press("enter")
        await run.pilot.pause(0.2)
        assert run.app.screen.name == "new-visit", "who examined yesterday is no second examiner"
        assert "A blind visit is a second examiner" in run.text
        people.value = "Dr Second Examiner"
        await run.press("enter")
        await run.until("safety")
        assert "draft blind" in run.text
        await run.press("f8", "f8")
        await run.until("exam")
        assert "Earlier value hidden until graded" not in run.text, "not even that there was one"
        await run.press("4")
        assert "then" not in run.text
        await run.press("f8", "f8", "f8")
        await run.until("prescription")
        await run.press("1")
        assert "A blind visit gives no sheet" in " ".join(run.text.split())
        await run.press("escape")
        await run.until("patient")
        assert "hidden until it is signed" in run.text
        assert "GMAX left 4" not in run.text
        await run.press("c")
        assert "There is no other visit to compare with." in run.text
        await run.press("g")
        await run.pilot.pause(0.1)
        assert "GMAX" not in run.text
        assert "leg pain" not in run.text
