"""How well the clinic's own readings agree, and the choice of whose errors changes are judged by."""

import time
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mmt.model.errors import ClinicError
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk
from mmt.tui.widgets.wrap import Hanging

from .keys import HANDS

if TYPE_CHECKING:
    from mmt.clinic.hands import HandsDesk

CHOICE = "O judges changes by our own errors, where there are enough pairs, or by the published ones again."
AT_ONCE_S = 0.03
"""Seconds of reading at a time, so that keys come in between."""


class HandsScreen(RowWalk, Screen[None]):
    """Each test that was read twice, with its agreement. `o` changes whose errors are judged by."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#hands"
    PLACE = HANDS
    BINDINGS = bindings(PLACE)

    def __init__(self, hands: "HandsDesk") -> None:
        super().__init__(name="hands")
        self._hands = hands
        self._reading = True

    def compose(self) -> ComposeResult:
        yield Static("How well our own readings agree", classes="title")
        yield Static("Reading on.", id="count")
        yield RowList(id="hands")
        yield Static(CHOICE, id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        self.call_after_refresh(self._read_on)

    def _read_on(self) -> None:
        """Read a few patients more; when all are read, show what came of it."""
        until = time.monotonic() + AT_ONCE_S
        try:
            while self._reading and time.monotonic() < until:
                self._reading = self._hands.more()
        except ClinicError as error:
            self.query_one("#note", Static).update(plain(str(error)))
            return
        if self._reading:
            self.set_timer(AT_ONCE_S, self._read_on)
        else:
            self.fill()

    def fill(self) -> None:
        """Show whose errors are judged by, then each test that was read twice."""
        whose, *lines = self._hands.lines()
        self.query_one("#count", Static).update(plain(whose))
        rows = [Row(Hanging(Content(""), plain(line)), str(at)) for at, line in enumerate(lines)]
        self.query_one(RowList).show(rows)

    def action_judge(self) -> None:
        """Judge changes by the clinic's own errors, where it does already by the published ones again."""
        if self._reading:
            self.app.bell()
            return
        try:
            said = self._hands.judge()
        except ClinicError as error:
            said = str(error)
        self.fill()
        self.query_one("#note", Static).update(plain(said))

    def action_back(self) -> None:
        """Back to what became of all patients."""
        self.dismiss()
