"""The clinic's view: what became of each patient, what waits, and each score over all patients."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.reasoning.outcome import HOW_HELD, Outcome, done_said, score_said, share_said, shares
from mmt.reasoning.wording import sentence
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk, heading
from mmt.tui.widgets.wrap import Hanging

from .hands import HandsScreen
from .keys import OUTCOMES
from .patient_rows import cell

Shown = Literal["all", "waits", "worse"]
WORDS: dict[Shown, str] = {"all": "all patients", "waits": "something waits", "worse": "a score is worse"}

NAME = 26
"""Columns for a name."""

AT_ONCE_S = 0.03
"""Seconds of reading at a time, so that keys come in between."""

FIRST = 20
"""So many patients fill a screen: they are shown while the others are read."""

MOST = 300
"""So many patients are listed: nobody reads further here, and the command prints all."""


class OutcomesScreen(RowWalk, Screen[None]):
    """All patients with a signed visit, last seen first. Enter opens one."""

    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str] = "#outcomes"
    PLACE = OUTCOMES
    BINDINGS = bindings(PLACE)

    @dataclass
    class Open(Message):
        """A patient was chosen."""

        patient: int

    def __init__(self, home: Home) -> None:
        super().__init__(name="outcomes")
        self.home = home
        self._coming: Iterator[Outcome | str] = iter(())
        self._found: dict[int, Outcome] = {}
        self._unread: list[str] = []
        self._reading = True
        self._shown: Shown = "all"
        self._opened: int | None = None

    def compose(self) -> ComposeResult:
        yield Static(plain(f"What became of all patients · {self.home.letterhead.name}"), classes="title")
        yield Static("", id="count")
        yield RowList(id="outcomes")
        yield Static("", id="note")
        yield KeyBar()

    def on_mount(self) -> None:
        self._coming = self.home.outcomes()
        self.call_after_refresh(self._read_on)

    def _read_on(self) -> None:
        """Read a few more; the first ones are shown at once, then all."""
        until, before = time.monotonic() + AT_ONCE_S, len(self._found)
        try:
            while self._reading and time.monotonic() < until:
                self._take(next(self._coming, None))
        except ClinicError as error:
            self._reading = False
            self._unread.append(self.home.trouble or str(error))
        if not self._reading or before < FIRST <= len(self._found):
            self.fill()
        self._say()
        if self._reading:
            self.set_timer(AT_ONCE_S, self._read_on)

    def _take(self, one: Outcome | str | None) -> None:
        if one is None:
            self._reading = False
        elif isinstance(one, str):
            self._unread.append(one)
        else:
            self._found[one.patient.id] = one

    def on_screen_resume(self) -> None:
        """Back from a patient, who is read anew, with those whose records were joined or parted."""
        if self._opened is None:
            return
        number, self._opened = self._opened, None
        numbers = {number}
        with suppress(ClinicError):
            numbers |= {one.patient.id for one in self.home.history(number).joined}
        for one in numbers:
            anew = None
            with suppress(ClinicError):  # discarded or joined meanwhile
                anew = self.home.outcome(one)
            if anew is None:
                self._found.pop(one, None)
            else:
                self._found[one] = anew
        self.fill()

    def fill(self) -> None:
        """Show the patients that were read, and each score over all of them."""
        protocol, found = self.home.protocol, list(self._found.values())
        listed = [one for one in found if _is(self._shown, one)]
        rows = [_under(share_said(one, protocol)) for one in shares(found, protocol)]
        if rows:
            rows = [heading("Over all patients"), *rows, _under(HOW_HELD)]
        more = f"{MOST} of {len(listed)}; mmt outcomes prints all" if len(listed) > MOST else ""
        rows.append(heading(f"Patients: {WORDS[self._shown]}", more or str(len(listed))))
        rows += [_row(one, protocol) for one in listed[:MOST]]
        self.query_one(RowList).show(rows)
        self._say()

    def _say(self) -> None:
        many = len(self._found)
        count = (
            f"{many} patient{'' if many == 1 else 's'} with a signed visit"
            if many
            else "No visit is signed yet"
        )
        self.query_one("#count", Static).update(f"{count}{', reading on' if self._reading else ''}.")
        if self._unread:
            more = f" So are {len(self._unread) - 1} more." if len(self._unread) > 1 else ""
            said = f"{self._unread[0]}{more}"
        else:
            said = "Enter opens the patient. V shows where something waits, and who is worse."
        self.query_one("#note", Static).update(plain(said))

    @on(OptionList.OptionHighlighted)
    def to_the_top(self) -> None:
        """With the first patient comes into sight what stands above."""
        rows = self.query_one(RowList)
        if rows.highlighted == next((at for at, one in enumerate(rows.options) if one.id), None):
            rows.scroll_to(y=0, animate=False)

    def action_show_next(self) -> None:
        """Show the next kind of patients."""
        kinds = get_args(Shown)
        self._shown = kinds[(kinds.index(self._shown) + 1) % len(kinds)]
        self.fill()

    def action_hands(self) -> None:
        """How well the clinic's own readings agree, and whose errors changes are judged by."""
        self.app.push_screen(HandsScreen(self.home.hands()))

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the patient under the cursor, which a click puts there."""
        if key := self.query_one(RowList).cursor:
            self._opened = int(key)
            self.post_message(self.Open(self._opened))
        else:
            self.app.bell()

    def action_back(self) -> None:
        """Back to the list of patients."""
        self.dismiss()


def _is(shown: Shown, one: Outcome) -> bool:
    if shown == "waits":
        return bool(one.due)
    return shown == "all" or any(change.told == "worse" for change in one.scores)


def _under(text: str) -> Row:
    """A line below a heading, over as many rows as it needs."""
    return Row(Hanging(Content("  "), plain(text)))


def _row(one: Outcome, protocol: Protocol) -> Row:
    """A patient: first and latest visit, each score with its verdict, what was done at home, what waits."""
    ends = f"{one.first} to {one.last}   {one.visits} visits" if one.visits > 1 else f"{one.last}   1 visit"
    lines = [Content(ends)]
    for change in one.scores:
        moved = change.told in ("better", "worse")
        lines.append(Content.styled(score_said(change, protocol), "bold" if moved else ""))
    lines += [Content(done_said(one, protocol))] if done_said(one, protocol) else []
    lines += [plain(sentence(waits, protocol)).stylize("bold") for waits in one.due]
    name = cell(one.patient.name, NAME).stylize("bold")
    return Row(Hanging(name, Content("\n").join(lines)), str(one.patient.id))
