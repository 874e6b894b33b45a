"""Two visits of a patient side by side: what changed, and what was seen at one of the two only."""

from collections.abc import Callable, Container, Iterator
from typing import Literal

from mmt.model.base import Side
from mmt.model.exam_tests import LegLengthTest, MuscleTest
from mmt.model.grades import CODES, at_most
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Comparison, MethodReading, SeenOnce
from mmt.model.visit import History, Visit

from .change import compare
from .leg_length import leg_shown, method_reading

Shown = Literal["changed", "weak", "all", "not-comparable"]
Compared = Container[tuple[str, Side | None]]


def comparison(history: History, protocol: Protocol, then: int, now: int) -> Comparison:
    """The visits with these two indices, the earlier one as `then`; others are not looked at, but for yes/no
    tests, whose answer must have been seen twice."""
    changes = compare(history.up_to(now), protocol, then)
    one, two = history.visits[then], history.visits[now]
    compared = {(found.test, found.side) for found in changes}
    return Comparison(
        then=one,
        now=two,
        changes=changes,
        only_then=tuple(_once(one, two, compared, protocol)),
        only_now=tuple(_once(two, one, compared, protocol)),
        legs=tuple(_legs(one, two, protocol)),
    )


def graded(one: Change, protocol: Protocol) -> bool:
    """Whether it is the grades of a muscle that are compared."""
    return isinstance(protocol.tests.get(one.test), MuscleTest) and {one.from_, one.to} <= set(CODES)


def _weak(one: Change, protocol: Protocol) -> bool:
    """Whether a muscle was weak at either visit."""
    limit = protocol.rules.weakness.present
    return graded(one, protocol) and any(at_most(grade, limit) for grade in (one.from_, one.to))


SHOWN: dict[Shown, Callable[[Change, Protocol], bool]] = {
    "changed": lambda one, _: one.told in ("better", "worse"),
    "weak": _weak,
    "all": lambda *_: True,
    "not-comparable": lambda one, _: one.told == "not-comparable",
}
"""What of a comparison there is to look at, in the order in which a key walks through it."""


def _once(here: Visit, other: Visit, compared: Compared, protocol: Protocol) -> Iterator[SeenOnce]:
    """What a visit holds that was not compared: tests in the order of the library, then legs and scores."""
    order = [*protocol.tests, *(one.test for one in here.observations)]
    for test, side in sorted(here.cells, key=lambda cell: order.index(cell[0])):
        known = protocol.tests.get(test)
        by_method = isinstance(known, LegLengthTest) and known.measure != "result"
        values = ", ".join(one.shown for one in here.seen(test, side) if one.measured)
        if values and not by_method and (test, side) not in compared:
            why = next((one.not_tested for one in other.seen(test, side) if one.not_tested), None)
            yield SeenOnce(test=test, side=side, value=values, not_tested=why)
    for method in protocol.of(LegLengthTest):
        reading = method_reading(method, here) if method.measure != "result" else None
        if reading and (method.id, None) not in compared:
            yield SeenOnce(test=method.id, value=leg_shown(reading))
    for question in protocol.story.values():
        score = here.story.get(question.id)
        if question.more and isinstance(score, int | float) and (question.id, None) not in compared:
            yield SeenOnce(test=question.id, value=f"{score:g}")


def _legs(then: Visit, now: Visit, protocol: Protocol) -> Iterator[tuple[MethodReading, MethodReading]]:
    """The methods that gave a difference at both visits."""
    for method in protocol.of(LegLengthTest):
        one, two = method_reading(method, then), method_reading(method, now)
        if one and two and one.difference is not None and two.difference is not None:
            yield one, two
