"""Records that may be of one person, two at a time, to join or to tell apart."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from mmt.model.born import ages
from mmt.model.errors import ClinicError
from mmt.model.people import PatientRow
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk

from .deeds import Deeds
from .keys import DOUBLES
from .patient_rows import cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mmt.clinic.doubles import Double

AT_A_TIME = 20
"""So many pairs are shown at a time, while the others are looked for."""

MOST = 300
"""So many pairs are listed: nobody reads further here, and the command prints all."""

NAME, BORN = 34, 22
HINT = "Enter shows both, to join them; N keeps that they are two people, and U takes that back."


class DoublesScreen(RowWalk, Deeds[None]):
    """Each two records that may be of one person, by birth date. Enter shows them side by side."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#doubles"
    PLACE = DOUBLES
    BINDINGS = bindings(PLACE)

    def __init__(self, home: Home) -> None:
        super().__init__(name="doubles")
        self.home = home
        self._found: dict[str, Double] = {}
        self._apart: list[tuple[str, Double]] = []
        self._reading = True
        self._told = HINT

    def compose(self) -> ComposeResult:
        yield Static("Records that may be of one person", classes="title")
        yield Static("", id="count")
        yield RowList(id="doubles")
        yield Static("", id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        self.call_after_refresh(self._read)

    def _read(self) -> None:
        """Read the records; they are compared in a thread, for of many that takes seconds."""
        self.fill()
        try:
            found = self.home.doubles().found()
        except ClinicError as error:
            self._reading = False
            self.tell(self.home.trouble or str(error))
            return
        self.run_worker(lambda: self._look_through(found), thread=True)

    def _look_through(self, found: "Iterator[Double]") -> None:
        """In the thread: hand over what is found, a few at a time, until all is or the screen is left."""
        worker, some = get_current_worker(), []
        for one in found:
            if worker.is_cancelled:
                return
            some.append(one)
            if len(some) == AT_A_TIME:
                self.app.call_from_thread(self._take, some, True)
                some = []
        self.app.call_from_thread(self._take, some, False)

    def _take(self, some: "list[Double]", reading: bool) -> None:
        self._reading = reading
        self._found |= {f"{one.one.id}-{one.other.id}": one for one in some}
        self.fill()

    def fill(self) -> None:
        """Show the pairs that are left."""
        today = self.home.today()
        rows = [_row(key, one, today) for key, one in list(self._found.items())[:MOST]]
        self.query_one(RowList).show(rows)
        many = len(self._found)
        shown = f", the first {MOST} here; mmt doubles prints all" if many > MOST else ""
        count = f"{many} pair{'' if many == 1 else 's'}{shown}" if many or self._reading else "None is left"
        self.query_one("#count", Static).update(f"{count}{', looking on' if self._reading else ''}.")
        self.query_one("#note", Static).update(plain(self._told))

    def tell(self, said: str) -> None:
        """Say what came of it."""
        self._told = said
        self.fill()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Show the pair under the cursor side by side, which a click puts there."""
        if (key := self.query_one(RowList).cursor) is None:
            self.app.bell()
            return
        pair = self._found[key]
        try:
            here = self.home.history(pair.one.id)
        except ClinicError as error:
            self.tell(str(error))
            return
        self.look_at_both(here, pair.other.id, lambda joined: self._done(key, joined))

    def _done(self, key: str, joined: bool) -> None:
        """What was joined is in no other pair any more; what was told apart can be taken back."""
        pair = self._found.pop(key)
        if joined:
            gone = pair.other.id
            self._found = {name: one for name, one in self._found.items() if gone not in one.key}
            self.tell(f"Joined; U on the page of {pair.one.name} undoes it until the next visit is signed.")
        else:
            self._apart.append((key, pair))
            self.tell(f"Kept: {pair.one.name} and {pair.other.name} are two people. U takes it back.")

    def action_apart(self) -> None:
        """Keep that the pair under the cursor are two people."""
        if (key := self.query_one(RowList).cursor) is None:
            self.app.bell()
        else:
            self.tell_apart(*self._found[key].key, lambda: self._done(key, False))

    def action_take_back(self) -> None:
        """Take back what was told apart last, here and now."""
        if not self._apart:
            self.tell("Nothing was told apart here since this list was opened.")
            return
        key, pair = self._apart[-1]
        try:
            self.home.doubles().tell(*pair.key, self.home.names[0], apart=False)
        except ClinicError as error:
            self.tell(str(error))
            return
        self._apart.pop()
        self._found = {key: pair, **self._found}
        self.tell(f"Taken back: {pair.one.name} and {pair.other.name} may be one person.")

    def action_back(self) -> None:
        """Back to the list of patients."""
        self.dismiss()


def _row(key: str, pair: "Double", today: datetime.date) -> Row:
    """Both records below each other, and what tells."""
    told = plain(pair.told).stylize("dim")
    return Row(Content("\n").join([_person(pair.one, today), _person(pair.other, today), told]), key)


def _person(one: PatientRow, today: datetime.date) -> Content:
    """Name, birth date with age, chart number; below it the other names of joined records."""
    born = f"{one.birth_date} ({ages(one.birth_date, today)})" if one.birth_date else ""
    chart = f"chart {one.chart_number}" if one.chart_number else ""
    line = cell(one.name, NAME).stylize("bold") + f"{born:<{BORN}}" + plain(chart)
    return line + "\n  " + plain(f"also {one.also}").stylize("dim") if one.also else line
