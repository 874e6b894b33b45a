"""The exam step: one key, one grade, kept on the disk before it is shown."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from mmt.model.base import SIDES, Side, other
from mmt.model.exam import begun
from mmt.model.observation import Observation
from mmt.tui.desk import Desk
from mmt.tui.station.alarms import Alarms
from mmt.tui.station.board import columns_of, key_of
from mmt.tui.station.entry import Entry, Outcome, refuse
from mmt.tui.station.guidance import without_gravity
from mmt.tui.station.press import press
from mmt.tui.station.values import Earlier, earlier
from mmt.tui.steps import neighbour
from mmt.tui.widgets.board import Board
from mmt.tui.widgets.clicks import KeyRow
from mmt.tui.widgets.exam_band import band
from mmt.tui.widgets.exam_list import TestList
from mmt.tui.widgets.exam_text import key_row, last_line, menu, position_line, title
from mmt.tui.widgets.guide import Guide
from mmt.tui.widgets.line import Line

from .emergency import EmergencyScreen, emergencies
from .keyed import SIGNED, KeyedStep
from .step import Basis

STOPPED = "Stopped: emergency. What is recorded can be corrected; Enter shows what to do."
NAMED = ("enter", "backspace", "escape")
"""The keys with a name that the walk knows; all other ways to fill a cell are one sign."""


class ExamScreen(KeyedStep):
    """The walk through the exam. `entry` is what keys change; `alarms` what waits to be acknowledged."""

    step: ClassVar[str] = "exam"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.entry = Entry(exam=begun(desk.visit, desk.protocol), tests=desk.protocol.tests)
        self.alarms = Alarms()
        self._earlier: dict[tuple[str, Side | None], Earlier | None] = {}
        self._stopped = False

    def body(self) -> ComposeResult:
        with Horizontal():
            yield TestList(id="list")
            with Vertical(id="station"):
                yield Line(id="position")
                yield Line(id="title")
                yield Board(id="board")
                yield Guide(id="guide")
                yield Line(id="band")
                yield Line(id="menu")
                yield Line(id="last")
                yield Line(id="word")
                yield KeyRow(id="keys")

    def on_mount(self) -> None:
        self._look()
        self.call_after_refresh(self.paint)
        if self._stopped:
            self._show_emergency()

    def on_resize(self) -> None:
        self.call_after_refresh(self.paint)

    def take(self, key: str, text: str) -> bool:
        entry = self.entry
        if entry.mode == "jump":
            if key not in NAMED and not text:
                return self.numlock(key)
            self._do(press(entry, key if key in NAMED else text))
        elif (key == "escape" and not entry.open) or key == "question_mark":
            return False
        elif len(key) > 1 and key not in NAMED:
            return self.numlock(key)
        elif key in "*ogr" or (key == "enter" and self._enter_means_more()):
            self._on_screen(key)
        else:
            self._do(press(entry, key))
        return True

    def _enter_means_more(self) -> bool:
        """Whether Enter has something to do before it goes on to the next cell.

        A number that is being typed comes first: its Enter is on the way from the hand already.
        """
        if self.entry.typed:
            return False
        at_the_end = self.entry.exam.at is None or self._stopped
        waiting = bool(self.alarms.standing) or not self.keeper.clear
        return waiting or (at_the_end and not self.entry.open)

    def _on_screen(self, key: str) -> None:
        """Keys that change no cell: guidance, the order of sides, the telling test, saving, acknowledging."""
        if key == "*":
            self.query_one(Guide).toggle()
            self.show()
        elif key == "o":
            entry = self.entry
            self.entry = entry.walked(entry.names, other(entry.first))
            self.show(f"{self.entry.first.capitalize()} side first.")
        elif key == "g":
            self._to_telling_test()
        elif self.alarms.standing:
            self._acknowledge()
        elif key == "r" or not self.keeper.clear:
            self._retry()
        elif self._stopped:
            self._show_emergency()
        else:
            self.post_message(self.Go(neighbour(self.step, 1)))

    def _do(self, outcome: Outcome) -> None:
        """Keep first, then show."""
        changed = outcome.keep or outcome.withdraw
        if changed is not None and (why := self._forbidden(outcome)):
            outcome = refuse(self.entry, why)
            changed = None
        if outcome.keep is not None:
            self.save(key_of(outcome.keep), partial(self.desk.keep, outcome.keep))
        elif outcome.withdraw is not None:
            gone = outcome.withdraw
            self.save(key_of(gone), partial(self.desk.withdraw, gone.test, gone.side, gone.trial))
        moved = outcome.entry.exam.place != self.entry.exam.place
        self.entry = outcome.entry
        if changed is not None:
            self._look()
        elif moved:
            self.keep_place(self.entry.exam.place)
        self.show(outcome.word, refused=outcome.refused)

    def _forbidden(self, outcome: Outcome) -> str:
        """Why nothing may be recorded: the visit is signed, or an emergency stopped the exam."""
        if self.desk.visit.signed:
            return SIGNED
        key = key_of(outcome.keep) if outcome.keep else None
        new = key is not None and all(key_of(one) != key for one in self.entry.exam.observations)
        return STOPPED if new and self._stopped and not self.alarms.standing else ""

    def _look(self) -> None:
        """Look at what reasoning says now; a new alarm rings."""
        self._stopped = self.desk.watch.status == "locked"
        if self.alarms.look(self.desk.watch.alerts):
            self.app.bell()

    def _acknowledge(self) -> None:
        seen = self.alarms.acknowledge()
        self.show("Acknowledged.")
        if self._stopped and any(alert.level == "emergency" for alert in seen):
            self._show_emergency()

    def _retry(self) -> None:
        if self.keeper.clear:
            self.say("Everything is saved.")
            return
        saved = self.keeper.retry()
        self._look()
        self.show("Everything is saved." if saved else "Still not saved.", refused=not saved)

    def _show_emergency(self) -> None:
        if emergencies(self.desk):
            self.app.push_screen(EmergencyScreen(self.desk), lambda _: self.after_emergency())

    def after_emergency(self) -> None:
        """Go on as the emergency screen left it: stopped, or with a reason to go on."""
        self._look()
        self.show()

    def _to_telling_test(self) -> None:
        telling = next((one for one in self.desk.watch.next_tests if one.test in self.entry.tests), None)
        if telling is None:
            self.say("No test would tell more at present.", refused=True)
            return
        names = self.entry.names
        if telling.test not in names:
            self.entry = self.entry.walked((*names, telling.test), self.entry.first)
        self.action_jump_to(telling.test, telling.side)

    def action_jump_to(self, test: str, side: str) -> None:
        """The cursor on a cell, from the list or the telling test."""
        exam = self.entry.exam.jumped(test, side if side in SIDES else None)
        self._do(Outcome(entry=self.entry.at(exam)))

    def _then(self, test: str, side: Side | None) -> Earlier | None:
        cell = (test, side)
        if cell not in self._earlier:
            self._earlier[cell] = earlier(self.desk.history, self.desk.visit, test, side)
        return self._earlier[cell]

    def basis(self) -> tuple[Basis, ...]:
        """The standing alarms, and the test under the cursor with its source."""
        test = self.entry.test
        scale = self.desk.protocol.scales.get(self.desk.visit.scale)
        items = tuple(item for item in (test, scale) if item is not None)
        return (*self.alarms.standing, *items)

    # what is shown

    def show(self, word: str = "", *, refused: bool = False) -> None:
        """Bring the whole screen up to the state, with what a key was answered with."""
        self.paint()
        self.say(word or self._hint(self.entry.last), refused=refused)

    def paint(self) -> None:
        """Draw the state, as large as the screen allows."""
        entry, visit = self.entry, self.desk.visit
        across = self.query_one("#station").size.width
        guide = self.query_one(Guide)
        guide.fit(entry.test, self.desk.protocol.scales.get(visit.scale), self.size)
        self.set_class(guide.display and not guide.beside, "reading")
        self.query_one("#position", Line).show(position_line(entry.exam, across))
        down = 1 if self.has_class("reading") else 6 if guide.beside else 4
        named = title(entry.test, across, down)
        heading = self.query_one("#title", Line)
        heading.styles.height = len(named.plain.split("\n"))
        heading.show(named)
        self.query_one(Board).show(columns_of(entry, self.keeper, self._then, visit))
        self.query_one(TestList).show(entry, self.keeper)
        last = entry.last
        test = entry.tests.get(last.test) if last else None
        waits = last is not None and self.keeper.waits(key_of(last))
        self.query_one("#last", Line).show(last_line(last, test, waits))
        self.query_one(KeyRow).offer(key_row(entry))
        for name, content in (("#band", band(self.alarms, self.keeper)), ("#menu", menu(entry))):
            widget = self.query_one(name, Line)
            widget.display = bool(content)
            widget.show(content)

    def _hint(self, last: Observation | None) -> str:
        """What to know now: what is being typed, the position without gravity, the test that tells more."""
        if self.entry.angle:
            return "At how many degrees? Digits, then Enter; Enter alone leaves it without an angle."
        if self.entry.typed:
            return "Enter keeps the number, Backspace erases."
        test = self.entry.tests.get(last.test) if last else None
        if last is not None and test is not None and (position := without_gravity(test, last)):
            return f"{test.name} without gravity: {position}"
        telling = self.desk.watch.next_tests
        return f"g: {telling[0].text}" if telling else ""
