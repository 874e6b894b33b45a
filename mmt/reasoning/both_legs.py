"""Weakness of both legs: one nerve or root does not explain it."""

from mmt.model.base import SIDES
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import at_most
from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.model.visit import History

from . import seen, words
from .safety import unanswered


def alerts(history: History, protocol: Protocol) -> list[Alert]:
    """Weakness of the legs on both sides asks the cauda equina questions that were not answered yet."""
    rule, visit = protocol.rules.motor_alarm, history.visits[-1]
    weak = [
        grade
        for test in rule.muscles
        for side in SIDES
        if isinstance(known := protocol.tests.get(test), MuscleTest) and known.region == "leg"
        if (grade := next((one for one in seen.graded(visit, test, side) if not one.pained), None))
        if at_most(grade.code, rule.both_sides)
    ]
    missing = unanswered(history, protocol)
    if {one.side for one in weak} != set(SIDES) or not missing:
        return []
    names = ", ".join(f"{protocol.tests[one.test].name} {one.side} {one.grade}" for one in weak)
    group = protocol.safety[rule.questions]
    return [
        Alert(
            rule=f"{rule.questions}-questions",
            level="caution",
            text=words.WEAK_BOTH.format(names=names),
            action=words.ASK_CAUDA,
            because=tuple(seen.reason(one) for one in weak),
            missing=missing,
            source=protocol.cite(group.sources),
            evidence=group.evidence,
        )
    ]
