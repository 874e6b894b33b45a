"""The label of the program: whole on every result, in short on a low list of patients."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from mmt.model.label import LABEL, LABEL_IN_SHORT
from mmt.tui.plain import plain


class ProgramLabel(Vertical):
    """Shows one of the two wordings; which one, the screen and its height decide (app.tcss)."""

    def compose(self) -> ComposeResult:
        yield Static(plain(LABEL), classes="whole-label")
        yield Static(plain(LABEL_IN_SHORT), classes="short-label")
