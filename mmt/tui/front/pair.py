"""Two records side by side, before they are joined."""

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mmt.model.visit import History
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.plain import plain

from .keys import PAIR
from .patient_rows import cell

LABEL, COLUMN = 14, 29
"""Columns for what a row tells, and for each record."""

ASKS = "Are these two records of one person?"
HINT = (
    "Enter joins them, and asks why: the visits of both stand by date in the record at the left, whose data "
    "stay as they are here; search finds it by either name. U undoes it until the next visit is signed. "
    "N keeps that they are two people: mmt asks no more. Esc keeps nothing."
)

Answer = Literal["one", "two"]
"""Whether two records are of one person or of two."""


class PairScreen(Dialog[Answer]):
    """Gives back whose the two records are said to be."""

    PLACE = PAIR
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, here: History, there: History) -> None:
        super().__init__(name="pair")
        self._rows = [
            (name, one, two) for name, one, two in zip(_NAMES, _told(here), _told(there), strict=True)
        ]

    def body(self) -> ComposeResult:
        yield Static(ASKS, classes="title")
        yield Static(Content("\n").join([_row(*one) for one in self._rows]), id="pair")
        yield Static(HINT, classes="hint")

    def action_take(self) -> None:
        """Join them."""
        self.dismiss("one")

    def action_apart(self) -> None:
        """Keep that they are two people."""
        self.dismiss("two")


_NAMES = ("", "Name", "Born", "Sex", "Chart", "Visits", "First, last", "Open visit")


def _told(history: History) -> tuple[str, ...]:
    """What a record holds, a word a row."""
    patient, visits = history.patient, history.visits
    draft = next((one.date.isoformat() for one in visits if not one.signed), "none")
    return (
        f"Record {patient.id}",
        patient.name,
        patient.birth_date.isoformat(),
        patient.sex,
        patient.chart_number or "none",
        str(len(visits)),
        f"{visits[0].date}, {visits[-1].date}" if visits else "none",
        draft,
    )


def _row(name: str, one: str, two: str) -> Content:
    """What both records say; a sign says where they differ in who the person is."""
    differs = name in _NAMES[1:4] and one != two
    mark = "≠ " if differs else "  "
    line = Content.assemble(f"{name:<{LABEL}}", cell(one, COLUMN), mark, plain(two))
    return line.stylize("bold" if differs or not name else "")
