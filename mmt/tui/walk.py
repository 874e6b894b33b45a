"""The screens of a visit by the step that they are for, imported when a visit is first opened."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmt.clinic import OpenVisit

    from .visit.step import StepScreen


def screen(step: str, desk: "OpenVisit") -> "StepScreen":
    """The screen of a step, with the visit on it. Raises KeyError where there is no such step."""
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
