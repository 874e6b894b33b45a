"""The exam step: one key, one grade, kept on the disk before it is shown."""

import time
from functools import cache, partial
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer

from mmt.model.base import SIDES, Side
from mmt.model.errors import ClinicError
from mmt.model.exam import begun, sound_side
from mmt.model.observation import Observation
from mmt.model.review import Conclusion, NextTest
from mmt.model.settings import Settings
from mmt.reasoning import unconfirmed
from mmt.reasoning.again import added_tests, first_tests, folded_tests, speaks_against, waiting_tests
from mmt.reasoning.screen import pointed
from mmt.reasoning.wording import worded
from mmt.tui.desk import Desk
from mmt.tui.visit.alarms import Alarms
from mmt.tui.visit.emergency import EmergencyScreen, emergencies
from mmt.tui.visit.guidance import Line
from mmt.tui.visit.guide import Guide, has_room
from mmt.tui.visit.keyed import KeyedStep
from mmt.tui.visit.pressed import Pressed
from mmt.tui.visit.values import earlier
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.sheet import Sheet

from .columns import columns_of
from .entry import Entry
from .hints import folded_line, hints, telling_line
from .keys import EXAM
from .listing import listed
from .menus import TELLING
from .number import CLOCK_RUNS
from .page import Page, page
from .press import press

LIFTED = "Alarm lifted: with pain this grade is no evidence. Test again without pain."
NOT_CONFIRMED = "Not confirmed yet: it is asked about again before the visit is signed."
OPENED = "Opened: what was folded is asked now."
FOLDED_AGAIN = "Folded again: F opens it."
TICK = 0.2
"""Seconds after which the running clock is looked at again; it shows whole seconds."""

NAMED = ("enter", "backspace", "escape")
"""The keys with a name that the walk knows; all other ways to fill a cell are one sign."""


