"""Whether the course that most people have may be told to a patient."""

from itertools import product

from mmt.model.base import SIDES
from mmt.model.grades import at_most
from mmt.model.protocol import Protocol
from mmt.model.visit import History

from . import seen
from .answers import by_now
from .suspected import present


def usual_course(history: History, protocol: Protocol) -> bool:
    """Whether pain is known to be new enough, no muscle of the legs or of the alarm set very weak, and
    nothing suspected that takes its own course."""
    rule = protocol.rules.usual_course
    if rule is None:
        return False
    number = by_now(rule.question, history, protocol)
    if (
        number is None
        or number > rule.most
        or not set(rule.precautions).isdisjoint(present(history, protocol))
    ):
        return False
    grades = (seen.latest(history, *cell, "grade") for cell in product(protocol.watched, SIDES))
    return not any(one and at_most(one[1].code, rule.level) for one in grades)
