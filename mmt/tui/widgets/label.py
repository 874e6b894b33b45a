"""The label of the program: whole where there is room, in short on a low screen."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from mmt.model.label import LABEL, LABEL_IN_SHORT
from mmt.tui.plain import plain


class ProgramLabel(Vertical):
    """Shows one of the two wordings; which one, the height of the terminal decides (app.tcss)."""

    def compose(self) -> ComposeResult:
        yield Static(plain(LABEL), classes="whole-label")
        yield Static(plain(LABEL_IN_SHORT), classes="short-label")
