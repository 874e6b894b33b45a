"""The next telling test: of the tests not done, the ones that would best tell the leading patterns apart."""

from collections.abc import Iterator
from itertools import combinations, groupby, product
from math import inf

from mmt.model.base import SIDES
from mmt.model.exam_tests import MuscleTest, SignTest, TouchTest
from mmt.model.patterns import Pattern
from mmt.model.protocol import Protocol
from mmt.model.review import NextTest
from mmt.model.said import said
from mmt.model.visit import Visit

from . import seen
from .patterns import Fit, Standing, Standings


def next_tests(visit: Visit, found: Standings, protocol: Protocol) -> tuple[NextTest, ...]:
    """Up to so many tests, best first: the muscle of a sign that only screens for it, then what tells
    patterns apart. A pattern that leads alone is held against the best of the others that a test would tell
    it from."""
    asked = []
    for side in found:
        for fits in _contests(side, protocol.rules.next_test.most):
            if telling := list(_telling(visit, fits, protocol)):
                asked += telling
                break
        asked += _own(visit, side, protocol)
    most, screened = protocol.rules.next_test.most, tuple(_screened(visit, protocol))
    first = {(one.test, one.side) for one in screened}
    others = (one for one in asked if (one[-1].test, one[-1].side) not in first)
    return (*screened, *_first(most - len(screened), list(others)))[:most]


def _screened(visit: Visit, protocol: Protocol) -> Iterator[NextTest]:
    """The muscle of each positive sign that only screens for it, where none of its muscles was graded."""
    for sign, side in product(protocol.of(SignTest), SIDES):
        last = seen.last(visit, sign.id, side, "result")
        if last is None or last.result != "positive" or not sign.muscles:
            continue
        if not any(visit.seen(one, side) for one in sign.muscles):
            says = said("next-grade", test=sign.muscles[0], side=side, sign=sign.id)
            yield NextTest(
                test=sign.muscles[0], side=side, tells_apart=(), sources=sign.sources, said=(says,)
            )


Asked = tuple[float, int, int, NextTest]
"""A test with how it ranks: its power, its published figure, its place."""


def _contests(side: Standing, most: int) -> Iterator[tuple[Fit, ...]]:
    """The patterns to be told apart: those that lead, or the one that does and another, best first; where
    none leads, the best `most` of those that anything speaks for."""
    if len(side.lead) == 1:
        yield from ((*side.lead, other) for other in side.others)
    elif side.lead:
        yield side.lead
    else:
        yield tuple(one for one in side.others if not one.pattern.roots)[:most]


def _telling(visit: Visit, fits: tuple[Fit, ...], protocol: Protocol) -> Iterator[Asked]:
    """The tests not done that separate some patterns; of touch only those of which a figure says so."""
    named = dict.fromkeys(name for one in fits for name in (*one.pattern.named, *one.pattern.numb))
    for place, name in enumerate(named):
        power = _power(name, fits, protocol)
        if power and _open(name, visit, fits[0], protocol):
            first, figure = _figure(name, fits, protocol)
            if isinstance(protocol.tests[name], TouchTest) and not figure:
                continue
            yield -power, first, place, _next(name, fits, figure, protocol)


def _own(visit: Visit, side: Standing, protocol: Protocol) -> Iterator[Asked]:
    """The tests not done of a pattern that leads alone on few of its findings, ahead of all others."""
    lead = side.lead[0] if len(side.lead) == 1 else None
    if lead is None or len(lead.hits) > protocol.rules.next_test.thin:
        return
    pattern = lead.pattern
    for place, name in enumerate((*pattern.signs, *pattern.weak, *pattern.lost, *pattern.numb)):
        if _open(name, visit, lead, protocol):
            says = said("next-more", test=name, side=lead.side, pattern=pattern.id)
            test = protocol.tests[name]
            more = NextTest(
                test=name, side=lead.side, tells_apart=(pattern.id,), sources=test.sources, said=(says,)
            )
            yield -inf, 0, place, more


def _open(name: str, visit: Visit, fit: Fit, protocol: Protocol) -> bool:
    """Whether a test is in use, and neither done on this side nor said why not."""
    known = name in fit.told.evidence or visit.seen(name, fit.side)
    return name in protocol.tests and not (known or protocol.signoffs.unused(f"tests:{name}"))


def _first(most: int, found: list[Asked]) -> tuple[NextTest, ...]:
    """The best ones; two that are equally good on the two sides are named both or not at all."""
    best: list[NextTest] = []
    for _, equal in groupby(sorted(found, key=lambda one: one[:3]), key=lambda one: one[:3]):
        both = [one for *_, one in equal]
        if len(best) + len(both) > most:
            break
        best += both
    return tuple(best)


def _expects(pattern: Pattern, name: str) -> float:
    """What a pattern expects of a test: 1 abnormal, 0 normal, a half where either may be."""
    return 1.0 if name in (*pattern.expected, *pattern.numb) else 0.5 if name in pattern.possible else 0.0


def _power(name: str, fits: tuple[Fit, ...], protocol: Protocol) -> float:
    """How well a test separates the leading patterns: the sum over their pairs."""
    apart = sum(abs(_expects(a.pattern, name) - _expects(b.pattern, name)) for a, b in combinations(fits, 2))
    muscle = isinstance(protocol.tests.get(name), MuscleTest)
    return apart if muscle else apart * protocol.rules.next_test.sign_weight


def _figure(name: str, fits: tuple[Fit, ...], protocol: Protocol) -> tuple[int, str]:
    """The rank and words of a published figure, where it holds for what is weak here and is of these
    patterns; else last and none."""
    published, found = protocol.rules.next_test.published, fits[0].told.telling.get(name)
    kinds = {one.pattern.kind for one in fits if found and one.pattern.id in found.tells}
    if found and (len(kinds) > 1 or not found.tells):
        return published.index(found), found.figure
    return len(published), ""


def _next(name: str, fits: tuple[Fit, ...], figure: str, protocol: Protocol) -> NextTest:
    expects = {one.pattern.id: _expects(one.pattern, name) for one in fits}
    clear = tuple(key for key, value in expects.items() if value != 0.5)
    apart = clear if len({expects[key] for key in clear}) > 1 else tuple(expects)
    test, side = protocol.tests[name], fits[0].side
    says = said("next-test", test=name, side=side, patterns=apart)
    return NextTest(
        test=name,
        side=side,
        tells_apart=apart,
        sources=(*protocol.rules.next_test.sources, *test.sources) if figure else test.sources,
        said=(says, said("as-written", text=figure)) if figure else (says,),
    )
