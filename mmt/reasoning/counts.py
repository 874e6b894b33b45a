"""Counted tests: the grade that each convention reads from a count, and clearly fewer on one side."""

from collections.abc import Iterator

from mmt.model.base import SIDES
from mmt.model.exam_tests import CountTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Strength
from mmt.model.visit import History

from . import seen, words
from .strength import caveats, level

_MILDEST_FIRST: tuple[Strength | None, ...] = (None, "possible", "present", "marked")


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


def grades_said(test: CountTest, count: int) -> str:
    """The grade that each convention reads from a count, with its name."""
    grades = ((one.grade(count) or words.COUNT_BELOW, one.name) for one in test.conventions)
    return "; ".join(f"{code} {words.COUNT_BY} {name}" for code, name in grades)


def _weakness(test: CountTest, seen_here: Observation, protocol: Protocol) -> Iterator[Finding]:
    """Weak by the first convention; as strong a finding as the mildest of them all makes it."""
    rule, count = protocol.rules.weakness, seen_here.number
    codes = [one.grade(count) for one in test.conventions]
    levels: list[Strength | None] = [level(code, rule) if code else "marked" for code in codes]
    if not levels or levels[0] is None:
        return
    mildest = min(levels, key=_MILDEST_FIRST.index)
    strength: Strength = "possible" if mildest is None or seen_here.pained else mildest
    said = words.COUNT_WEAK[strength] if mildest else words.COUNT_DOUBTFUL
    yield Finding(
        rule=rule.id,
        test=test.id,
        side=seen_here.side,
        strength=strength,
        text=said.format(
            name=test.name, side=words.both(seen_here.side), count=count, grades=grades_said(test, count)
        )
        + caveats(seen_here, protocol),
        because=(seen.reason(seen_here),),
        source=protocol.cite((*rule.sources, *test.sources)),
        evidence=rule.evidence,
    )


def _difference(
    test: CountTest, right: Observation, left: Observation, protocol: Protocol
) -> Iterator[Finding]:
    low, high = sorted((right, left), key=lambda one: one.number)
    if low.pained or high.pained or not fewer(test, low, high):
        return
    rule = protocol.rules.side_difference
    yield Finding(
        rule=rule.id,
        test=test.id,
        side=low.side,
        strength="present",
        text=words.DIFFERENCE.format(
            name=test.name,
            side=low.side,
            grade=low.count,
            other_side=high.side,
            other_grade=high.count,
            strength="present",
        ),
        because=(seen.reason(low), seen.reason(high)),
        source=protocol.cite((*rule.sources, *test.sources)),
        evidence=rule.evidence,
    )
