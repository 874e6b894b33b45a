"""The leg-length step: reading, Enter, reading, Enter; the difference drawn to scale as it is typed."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from mmt.model.exam_tests import LegLengthTest
from mmt.tui.desk import Desk
from mmt.tui.station.board import key_of
from mmt.tui.station.guidance import guidance
from mmt.tui.station.legs import Legs
from mmt.tui.station.legs_press import LegStep, press
from mmt.tui.station.measured import measured
from mmt.tui.steps import neighbour
from mmt.tui.widgets.clicks import KeyRow
from mmt.tui.widgets.guide import fitted
from mmt.tui.widgets.leg_view import drawing, readings, typed
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.rows import Basis

from .emergency import EmergencyScreen, emergencies
from .keyed import SIGNED, KeyedStep

STOPPED = "Stopped: emergency. Enter shows what to do."
DIGITS = tuple((key, key, "") for key in "0123456789.")
TALL = 40
"""Rows from which the guidance stands below the readings by itself."""

WAYS = (("backspace", "←", ""), ("slash", "/", "back"), ("enter", "Enter", "keeps, goes on"))


class LegLengthScreen(KeyedStep):
    """All leg-length methods of the exam plan, their readings, and what they may mean together."""

    step: ClassVar[str] = "leg-length"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        plan = desk.protocol.exams.get(desk.visit.exam)
        wanted = dict.fromkeys(
            (*(plan.leg_length if plan else ()), *(one.test for one in desk.visit.observations))
        )
        known = (desk.protocol.tests.get(name) for name in wanted)
        tests = tuple(one for one in known if isinstance(one, LegLengthTest))
        ids = {one.id for one in tests}
        seen = tuple(one for one in desk.visit.observations if one.test in ids)
        self.legs = Legs(tests=tests, observations=seen).resumed()
        self.guiding = False

    def body(self) -> ComposeResult:
        yield Static(id="leg-head")
        yield Static(id="typed")
        with Vertical(id="leg-main"):
            yield Static(id="readings")
            yield Static(id="drawing")
            yield Static(id="meaning")
        yield Static(id="guidance")
        yield Static(id="band")
        yield Line(id="word")
        yield KeyRow(id="keys")

    def on_mount(self) -> None:
        self.say(self._asks())
        self.call_after_refresh(self.paint)

    def on_resize(self) -> None:
        self.call_after_refresh(self.paint)

    def take(self, key: str, text: str) -> bool:
        legs = self.legs
        half_done = bool(legs.typed) or legs.side is not None
        if (key == "escape" and not half_done) or key == "question_mark":
            return False
        if len(key) > 1 and key not in ("enter", "backspace", "escape"):
            return (bool(text) and self._do(press(legs, key, text))) or self.numlock(key)
        if key == "*":
            self.guiding = not self.guiding
            self.show()
        elif key == "r" and not self.keeper.clear:
            saved = self.keeper.retry()
            self.show("Everything is saved." if saved else "Still not saved.", refused=not saved)
        elif key == "enter" and legs.at is None:
            self.post_message(self.Go(neighbour(self.step, 1)))
        else:
            self._do(press(legs, key, text))
        return True

    def _do(self, step: LegStep) -> bool:
        if step.keep is not None or step.withdraw is not None:
            if self.desk.visit.signed:
                self.say(SIGNED, refused=True)
                return True
            if step.keep is not None and emergencies(self.desk):
                self.say(STOPPED, refused=True)
                self.app.push_screen(EmergencyScreen(self.desk), lambda _: self.show())
                return True
        if step.keep is not None:
            self.save(key_of(step.keep), partial(self.desk.keep, step.keep))
        if step.withdraw is not None:
            gone = step.withdraw
            self.save(key_of(gone), partial(self.desk.withdraw, gone.test, gone.side, gone.trial))
        self.legs = step.legs
        self.show(step.word, refused=step.refused)
        return True

    def action_go_to_field(self, index: int) -> None:
        """A click on a field puts the cursor there."""
        self._do(LegStep(legs=self.legs.moved(index)))

    def basis(self) -> tuple[Basis, ...]:
        """What the readings say together, and the method under the cursor with its source."""
        said = self.desk.review.leg_length
        return tuple(one for one in (said, self.legs.test) if one is not None)

    def show(self, word: str = "", *, refused: bool = False) -> None:
        """Bring the whole screen up to the state, with what a key was answered with."""
        self.paint()
        self.say(word or self._asks(), refused=refused)

    def paint(self) -> None:
        """Draw the state, as large as the screen allows."""
        legs, across = self.legs, self.size.width
        unsaved = frozenset(key_of(one) for one in legs.observations if self.keeper.waits(key_of(one)))
        test = legs.test or (legs.tests[-1] if legs.tests else None)
        tall = self.size.height >= TALL
        self._put("leg-head", self._head_line(test))
        self._put(
            "typed",
            typed(legs) if (tall or not self.guiding) and self.size.height >= self._rows() else Content(""),
        )
        self._put("readings", Content("\n").join(readings(legs, one, unsaved) for one in legs.tests))
        self._put("drawing", drawing(test, measured(legs, test), across) if test else Content(""))
        self._put("meaning", self._meaning())
        lines = guidance(test, None) if test and (self.guiding or tall) else ()
        self._put("guidance", Content("\n").join(fitted(lines, across, self.size.height - 8)[0]))
        self.query_one("#leg-main").display = tall or not self.guiding
        trouble = "" if self.keeper.clear else f" NOT SAVED. {self.keeper.trouble} r tries again."
        self._put("band", Content.styled(trouble, "bold") if trouble else Content(""))
        self.query_one(KeyRow).offer((*DIGITS, *WAYS))

    def _rows(self) -> int:
        """The rows that the screen takes with the large letters."""
        return 17 + sum(3 if test.side_means == "this-leg" else 1 for test in self.legs.tests)

    def _put(self, name: str, content: Content) -> None:
        widget = self.query_one(f"#{name}", Static)
        widget.display = bool(content)
        widget.update(content)

    def _head_line(self, test: LegLengthTest | None) -> Content:
        if test is None:
            return Content.styled(" This exam has no leg-length method. Enter goes on.", "bold")
        filled = sum(self.legs.value(one.test, one.side, one.trial) is not None for one in self.legs.fields)
        position = test.position.upper()
        count = f"{filled} of {len(self.legs.fields)} readings"
        return Content.assemble((f" {position} · {test.name}", "bold"), (f"   {count}", "dim"))

    def _asks(self) -> str:
        """What is asked for now."""
        at, test = self.legs.at, self.legs.test
        if at is None or test is None:
            return "All readings are through. Enter goes on to the findings, / steps back."
        if at.side is None and self.legs.side is None:
            word = "lower" if test.side_means == "lower" else "shorter"
            return f"Which side is {word}? 1 right, 2 left, 0 level."
        if at.side is None:
            return "How much? mm, or 1.2 cm, or 1/2 in; Enter keeps it."
        apart = self.legs.apart(test, at.side)
        if at.trial > test.readings and apart:
            return f"The {at.side} readings differ by {apart:g} mm: find the landmarks anew, read once more."
        return f"{at.side.upper()} leg, reading {at.trial}: mm, or 86.1 cm, or 33 7/8 in; Enter keeps it."

    def _meaning(self) -> Content:
        said = self.desk.review.leg_length
        if said is None:
            return Content.styled(" Nothing is measured yet.", "dim")
        begun = {one.method for one in said.methods}
        tests = self.desk.protocol.tests
        missing = [tests[one].name for one in said.missing if one in tests and one not in begun]
        lines = [Content.styled(f" {said.text}", "bold")]
        if missing:
            lines.append(Content.styled(f" Not measured: {'; '.join(missing)}.", "dim"))
        return Content("\n").join(lines)
