"""How a stretch is done, on the stretches step: in words everywhere, in pictures where the terminal can."""

import os
import re
import sys
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program
from terminal import Terminal

from mmt.tui.widgets.rows import RowList

SIXEL = re.compile(rb"\x1bP.+?\x1b\\", re.DOTALL)
"""A picture in Sixel."""


async def at_the_stretches(run: Program) -> None:
    """Frank's signed visit, whose sheet has the seated buttock stretch on the left."""
    await run.until("patients")
    await run.press(*"frank", "enter")
    await run.until("patient")
    await run.press("enter")
    await run.until("signed")
    run.app.screen.query_one(RowList).move_to("E01")


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_terminal_without_pictures_shows_the_steps(size: tuple[int, int], tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await at_the_stretches(run)
        await run.press("d")
        await run.until("drawing")
        assert "Seated buttock stretch · LEFT" in run.text
        assert "Hold and breathe." in run.text
        assert "the patient's sheet has the drawings" in run.text
        await run.press("escape")
        await run.until("signed")


PATIENTLY = """
import textual_image._terminal as terminal
asked = terminal.capture_terminal_response
terminal.capture_terminal_response = lambda start_marker, end_marker, timeout: (
    asked(start_marker, end_marker, 5)
)
from mmt.tui.app import run_clinic
run_clinic()
"""
"""The program, that waits longer for the terminal's answer: machines that run tests are slow."""


ROWS = 60
"""More rows than the page of the signed visit has above its sheet."""


@pytest.mark.parametrize(("says", "shown"), [("62;4", 2), ("62;22", 0)], ids=["sixel", "no pictures"])
def test_a_terminal_that_shows_pictures_gets_each_drawing(says: str, shown: int, tmp_path: Path) -> None:
    copy_demo(tmp_path / "clinic")
    terminal = Terminal(
        [sys.executable, "-c", PATIENTLY],
        {**os.environ, "MMT_HOME": str(tmp_path / "clinic")},
        answers={b"\x1b[c": f"\x1b[?{says}c".encode(), b"\x1b_G": b"\x1b_Gi=1;ENOENT:no\x1b\\"},
    )
    terminal.wait_for("Arrows choose")
    terminal.send("frank\r")
    terminal.wait_for("N begins")
    terminal.send("\r")
    terminal.wait_for("Findings")
    for _ in range(ROWS):
        if "▶ [✓] Bridge" in (before := terminal.text):
            break
        terminal.send("j")
        terminal.wait_for(lambda text, before=before: text != before)
    terminal.send("d")
    terminal.wait_for("Bridge")
    terminal.wait_for(lambda text: "shows no pictures" in text or len(pictures(terminal)) >= 2)
    assert ("shows no pictures" in terminal.text) == (shown == 0)
    terminal.send("\x1b")
    terminal.wait_for("The sheet as given")
    assert len(pictures(terminal)) == shown
    terminal.kill()


def pictures(terminal: Terminal) -> set[bytes]:
    """The pictures that were printed."""
    return set(SIXEL.findall(terminal.raw))
