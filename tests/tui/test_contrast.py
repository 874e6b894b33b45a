"""Every text of every screen in every theme can be read: at least 4.5 to 1 against its ground."""

from pathlib import Path

import pytest
from contrast import Pair, contrast, pairs
from program import Program, program

from mmt.tui.themes import THEMES

LEAST = 4.5


class Looker:
    """Walks the program and gathers what is too faint: in all themes at each stop, or in one in turn."""

    def __init__(self, run: Program, *, in_turn: bool) -> None:
        self.run = run
        self.in_turn = in_turn
        self.faint: dict[str, str] = {}
        self.seen: set[Pair] = set()
        self.stops: list[str] = []

    async def look(self, screen: str) -> None:
        """Look at the screen of this name."""
        await self.run.until(screen)
        themes = list(THEMES.items())
        turn = len(self.stops) % len(themes)
        self.stops.append(screen)
        for name, theme in themes[turn : turn + 1] if self.in_turn else themes:
            self.run.app.theme = theme.name
            await self.run.pilot.pause()
            for pair, where in pairs(self.run.app).items():
                self.seen.add(pair)
                if contrast(pair) < LEAST:
                    said = f"{contrast(pair):.1f} {pair}"
                    self.faint.setdefault(f"{name} {screen} {where}", said)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast(((0, 0, 0), (255, 255, 255))) == pytest.approx(21)
    assert contrast(((118, 118, 118), (255, 255, 255))) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("in_turn", [True, pytest.param(False, marks=pytest.mark.long)])
async def test_every_text_in_every_theme_can_be_read(in_turn: bool, tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        run = Program(app, pilot)
        eye = Looker(run, in_turn=in_turn)
        await eye.look("patients")
        await run.press("f3")
        await eye.look("patient-form")
        await run.press("f10")
        await eye.look("patient-form")
        await run.press("escape", "f9")
        await eye.look("settings")
        await run.press("escape", "f8")
        await eye.look("acts")
        await run.press("enter")
        await eye.look("act")
        await run.press("escape", "escape", "f7")
        await eye.look("doubles")
        await run.press("escape", "f5")
        await eye.look("outcomes")
        await run.press("o")
        await eye.look("hands")
        await run.press("escape", "escape", *"frank", "enter")
        await eye.look("patient")
        await run.press("y")
        await eye.look("rights")
        await run.press("escape", "v")
        await eye.look("elsewhere")
        await run.press("escape")
        await run.until("patient")
        await run.press("n")
        await eye.look("new-visit")
        await run.press("enter")
        await eye.look("safety")
        await run.press("0", "1")
        await eye.look("emergency")
        await run.press("c")
        await run.until("safety")
        await run.press("slash", "0", "full_stop")
        await eye.look("safety")
        await run.press("f8")
        await eye.look("story")
        await run.press("f8")
        await run.until("exam")
        await run.press("5", "2", "full_stop")
        await eye.look("exam")
        await run.press("escape", "j")
        await eye.look("exam")
        await run.press("escape", "f8")
        await run.until("leg-length")
        await run.press(*"902", "enter", *"88")
        await eye.look("leg-length")
        await run.press("enter", "escape", "f8")
        await eye.look("findings")
        await run.press("f1")
        await eye.look("basis")
        await run.press("escape", "question_mark")
        await eye.look("help")
        await run.press("escape", "ctrl+p")
        await eye.look("palette")
        await run.press("escape", "t")
        await eye.look("ask-text")
        await run.press(*"rang", "enter", "f8")
        await eye.look("prescription")
        await run.press("f8", "f8")
        await eye.look("sign")
        await run.press("f8", "1")
        await eye.look("papers")
    assert not eye.faint, "\n".join(f"{where}: {said}" for where, said in eye.faint.items())
    least = 10 if in_turn else 10 * len(THEMES)
    assert len(eye.seen) > least, "the walk looked at hardly anything"
