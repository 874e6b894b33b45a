"""The charts of a patient: one measure at a time over all visits, those that changed first."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from mmt.model.protocol import Protocol
from mmt.model.visit import History
from mmt.reasoning.series import Series, series
from mmt.reasoning.wording import sentence
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain

from .draw import SIGNS, chart
from .keys import CHART
from .words import title, track_said

LOWEST = 6
"""Rows that a chart has at least."""

BESIDE = 10
"""Rows for what stands above and below the chart: title, what counts, the signs, the words, the keys."""

NOTHING = "Nothing was measured at two visits yet: there is no course to draw."


class ChartScreen(Screen[None]):
    """Walks through the measures. What the chart shows stands below it in words."""

    ALLOW_SELECT = False
    PLACE = CHART
    BINDINGS = bindings(PLACE)
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, history: History, protocol: Protocol) -> None:
        super().__init__(name="chart")
        self._history, self._protocol = history, protocol
        self._series: tuple[Series, ...] = series(history, protocol)
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Static("", id="chart-title", classes="title")
        yield Static("", id="chart-counts")
        yield Static("", id="chart")
        with VerticalScroll(id="chart-words", can_focus=False):
            yield Static("", id="chart-said")
        yield KeyBar()

    def on_mount(self) -> None:
        self.show()

    @on(Resize)
    def show(self) -> None:
        """The measure that is looked at, in the room there is."""
        if not self._series:
            self.query_one("#chart-title", Static).update(plain(self._history.patient.name))
            self.query_one("#chart-counts", Static).update(NOTHING)
            return
        one, protocol = self._series[self._at], self._protocol
        place = f"{self._at + 1} of {len(self._series)}{'' if one.changed else ', within noise'}"
        heading = Content.assemble((title(one, protocol), "bold"), (f"   {place}", "dim"))
        said = [track_said(track, one, self._history, protocol) for track in one.tracks]
        across, down = self.size
        self.query_one("#chart-title", Static).update(heading)
        counts = f"{sentence(one.ruler.counts, protocol)}\n{SIGNS}"
        self.query_one("#chart-counts", Static).update(counts)
        self.query_one("#chart-said", Static).update(Content("\n").join(said))
        self.query_one("#chart", Static).update(chart(one, across - 2, max(LOWEST, down - BESIDE)))

    def action_next(self) -> None:
        """The next measure; after the last one the first."""
        self._go(1)

    def action_before(self) -> None:
        """The measure before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        if self._series:
            self._at = (self._at + by) % len(self._series)
            self.show()

    def action_back(self) -> None:
        """Back to the patient."""
        self.dismiss()
