"""The settings of a station: what is chosen is seen, heard and felt at once, and after a restart as well."""

import json
from pathlib import Path
from typing import get_args

import pytest
from program import Program, program
from textual import constants
from textual.app import App
from textual.color import Color
from textual.widgets import Input

from mmt.model.papers import PaperSize
from mmt.model.settings import Colours, SideOrder
from mmt.tui.dialogs.settings import CHOICES, DIGITS, FILES, NO_PRINTER, PAPER
from mmt.tui.themes import THEMES


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that the terminal rings."""
    heard: list[str] = []
    monkeypatch.setattr(App, "bell", lambda app: heard.append(app.screen.name))
    return heard


async def started(run: Program) -> None:
    await run.until("patients")
    await run.press("f9")
    await run.until("settings")


def ground(run: Program) -> Color:
    return run.app.screen_stack[0].background_colors[1]


async def to_exam(run: Program) -> None:
    """Nora's first visit at its exam."""
    await run.until("patients")
    await run.press(*"nora", "enter")
    await run.until("patient")
    await run.press("n")
    await run.until("new-visit")
    await run.press("enter")
    await run.until("safety")
    run.app.walk.go_to("exam")
    await run.until("exam")


def test_each_value_that_a_setting_can_have_is_offered_by_a_digit_of_its_own() -> None:
    choices = [one for rows in CHOICES.values() for one in rows]
    assert sorted(one.digit for one in choices) == list("0123456789")
    offered = {(one.field, one.value) for one in choices}
    assert offered == {
        *(("theme", name) for name in get_args(Colours)),
        *(("side_order", name) for name in get_args(SideOrder)),
        *((switch, on) for switch in ("bell", "reduced_motion") for on in (True, False)),
    }
    assert {(one.field, one.value) for one in FILES["Names of files"]} == {
        ("name_in_files", True),
        ("name_in_files", False),
    }
    paper = [one for rows in PAPER.values() for one in rows]
    assert [*(one.digit for one in (*paper, NO_PRINTER)), *DIGITS] == list("1234567890")
    offered = {(one.field, one.value) for one in paper}
    sizes = (("paper_size", name) for name in get_args(PaperSize))
    assert offered == {*sizes, ("both_sides", False), ("both_sides", True)}


async def test_colours_change_at_once_and_are_there_after_a_restart(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await started(run)
        assert "[✓] Dark" in run.text
        assert ground(run) == Color.parse(str(THEMES["dark"].background))
        await run.press("2")
        assert "[✓] Light" in run.text
        assert "[ ] Dark" in run.text
        assert "Colours: Light." in run.text
        assert ground(run) == Color.parse(str(THEMES["light"].background))
    again = program(tmp_path / "clinic")
    async with again.run_test(size=(80, 24)) as pilot:
        run = Program(again, pilot)
        await run.until("patients")
        assert ground(run) == Color.parse(str(THEMES["light"].background))


async def test_a_silent_station_shows_alarms_and_refusals_without_a_bell(
    tmp_path: Path, rung: list[str]
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_exam(run)
        await run.press("7")
        assert rung == ["exam"]
        await run.press("f9", "6", "escape", "7", "2")
        assert rung == ["exam"]
        assert "ALARM, urgent" in run.text
        await run.press("f9", "5", "escape", "7")
        assert rung == ["exam", "exam"]


async def test_without_motion_nothing_glides_and_no_cursor_blinks(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await started(run)
        search = app.screen_stack[-2].query_one("#search", Input)
        assert (app.animation_level, search.cursor_blink) == ("full", True)
        await run.press("8", "escape")
        assert (app.animation_level, search.cursor_blink) == ("none", False)
        await run.press("f3")
        assert not app.screen.query_one("#name", Input).cursor_blink
        await run.press("escape", "f9", "7", "escape")
        assert (app.animation_level, search.cursor_blink) == ("full", True)


async def test_usual_motion_is_what_the_system_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await started(run)
        await run.press("8", "7")
        assert app.animation_level == "none"


async def test_the_order_of_sides_reaches_the_exam_that_is_open(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await to_exam(run)
        run.desk.answer("story", "leg_pain_side", "right")
        await run.press("f9", "0", "escape")
        assert "Sound side first, at this visit and the next ones: the left one here." in run.text
        await run.press("5")
        assert [one.side for one in run.desk.visit.observations] == ["left"]


async def test_a_keypad_and_a_mouse_are_each_enough(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await started(run)
        await run.press("add", "add", "enter")
        assert app.theme == "mmt-high-contrast"
        await run.press("subtract", "enter", "divide")
        assert (app.screen.name, app.theme) == ("patients", "mmt-light")
        await run.press("f9")
        at = [one.id for one in app.screen.query_one("#choices").options].index("4")
        await run.pilot.click("#choices", offset=(8, at))
        await pilot.pause()
        assert app.theme == "mmt-blue-orange"


async def test_the_settings_are_found_by_name_and_their_keys_are_told(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("ctrl+p", *"motion", "enter")
        await run.until("settings")
        await run.press("question_mark")
        await run.until("help")
        assert "Choose the line of this number" in run.text
        assert "not chosen" in run.text
        await run.press("escape")
        assert app.screen.name == "settings"
        await run.press("escape")
        assert app.screen.name == "patients"


async def test_what_cannot_be_kept_holds_and_the_whole_sentence_is_read(
    tmp_path: Path, rung: list[str]
) -> None:
    folder = tmp_path / ("a-folder-with-a-long-name-" * 4) / "clinic"
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await started(run)
        (folder / "settings.json").mkdir()
        await run.press("2")
        assert app.theme == "mmt-light"
        assert rung == ["settings"]
        read = "".join(run.text.replace("│", "").split())
        assert "Thesettingholdsnow,butcouldnotbekept" in read
        assert "settings.jsoncannotbewritten(somethingthatisnotafilehasthisname)." in read


async def test_a_faulty_file_is_named_and_everything_is_as_it_comes(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    first = program(folder)
    async with first.run_test() as pilot:
        await Program(first, pilot).until("patients")
    (folder / "settings.json").write_text(json.dumps({"theme": "pink"}))
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.theme == "mmt-dark"
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "F2 says what" in run.text
        await run.press("f2")
        await run.until("problems")
        assert "settings.json" in "".join(run.text.replace("│", "").split())
        assert "pink" in run.text
