"""The home screen: search as you type, open drafts and today's visits on top."""

import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.coordinate import Coordinate
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from mmt.model.errors import ClinicError
from mmt.model.people import PatientRow
from mmt.tui.commands import bindings
from mmt.tui.home import Home
from mmt.tui.plain import cell, plain
from mmt.tui.widgets.key_bar import KeyBar
from mmt.tui.widgets.label import ProgramLabel

from .new_patient import NewPatientScreen
from .problems import ProblemsScreen


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
        yield Static("Patients", classes="title")
        yield Input(placeholder="Name, birth date or chart number", id="search")
        yield DataTable(id="list", cursor_type="row", zebra_stripes=True)
        yield Static("", id="note")
        yield Static(plain(self._content()), id="unreviewed")
        yield ProgramLabel()
        yield KeyBar()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for name, width in (("Patient", 32), ("Born", 10), ("Chart", 9), ("Last visit", 10), ("", 6)):
            table.add_column(name, width=width)
        self.fill()

    def on_screen_resume(self) -> None:
        """Back here: the list is read anew."""
        if self.query_one(DataTable).columns:
            self.fill()

    @on(Input.Changed, "#search")
    def fill(self) -> None:
        """List what fits; with nothing typed drafts first, then today's patients, then the latest."""
        text = self.query_one("#search", Input).value
        table = self.query_one(DataTable)
        try:
            rows = self._rows(text)
        except ClinicError as error:
            self.query_one("#note", Static).update(plain(str(error)))
            return
        table.clear()
        for row in rows:
            table.add_row(
                cell(row.name),
                cell(row.birth_date.isoformat()),
                cell(row.chart_number),
                cell(row.last_visit.isoformat() if row.last_visit else "new"),
                cell("draft" if row.draft else ""),
                key=str(row.id),
            )
        self.query_one("#note", Static).update(plain(self._note(text, rows)))

    def _rows(self, text: str) -> list[PatientRow]:
        if text.strip():
            return self.home.search(text)
        found = {row.id: row for row in (*self.home.drafts(), *self.home.todays(), *self.home.search(""))}
        return list(found.values())

    def _content(self) -> str:
        """That no clinician has signed the content off yet, where that is so."""
        protocol = self.home.protocol
        items = [*protocol.tests.values(), *protocol.stretches.values(), *protocol.safety.values()]
        left = sum(not one.reviewed for one in items)
        return (
            f"{left} of {len(items)} items of the content are not yet reviewed by a clinician."
            if left
            else ""
        )

    def _note(self, text: str, rows: list[PatientRow]) -> str:
        problems = len(self.home.problems)
        files = f"  {problems} problems in protocol files: F2 lists them." if problems else ""
        if not rows:
            return (
                "Nobody fits. F3 adds a new patient." if text else "No patients yet. F3 adds one."
            ) + files
        drafts = sum(row.draft is not None for row in rows)
        return (f"{len(rows)} listed" + (f", {drafts} with an open draft" if drafts else "")) + "." + files

    @on(Input.Submitted, "#search")
    def open_first(self) -> None:
        """Enter in the search opens the chosen patient."""
        table = self.query_one(DataTable)
        if table.row_count:
            self._open(table.coordinate_to_cell_key(Coordinate(table.cursor_row, 0)).row_key.value)

    @on(DataTable.RowSelected)
    def open_selected(self, event: DataTable.RowSelected) -> None:
        """A click or Enter on a row opens the patient."""
        self._open(event.row_key.value)

    def _open(self, key: str | None) -> None:
        if key:
            self.post_message(self.Open(int(key)))

    def action_down(self) -> None:
        """Choose the next patient without leaving the search."""
        self.query_one(DataTable).action_cursor_down()

    def action_up(self) -> None:
        """Choose the patient before."""
        self.query_one(DataTable).action_cursor_up()

    def action_new_patient(self) -> None:
        """Add a patient, with what was searched as the name."""
        typed = self.query_one("#search", Input).value
        self.app.push_screen(NewPatientScreen(self.home, typed, datetime.date.today()), self._added)

    def _added(self, patient: int | None) -> None:
        if patient is not None:
            self.query_one("#search", Input).value = ""
            self.post_message(self.Open(patient))

    def action_problems(self) -> None:
        """List what is wrong in protocol and template files."""
        self.app.push_screen(ProblemsScreen(self.home.problems))

    def action_back(self) -> None:
        """Empty the search."""
        self.query_one("#search", Input).value = ""
