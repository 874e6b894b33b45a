"""Yes/no tests: nerve and piriformis signs, and signs from cord or brain."""

from collections.abc import Iterator
from itertools import product

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import AnyTest, ReflexTest, SignTest
from mmt.model.observation import Measure
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.rules import UpperMotorNeuronRule
from mmt.model.visit import History

from . import seen, words

_RULES = {"nerve": "nerve-sign", "piriformis": "piriformis-sign", "hip": "nerve-sign"}
_PLACES: tuple[Side | None, ...] = (*SIDES, None)


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each positive sign, on the side that it speaks for."""
    visit = history.visits[-1]
    tests = [one for one in protocol.tests.values() if isinstance(one, SignTest) and one.group in _RULES]
    for test, side in product(tests, _PLACES):
        found = seen.last(visit, test.id, side, "result")
        if found is None or found.result != "positive":
            continue
        yield Finding(
            rule=_RULES[test.group],
            test=test.id,
            side=other(side) if side and test.speaks_for == "other" else side,
            strength="present",
            text=words.SIGN.format(name=test.name, side=words.both(side), positive=test.positive),
            because=(seen.reason(found),),
            source=protocol.cite(test.sources),
            evidence=test.evidence,
        )


def upper_signs(history: History, protocol: Protocol) -> tuple[Reason, ...]:
    """Brisk reflexes where less is expected, and positive signs of cord or brain, as tested last."""
    rule = protocol.rules.upper_motor_neuron
    found = []
    for test in protocol.tests.values():
        measure = _measure(test, rule)
        if measure is None:
            continue
        for side in _PLACES:
            last = seen.latest(history, test.id, side, measure)
            if last and (last[1].result == "positive" or last[1].number >= rule.reflex_from):
                found.append(last)
    return tuple(seen.reason(one, None if visit is history.visits[-1] else visit) for visit, one in found)


def _measure(test: AnyTest, rule: UpperMotorNeuronRule) -> Measure | None:
    """What of a test could be a sign of cord or brain; None where nothing of it could."""
    if isinstance(test, SignTest) and test.group == "upper-motor-neuron":
        return "result"
    return "count" if isinstance(test, ReflexTest) and test.expected < rule.reflex_from else None