class ExamScreen(KeyedStep[Entry]):
    """The walk through the exam. `state` is what keys change; `alarms` what waits to be acknowledged."""

    step: ClassVar[str] = "exam"
    PLACE = EXAM

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        first, signed = self._first_side(), desk.visit.signed
        folded = () if signed else self._folded()
        added = () if signed else added_tests(desk.history, desk.protocol, folded)
        ahead = () if signed else first_tests(desk.history, desk.protocol)
        self.state = Entry(
            exam=begun(desk.visit, desk.protocol, first, folded, added, ahead),
            tests=desk.protocol.offered_tests({one.test for one in desk.visit.observations}),
            first=first,
            unit=desk.clinic.settings.force_unit,
            folded=folded,
        )
        waits = waiting_tests(desk.history, desk.protocol)
        self._waiting = tuple(name for name in waits if name in folded)
        self.alarms = Alarms(desk.acknowledged, desk.visit.action if signed else "", signed=signed)
        self.alarms.ask_again(desk.watch.alerts)
        self._then = cache(partial(earlier, desk.history))
        self._stopped = False
        self.guide = Guide()
        self._left_out = 0
        self._word = folded_line(self.state)
        self.clock = time.monotonic
        self._ticking: Timer | None = None
        self._sheets = (Sheet(self._list, id="list"), Sheet(self._station, id="station"))

    def body(self) -> ComposeResult:
        with Horizontal():
            yield from self._sheets

    def on_mount(self) -> None:
        self._look()
        if self._stopped:
            self._show_emergency()

    def _folded(self) -> tuple[str, ...]:
        """The tests that need not be walked; none where the walk was left at one of them."""
        found = folded_tests(self.desk.history, self.desk.protocol, self.desk.watch.alerts)
        return () if self.desk.visit.place.split(":")[1:2] in [[name] for name in found] else found

    def on_screen_resume(self) -> None:
        """Back from the settings the sides may come in another order."""
        if self.state.first != self._first_side():
            self.state = self.state.led_by(self._first_side())
            self.say(self._order_said())

    def take(self, key: str, text: str) -> bool:
        entry = self.state
        if entry.mode == "jump":
            if key not in NAMED and not text:
                return self.numlock(key)
            self.do(press(entry, key if key in NAMED else text))
        elif (key == "escape" and not entry.open) or key == "question_mark":
            return False
        elif len(key) > 1 and key not in NAMED:
            return self.numlock(key)
        elif entry.mode == "flags" and key == TELLING:
            self._on_screen("g")
        elif entry.mode != "force" and not entry.timing and (key in "*ofgr" or self._enter_is_for_all(key)):
            self._on_screen(key)
        else:
            self.do(press(entry, key, self.clock()))
        return True

    def _enter_is_for_all(self, key: str) -> bool:
        """Whether Enter has something to do before it goes on to the next cell.

        A number that is being typed and an open menu come first: what was opened last is what a hand means.
        """
        if key != "enter" or self.state.open:
            return False
        at_the_end = self.state.exam.at is None or self._stopped
        waiting = bool(self.alarms.standing) or not self.keeper.clear
        return waiting or at_the_end

    def _on_screen(self, key: str) -> None:
        """Keys that change no cell: guidance, the order of sides, what is folded, the telling test, saving,
        acknowledging."""
        if key == "*":
            self.guide.toggle(self._guidance(), self._left_out)
            self.say("")
        elif key == "o":
            self._change_order()
        elif key == "f":
            self._open_folded()
        elif key == "g":
            self._to_telling_test()
        elif self.alarms.standing:
            self._acknowledge()
        elif key == "r" or not self.keeper.clear:
            self._retry()
        elif self._stopped:
            self._show_emergency()
        else:
            self.action_next_step()

    def _first_side(self) -> Side:
        """The side to test first, as the station is set up."""
        sound = self.desk.clinic.settings.side_order == "sound"
        return sound_side(self.desk.visit.story.get("leg_pain_side")) if sound else "right"

    def _change_order(self) -> None:
        """The right side first, or the sound one; kept for the next visits as well."""
        now = self.desk.clinic.settings
        word = self._set_up(replace(now, side_order="right" if now.side_order == "sound" else "sound"))
        self.state = self.state.led_by(self._first_side())
        self.say(word or self._order_said(), refused=bool(word))

    def _set_up(self, chosen: Settings) -> str:
        """Set the station up anew; why that could not be kept, empty where it could."""
        try:
            self.desk.clinic.change_settings(chosen)
        except ClinicError as error:
            return str(error)
        return ""

    def _order_said(self) -> str:
        if self.desk.clinic.settings.side_order == "right":
            return "Right side first, at this visit and the next ones."
        if self.desk.visit.story.get("leg_pain_side") in SIDES:
            return f"Sound side first, at this visit and the next ones: the {self.state.first} one here."
        return "Sound side first; right first as long as the story does not say that one leg hurts."

    def done(self, before: Entry, pressed: Pressed[Entry]) -> None:
        """Look at what the value means; a new unit of force is kept for the station."""
        unit, word, refused = self.state.unit, pressed.word, pressed.refused
        if unit != before.unit and (why := self._set_up(replace(self.desk.clinic.settings, force_unit=unit))):
            word, refused = why, True
        self._tick()
        if pressed.keep or pressed.withdraw:
            away = self.state.away
            if pressed.keep and pressed.keep.confirmed:
                self.alarms.confirmed(self.desk.watch.alerts, pressed.keep)
            self._look()
            if len(away) != len(self.state.away):
                word = f"{word} {OPENED if len(away) > len(self.state.away) else FOLDED_AGAIN}".lstrip()
            word = f"{word} {self._settled(pressed.keep)}".strip()
            if self.alarms.lifted(pressed.keep):
                word = LIFTED
        elif self.state.exam.place != before.exam.place:
            self.keep_place(self.state.exam.place)
        self.say(word, refused=refused)

    def keep_typed(self) -> bool:
        entry = self.state
        if entry.timing:
            self.say(CLOCK_RUNS, refused=True)
            return False
        if not entry.typed or entry.mode == "jump":
            return True
        self.do(press(entry, "enter"))
        return not self.state.typed

    def _tick(self) -> None:
        """Draw the seconds of a held test while its clock runs."""
        if self.state.timing and self._ticking is None:
            self._ticking = self.set_interval(TICK, self.paint)
        elif not self.state.timing and self._ticking is not None:
            self._ticking.stop()
            self._ticking = None

    def _look(self) -> None:
        """Look at what must be known now; a new alarm rings."""
        now = self.desk.watch
        self._stopped = now.status == "locked"
        all_open = self.state.folded if speaks_against(now.alerts) else ()
        nerve = self._waiting if pointed(self.desk.history, self.desk.protocol) else ()
        self.state = self.state.folding(all_open or nerve)
        if self.alarms.look(now.alerts) and not self.desk.visit.signed:
            self.app.bell()
        self.state = replace(self.state, falls=self.alarms.falls, asked=self.alarms.asked)

    def _settled(self, kept: Observation | None) -> str:
        """What a value just kept did to an alarm: it lifted one."""
        lifted = (one for one in self.desk.watch.alerts if one.state == "lifted")
        here = next((one for one in lifted if kept and (one.test, one.side) == kept.cell), None)
        return worded(here.said, self.desk.protocol) if here else ""

    def _acknowledge(self) -> None:
        seen = self.alarms.acknowledge()
        self.state = replace(self.state, asked=None)
        self.say(NOT_CONFIRMED if unconfirmed(seen) else "")
        if self._stopped and any(alert.level == "emergency" for alert in seen):
            self._show_emergency()

    def _retry(self) -> None:
        saved = self.retry()
        self._look()
        self.say("Everything is saved." if saved else "Still not saved.", refused=not saved)

    def _show_emergency(self) -> None:
        if emergencies(self.desk):
            self.app.push_screen(EmergencyScreen(self.desk), self._after_emergency)

    def _after_emergency(self, _: None) -> None:
        """Go on as the emergency screen left it: stopped, or with a reason to go on."""
        self._look()
        self.say("")

    @property
    def _telling(self) -> NextTest | None:
        """The test that would tell most, where the library has it."""
        return next((one for one in self.desk.watch.next_tests if one.test in self.state.tests), None)

    def _to_telling_test(self) -> None:
        """To the test that would tell more, else to the first not done, else to what is folded."""
        telling, still_open = self._telling, self.state.exam.still_open
        if telling is not None:
            if telling.test not in self.state.names:
                self.state = self.state.walked((*self.state.names, telling.test), self.state.first)
            self.action_jump_to(telling.test, telling.side)
        elif still_open:
            self.action_jump_to(still_open[0].test, still_open[0].side or "")
        elif self.state.away:
            self._open_folded()
        else:
            self.say("Every test is done, and none would tell more.", refused=True)

    def _open_folded(self) -> None:
        """Walk through the folded tests as well."""
        if not self.state.away:
            self.say("No test is folded here.", refused=True)
        elif self.keep_typed():
            entry = replace(self.state.opened(), folded=())
            if entry.exam.at is None:
                first = entry.exam.still_open[0]
                entry = entry.at(entry.exam.jumped(first.test, first.side))
            self.do(Pressed(state=entry, word=OPENED))

    def action_jump_to(self, test: str, side: str) -> None:
        """The cursor on a cell, from the list or the telling test."""
        if not self.keep_typed():
            return
        exam = self.state.exam.jumped(test, side if side in SIDES else None)
        self.do(Pressed(state=self.state.at(exam)))

    def basis(self) -> tuple[Basis, ...]:
        """The standing alarms, and the test under the cursor with its source."""
        test = self.state.test
        scale = self.desk.protocol.scales.get(self.desk.visit.scale)
        items = tuple(item for item in (test, scale) if item is not None)
        return (*self.alarms.standing, *self._telling_basis(), *items)

    def _telling_basis(self) -> tuple[Conclusion, ...]:
        telling, rule = self._telling, self.desk.protocol.rules.next_test
        if telling is None:
            return ()
        return (Conclusion(said=telling.said, because=(), sources=telling.sources, evidence=rule.evidence),)

    # what is shown

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word on the page; a refusal beeps."""
        self._word = word
        self.paint()
        if refused:
            self.app.bell()

    def paint(self) -> None:
        """Draw the state, as large as the screen allows."""
        for sheet in self._sheets:
            sheet.redraw()

    def _station(self, size: Size) -> list[Content]:
        entry, last = self.state, self.state.last
        now = Page(
            entry=entry,
            columns=columns_of(entry, self.keeper, self._then, self.desk.visit, self.clock()),
            alarms=self.alarms,
            keeper=self.keeper,
            protocol=self.desk.protocol,
            then=self._then(*last.cell) if last else None,
            words=self._words(size.width - 2),
            guidance=self._guidance(),
            beside=has_room(self.size),
        )
        drawn = page(now, *size)
        self._left_out = drawn.left_out
        return drawn.lines

    def _words(self, across: int) -> tuple[str, ...]:
        """What a key was answered with, else the hints; that tests were opened takes none of them away."""
        if self._word not in ("", OPENED, FOLDED_AGAIN):
            return (self._word,)
        protocol = self.desk.protocol
        telling = telling_line(self._telling, self.state, protocol.patterns, across)
        return (*hints(self.state, telling, protocol), *filter(None, (self._word,)))

    def _list(self, size: Size) -> list[Content]:
        return listed(self.state, self.keeper, size.height)

    def _guidance(self) -> tuple[Line, ...]:
        scale = self.desk.protocol.scales.get(self.desk.visit.scale)
        return self.guide.shown(self.state.test, scale, self.size)
