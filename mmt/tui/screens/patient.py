"""A patient's page: the visits in a list, a new visit, the draft to go on with."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.coordinate import Coordinate
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Static

from mmt.model.errors import ClinicError
from mmt.model.visit import History, Visit
from mmt.tui.commands import bindings
from mmt.tui.home import Home
from mmt.tui.plain import cell, plain
from mmt.tui.widgets.key_bar import KeyBar

from .new_visit import NewVisitScreen


class PatientScreen(Screen[None]):
    """Visits, newest first. Enter opens one; `n` begins a new one or goes on with the draft."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#visits"
    BINDINGS = bindings("patient")

    class Begin(Message):
        """A new visit is to begin."""

        def __init__(self, patient: int, examiner: str, scale: str, exam: str) -> None:
            super().__init__()
            self.patient = patient
            self.examiner = examiner
            self.scale = scale
            self.exam = exam

    class Open(Message):
        """A visit was chosen."""

        def __init__(self, visit: int) -> None:
            super().__init__()
            self.visit = visit

    def __init__(self, home: Home, history: History) -> None:
        super().__init__(name="patient")
        self.home = home
        self.history = history

    def compose(self) -> ComposeResult:
        yield Static(self._head(), classes="title")
        yield Static(plain(self._about()), id="about")
        yield DataTable(id="visits", cursor_type="row", zebra_stripes=True)
        yield Static("", id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        for name, width in (("Visit", 10), ("State", 8), ("Examiner", 20), ("Exam", 22), ("Seen", 9)):
            self.query_one(DataTable).add_column(name, width=width)
        self.fill()

    def on_screen_resume(self) -> None:
        """Back from a visit: the visits are read anew."""
        try:
            self.history = self.home.history(self.history.patient.id)
        except ClinicError as error:
            self.query_one("#note", Static).update(plain(str(error)))
        if self.query_one(DataTable).columns:
            self.fill()

    def fill(self) -> None:
        """List the visits, newest first."""
        table = self.query_one(DataTable)
        table.clear()
        self.query_one("#note", Static).update(plain(self._note()))
        for visit in reversed(self.history.visits):
            table.add_row(*map(cell, self._row(visit)), key=str(visit.id))

    def _head(self) -> Content:
        patient = self.history.patient
        return plain(f"{patient.name}   born {patient.birth_date.isoformat()}")

    def _about(self) -> str:
        patient = self.history.patient
        known = (
            f"chart {patient.chart_number}" if patient.chart_number else "",
            patient.sex if patient.sex != "unknown" else "",
            f"{patient.handedness}-handed" if patient.handedness in ("right", "left") else "",
        )
        return "   ".join(filter(None, known))

    def _row(self, visit: Visit) -> tuple[str, ...]:
        exam = self.home.protocol.exams.get(visit.exam)
        state = "signed" if visit.signed else "draft"
        seen = f"{len(visit.observations)} values"
        return visit.date.isoformat(), state, visit.examiner, exam.name if exam else visit.exam, seen

    def _note(self) -> str:
        if self._draft() is not None:
            return "There is an open draft: n or Enter goes on where it was left."
        if not self.history.visits:
            return "No visit yet. n begins the first one."
        return "n begins a follow-up. Enter opens a visit; addenda are written on its papers."

    def _draft(self) -> Visit | None:
        return next((one for one in self.history.visits if not one.signed), None)

    @on(DataTable.RowSelected)
    def open_selected(self, event: DataTable.RowSelected) -> None:
        """Enter or a click opens a visit."""
        if event.row_key.value:
            self.post_message(self.Open(int(event.row_key.value)))

    def action_new_visit(self) -> None:
        """Begin a visit, or go on with the draft."""
        if draft := self._draft():
            self.post_message(self.Open(draft.id))
            return
        self.app.push_screen(NewVisitScreen(self.home, self.history), self._begin)

    def _begin(self, chosen: tuple[str, str, str] | None) -> None:
        if chosen is not None:
            self.post_message(self.Begin(self.history.patient.id, *chosen))

    def action_addendum(self) -> None:
        """Add a note: open the signed visit's papers, where an addendum is written."""
        table = self.query_one(DataTable)
        if not table.row_count:
            return
        key = table.coordinate_to_cell_key(Coordinate(table.cursor_row, 0)).row_key.value
        visit = next(one for one in self.history.visits if str(one.id) == key)
        if not visit.signed:
            self.notify("An addendum goes to a signed visit; a draft is changed in place.", markup=False)
            return
        self.post_message(self.Open(visit.id))

    def action_back(self) -> None:
        """Back to the list of patients."""
        self.dismiss()
