"""What a patient may ask for, on one page: a copy, a restriction, to whom what was given, erasure."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mmt.model.errors import ClinicError
from mmt.model.people import Patient
from mmt.tui.desk import Home, Kind
from mmt.tui.dialogs.ask_text import AskTextScreen, ask_yes
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk, heading
from mmt.tui.widgets.wrap import Hanging

from .deeds import Deed, Deeds
from .keys import RIGHTS

COPY = (
    "E writes a copy of all that is kept: the course as a PDF, the record as JSON. M, F and T write files "
    "for other programs: another mmt, FHIR, a table."
)
FOR_WHOM = "For whom is the copy? It is kept to whom it was given."
FILE_FOR_WHOM = "For whom is the file? It is kept to whom it was given."
ERASES = (
    "All visits, notes and papers of {name} are erased for good; only that it was done stays. "
    "Nothing brings them back but a backup made before: remove those too, or they hold it until they are "
    "replaced."
)
NONE = "Nothing was given out yet: no paper, no copy."


class RightsScreen(RowWalk, Deeds[bool]):
    """The rights of a patient. It gives back True once the record was erased."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#rights"
    PLACE = RIGHTS
    BINDINGS = bindings(PLACE)

    def __init__(self, home: Home, patient: Patient) -> None:
        super().__init__(name="rights")
        self.home = home
        self._patient = patient
        self._desk = home.rights(patient.id)
        self._told = ""

    def compose(self) -> ComposeResult:
        yield Static(plain(f"Rights of {self._patient.name}"), classes="title")
        yield RowList(id="rights")
        yield Static("", id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        self.fill()

    def fill(self) -> None:
        """Show how it stands."""
        try:
            rows = self._rows()
        except ClinicError as error:
            rows, self._told = [], str(error)
        self.query_one(RowList).show(rows)
        self.query_one("#note", Static).update(plain(self._told or COPY))

    def _rows(self) -> list[Row]:
        given = [_line(one, str(at)) for at, one in enumerate(self._desk.given_out)]
        return [
            heading("Restriction"),
            _line(self._desk.restricted),
            heading("Kept until"),
            _line(self._desk.retained),
            heading("Given out", str(len(given) or "")),
            *(given or [_line(NONE)]),
        ]

    def tell(self, said: str) -> None:
        """Say what came of it."""
        self._told = said
        self.fill()

    def action_copy(self) -> None:
        """Write a copy of all that is kept."""
        hint = "Enter writes it into the folder of papers, Esc does not."
        self.app.push_screen(AskTextScreen(FOR_WHOM, "the patient", hint), self._copied)

    def _copied(self, to: str | None) -> None:
        if to is None:
            self.tell("Nothing is written.")
            return
        try:
            copy = self._desk.copy(to)
        except ClinicError as error:
            self.tell(str(error))
            return
        course = f"{copy.course} and " if copy.course else ""
        self.tell(f"Written: {course}{copy.record}")

    def action_for_mmt(self) -> None:
        """Write the record for another clinic's mmt."""
        self._write("json")

    def action_as_fhir(self) -> None:
        """Write the signed visits as FHIR."""
        self._write("fhir")

    def action_as_table(self) -> None:
        """Write the signed visits as a table."""
        self._write("csv")

    def _write(self, kind: Kind) -> None:
        hint = "Enter writes it into the folder of papers, Esc does not."
        self.app.push_screen(AskTextScreen(FILE_FOR_WHOM, "", hint), partial(self._written, kind))

    def _written(self, kind: Kind, to: str | None) -> None:
        if to is None:
            self.tell("Nothing is written.")
            return
        try:
            made = self.home.exchange().write(kind, patient=self._patient.id, to=to)
        except ClinicError as error:
            self.tell(str(error))
        else:
            files = " and ".join(str(path) for path in (made.path, made.beside) if path)
            self.tell(" ".join((f"Written: {files}", *made.left_out)))

    def action_restrict(self) -> None:
        """Restrict the record, or lift the restriction; asks why."""
        what, done = "this record", partial(self.tell, "Kept.")
        if self._desk.restriction is None:
            deed = Deed(what, "restricts", "restricted", self._desk.restrict, done)
        else:
            what = "the restriction of this record"
            deed = Deed(what, "lifts", "lifted", self._desk.lift, done)
        self.ask_why(deed)

    def action_erase(self) -> None:
        """Erase the record for good, once the time is over and a yes was typed."""
        try:
            why = self._desk.not_erasable()
        except ClinicError as error:
            why = str(error)
        if why:
            self.tell(why)
        else:
            ask_yes(self.app, ERASES.format(name=self._patient.name), self._erase)

    def _erase(self) -> None:
        try:
            self._desk.erase()
        except ClinicError as error:
            self.tell(str(error))
        else:
            self.dismiss(True)

    def action_back(self) -> None:
        """Back to the patient's page."""
        self.dismiss(False)


def _line(text: str, key: str = "") -> Row:
    return Row(Hanging(Content("  "), plain(text)), key)
