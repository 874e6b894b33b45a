"""The home screen: search as you type; with nothing typed open drafts, today's visits, who came last."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker, WorkerState

from mmt.model.errors import ClinicError
from mmt.reasoning.signed import tally_said
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.reviewing.screen import ReviewingScreen
from mmt.tui.widgets.label import ProgramLabel
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import MARK, Row, RowList, RowWalk

from .acts import ActsScreen
from .doubles import DoublesScreen
from .keys import PATIENTS
from .outcomes import OutcomesScreen
from .patient_form import PatientForm
from .patient_rows import column_heads, found_rows, home_rows, looked_up
from .problems import ProblemsScreen
from .search import Search
from .setup import ClinicForm

if TYPE_CHECKING:
    from mmt.clinic.backups.desk import BackupDesk

LOW = 16
"""Rows below which the patients need the room of all that is not urgent."""


class PatientsScreen(RowWalk, Screen[None]):
    """The list of patients. Typing searches, arrows choose, Enter opens."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#search"
    PLACE = PATIENTS
    BINDINGS = bindings(PLACE)

    @dataclass
    class Open(Message):
        """A patient was chosen."""

        patient: int

    def __init__(self, home: Home, backups: "BackupDesk | None" = None) -> None:
        super().__init__(name="patients")
        self.home = home
        self._backups = backups
        self._problems = 0
        self._opened = ""
        self._exposed = ""

    def compose(self) -> ComposeResult:
        yield Static(plain(f"Patients · {self.home.letterhead.name}"), classes="title")
        with Horizontal(id="search-row"):
            yield Static("Search", id="search-word")
            yield Search(placeholder="name, birth date or chart number", id="search", compact=True)
        yield Line(id="heads")
        yield RowList(id="list", can_focus=False)
        yield Line(id="note")
        yield Line(id="backup")
        yield Line(id="sending")
        yield Line(id="unreviewed")
        yield ProgramLabel()
        yield KeyBar()

    def on_mount(self) -> None:
        """The list does not wait until the protocols are read."""
        self._offer()
        self.call_after_refresh(self.run_worker, self._content, thread=True)

    def _content(self) -> tuple[str, int]:
        """How much of the content a clinician signed off; how many problems the files have."""
        return tally_said(self.home.sign_off().tally), len(self.home.problems)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The protocols are read: say what is open in them."""
        if event.state == WorkerState.SUCCESS and event.worker.result:
            said, self._problems = event.worker.result
            self.query_one("#unreviewed", Line).show(plain(said))
            self._offer()
            if self._problems:
                self.fill()

    def _offer(self) -> None:
        """Offer to tell of problems only where there are some."""
        self.query_one(KeyBar).leave_out(() if self._problems else ("Problems",))

    def on_screen_resume(self) -> None:
        """Back here: the list is read anew with the last patient marked, and typing begins a new search."""
        self.query_one("#search", Input).action_select_all()
        self._exposed = self.home.exposed
        self.tell_backup()
        self.tell_sending()
        self.call_after_refresh(self.fill, self._opened)

    def tell_backup(self) -> None:
        """Say that there is no backup, or an old one; nothing otherwise."""
        said = ""
        if self._backups is not None and self.size.height >= LOW:
            with suppress(ClinicError):  # what is wrong with the records is told with the list
                said = self._backups.told()
        line = self.query_one("#backup", Line)
        line.show(plain(said))
        line.display = bool(said)

    def tell_sending(self) -> None:
        """Say what waits for the server and what it refused; nothing otherwise."""
        said = ""
        if self._backups is not None and self.size.height >= LOW:
            with suppress(ClinicError):  # what is wrong with the records is told with the list
                said = self.home.sending().told()
        line = self.query_one("#sending", Line)
        line.show(plain(said))
        line.display = bool(said)

    def on_resize(self) -> None:
        self.tell_backup()
        self.tell_sending()
        self.call_after_refresh(self.fill)

    @on(Input.Changed, "#search")
    def search(self) -> None:
        """List what fits now; the first that was found is marked."""
        self.fill()
        rows = self.query_one(RowList)
        if self.query_one("#search", Input).value.strip():
            rows.action_first()

    def fill(self, marked: str = "") -> None:
        """List what fits, with the mark on the patient of this number where it stands there."""
        text = self.query_one("#search", Input).value
        rows_list = self.query_one(RowList)
        across = rows_list.content_region.width - 2 - len(MARK)
        try:
            rows = self._rows(text, across)
        except ClinicError as error:
            rows_list.show([])
            self._note(self.home.trouble or str(error))
            return
        heads = Content(" " * len(MARK)) + column_heads(across)
        self.query_one("#heads", Line).show(heads if rows else Content(""))
        rows_list.show(rows)
        if marked in {row.key for row in rows if row.key}:
            rows_list.move_to(marked)
        self._note(self._said(text, rows))

    def _rows(self, text: str, across: int) -> list[Row]:
        today, home = self.home.today(), self.home
        if not text.strip():
            return home_rows(home.drafts(), home.todays(), home.search(""), today, across)
        return found_rows(looked_up(home, text), today, across)

    def _said(self, text: str, rows: list[Row]) -> str:
        if trouble := self.home.trouble:
            return trouble
        files = "Something is wrong in a file: F2 says what.\n" if self._problems else ""
        for odd in filter(None, (self._exposed, self.home.unwiped)):
            files = f"{odd}\n{files}"
        if not rows:
            nobody = "Nobody fits. F3 adds a new patient." if text else "No patients yet. F3 adds one."
            return files + nobody
        low = bool(files) and self.size.height < LOW
        return files.strip() if low else f"{files}Arrows choose, Enter opens; F3 adds a new patient."

    def _note(self, text: str) -> None:
        self.query_one("#note", Line).show(plain(text))

    @on(Input.Submitted, "#search")
    @on(OptionList.OptionSelected)
    def open_chosen(self) -> None:
        """Enter opens the chosen patient, and so does a click."""
        if key := self.query_one(RowList).cursor:
            self._open(key)

    def _open(self, patient: str) -> None:
        self._opened = patient
        self.post_message(self.Open(int(patient)))

    def action_page_down(self) -> None:
        """A page of patients down."""
        self.query_one(RowList).action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        """A page of patients up."""
        self.query_one(RowList).action_page_up()  # type: ignore[no-untyped-call]

    def action_new_patient(self) -> None:
        """Add a patient, with what was searched as the name."""
        typed = self.query_one("#search", Input).value
        self.app.push_screen(PatientForm(self.home, name=typed), self._added)

    def _added(self, patient: int | None) -> None:
        if patient is not None:
            self.query_one("#search", Input).value = ""
            self._open(str(patient))

    def action_clinic(self) -> None:
        """Change the clinic's data."""
        self.app.push_screen(ClinicForm(self.home))

    def action_outcomes(self) -> None:
        """What became of all patients."""
        self.app.push_screen(OutcomesScreen(self.home))

    def action_doubles(self) -> None:
        """Records that may be of one person."""
        self.app.push_screen(DoublesScreen(self.home))

    def action_acts(self) -> None:
        """Who did what with the records."""
        self.app.push_screen(ActsScreen(self.home))

    def action_problems(self) -> None:
        """List what is wrong in protocol and template files."""
        self.app.push_screen(ProblemsScreen(self.home.problems))

    def action_review(self) -> None:
        """Sign off the content."""
        self.app.push_screen(ReviewingScreen(self.home.sign_off()), self._reviewed)

    def _reviewed(self, _: None) -> None:
        self.home.read_content_anew()
        self.run_worker(self._content, thread=True)

    def action_back(self) -> None:
        """Empty the search."""
        self.query_one("#search", Input).value = ""
