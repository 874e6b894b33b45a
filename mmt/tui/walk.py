"""The walk through the open visit: which step of it is shown, and what an emergency closes."""

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from mmt.model.errors import ClinicError

from .visit.steps import BY_ID, step_of, steps_of

if TYPE_CHECKING:
    from textual.app import App

    from mmt.clinic import OpenVisit

    from .visit.step import StepScreen

_LOCKED_STEPS = ("leg-length", "prescription")
"""Steps that an emergency closes until a named clinician goes on. The exam shows the emergency itself and
takes nothing new, yet a slip among its grades can be corrected there."""


class Walk:
    """Goes from step to step of the visit that is open, which is the `desk` of its screens."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app
        self.desk: OpenVisit | None = None

    def open(self, desk: "OpenVisit", step: str = "") -> None:
        """Open a visit at a step that was asked for; else a draft goes on where it was left, and a signed one
        shows its page."""
        self.desk = desk
        here = "signed" if desk.visit.signed else step_of(desk.visit.place)
        self.go_to(step or here, moves=not step)

    def go_to(self, step: str, not_kept: str = "", *, moves: bool = True) -> None:
        """Show a step of the open visit, with what was `not_kept`; an emergency shows what to do instead.

        A draft goes on there next time, unless the step is only looked at: then it `moves` nowhere.
        """
        assert self.desk is not None
        if step in _LOCKED_STEPS and self._locked:
            from .visit.emergency import EmergencyScreen

            self._app.push_screen(EmergencyScreen(self.desk), partial(self._after_emergency, step))
            return
        if moves and not self.desk.visit.place.startswith(f"{step}:"):
            try:
                self.desk.move(step)
            except ClinicError as error:
                self._app.notify(str(error), severity="error", markup=False)
        screen = _screen(step, self.desk)
        screen.not_kept = not_kept
        if self._on_a_step:
            self._app.switch_screen(screen)
        else:
            self._app.push_screen(screen)

    def _after_emergency(self, step: str, _: object) -> None:
        if not self._locked:
            self.go_to(step)
        elif not self._on_a_step:
            self.go_to("safety")

    @property
    def _locked(self) -> bool:
        """Whether an emergency closes steps of the open visit."""
        assert self.desk is not None
        return self.desk.watch.status == "locked"

    @property
    def _on_a_step(self) -> bool:
        """Whether a step is on top."""
        return "step" in self._app.screen.classes

    def look(self) -> None:
        """Show what was taken over elsewhere."""
        with suppress(ClinicError):
            if self.desk is not None and self.desk.overtaken():
                self.show_anew()

    def take_over(self, not_kept: str) -> None:
        """Go on with the draft here, which was taken over elsewhere."""
        assert self.desk is not None
        self.desk.hold(over=True)
        self.show_anew(not_kept)

    def show_anew(self, not_kept: str = "") -> None:
        """Show the step that is on top as the visit is kept now. One beneath a dialog is shown so later.

        What is half typed there is told, as it goes with the screen.
        """
        step, half = self._app.screen.name, getattr(self._app.screen, "half_typed", "")
        if half and half not in not_kept:
            not_kept = f"{not_kept} Half typed and not kept: {half}.".lstrip()
        if self.desk is None or step not in BY_ID:
            return
        if self.desk.elsewhere:
            self._app.bell()
        if step not in [one.id for one in steps_of(self.desk.visit)]:
            step = "signed"
        elif step in _LOCKED_STEPS and self._locked:
            step = "safety"
        self.go_to(step, not_kept)

    def leave(self) -> None:
        """Back from the visit to the screen beneath it."""
        if self.desk is not None:
            self.desk.leave()
        self._app.pop_screen()
        self.desk = None


def _screen(step: str, desk: "OpenVisit") -> "StepScreen":
    """The screen of a step, imported when a visit is first opened."""
    from .asking.safety import SafetyScreen
    from .asking.story import StoryScreen
    from .exam.screen import ExamScreen
    from .legs.screen import LegLengthScreen
    from .results.findings import FindingsScreen
    from .results.papers import PapersScreen
    from .results.prescription import PrescriptionScreen
    from .results.sign import SignScreen
    from .results.signed import SignedScreen

    screens: tuple[type[StepScreen], ...] = (
        SafetyScreen,
        StoryScreen,
        ExamScreen,
        LegLengthScreen,
        FindingsScreen,
        PrescriptionScreen,
        SignScreen,
        PapersScreen,
        SignedScreen,
    )
    return {one.step: one for one in screens}[step](desk)
