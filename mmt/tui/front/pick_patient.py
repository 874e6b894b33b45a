"""Another patient, searched by typing."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.people import PatientRow
from mmt.tui.desk import Home
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import MARK, RowList, RowWalk

from .keys import PICK_PATIENT
from .patient_rows import found_rows, looked_up
from .search import Search

HINT = "Arrows choose, Enter takes the marked patient, Esc changes nothing."

NOBODY = "Nobody fits. Add the patient in the list of patients first (F3)."


class PickPatientScreen(RowWalk, Dialog[PatientRow]):
    """Gives back the patient that is marked when Enter is pressed, or clicked; nobody before a search."""

    AUTO_FOCUS: ClassVar[str] = "#search"
    PLACE = PICK_PATIENT

    def __init__(self, home: Home, asks: str) -> None:
        super().__init__(name="pick-patient")
        self._home, self._asks = home, asks
        self._found: list[PatientRow] = []

    def body(self) -> ComposeResult:
        yield Static(plain(self._asks), classes="title")
        yield Search(placeholder="name, birth date or chart number", id="search", compact=True)
        yield RowList(id="picked", can_focus=False)
        yield Static(HINT, classes="hint", id="hint")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """List what fits now."""
        rows, typed = self.query_one(RowList), event.value.strip()
        try:
            self._found = looked_up(self._home, typed) if typed else []
            said = HINT if self._found or not typed else NOBODY
        except ClinicError as error:
            self._found, said = [], str(error)
        across = rows.content_region.width - 2 - len(MARK)
        rows.show(found_rows(self._found, self._home.today(), across))
        self.query_one("#hint", Static).update(plain(said))

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def take(self) -> None:
        """Give back the marked patient."""
        key = self.query_one(RowList).cursor
        if taken := next((one for one in self._found if str(one.id) == key), None):
            self.dismiss(taken)
        else:
            self.app.bell()
