"""Who did what with the records: all acts, or those with a patient, of a person, of a day, newest first."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from mmt.dates.typed import possible
from mmt.dates.words import in_words
from mmt.model.acts import Asked, Told
from mmt.model.errors import ClinicError
from mmt.model.people import PatientRow
from mmt.tui.desk import Home
from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.dialogs.choose import ChooseScreen
from mmt.tui.dialogs.dialog import Scrolled
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import MARK, Row, RowList, RowWalk, heading
from mmt.tui.widgets.wrap import Hanging

from .keys import ACTS
from .patient_rows import cell
from .pick_patient import PickPatientScreen

if TYPE_CHECKING:
    from mmt.clinic.acts.desk import ActsDesk

TIME, WHO, WHOSE = 7, 18, 22
"""Columns for the time, the person and the patient."""

NARROW, WHO_NARROW, WHOSE_NARROW = 100, 12, 15
"""Columns of a line below which the person and the patient get less."""

CHOOSE = "Enter takes the marked name. A digit marks another one."
EVERYBODY = "everybody"
ASKS_DAY = "Of which day? Empty shows all days."
DAY_HINT = "2026-03-02, 2 March 2026, today or yesterday. Enter shows it, Esc changes nothing."
WRITTEN_DOWN = "Enter shows all of an act. That you looked is written down, too."


class ActsScreen(RowWalk, Screen[None]):
    """A page of acts. Enter shows one whole; a patient's own page shows those with this patient alone."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#acts"
    PLACE = ACTS
    BINDINGS = bindings(PLACE)

    def __init__(self, home: Home, patient: int | None = None, name: str = "") -> None:
        super().__init__(name="acts")
        self.home = home
        self._fixed, self._whose = patient is not None, name
        self._asked = Asked(patient=patient)
        self._desk: ActsDesk | None = None
        self._before: list[int | None] = [None]
        self._acts: dict[str, Told] = {}
        self._more = False

    def compose(self) -> ComposeResult:
        yield Static("", id="about", classes="title")
        yield RowList(id="acts")
        yield Static(WRITTEN_DOWN, id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        self._ask(self._asked)

    def on_resize(self) -> None:
        """In the new room lines are cut elsewhere."""
        self.call_after_refresh(self.fill)

    def _ask(self, asked: Asked) -> None:
        """Show the newest acts of those that are asked for now."""
        self._asked, self._before, self._desk = asked, [None], None
        self.call_after_refresh(self.fill)

    def fill(self) -> None:
        """Read the page that is shown, and show it."""
        try:
            if self._desk is None:
                self._desk = self.home.acts(self._asked)
            page = self._desk.page(self._before[-1])
        except ClinicError as error:
            self.query_one("#note", Static).update(plain(self.home.trouble or str(error)))
            return
        self._acts = {str(one.seq): one for one in page.acts}
        self._more = page.more
        self.query_one("#note", Static).update(WRITTEN_DOWN)
        lines = self.query_one(RowList)
        across = lines.content_region.width - 2 - len(MARK)
        rows = _rows(page.acts, across, self._asked)
        lines.show(rows or [heading("No such act is kept.")])
        self.query_one("#about", Static).update(plain(self._about()))
        out = [label for label, idle in self._idle().items() if idle]
        self.query_one(KeyBar).leave_out(out)

    def _idle(self) -> dict[str, bool]:
        """Which keys have nothing to do."""
        all_asked = Asked(patient=self._asked.patient if self._fixed else None)
        return {
            "Patient": self._fixed,
            "Older": not self._more,
            "Newer": len(self._before) == 1,
            "All": self._asked == all_asked,
            "Details": not self._acts,
        }

    def _about(self) -> str:
        asked, page = self._asked, len(self._before)
        parts = (
            f"with {self._whose}" if asked.patient is not None else "",
            f"by {asked.person}" if asked.person else "",
            f"on {in_words(asked.day)}" if asked.day else "",
        )
        what = " ".join(filter(None, parts)) or "all acts"
        return f"Who did what · {what}{f' · page {page}' if page > 1 or self._more else ''}"

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """All of the act under the cursor, which a click puts there."""
        if told := self._acts.get(self.query_one(RowList).cursor or ""):
            self.app.push_screen(ActScreen(told))
        else:
            self.app.bell()

    def action_older(self) -> None:
        """The page before."""
        if not self._more:
            self.app.bell()
            return
        self._before.append(min(map(int, self._acts)))
        self._turned()

    def action_newer(self) -> None:
        """The page after."""
        if len(self._before) == 1:
            self.app.bell()
            return
        self._before.pop()
        self._turned()

    def _turned(self) -> None:
        self.fill()
        self.query_one(RowList).action_first()

    def action_patient(self) -> None:
        """Choose the patient."""
        if self._fixed:
            self.app.bell()
        else:
            self.app.push_screen(PickPatientScreen(self.home, "Acts with which patient?"), self._of_patient)

    def _of_patient(self, row: PatientRow | None) -> None:
        if row is not None:
            self._whose = row.name
            self._ask(replace(self._asked, patient=row.id))

    def action_person(self) -> None:
        """Choose who acted."""
        if self._desk is None:
            return
        names = (EVERYBODY, *self._desk.persons)
        marked = self._asked.person or EVERYBODY
        dialog = ChooseScreen("Acts of whom?", CHOOSE, names, marked, "now")
        self.app.push_screen(dialog, self._of_person)

    def _of_person(self, name: str | None) -> None:
        if name is not None:
            self._ask(replace(self._asked, person="" if name == EVERYBODY else name))

    def action_day(self) -> None:
        """Type the day."""
        before = self._asked.day.isoformat() if self._asked.day else ""
        self.app.push_screen(AskTextScreen(ASKS_DAY, before, DAY_HINT), self._of_day)

    def _of_day(self, text: str | None) -> None:
        if text is None:
            return
        try:
            self._ask(replace(self._asked, day=_day(text, self.home.today())))
        except ValueError as error:
            self.query_one("#note", Static).update(plain(str(error)))

    def action_all(self) -> None:
        """All of them again."""
        self._ask(Asked(patient=self._asked.patient if self._fixed else None))

    def action_back(self) -> None:
        """Back to where they were asked for."""
        self.dismiss()


class ActScreen(Scrolled[None]):
    """One act with all that it changed."""

    def __init__(self, told: Told) -> None:
        super().__init__(name="act")
        self._told = told

    def body(self) -> ComposeResult:
        told = self._told
        whose = f"{told.name or 'patient'}, record {told.patient}" if told.patient else ""
        visit = f"of {told.day}, number {told.visit}" if told.day else f"number {told.visit}"
        yield Static(plain(told.act), classes="title")
        for name, value in (
            ("When", f"{told.at:%Y-%m-%d %H:%M:%S} by this computer's clock"),
            ("Who", told.person),
            ("Patient", whose),
            ("Visit", visit if told.visit else ""),
            ("Number", f"{told.seq} of the chain"),
        ):
            if value:
                yield Static(Hanging(Content.styled(f"{name:<10}", "bold"), plain(value)))
        for line in (*filter(None, [told.hidden]), *(one.said for one in told.became)):
            yield Static(Hanging(Content(" • "), plain(line)))


def _day(text: str, today: datetime.date) -> datetime.date | None:
    """The day that is meant; None where nothing is typed. Raises ValueError with a sentence."""
    known = {"": None, "today": today, "yesterday": today - datetime.timedelta(days=1)}
    word = text.strip().casefold()
    if word in known:
        return known[word]
    found = possible(text, today)
    if len(found) > 1:
        raise ValueError("That can be several days: type the month in letters and the year in full.")
    return found[0]


def _rows(acts: tuple[Told, ...], across: int, asked: Asked) -> list[Row]:
    """The acts, newest first, a line of so many columns each, below the day. What all share that were asked
    for is left out."""
    rows: list[Row] = []
    day = None
    who, whose = (WHO_NARROW, WHOSE_NARROW) if across < NARROW else (WHO, WHOSE)
    for one in acts:
        if one.at.date() != day:
            day = one.at.date()
            rows.append(heading(in_words(day)))
        said, *more = (*filter(None, [one.hidden]), *(each.said for each in one.became), "")
        line = Content.assemble(
            f"{one.at:%H:%M}".ljust(TIME),
            "" if asked.person else cell(one.person, who),
            "" if asked.patient else cell(one.name, whose),
            plain(one.act).stylize("bold"),
            "  ",
            plain(said),
            f" (+{len(more) - 1})" if len(more) > 1 else "",
        )
        rows.append(Row(line.truncate(across, ellipsis=True), str(one.seq)))
    return rows
