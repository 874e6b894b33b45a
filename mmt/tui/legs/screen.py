"""The leg-length step: reading, Enter, reading, Enter; the difference drawn to scale as it is typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size

from mmt.model.exam_tests import LegLengthTest
from mmt.reasoning.wording import worded
from mmt.tui.desk import Desk
from mmt.tui.visit.emergency import EmergencyScreen, emergencies
from mmt.tui.visit.guidance import Line
from mmt.tui.visit.guide import Guide, has_room
from mmt.tui.visit.keyed import KeyedStep
from mmt.tui.visit.pressed import Pressed
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.sheet import Sheet

from .keys import LEG_LENGTH
from .page import LegPage, leg_page
from .press import press
from .readings import Legs, side_asked


class LegLengthScreen(KeyedStep[Legs]):
    """All leg-length methods of the exam plan, their readings, and what they may mean together."""

    step: ClassVar[str] = "leg-length"
    PLACE = LEG_LENGTH

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
        self.state = Legs(tests=tests, observations=seen).resumed()
        self.guide = Guide()
        self._left_out = 0
        self._word = ""
        self._sheet = Sheet(self._drawn, id="legs")

    def body(self) -> ComposeResult:
        yield self._sheet

    def on_mount(self) -> None:
        self.say(self._asks())

    def take(self, key: str, text: str) -> bool:
        legs = self.state
        half_done = bool(legs.typed) or legs.side is not None
        if (key == "escape" and not half_done) or key == "question_mark":
            return False
        if len(key) > 1 and key not in ("enter", "backspace", "escape"):
            return (bool(text) and self.do(press(legs, key, text))) or self.numlock(key)
        if key == "*":
            self.guide.toggle(self._guidance(), self._left_out)
            self.show()
        elif key == "r" and not self.keeper.clear:
            saved = self.retry()
            self.show("Everything is saved." if saved else "Still not saved.", refused=not saved)
        elif key == "enter" and legs.at is None:
            self.action_next_step()
        else:
            self.do(press(legs, key, text))
        return True

    def forbidden(self, pressed: Pressed[Legs]) -> str:
        why = super().forbidden(pressed)
        if why and emergencies(self.desk):
            self.app.push_screen(EmergencyScreen(self.desk), lambda _: self.show())
        return why

    def done(self, _: Legs, pressed: Pressed[Legs]) -> None:
        self.show(pressed.word, refused=pressed.refused)

    def keep_typed(self) -> bool:
        if self.state.typed or self.state.side is not None:
            self.do(press(self.state, "enter"))
        return not self.state.typed and self.state.side is None

    def action_go_to_field(self, index: int) -> None:
        """A click on a field puts the cursor there."""
        if self.keep_typed():
            self.do(Pressed(state=self.state.moved(index)))

    def basis(self) -> tuple[Basis, ...]:
        """What the readings say together, and the method under the cursor with its source."""
        said = self.desk.review.leg_length
        return tuple(one for one in (said, self.state.test) if one is not None)

    def show(self, word: str = "", *, refused: bool = False) -> None:
        """Bring the whole screen up to the state, with what a key was answered with."""
        self.say(word or self._asks(), refused=refused)

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word on the page; a refusal beeps."""
        self._word = word
        self._sheet.redraw()
        if refused:
            self.app.bell()

    def _drawn(self, size: Size) -> list[Content]:
        now = LegPage(
            legs=self.state,
            keeper=self.keeper,
            meaning=self._meaning(),
            word=self._word,
            guidance=self._guidance(),
            beside=has_room(self.size),
        )
        drawn = leg_page(now, *size)
        self._left_out = drawn.left_out
        return drawn.lines

    def _guidance(self) -> tuple[Line, ...]:
        return self.guide.shown(self.state.in_view, None, self.size)

    def _asks(self) -> str:
        """What is asked for now."""
        at, test = self.state.at, self.state.test
        if at is None or test is None:
            return "All readings are through. Enter goes on to the findings, / steps back."
        if at.side is None and self.state.side is None:
            return f"Which side is {side_asked(test)}? 1 right, 2 left, 0 level."
        if at.side is None:
            return "How much? mm, or 1.2 cm, or 1/2 in; Enter keeps it."
        apart = self.state.apart(test, at.side)
        if at.trial > test.readings and apart:
            return f"The {at.side} readings differ by {apart:g} mm: find the landmarks anew, read once more."
        return f"{at.side.upper()} leg, reading {at.trial}: mm, or 86.1 cm, or 33 7/8 in; Enter keeps it."

    def _meaning(self) -> tuple[str, ...]:
        said = self.desk.review.leg_length
        if self.state.typed:
            return ("What it may mean stands here once Enter keeps the reading.",)
        if said is None:
            return ("Nothing is measured yet.",)
        begun = {one.method for one in said.methods}
        tests = self.desk.protocol.tests
        asked = {one.id for one in self.state.tests} - begun
        missing = [tests[one].name for one in tests if one in asked and one in said.missing]
        meant = worded(said.said, self.desk.protocol)
        return (meant, f"Not measured: {'; '.join(missing)}.") if missing else (meant,)
