"""The label of the program: whole or in short with the list of patients, in one line under results."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from mmt.model.label import LABEL, LABEL_IN_SHORT, LABEL_LINES, UNREVIEWED_LINES

from .plain import plain


class ProgramLabel(Vertical):
    """Shows one of the two wordings; which one, the screen and its height decide (app.tcss)."""

    def compose(self) -> ComposeResult:
        yield Static(plain(LABEL), classes="whole-label")
        yield Static(plain(LABEL_IN_SHORT), classes="short-label")


class LabelLine(Widget):
    """The label in one line, with whether the content is reviewed: the longest wording that fits."""

    def __init__(self, *, reviewed: bool) -> None:
        super().__init__()
        self._wordings = LABEL_LINES if reviewed else UNREVIEWED_LINES

    def render(self) -> Content:
        fitting = (one for one in self._wordings if len(one) <= self.size.width)
        return plain(next(fitting, self._wordings[-1]))
