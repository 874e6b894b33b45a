"""Help: what each key does on the screen that is open, and what its signs mean."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mmt.tui.keys.commands import ANYWHERE, WALK, Command, action, commands, of_screen, shown
from mmt.tui.widgets.clicks import clicks
from mmt.tui.widgets.wrap import Hanging

from .dialog import Scrolled

HEADS = {WALK: "In every step of a visit", ANYWHERE: "Everywhere"}
OWN = "Keys on this screen; a click on a key presses it"
ACROSS = 11
"""Columns for the keys."""


class HelpScreen(Scrolled[str]):
    """Lists the keys of a screen, its own first, then the signs on it. A click on a key closes this and gives
    back the action of the key; one on the words does nothing."""

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__(name="help")
        self._places = of_screen(screen)

    def body(self) -> ComposeResult:
        for place in self._places:
            yield Static(HEADS.get(place, OWN), classes="title")
            for one in commands(*self._places):
                if one in place.commands:
                    yield _row(_key(one), one.help)
        if legend := [row for place in self._places for row in place.legend]:
            yield Static("Signs on this screen", classes="title")
            for sign, said in legend:
                yield _row(_cell(sign), said)

    def action_run(self, run: str) -> None:
        """Do what the clicked key does."""
        self.dismiss(run)


def _row(lead: Content, said: str) -> Static:
    row = Static(Hanging(lead, Content(said)))
    row.auto_links = False
    return row


def _cell(sign: str) -> Content:
    return Content.styled(f" {sign:<{ACROSS}}", "bold")


def _key(command: Command) -> Content:
    """A key, which can be clicked unless it stands for several values or for this help."""
    run = action(command)
    cell = _cell(shown(command))
    return cell if run == "app.help" else clicks(cell, "run", run)
