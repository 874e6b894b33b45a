"""Counted tests: the grade that each convention reads from a count, and clearly fewer on one side."""

from collections.abc import Iterator

from mmt.model.base import SIDES
from mmt.model.exam_tests import CountTest
from mmt.model.grades import rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Strength
from mmt.model.said import Sentences, said
from mmt.model.visit import History

from . import seen
from .strength import between_sides, difference, level, weakness


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """What the counts of the last visit give, in the order of the library's tests."""
    visit = history.visits[-1]
    for test in protocol.of(CountTest):
        right, left = (seen.highest(visit, test.id, side) for side in SIDES)
        for count in (right, left):
            if count is not None:
                yield from _weakness(test, count, protocol)
        if right is not None and left is not None:
            yield from _difference(test, right, left, protocol)


def fewer(test: CountTest, here: Observation, across: Observation) -> bool:
    """Whether the count of one side is below the other's by more than the error and the percentage."""
    high, apart = across.number, across.number - here.number
    return apart > test.error and apart * 100 > test.side_percent * high


def grades_said(test: CountTest, count: int) -> Sentences:
    """The grade that each convention reads from a count, with its name."""
    return tuple(
        said("count-grade", grade=code, convention=one.name)
        if (code := one.grade(count))
        else said("count-below", convention=one.name)
        for one in test.conventions
    )


def _weakness(test: CountTest, seen_here: Observation, protocol: Protocol) -> Iterator[Finding]:
    """Weak by the first convention; as strong a finding as the mildest of them all makes it."""
    rule, count = protocol.rules.weakness, seen_here.number
    codes = [one.grade(count) for one in test.conventions]
    if not codes or (codes[0] and level(codes[0], rule) is None):
        return
    best = max(filter(None, codes), key=rank, default=None)
    mildest: Strength | None = level(best, rule) if best else "marked"
    strength: Strength = "possible" if mildest is None or seen_here.pained else mildest
    key = f"count-{strength}" if mildest else "count-doubtful"
    says = said(
        key, test=test.id, side=seen_here.side, count=seen_here.shown, grades=grades_said(test, count)
    )
    yield weakness(seen_here, strength, (says,), test, protocol)


def _difference(
    test: CountTest, right: Observation, left: Observation, protocol: Protocol
) -> Iterator[Finding]:
    low, high = sorted((right, left), key=lambda one: one.number)
    if low.pained or high.pained or not fewer(test, low, high):
        return
    says = difference("difference", low, high, strength="present")
    yield between_sides(low, high, "present", says, protocol, sources=test.sources)
