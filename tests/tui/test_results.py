"""Findings, stretches, signature and papers: what keys do to the record, and the words that stand there."""

from pathlib import Path

import pikepdf
import pytest
from program import Program, program

from mmt.model.observation import Observation


async def _to_draft(run: Program, name: str, *observations: Observation) -> None:
    """Open the patient's new or open visit, with these values seen."""
    await run.until("patients")
    await run.press(*name, "enter")
    await run.until("patient")
    await run.press("n")
    await run.pilot.pause()
    if run.app.screen.name == "new-visit":
        await run.press("enter")
    while run.app.desk is None:
        await run.pilot.pause(0.01)
    await run.pilot.pause()
    for observation in observations:
        run.desk.keep(observation)


def grade(test: str, side: str, code: str) -> Observation:
    return Observation(test=test, side=side, grade=code)  # type: ignore[arg-type]


async def test_space_accepts_sets_aside_and_leaves_open(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        app.go_to("findings")
        await run.until("findings")
        assert "No red flag recorded today" not in run.text
        assert "Red-flag questions not asked" in run.text
        app.screen.query_one("#lines").highlighted = app.screen.query_one("#lines").get_option_index(
            "weakness:GMED:left"
        )
        await run.press("space")
        assert run.desk.visit.decisions["weakness:GMED:left"].verdict == "accepted"
        assert "accepted" in run.text
        await run.press("up", "space")
        assert run.desk.visit.decisions["weakness:GMED:left"].verdict == "set-aside"
        await run.press("up", "space")
        assert "weakness:GMED:left" not in run.desk.visit.decisions


async def test_f_compares_with_the_first_visit_and_back(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "frank", grade("GMED", "left", "5"))
        app.go_to("findings")
        await run.until("findings")
        assert "Compared with the visit before" in run.text
        assert "better" not in run.text
        await run.press("f")
        assert "Compared with the first visit" in run.text
        assert "better (likely)" in run.text
        await run.press("f")
        assert "Compared with the visit before" in run.text


async def test_the_sheet_is_changed_in_place_and_holds_five_at_most(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMAX", "left", "4"))
        for code in run.desk.protocol.precautions:
            run.desk.answer("precautions", code, False)
        app.go_to("prescription")
        await run.until("prescription")
        chosen = [one.stretch for one in run.desk.visit.prescription or ()]
        assert chosen[-1] == "E27"
        first = chosen[0]
        await run.press("plus")
        dose = next(one.dose for one in run.desk.visit.prescription or () if one.stretch == first)
        assert dose.reps == run.desk.protocol.stretches[first].dose.reps + 1
        assert f"{dose.reps} times" in run.text
        await run.press("space")
        assert first not in [one.stretch for one in run.desk.visit.prescription or ()]
        assert "minutes a day" in run.text


async def test_a_stretch_that_asks_for_a_tick_is_taken_by_it(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        for code in run.desk.protocol.precautions:
            run.desk.answer("precautions", code, code == "THA")
        app.go_to("prescription")
        await run.until("prescription")
        assert "E12" not in [one.stretch for one in run.desk.visit.prescription or ()]
        assert "Only after your tick" in run.text
        lines = app.screen.query_one("#lines")
        lines.highlighted = lines.get_option_index("E12:THA")
        await run.press("space")
        assert "E12" not in [one.stretch for one in run.desk.visit.prescription or ()]
        await run.press("asterisk")
        taken = next(one for one in run.desk.visit.prescription or () if one.stretch == "E12")
        assert (taken.side, taken.ticked) == ("left", ("THA",))


async def test_an_urgent_alert_holds_the_sheet_until_the_action_is_written(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("TA", "left", "2"), grade("TA", "right", "5"))
        app.go_to("prescription")
        await run.until("prescription")
        assert "No sheet leaves until the action taken is written down" in run.text
        await run.press("f8")
        await run.until("sign")
        await run.press("f8")
        await run.until("papers")
        await run.press("1")
        assert "write down what was done" in run.text
        assert not list((tmp_path / "clinic" / "export").glob("*.pdf"))
        await run.press("f7")
        await run.until("sign")
        await run.press("t", *"Called the neurologist", "enter")
        await run.until("sign")
        assert run.desk.visit.action == "Called the neurologist"
        await run.press("f8")
        await run.until("papers")
        await run.press("1")
        assert list((tmp_path / "clinic" / "export").glob("*hand-out.pdf"))


async def test_a_signed_visit_stays_and_takes_an_addendum(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("findings")
        before = run.desk.visit
        app.screen.query_one("#lines").action_last()
        await run.press("space", "f8")
        await run.until("prescription")
        await run.press("plus", "space")
        assert "signed and stays as it is" in run.text
        assert run.desk.visit == before
        await run.press("f8", "f8")
        await run.until("papers")
        await run.press("a", *"Telephoned: doing well", "enter")
        await run.until("papers")
        assert [one.text for one in run.desk.visit.addenda] == ["Telephoned: doing well"]
        assert "Telephoned: doing well" in run.text


async def test_a_paper_is_protected_once_the_passphrase_was_typed_twice(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("findings")
        app.go_to("papers")
        await run.until("papers")
        await run.press("p", *"short", "enter")
        assert "Too short" in run.text
        await run.press(*" no more", "enter", *"something else", "enter")
        assert "not the same" in run.text
        await run.press(*"blue chair 7", "enter", *"blue chair 7", "enter")
        await run.until("papers")
        assert "Protected by your passphrase." in run.text
        assert "blue" not in run.text
        await run.press("4", "p", "4")
        assert "Protected" not in run.text
    closed, open_ = sorted(
        (tmp_path / "clinic" / "export").glob("*.pdf"), key=lambda path: "-2.pdf" in path.name
    )
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(closed)
    pikepdf.open(closed, password="blue chair 7").close()
    pikepdf.open(open_).close()


async def test_an_export_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        (tmp_path / "clinic" / "export").write_text("a file where the folder should be")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("findings")
        before = run.desk.visit
        app.go_to("papers")
        await run.until("papers")
        await run.press("1")
        assert "could not be written" in run.text
        assert run.desk.visit == before
