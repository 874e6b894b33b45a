"""A patient's visits at other sites, to be read alone."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mmt.model.errors import ClinicError
from mmt.model.people import Patient
from mmt.tui.desk import Home
from mmt.tui.dialogs.dialog import Scrolled
from mmt.tui.dialogs.printers import aside
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging

from .keys import ELSEWHERE

READ_ALONE = (
    "To be read alone: they are no part of this record, nothing is concluded from them, and each site grades "
    "by its own scale."
)
NONE = "Nothing was fetched yet, or there was nothing. F asks the clinic's server."
ASKING = "Asking the server …"


class ElsewhereScreen(Scrolled[None]):
    """Shows what was fetched last; asks the server in a thread, so that no key waits for it."""

    PLACE = ELSEWHERE

    def __init__(self, home: Home, patient: Patient) -> None:
        super().__init__(name="elsewhere")
        self.home = home
        self._patient = patient
        self._asks = False

    def body(self) -> ComposeResult:
        yield Static(plain(f"Visits of {self._patient.name} at other sites"), classes="title")
        yield Static(READ_ALONE, classes="hint")
        yield Vertical(id="fetched")
        yield Static("", id="fetch-said", classes="apart hint")

    def on_mount(self) -> None:
        self._fill("")

    def _fill(self, said: str) -> None:
        try:
            shown = [*self._shown()]
        except ClinicError as error:
            shown, said = [], str(error)
        fetched = self.query_one("#fetched")
        fetched.remove_children()
        fetched.mount(*shown)
        self._say(said)

    def _say(self, said: str) -> None:
        line = self.query_one("#fetch-said", Static)
        line.update(plain(said))
        line.display = bool(said)

    def _shown(self) -> Iterator[Static]:
        found, at = self.home.sending().fetched(self._patient.id)
        told = f"As the server told them on {at:%Y-%m-%d at %H:%M}." if at else NONE
        yield Static(plain(told), classes="apart")
        for one in found:
            yield Static(plain(one.heading).stylize("bold"), classes="apart")
            yield Static(Hanging(Content("  "), plain("\n".join(one.lines))))

    def action_fetch(self) -> None:
        """Ask the server, once at a time."""
        if self._asks:
            return
        try:
            work = self.home.sending().fetching(self._patient.id)
        except ClinicError as error:
            self._fill(str(error))
            return
        self._asks = True
        self._say(ASKING)
        aside(self.app, work, self._came)

    def _came(self, said: str) -> None:
        self._asks = False
        if self.is_attached:
            self._fill(said)
