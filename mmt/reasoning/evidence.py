"""What was seen of one side at one visit, sorted into evidence: weak, normal, lost, positive or quiet."""

from collections.abc import Iterator

from mmt.model.base import Side, Value, other
from mmt.model.exam_tests import MuscleTest, ReflexTest
from mmt.model.grades import at_most, halves, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit

from . import seen


class Evidence(Value, frozen=True, kw_only=True):
    """One test of one side: what was seen, whether it is abnormal, and how much it counts (a plain one 1)."""

    seen: Observation
    abnormal: bool
    weight: float


def gather(visit: Visit, side: Side, protocol: Protocol) -> dict[str, Evidence]:
    """The evidence of one side, by test: of the tests that patterns name, those that say something.

    Pain-flagged and not-tested grades say nothing; nor does a grade between weak and normal, nor a reflex
    that is low on both sides alike.
    """
    named = dict.fromkeys(name for one in protocol.patterns.values() for name in one.named)
    found = {}
    for name in named:
        test = protocol.tests.get(name)
        if isinstance(test, MuscleTest):
            evidence = _muscle(visit, name, side, protocol)
        elif isinstance(test, ReflexTest):
            evidence = _reflex(visit, test, side)
        else:
            evidence = _sign(visit, name, side)
        if evidence is not None:
            found[name] = evidence
    return found


def untested(names: tuple[str, ...], visit: Visit, side: Side) -> Iterator[str]:
    """Those of the named tests of which this side gives no value, or one that pain makes worthless."""
    for name in names:
        trials = visit.seen(name, side)
        if not any(one.measured and not one.pained for one in trials):
            yield name


def _muscle(visit: Visit, name: str, side: Side, protocol: Protocol) -> Evidence | None:
    rule, found = protocol.rules.patterns, seen.best(visit, name, side)
    if found is None or found.grade is None or found.pained:
        return None
    trust = rule.substituted if "substitution" in found.flags else 1.0
    if at_most(found.grade, rule.weak):
        below = max(0, halves(rule.weak) - halves(found.grade)) / 2
        return Evidence(seen=found, abnormal=True, weight=trust * (1 + rule.depth * below))
    if rank(found.grade) >= rank(rule.normal):
        return Evidence(seen=found, abnormal=False, weight=trust)
    return None


def _reflex(visit: Visit, test: ReflexTest, side: Side) -> Evidence | None:
    here, across = _count(visit, test.id, side), _count(visit, test.id, other(side))
    if here is None or here.count is None:
        return None
    lost = here.count < test.expected
    if lost and across is not None and across.count is not None and across.count <= here.count:
        return None
    return Evidence(seen=here, abnormal=lost, weight=1.0)


def _count(visit: Visit, name: str, side: Side) -> Observation | None:
    counts = [one for one in visit.seen(name, side) if one.count is not None]
    return counts[-1] if counts else None


def _sign(visit: Visit, name: str, side: Side) -> Evidence | None:
    found = seen.result(visit, name, side)
    if found is None:
        return None
    return Evidence(seen=found, abnormal=found.result == "positive", weight=1.0)
