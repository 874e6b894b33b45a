"""What the examiner reads about a test: position, hold, push, what earns which grade, what to watch for."""

from typing import NamedTuple

from mmt.model.exam_tests import (
    AnyTest,
    CountTest,
    LegLengthTest,
    LengthTest,
    MuscleTest,
    ReflexTest,
    SignTest,
    TouchTest,
)
from mmt.model.grades import Scale, at_most
from mmt.model.observation import Observation

GRAVITY_LIMIT = "2"
"""From this grade downwards the position without gravity decides."""


ESSENTIAL = ("Position", "Fix", "Push", "Watch", "Nerve", "Grades")
"""What stands on one screen at any size: how a muscle is tested, what to watch for, what earns a grade."""


class Line(NamedTuple):
    """One line of guidance: what it is about, and what it says."""

    label: str
    text: str


def guidance(test: AnyTest, scale: Scale | None, *, brief: bool = False) -> tuple[Line, ...]:
    """All that helps to do this test, the most needed first; `brief` puts the grades into one line."""
    return tuple(line for line in (*_lines(test, scale, brief), Line("Note", test.notes)) if line.text)


def _lines(test: AnyTest, scale: Scale | None, brief: bool) -> tuple[Line, ...]:
    if isinstance(test, MuscleTest):
        return (
            Line("Position", test.against_gravity),
            Line("Fix", test.fix),
            Line("Push", test.resist),
            Line("Watch", " ".join(one.text for one in test.substitutions)),
            Line("Nerve", f"{test.nerve}; {roots(test)}"),
            *_earns(test, scale, brief),
            Line("No gravity", test.gravity_eliminated),
            *(Line("Or", one.text) for one in test.variants.values() if one.text != test.against_gravity),
        )
    steps = tuple(Line(f"{number}", text) for number, text in enumerate(test.steps, 1))
    if isinstance(test, SignTest):
        return (*steps, Line("Positive", test.positive), Line("Known", test.accuracy))
    if isinstance(test, LengthTest):
        return (*steps, Line("Usual", test.usual), Line("Known", test.accuracy))
    if isinstance(test, ReflexTest):
        return (*steps, Line("Roots", " ".join(test.roots)), Line("Usual", str(test.expected)))
    if isinstance(test, TouchTest):
        return (*steps, Line("Roots", " ".join(test.roots)), Line("Known", test.accuracy))
    if isinstance(test, CountTest):
        return (*steps, *(Line("Stop", text) for text in test.stop))
    if isinstance(test, LegLengthTest) and test.error:
        fewer = f", {test.error_single:g} mm with fewer readings" if test.error_single else ""
        return (*steps, Line("Error", f"under {test.error:g} mm{fewer}: cannot be told from error"))
    return steps


def _earns(test: MuscleTest, scale: Scale | None, brief: bool) -> list[Line]:
    """What earns each grade of the scale, best first, or the grades with their words in one line; the test's
    own wording where it has one."""
    if scale is None or test.measure != "grade":
        return []
    steps = scale.steps[::-1]
    if not brief:
        return [Line(step.code, test.criteria.get(step.code, step.criterion)) for step in steps]
    said = (f"{step.code} {test.criteria.get(step.code, step.word).rstrip('.')}" for step in steps)
    return [Line("Grades", " · ".join(said))]


def roots(test: MuscleTest) -> str:
    """The roots in words: the main ones first, then the others, then small or disputed ones."""
    main = [root for root in test.roots if root in test.primary_roots]
    others = [root for root in test.roots if root not in main]
    told = (("mainly ", main), ("also " if main else "", others), ("disputed: ", test.minor_roots))
    return ", ".join(f"{lead}{' '.join(roots)}" for lead, roots in told if roots)


def without_gravity(test: AnyTest | None, observation: Observation | None) -> str:
    """The position without gravity, where the grade in hand is 2 or less; else empty."""
    if not isinstance(test, MuscleTest) or observation is None or observation.grade is None:
        return ""
    return test.gravity_eliminated if at_most(observation.grade, GRAVITY_LIMIT) else ""
