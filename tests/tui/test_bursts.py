"""Keys that come all at once, from a slow line, a scanner or a paste: each goes where it was meant to go."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from demo_copy import copy_demo
from program import Program, program
from terminal import Terminal
from textual import events
from textual.widgets import Input

from mmt.tui.app import MmtApp
from mmt.tui.asking.safety import SafetyScreen

NAMED = {"\t": "tab", "\n": "enter", " ": "space", "-": "minus", ".": "full_stop", "/": "slash"}


@pytest.fixture
def app(tmp_path: Path) -> MmtApp:
    return program(tmp_path / "clinic")


def burst(run: Program, *parts: str) -> None:
    """Post all keys back to back; a part of several signs without a name as a key is typed sign by sign."""
    for key in _keys(parts):
        run.app.post_message(key)


def _keys(parts: Iterable[str]) -> Iterable[events.Key]:
    for part in parts:
        if part in ("f3", "f4", "f8", "f9", "f10", "escape", "enter", "ctrl+p", "ctrl+q"):
            yield events.Key(part, None)
        else:
            yield from (events.Key(NAMED.get(sign, sign), sign) for sign in part)


async def comes(run: Program, wanted: Any, shown: Callable[[], Any]) -> None:
    """What is shown once the burst is through."""
    for _ in range(300):
        await run.pilot.pause(0.01)
        if run.app.screen.is_mounted and shown() == wanted:
            return
    assert shown() == wanted


def fields(run: Program) -> list[str]:
    """What the lines of a form hold."""
    return [one.value for one in run.app.screen.query(Input)]


@pytest.mark.parametrize("go_on", ["\t", "\n"])
async def test_a_burst_fills_the_fields_it_was_typed_for(go_on: str, app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "f3", f"Ann Example{go_on}1979-05-02{go_on}100")
        await run.until("patient-form")
        await comes(run, ["Ann Example", "1979-05-02", "100"], lambda: fields(run))
        assert app.screen.focused is app.screen.query_one("#chart")
        burst(run, "f10")
        await run.until("patient")
        ann = run.app.clinic.search("ann example")[0]
        assert (ann.name, ann.birth_date.isoformat(), ann.chart_number) == (
            "Ann Example",
            "1979-05-02",
            "100",
        )


async def test_letters_behind_f3_are_not_swallowed_by_the_search(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "f3", "Ann Example")
        await run.until("patient-form")
        await comes(run, ["Ann Example", "", ""], lambda: fields(run))
        assert app.screen_stack[-2].query_one("#search", Input).value == ""


async def test_a_whole_correction_in_one_burst_spoils_no_name(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "dora\n", "e", "Ann Example\t1979-05-02\t100", "f10")
        await run.until("patient")
        await comes(run, ["Ann Example"], lambda: [one.name for one in app.clinic.search("ann 1979-05-02")])
        assert app.clinic.search("dora") == []


async def test_digits_behind_a_new_visit_answer_its_first_questions(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "frank\n", "n", "\n", "000")
        await run.until("safety")
        await comes(run, [False] * 3, lambda: list(run.desk.visit.safety.values()))


async def test_a_digit_that_comes_while_f8_goes_on_answers_nothing_in_the_step_that_is_left(
    app: MmtApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "frank\n", "n", "\n")
        await run.until("safety")

        def leaves(_: SafetyScreen) -> bool:
            burst(run, "0")
            return True

        monkeypatch.setattr(SafetyScreen, "may_leave", leaves)
        burst(run, "f8")
        await run.until("story")
        await comes(run, [False], lambda: list(run.desk.visit.precautions.values()))
        assert run.desk.visit.safety == {}


async def test_digits_behind_f8_reach_the_next_step_and_flags_their_menu(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "dora\n", "n", "4.13", "f8", "902\n")
        await run.until("leg-length")
        visit = run.desk.visit
        await comes(run, [902], lambda: [one.millimetres for one in run.desk.visit.observations[-1:]])
        assert visit.seen("TA", "left")[0].flags == ("pain",)
        assert visit.seen("TP", "right")[0].grade == "3"


async def test_dialogs_take_what_was_typed_for_them(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "f4", "\t\t999 1234", "f10")
        await comes(run, "999 1234", lambda: app.clinic.letterhead.telephone)
        burst(run, "f9", "3", "escape", "dora\n", "n", "jsol\n", "3")
        await run.until("exam")
        await comes(run, "SOL 3", lambda: " ".join(_last(run)))
        assert app.clinic.settings.theme == "high-contrast"
        burst(run, "ctrl+p", "next step\n", "902\n")
        await run.until("leg-length")
        await comes(run, "902 mm", lambda: _last(run)[1])


def _last(run: Program) -> tuple[str, str]:
    one = run.desk.visit.observations[-1]
    return one.test, one.shown


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Ann Example\t1979-05-02\t100\n", ["Ann Example", "1979-05-02", "100"]),
        ("Ann Example\r\n1979-05-02", ["Ann Example", "1979-05-02", ""]),
        ("Ann Example\t1979-05-02\t100\tfemale", ["Ann Example", "1979-05-02", "100 female"]),
    ],
)
async def test_a_paste_of_several_fields_is_no_single_name(pasted: str, kept: list[str], app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        burst(run, "f3")
        app.post_message(events.Paste(pasted))
        await run.until("patient-form")
        await comes(run, kept, lambda: fields(run))


async def test_a_paste_of_several_lines_into_one_line_keeps_every_word(app: MmtApp) -> None:
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        app.post_message(events.Paste("Dora\n\tDraft\n"))
        await comes(run, ["Dora Draft"], lambda: fields(run))


async def test_a_key_is_not_kept_waiting_for_ever_by_a_busy_screen(app: MmtApp) -> None:
    app.PATIENCE_S = 0.05
    async with app.run_test() as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        over = asyncio.Event()
        app.screen.call_later(over.wait)
        burst(run, "do")
        for _ in range(300):
            await asyncio.sleep(0.01)
            if fields(run) == ["do"]:
                break
        over.set()
        assert fields(run) == ["do"]


def test_a_burst_through_a_real_terminal_fills_the_fields(tmp_path: Path) -> None:
    copy_demo(tmp_path / "clinic")
    code = "from mmt.tui.app import run_clinic; run_clinic()"
    terminal = Terminal([sys.executable, "-c", code], {**os.environ, "MMT_HOME": str(tmp_path / "clinic")})
    terminal.wait_for("Arrows choose")
    terminal.send("\x1bORAnn Example\t1979-05-02\t100\x1b[21~")
    shown = terminal.wait_for("No visit yet")
    assert "Ann Example   born 1979-05-02, " in shown
    assert "chart 100" in shown
    terminal.kill()
