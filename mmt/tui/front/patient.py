"""A patient's page: the visits in a list, a new visit, the draft to go on with, the patient's data."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.visit import History, Visit
from mmt.reasoning import CourseRow, course_row, door, due
from mmt.reasoning.series import series
from mmt.reasoning.wording import sentence
from mmt.tui.charts.draw import BAND, chart
from mmt.tui.charts.screen import ChartScreen
from mmt.tui.charts.words import title
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.visit.found import goal_rows
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList

from .acts import ActsScreen
from .amends import Amends
from .course_rows import course_heading, joined_rows, moved_rows, visit_row
from .elsewhere import ElsewhereScreen
from .keys import PATIENT
from .new_visit import Chosen, NewVisitScreen
from .patient_form import PatientForm
from .rights import RightsScreen

AT_ONCE = 4
"""So many visits are worked out before the page shows: about what can be seen. A course with more shows its
dates first."""

AT_A_TIME, SOON = 0.01, 0.02
"""Seconds that visits are then worked out, and until the next ones: keys come in between."""

ASIDE = 0.3
"""Seconds that they wait where something else is about to open."""

WORKED_OUT = Content.styled("What waits is being worked out …", "dim")
BLIND = "A second examiner's blind visit is open; N goes on with it."

HIGH = 16
"""Rows of a chart beside the visits, with its name above and what its band means below."""


class PatientScreen(Amends):
    """Visits, newest first. Enter opens one; `n` begins a new one or goes on with the draft."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#visits"
    PLACE = PATIENT
    BINDINGS = bindings(PLACE)

    @dataclass
    class Begin(Message):
        """A new visit is to begin."""

        patient: int
        chosen: Chosen

    @dataclass
    class Compare(Message):
        """A visit is to be compared with another."""

        patient: int
        visit: int

    @dataclass
    class Open(Message):
        """A visit was chosen, and maybe a step of it."""

        patient: int
        visit: int
        step: str = ""

    def __init__(self, home: Home, history: History) -> None:
        super().__init__(name="patient")
        self.home = home
        self.history = history
        self._found: dict[int, CourseRow] = {}
        self._rows: dict[int, Row] = {}
        self._of = (history, home.protocol)
        self._as_read = True
        self._changed = ""
        self._waits: Callable[[], None] = self.draw
        self._later: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="about", classes="title")
        yield Static("", id="door")
        with Horizontal():
            yield RowList(id="visits")
            yield Static("", id="course-chart")
        yield Static("", id="note")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Here, or back from a visit."""
        self.read_anew()

    def read_anew(self) -> None:
        """The visits as they are kept now, with what was told."""
        try:
            if not self._as_read:
                self.history = self.home.history(self.history.patient.id)
            self._as_read = False
            draft = self._draft()
            note = self.home.trouble or (self.home.open_elsewhere(draft.id) if draft else "")
        except ClinicError as error:
            note = self.home.trouble or str(error)
        self.fill(note)
        self.call_after_refresh(self._tell_changed)

    def _tell_changed(self) -> None:
        """Say where another program changed what is not signed, once the page stands."""
        with suppress(ClinicError):
            self._changed = self.home.not_as_kept(self.history.patient.id)
            if self._changed:
                self.query_one("#note", Static).update(plain(self._changed))

    def on_screen_suspend(self) -> None:
        """What was told belongs to the key before."""
        self._told = ""

    def fill(self, note: str = "") -> None:
        """Show the patient and the visits, newest first. What a long course tells is worked out once the
        page stands, and shown as such until then; it holds while the history is the same."""
        of = (self.history, self.home.protocol)
        if of != self._of:
            self._of, self._found, self._rows = of, {}, {}
        short = len(self.history.visits) <= AT_ONCE + len(self._found)
        if short:
            self._work_out(inf)
        self._show_visits()
        if draft := self._draft():
            self.query_one(RowList).move_to(str(draft.id))
        self.query_one("#about", Static).update(self._about())
        door = self.query_one("#door", Static)
        told = self._door() if short else WORKED_OUT
        door.update(told)
        door.display = bool(told)
        self.query_one("#note", Static).update(plain(note or self._changed or self._told or self._note()))
        self.show_keys()
        if self._later:
            self._later.stop()
        self._waits, self._later = self.draw if short else self._tell_door, None
        self.call_after_refresh(self.draw if short else self._stands)

    def _stands(self) -> None:
        """The page stands: what waits may begin, unless a key has put it off by now."""
        if self._later is None:
            self._soon(self._waits)

    def _tell_door(self) -> None:
        """Tell what waits, then what the visits found."""
        if not self.is_active:
            return
        told, door = self._door(), self.query_one("#door", Static)
        door.update(told)
        door.display = bool(told)
        self._soon(self._go_on)

    def _soon(self, do: Callable[[], None], seconds: float = SOON) -> None:
        """Do what waits, and nothing else that waited."""
        if self._later:
            self._later.stop()
        self._waits, self._later = do, self.set_timer(seconds, do)

    def _go_on(self) -> None:
        """Some visits more, those in sight first. Where something else is looked at, all of it waits."""
        if not self.is_active:
            return
        self._work_out(AT_A_TIME)
        self._show_visits()
        if len(self._found) < len(self.history.visits):
            self._soon(self._go_on)
        else:
            self._waits = self.draw
            self.draw()

    def _work_out(self, seconds: float) -> None:
        """What the next visits found, one at least and as many as there is time for."""
        until = monotonic() + seconds
        newest = range(len(self.history.visits) - 1, -1, -1)
        for at in [one for one in newest if one not in self._found]:
            self._found[at] = course_row(self.history, at, self.home.protocol)
            self._rows.pop(at, None)
            if monotonic() > until:
                return

    def _show_visits(self) -> None:
        """The visits, newest first, each with what is known of it by now."""
        visits = self.history.visits
        for at in range(len(visits)):
            if at not in self._rows:
                before = visits[at - 1] if at else None
                self._rows[at] = visit_row(visits[at], before, self._found.get(at), self.home.protocol)
        rows = [self._rows[at] for at in range(len(visits) - 1, -1, -1)]
        aims = [row._replace(key="") for row in goal_rows(self.history, self.home.protocol)]
        head = [*aims, course_heading()] if rows else []
        self.query_one(RowList).show([*head, *rows, *moved_rows(self.history), *joined_rows(self.history)])

    @on(Resize)
    def draw(self) -> None:
        """Beside the visits, where there is room, the charts of what changed first; after what they found."""
        beside = self.query_one("#course-chart", Static)
        if not self.has_class("-wide") or len(self._found) < len(self.history.visits):
            return
        across, down = beside.content_size
        drawn = series(self.history, self.home.protocol)[: down // HIGH]
        beside.update(
            Content("\n").join(
                Content("\n").join(
                    [
                        Content.styled(title(one, self.home.protocol), "bold"),
                        chart(one, across, HIGH - 2),
                        Content.styled(f"{BAND} within error of the first", "dim"),
                    ]
                )
                for one in drawn
            )
        )

    def _about(self) -> Content:
        patient = self.history.patient
        known = (
            f"born {patient.birth_date.isoformat()}, {patient.ages_on(self.home.today())} years",
            f"chart {patient.chart_number}" if patient.chart_number else "",
            patient.sex if patient.sex != "unknown" else "",
            f"{patient.handedness}-handed" if patient.handedness in ("right", "left") else "",
        )
        return Content("   ").join([plain(patient.name).stylize("bold"), *map(plain, filter(None, known))])

    def _door(self) -> Content:
        """What waits for the patient, and while no draft is open what a colleague would tell at the door."""
        protocol = self.home.protocol
        waits = due(self.history, protocol, self.home.today())
        told = () if self._draft() else door(self.history, protocol)
        lines = [(sentence(one, protocol), "bold" if one in waits else "") for one in (*waits, *told)]
        return Content("\n").join([plain(line).stylize(style) for line, style in lines])

    def _note(self) -> str:
        if self.history.hidden:
            return f"{BLIND} Visits before it: {self.history.hidden}, hidden until it is signed."
        if self._draft() is not None:
            return "There is an open draft: N goes on where it was left."
        if not self.history.visits:
            return "No visit yet. Enter begins the first one."
        return "N begins a follow-up. Enter opens the visit under the cursor."

    def _draft(self) -> Visit | None:
        return next((one for one in self.history.visits if not one.signed), None)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the visit under the cursor, which a click puts there; without any begin the first."""
        if key := self.query_one(RowList).cursor:
            self.post_message(self.Open(self.history.patient.id, int(key)))
        else:
            self.action_new_visit()

    def action_papers(self) -> None:
        """Go to the papers of the visit under the cursor."""
        if visit := self._under_cursor():
            self.post_message(self.Open(self.history.patient.id, visit, "papers"))
        else:
            self.tell("There is no visit yet that papers could be made of.")

    def action_new_visit(self) -> None:
        """Begin a visit, or go on with the draft."""
        if draft := self._draft():
            self.post_message(self.Open(self.history.patient.id, draft.id))
            return
        self.app.push_screen(NewVisitScreen(self.home, self.history), self._begin)

    def _begin(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self.post_message(self.Begin(self.history.patient.id, chosen))

    def action_chart(self) -> None:
        """The course of each measure as a chart."""
        self.app.push_screen(ChartScreen(self.history, self.home.protocol))

    def action_compare(self) -> None:
        """Compare the visit under the cursor with the one before; the first one with the last."""
        visit = self._under_cursor()
        if visit is None or len(self.history.visits) < 2:
            self.tell("There is no other visit to compare with.")
        else:
            self._soon(self._waits, ASIDE)
            self.post_message(self.Compare(self.history.patient.id, visit))

    def action_edit(self) -> None:
        """Correct the patient's data."""
        self.app.push_screen(PatientForm(self.home, patient=self.history.patient))

    def action_rights(self) -> None:
        """What the patient may ask for."""
        self.app.push_screen(RightsScreen(self.home, self.history.patient), self._erased)

    def action_elsewhere(self) -> None:
        """Show the visits at other sites."""
        self.app.push_screen(ElsewhereScreen(self.home, self.history.patient))

    def _erased(self, gone: bool | None) -> None:
        if gone:
            self.dismiss()

    def action_acts(self) -> None:
        """Who did what with this record."""
        self.app.push_screen(ActsScreen(self.home, self.history.patient.id, self.history.patient.name))

    def action_back(self) -> None:
        """Back to the list of patients."""
        self.dismiss()
