"""Yes/no tests: nerve and piriformis signs, and signs from cord or brain."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import ReflexTest, SignTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen

_RULES = {
    "nerve": "nerve-sign",
    "piriformis": "piriformis-sign",
    "hip": "nerve-sign",
    "function": "function-sign",
}
_PLACES: tuple[Side | None, ...] = (*SIDES, None)


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each positive sign, on the side that it speaks for."""
    visit = history.visits[-1]
    tests = [one for one in protocol.of(SignTest) if one.group in _RULES]
    for test, side in product(tests, _PLACES):
        found = seen.last(visit, test.id, side, "result")
        if found is None or found.result != "positive":
            continue
        yield Finding(
            rule=_RULES[test.group],
            test=test.id,
            side=other(side) if side and test.speaks_for == "other" else side,
            strength="present",
            said=(said("sign", test=test.id, side=side),),
            because=(seen.reason(found),),
            sources=test.sources,
            evidence=test.evidence,
        )


def upper_signs(history: History, protocol: Protocol) -> tuple[Reason, ...]:
    """Brisk reflexes and positive signs of cord or brain, as tested last; none where reflexes are brisk on
    both sides and nothing else is found."""
    signs = [one.id for one in upper_tests(protocol)]
    last = (seen.latest(history, test, side, "result") for test, side in product(signs, _PLACES))
    positive = [one for one in last if one and one[1].result == "positive"]
    lively = brisk(history, protocol)
    told = [*lively, *positive] if positive or not _on_both_sides(lively, protocol) else []
    return tuple(seen.reason(one, None if visit is history.visits[-1] else visit) for visit, one in told)


def upper_tests(protocol: Protocol) -> list[SignTest]:
    """The tests for signs of cord or brain."""
    return [one for one in protocol.of(SignTest) if one.group == "upper-motor-neuron"]


def brisk(history: History, protocol: Protocol) -> list[tuple[Visit, Observation]]:
    """The reflexes that are brisk where less is expected, as tested last."""
    least = protocol.rules.upper_motor_neuron.reflex_from
    reflexes = [one.id for one in protocol.of(ReflexTest) if one.expected < least]
    last = (seen.latest(history, test, side, "count") for test, side in product(reflexes, _PLACES))
    return [one for one in last if one and one[1].number >= least]


def _on_both_sides(found: list[tuple[Visit, Observation]], protocol: Protocol) -> bool:
    """Whether each brisk reflex is so on both sides, and none brisk enough to count all the same."""
    rule, sides = protocol.rules.upper_motor_neuron, Counter(one.test for _, one in found)
    most = rule.reflex_both_from or rule.reflex_from
    return all(sides[one.test] > 1 and one.number < most for _, one in found)
