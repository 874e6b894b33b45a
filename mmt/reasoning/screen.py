"""What points to a nerve, so that touch is tested as well."""

from itertools import product

from mmt.model.base import SIDES
from mmt.model.exam_tests import ReflexTest, TouchTest
from mmt.model.grades import at_most
from mmt.model.protocol import Protocol
from mmt.model.rules import ScreenRule
from mmt.model.visit import History, Visit

from . import seen
from .answers import latest


def screen(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The tests of the last visit's exam that are folded until something points to a nerve; none where the
    protocol has no rule that tells what does."""
    plan = protocol.exams.get(history.visits[-1].exam)
    return plan.screen if plan and protocol.rules.screen else ()


def pointed(history: History, protocol: Protocol) -> bool:
    """Whether something of the last visit points to a nerve: what was found, or what was answered, the story
    as it was told last."""
    rule, visit = protocol.rules.screen, history.visits[-1]
    if rule is None:
        return False
    told = latest(history, "story")
    return (
        any(visit.safety.get(one) is True for one in rule.answers)
        or any(_answered(told[one][1], wanted) for one, wanted in rule.story.items() if one in told)
        or _found(visit, rule, protocol)
    )


def _answered(answer: object, wanted: tuple[str, ...]) -> bool:
    return not set(answer if isinstance(answer, tuple) else (answer,)).isdisjoint(wanted)


def _found(visit: Visit, rule: ScreenRule, protocol: Protocol) -> bool:
    """Whether what was found at the table points to a nerve."""
    grades = (seen.graded(visit, name, side) for name, side in product(rule.muscles, SIDES))
    jerks = (
        (one.expected, seen.last(visit, one.id, side, "count"))
        for one, side in product(protocol.of(ReflexTest), SIDES)
    )
    signs = (seen.last(visit, *cell, "result") for cell in visit.cells if cell[0] in rule.signs)
    touches = (
        seen.last(visit, one.id, side, "touch") for one, side in product(protocol.of(TouchTest), SIDES)
    )
    return (
        any(at_most(one.code, rule.weak) for trials in grades for one in trials)
        or any(jerk.number < expected for expected, jerk in jerks if jerk)
        or any(sign.result == "positive" for sign in signs if sign)
        or any(touch.touch != "normal" for touch in touches if touch)
    )
