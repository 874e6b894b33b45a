"""Key-muscle totals a side and limb: whole grades summed, ND where a key muscle was not tested."""

from mmt.model.base import Side
from mmt.model.protocol import Protocol
from mmt.model.review import Totals
from mmt.model.rules import KeyMusclesRule
from mmt.model.visit import Visit

from . import seen

NOT_DETERMINABLE = "ND"


def totals(visit: Visit, protocol: Protocol) -> Totals:
    """The four totals of a visit (ISNCSCI 2019), 0 to 25 each; signs are dropped, other causes ignored."""
    rule = protocol.rules.key_muscles
    return Totals(
        upper_right=_total(visit, rule.upper, "right", rule),
        upper_left=_total(visit, rule.upper, "left", rule),
        lower_right=_total(visit, rule.lower, "right", rule),
        lower_left=_total(visit, rule.lower, "left", rule),
    )


def _total(visit: Visit, muscles: tuple[str, ...], side: Side, rule: KeyMusclesRule) -> int | str:
    grades = [found.grade for muscle in muscles if (found := seen.best(visit, muscle, side)) and found.grade]
    if len(grades) < len(muscles):
        return NOT_DETERMINABLE
    return sum(int(rule.whole.get(code, code)[0]) for code in grades)
