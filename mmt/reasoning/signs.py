"""Yes/no tests: nerve and piriformis signs, and signs from cord or brain."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import ReflexTest, SignTest
from mmt.model.observation import Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen
from .answers import dated, holding
from .remembered import remembered
from .strength import weak

_RULES = {
    "nerve": "nerve-sign",
    "piriformis": "piriformis-sign",
    "hip": "nerve-sign",
    "function": "function-sign",
}
TWICE = 2
"""Answers that must agree before a yes/no test counts as changed: both trials of a visit, or two visits."""
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


class Stood(NamedTuple):
    """Where a sign was found last, and the one trial since that did not show it, which is within noise."""

    visit: Visit
    seen: Observation
    once: tuple[Visit, Observation] | None = None


def stands(
    history: History, test: str, side: Side | None, measure: Measure, shows: Callable[[Observation], bool]
) -> Stood | None:
    """A sign as it was found last, until it was not found twice: on both trials of a visit, or at two visits
    running; None where it was never found, or no longer."""
    found: tuple[Visit, Observation] | None = None
    gone: list[tuple[Visit, Observation]] = []
    for visit in history.visits:
        for one in visit.seen(test, side):
            if getattr(one, measure) is None:
                continue
            if shows(one):
                found, gone = (visit, one), []
            else:
                gone.append((visit, one))
    return Stood(*found, *gone) if found and len(gone) < TWICE else None


def positive(history: History, test: str, side: Side | None) -> Stood | None:
    """A yes/no test that stands as positive."""
    return stands(history, test, side, "result", lambda one: one.result == "positive")


def upper_signs(history: History, protocol: Protocol) -> tuple[Reason, ...]:
    """Brisk reflexes and positive signs of cord or brain that stand, each with what was seen once since, and
    what stands beside those that are brisk on both sides; none where nothing does."""
    stood = upper_stood(history, protocol)
    told = (reason for one in stood for reason in reasons(one, history))
    return (*told, *beside(stood, history, protocol))


@remembered
def upper_stood(history: History, protocol: Protocol) -> tuple[Stood, ...]:
    """The signs of cord or brain that stand. A reflex that was brisk on one side alone goes on for itself."""
    signs = [one.id for one in upper_tests(protocol)]
    shown = [one for cell in product(signs, _PLACES) if (one := positive(history, *cell))]
    every = _brisk(history, protocol)
    now = tuple(one for one in every if one.once is None)
    if shown or not _on_both_sides(every, protocol):
        return (*every, *shown)
    return now if beside(now, history, protocol) or not _on_both_sides(now, protocol) else ()


def beside(found: Sequence[Stood], history: History, protocol: Protocol) -> tuple[Reason, ...]:
    """With what reflexes that are brisk on both sides count: weakness, numbness and answers, as they were
    last; nothing where they or another sign count by themselves."""
    alone = found and not any(one.seen.result for one in found) and _on_both_sides(found, protocol)
    return tuple(_beside(history, protocol)) if alone else ()


def _beside(history: History, protocol: Protocol) -> Iterator[Reason]:
    rule = protocol.rules.upper_motor_neuron.beside
    for question in rule.answers:
        if then := holding(history, "safety", question):
            yield Reason(question=question, answer=True, date=dated(then, history))
    for test, side in product(rule.muscles, SIDES):
        if graded := seen.latest(history, test, side, "grade"):
            found = weak(graded[0], (test,), protocol)
            yield from (seen.reason(one, _past(graded[0], history)) for one in found if one.side == side)
    for test in rule.numb:
        felt = [seen.latest(history, test, side, "touch") for side in SIDES]
        less = [one for one in felt if one and one[1].numb]
        yield from (seen.reason(one, _past(visit, history)) for visit, one in less if len(less) == len(SIDES))


def _past(visit: Visit, history: History) -> Visit | None:
    return None if visit is history.visits[-1] else visit


def reasons(stood: Stood, history: History) -> Iterator[Reason]:
    """What a sign that stands rests on: where it was found, and what was seen once since."""
    for visit, one in filter(None, (stood[:2], stood.once)):
        yield seen.reason(one, _past(visit, history))


def upper_tests(protocol: Protocol) -> list[SignTest]:
    """The tests for signs of cord or brain."""
    return [one for one in protocol.of(SignTest) if one.group == "upper-motor-neuron"]


def brisk(history: History, protocol: Protocol) -> list[tuple[Visit, Observation]]:
    """The reflexes that are brisk where less is expected, as tested last."""
    return [(one.visit, one.seen) for one in _brisk(history, protocol) if one.once is None]


def _brisk(history: History, protocol: Protocol) -> list[Stood]:
    """The reflexes that stand as brisk where less is expected."""
    least = protocol.rules.upper_motor_neuron.reflex_from
    reflexes = [one.id for one in protocol.of(ReflexTest) if one.expected < least]
    cells = product(reflexes, _PLACES)
    return [
        one for cell in cells if (one := stands(history, *cell, "count", lambda one: one.number >= least))
    ]


def _on_both_sides(found: Sequence[Stood], protocol: Protocol) -> bool:
    """Whether each brisk reflex is so on both sides, and none brisk enough to count all the same."""
    rule, sides = protocol.rules.upper_motor_neuron, Counter(one.seen.test for one in found)
    most = rule.reflex_both_from or rule.reflex_from
    return all(sides[one.seen.test] > 1 and one.seen.number < most for one in found)
