"""What every step of a visit shares: the head line, the step bar, the keys that walk."""

from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from mmt.model.errors import RefusedError, TakenOverError
from mmt.model.exam_tests import LegLengthTest
from mmt.tui.desk import Desk
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import LOOKS, TAKE_OVER, WALK, Command, Place, bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Basis

from .head import HeadLine
from .step_bar import StepBar
from .steps import begun, neighbour, steps_of

ASKED_S = 20
"""So many seconds the question waits whether a draft is to be taken over."""

TAKE_OVER_ASKS = (
    "Take it over{as_whom}? F5 again does; the other place is told, keeps nothing more, and the list of acts "
    "says so. Esc leaves it there."
)


class StepScreen(Screen[None]):
    """One step of the open visit. Subclasses set `step` and build `body`; they read and keep by `desk`."""

    step: ClassVar[str] = ""
    PLACE: ClassVar[Place]
    not_kept = ""
    AUTO_FOCUS: ClassVar[str | None] = None
    ALLOW_SELECT = False

    @dataclass
    class Go(Message):
        """The walk goes on with this step."""

        step: str

    class Leave(Message):
        """Back to the patient's page."""

    @dataclass
    class Explain(Message):
        """Show the basis of these: the rule, inputs, what is missing, the source."""

        subjects: tuple[Basis, ...]

    @dataclass
    class Anew(Message):
        """The draft was taken over elsewhere: show the step as it is kept now, and say what was not kept."""

        not_kept: str = ""

    @dataclass
    class TakeOver(Message):
        """Go on with the draft here, wherever else it is open; what was not kept of it is still told."""

        not_kept: str = ""

    def __init_subclass__(cls) -> None:
        if cls.step:
            cls.BINDINGS = bindings(cls.PLACE, WALK)
        super().__init_subclass__()

    def __init__(self, desk: Desk) -> None:
        super().__init__(name=self.step or None, classes="step")
        self.desk = desk
        self._elsewhere = desk.elsewhere
        self._asked_at = 0.0
        self._leg_tests = frozenset(test.id for test in desk.protocol.of(LegLengthTest))

    def compose(self) -> ComposeResult:
        yield HeadLine(self.desk.history.patient, self.desk.visit)
        yield StepBar(self.step)
        if self._elsewhere:
            takes = "" if self.desk.visit.signed else "F5 takes it over."
            said = " ".join(filter(None, (self._elsewhere, self.not_kept, takes)))
            yield Static(plain(said), id="elsewhere")
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """The widgets of this step."""
        yield from ()

    def on_mount(self) -> None:
        self.show_steps()
        if self.not_kept and not self._elsewhere:
            self.call_after_refresh(self.say, self.not_kept)

    def on_screen_resume(self) -> None:
        """Back from what stood above it: the draft may have been taken over meanwhile."""
        if self.desk.elsewhere != self._elsewhere:
            self.post_message(self.Anew())

    def refused(self, error: RefusedError) -> None:
        """Say why nothing was kept; what was taken over elsewhere is shown as it is kept now."""
        if isinstance(error, TakenOverError):
            self.post_message(self.Anew(self.lost()))
        else:
            self.say(str(error), refused=True)

    def lost(self) -> str:
        """What cannot be kept any more, after the draft was taken over elsewhere."""
        return "Your last entry here was not kept."

    def show_steps(self) -> None:
        """Bring the step bar up to what is recorded, and the key bar to what can be done."""
        steps = steps_of(self.desk.visit)
        here = begun(self.desk.visit, self._leg_tests, made=bool(self.desk.made))
        self.query_one(StepBar).show(here, steps)
        ends = ((1, "Next"), (-1, "Before"))
        nowhere = (label for by, label in ends if neighbour(self.step, by, steps) == self.step)
        if self._elsewhere and not self.desk.visit.signed:
            records = (one.label for one in self.PLACE.commands if one.label not in LOOKS)
            self.query_one(KeyBar).leave_out((*self.idle(), *records, *nowhere), (TAKE_OVER,))
        else:
            self.query_one(KeyBar).leave_out((*self.idle(), *nowhere), self.first_keys())

    def idle(self) -> tuple[str, ...]:
        """The labels of the commands that would do nothing as things stand."""
        return ()

    def first_keys(self) -> tuple[Command, ...]:
        """What the key bar tells first, where it depends on how things stand."""
        return ()

    def basis(self) -> tuple[Basis, ...]:
        """What F1 explains: the things under the cursor."""
        return ()

    @on(Go)
    @on(Leave)
    def hold_what_is_not_kept(self, event: Message) -> None:
        """What is not kept stops the first try to leave the step."""
        if not self.may_leave():
            event.stop()

    def may_leave(self) -> bool:
        """Whether nothing would be left behind, or the person was asked once."""
        return True

    def action_go_to(self, step: str) -> None:
        """A click on the step bar."""
        self.post_message(self.Go(step))

    def action_next_step(self) -> None:
        """Go on with the step after this one."""
        self.post_message(self.Go(neighbour(self.step, 1, steps_of(self.desk.visit))))

    def action_previous_step(self) -> None:
        """Go back to the step before this one."""
        self.post_message(self.Go(neighbour(self.step, -1, steps_of(self.desk.visit))))

    def action_back(self) -> None:
        """Leave the visit as it is, for the patient's page."""
        self.post_message(self.Leave())

    def action_take_over(self) -> None:
        """Go on here with a draft that is open elsewhere, once who is signed in was asked."""
        if not self.desk.elsewhere or self.desk.visit.signed:
            self.say("This visit is not open elsewhere.", refused=True)
        elif monotonic() - self._asked_at < ASKED_S:
            self.post_message(self.TakeOver(self.not_kept))
        else:
            self._asked_at = monotonic()
            who = self.desk.clinic.signed_in
            asks = TAKE_OVER_ASKS.format(as_whom=f" as {who}" if who else "")
            self.query_one("#elsewhere", Static).update(plain(f"{self.desk.elsewhere} {asks}"))

    def action_basis(self) -> None:
        """Show what the thing under the cursor rests on."""
        if subjects := self.basis():
            self.post_message(self.Explain(subjects))
        else:
            self.say("Nothing here has a basis to show.", refused=True)

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show what a key was answered with, in words; a refusal beeps."""
        raise NotImplementedError
