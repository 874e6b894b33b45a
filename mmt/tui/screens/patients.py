"""The home screen: search as you type; with nothing typed open drafts, today's visits, who came last."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from mmt.model.errors import ClinicError
from mmt.tui.commands import bindings
from mmt.tui.dates import readings
from mmt.tui.home import Home
from mmt.tui.plain import plain
from mmt.tui.widgets.key_bar import KeyBar
from mmt.tui.widgets.label import ProgramLabel
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.patient_rows import column_heads, found_rows, home_rows
from mmt.tui.widgets.rows import MARK, Row, RowList

from .patient_form import PatientForm
from .problems import ProblemsScreen
from .setup import ClinicForm


class PatientsScreen(Screen[None]):
    """The list of patients. Typing searches, arrows choose, Enter opens."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#search"
    BINDINGS = bindings("patients")

    class Open(Message):
        """A patient was chosen."""

        def __init__(self, patient: int) -> None:
            super().__init__()
            self.patient = patient

    def __init__(self, home: Home) -> None:
        super().__init__(name="patients")
        self.home = home

    def compose(self) -> ComposeResult:
        yield Static(plain(f"Patients · {self.home.letterhead.name}"), classes="title")
        with Horizontal(id="search-row"):
            yield Static("Search", id="search-word")
            yield Input(placeholder="name, birth date or chart number", id="search", compact=True)
        yield Line(id="heads")
        yield RowList(id="list")
        yield Line(id="note")
        yield Static(plain(self._content()), id="unreviewed")
        yield ProgramLabel()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Back here: the list is read anew, and typing begins a new search."""
        self.query_one("#search", Input).action_select_all()
        self.call_after_refresh(self.fill)

    def on_resize(self) -> None:
        self.call_after_refresh(self.fill)

    @on(Input.Changed, "#search")
    def fill(self) -> None:
        """List what fits."""
        text = self.query_one("#search", Input).value
        rows_list = self.query_one(RowList)
        across = rows_list.content_region.width - 2 - len(MARK)
        try:
            rows = self._rows(text, across)
        except ClinicError as error:
            self._note(str(error))
            return
        heads = Content(" " * len(MARK)) + column_heads(across)
        self.query_one("#heads", Line).show(heads if rows else Content(""))
        rows_list.show(rows)
        if text.strip() and rows:
            rows_list.move_to(rows[1].key)
        self._note(self._said(text, rows))

    def _rows(self, text: str, across: int) -> list[Row]:
        today, home = self.home.today(), self.home
        if not text.strip():
            return home_rows(home.drafts(), home.todays(), home.search(""), today, across)
        found = {row.id: row for reading in readings(text) for row in home.search(reading)}
        return found_rows(list(found.values()), today, across)

    def _content(self) -> str:
        """That no clinician has signed the content off yet, where that is so."""
        protocol = self.home.protocol
        items = [*protocol.tests.values(), *protocol.stretches.values(), *protocol.safety.values()]
        left = sum(not one.reviewed for one in items)
        return f"{left} of {len(items)} items are not yet reviewed by a clinician." if left else ""

    def _said(self, text: str, rows: list[Row]) -> str:
        problems = len(self.home.problems)
        files = f"{problems} problems in protocol files: F2 lists them. " if problems else ""
        if not rows:
            nobody = "Nobody fits. F3 adds a new patient." if text else "No patients yet. F3 adds one."
            return files + nobody
        return f"{files}Arrows choose, Enter opens; F3 adds a new patient."

    def _note(self, text: str) -> None:
        self.query_one("#note", Line).show(plain(text))

    @on(Input.Submitted, "#search")
    def open_chosen(self) -> None:
        """Enter opens the chosen patient."""
        if key := self.query_one(RowList).cursor:
            self.post_message(self.Open(int(key)))

    @on(OptionList.OptionSelected)
    def open_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click on a row opens the patient."""
        if event.option_id:
            self.post_message(self.Open(int(event.option_id)))

    def action_down(self) -> None:
        """Choose the next patient without leaving the search."""
        self.query_one(RowList).action_cursor_down()

    def action_up(self) -> None:
        """Choose the patient before."""
        self.query_one(RowList).action_cursor_up()

    def action_new_patient(self) -> None:
        """Add a patient, with what was searched as the name."""
        typed = self.query_one("#search", Input).value
        self.app.push_screen(PatientForm(self.home, name=typed), self._added)

    def _added(self, patient: int | None) -> None:
        if patient is not None:
            self.query_one("#search", Input).value = ""
            self.post_message(self.Open(patient))

    def action_clinic(self) -> None:
        """Change the clinic's data."""
        self.app.push_screen(ClinicForm(self.home))

    def action_problems(self) -> None:
        """List what is wrong in protocol and template files."""
        self.app.push_screen(ProblemsScreen(self.home.problems))

    def action_back(self) -> None:
        """Empty the search."""
        self.query_one("#search", Input).value = ""
