"""Help: what each key does on the screen that is open, and what its signs mean."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import ANYWHERE, DIALOG, WALK, bindings, commands, of_screen, shown
from mmt.tui.widgets.wrap import Hanging

HEADS = {WALK: "In every step of a visit", ANYWHERE: "Everywhere"}
ACROSS = 11
"""Columns for the keys."""


class HelpScreen(ModalScreen[None]):
    """Lists the keys of a screen, its own first, then the signs on it."""

    PLACE = DIALOG
    BINDINGS = bindings(PLACE)

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__(name="help")
        self._places = of_screen(screen)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            for place in self._places:
                yield Static(HEADS.get(place, "Keys on this screen"), classes="title")
                yield from _rows(
                    (shown(one), one.help) for one in commands(*self._places) if one in place.commands
                )
            if legend := [row for place in self._places for row in place.legend]:
                yield Static("Signs on this screen", classes="title")
                yield from _rows(legend)
        yield KeyBar()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()


def _rows(rows: Iterable[tuple[str, str]]) -> Iterable[Static]:
    for sign, said in rows:
        yield Static(Hanging(Content.styled(f" {sign:<{ACROSS}}", "bold"), Content(said)))
