"""What was seen of one side at one visit, sorted into evidence: weak, normal, lost, positive or quiet."""

from typing import NamedTuple

from mmt.model.base import Side, Value, other
from mmt.model.exam_tests import CountTest, MuscleTest, ReflexTest, TouchTest
from mmt.model.grades import at_most, halves, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Missing
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen
from .counts import fewer
from .remembered import remembered_each


class Evidence(Value, frozen=True, kw_only=True):
    """What speaks for a `test` of one side: what was seen, whether it is abnormal, and how much it counts (a
    plain one 1). A count may speak for the muscle that was not graded; `compared` tells that the reflex of
    the other side is known too, and better than a lost one."""

    test: str
    seen: Observation
    abnormal: bool
    weight: float
    compared: bool = False


@remembered_each
def gather(history: History, protocol: Protocol, side: Side) -> dict[str, Evidence]:
    """The evidence of one side at the last visit, by test: of the tests that patterns name, those that say
    something.

    Pain-flagged and not-tested grades say nothing; nor does a grade between weak and normal, nor a reflex
    that is low, or a touch that is changed, on both sides alike.
    """
    visit, found = history.visits[-1], {}
    for name in protocol.patterned:
        test = protocol.tests.get(name)
        if isinstance(test, MuscleTest):
            evidence = _muscle(visit, name, side, protocol)
            if name in protocol.counted and seen.best(visit, name, side) is None:
                evidence = _counted(visit, protocol.counted[name], side, protocol)
        elif isinstance(test, ReflexTest):
            evidence = _reflex(visit, test, side)
        elif isinstance(test, TouchTest):
            evidence = _touch(visit, name, side, protocol)
        else:
            evidence = _sign(visit, name, side)
        if evidence is not None:
            found[name] = evidence
    return found


class Lacking(NamedTuple):
    """Of some tests of one side, those of which there is no value, and those whose every value is painful."""

    untested: tuple[str, ...]
    painful: tuple[str, ...]

    @property
    def all(self) -> tuple[Missing, ...]:
        """What a conclusion lacks: tests by id, of a painful one that it does not count."""
        return (*self.untested, *(said("not-counted", test=one) for one in self.painful))


def lacking(names: tuple[str, ...], visit: Visit, side: Side, protocol: Protocol) -> Lacking:
    """Those of the named tests that say nothing of this side: not tested, or only with pain."""
    counted = protocol.counted
    untested, painful = [], []
    for name in names:
        stands_in = visit.seen(counted[name].id, side) if name in counted else ()
        measured = [one for one in (*visit.seen(name, side), *stands_in) if one.measured]
        if not measured:
            untested.append(name)
        elif all(one.pained for one in measured):
            painful.append(name)
    return Lacking(tuple(untested), tuple(painful))


def _muscle(visit: Visit, name: str, side: Side, protocol: Protocol) -> Evidence | None:
    rule, found = protocol.rules.patterns, seen.best(visit, name, side)
    if found is None or found.pained:
        return None
    weights = {"substitution": rule.substituted, "gives-way": rule.gave_way}
    trust = min((weight for flag, weight in weights.items() if flag in found.flags), default=1.0)
    if at_most(found.code, rule.weak):
        below = (halves(rule.weak) - halves(found.code)) / 2
        return Evidence(test=name, seen=found, abnormal=True, weight=trust * (1 + rule.depth * below))
    if rank(found.code) >= rank(rule.normal):
        return Evidence(test=name, seen=found, abnormal=False, weight=trust)
    return None


def _counted(visit: Visit, test: CountTest, side: Side, protocol: Protocol) -> Evidence | None:
    """A count as evidence: weak where it alarms or is clearly below the other side's, normal where it earns
    the full grade; in between it says nothing, for half of healthy people count less."""
    here, across = seen.highest(visit, test.id, side), seen.highest(visit, test.id, other(side))
    if here is None or here.pained:
        return None
    count, least = here.number, protocol.rules.motor_alarm.counts.get(test.id, -1)
    if count <= least or (across is not None and not across.pained and fewer(test, here, across)):
        return Evidence(test=test.muscle, seen=here, abnormal=True, weight=1.0)
    full = test.conventions and test.conventions[0].grade(count) == protocol.rules.patterns.normal
    return Evidence(test=test.muscle, seen=here, abnormal=False, weight=1.0) if full else None


def _reflex(visit: Visit, test: ReflexTest, side: Side) -> Evidence | None:
    here, across = (seen.last(visit, test.id, one, "count") for one in (side, other(side)))
    if here is None:
        return None
    lost = here.number < test.expected
    if lost and across is not None and across.number <= here.number:
        return None
    return Evidence(test=test.id, seen=here, abnormal=lost, weight=1.0, compared=across is not None)


def _touch(visit: Visit, name: str, side: Side, protocol: Protocol) -> Evidence | None:
    here, across = (seen.last(visit, name, one, "touch") for one in (side, other(side)))
    if here is None:
        return None
    changed = here.touch != "normal"
    if changed and across is not None and across.touch != "normal" and across.felt <= here.felt:
        return None
    weight = 1.0 if here.touch == "absent" else protocol.rules.patterns.touch_changed
    return Evidence(test=name, seen=here, abnormal=changed, weight=weight)


def _sign(visit: Visit, name: str, side: Side) -> Evidence | None:
    found = seen.last(visit, name, side, "result")
    if found is None:
        return None
    return Evidence(test=name, seen=found, abnormal=found.result == "positive", weight=1.0)
