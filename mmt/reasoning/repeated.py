"""Readings of one thing taken twice: two trials of a visit, or two examiners within a day."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from mmt.model.base import grouped
from mmt.model.exam_tests import CountTest, HoldTest, LengthTest, ReflexTest
from mmt.model.grades import halves
from mmt.model.measuring import Examiners, OwnError
from mmt.model.observation import TOUCHES, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit

from .agreement import Kappa, Limits, limits_of_agreement, weighted_kappa


class Kind(NamedTuple):
    """What is compared: a test by one of its measures, of grades on one `scale`, by one examiner or two, of
    whom the second was `blind` to what the first had found or was not."""

    test: str
    measure: Measure
    scale: str
    examiners: Examiners
    blind: bool = False


class Agreement(NamedTuple):
    """How well readings of one kind agree: a `kappa` of what is told in steps, `limits` of what has a unit
    (of grades in whole grades). None is what is not known: of too few pairs, or all of the same step."""

    kind: Kind
    pairs: int
    kappa: Kappa | None
    limits: Limits | None


Pair = tuple[Kind, Observation, Observation]


def repeated(history: History, protocol: Protocol) -> Iterator[Pair]:
    """The pairs of readings in the signed visits of a patient.

    Of a visit the first two trials of a test and side; of two visits in a row within a day, by two examiners
    on one scale, the first trials. What was done in pain, or with another muscle taking over, tells of the
    patient rather than of the hands and makes no pair.
    """
    signed = [one for one in history.visits if one.signed]
    for visit in signed:
        for trials in visit.cells.values():
            if len(trials) > 1:
                yield from _pair(trials[0], trials[1], visit, "one", protocol)
    for one, two in pairwise(signed):
        near = (two.date - one.date).days <= 1
        if near and one.examiner != two.examiner and one.scale == two.scale:
            for cell in one.cells.keys() & two.cells.keys():
                yield from _pair(one.cells[cell][0], two.cells[cell][0], two, "two", protocol)


def _pair(
    one: Observation, two: Observation, visit: Visit, examiners: Examiners, protocol: Protocol
) -> Iterator[Pair]:
    test = protocol.tests.get(one.test)
    for measure in test.measures if test else ():
        if getattr(one, measure) is not None and getattr(two, measure) is not None:
            if not (one.flags or two.flags):
                scale = visit.scale if measure == "grade" else ""
                blind = examiners == "two" and visit.blind
                yield Kind(one.test, measure, scale, examiners, blind), one, two
            return


def agreements(pairs: Iterable[Pair], protocol: Protocol) -> list[Agreement]:
    """What pairs of readings come to, a kind each, in the order of the library's tests."""
    kinds = grouped((kind, (one, two)) for kind, one, two in pairs)
    order = list(protocol.tests)
    return [
        _agreement(kind, found, protocol)
        for kind, found in sorted(kinds.items(), key=lambda each: (order.index(each[0].test), each[0]))
    ]


def own_errors(found: Iterable[Agreement], protocol: Protocol) -> tuple[OwnError, ...]:
    """The errors of the clinic's own hands that may stand in place of published ones, from enough pairs.

    A limit holds 95 of 100 differences to either side, what one examiner always reads higher with it.
    """
    rule, kept = protocol.rules.agreement, []
    for one in found:
        if not (rule and one.pairs >= rule.fewest and one.limits and may_be_own(one, protocol)):
            continue
        if limit := round(max(map(abs, one.limits.interval)), 1):
            kind = one.kind
            kept.append(OwnError(test=kind.test, examiners=kind.examiners, limit=limit, pairs=one.pairs))
    return tuple(kept)


def may_be_own(one: Agreement, protocol: Protocol) -> bool:
    """Whether an own error can come of such readings: of lengths, counts and holds; of two examiners only
    where the second was blind."""
    sized = isinstance(protocol.tests.get(one.kind.test), LengthTest | CountTest | HoldTest)
    return sized and (one.kind.examiners == "one" or one.kind.blind)


def _agreement(kind: Kind, pairs: list[tuple[Observation, Observation]], protocol: Protocol) -> Agreement:
    ladder = _ladder(kind, protocol)
    told = [(getattr(one, kind.measure), getattr(two, kind.measure)) for one, two in pairs]
    places = [(ladder.index(one), ladder.index(two)) for one, two in told if {one, two} <= set(ladder)]
    sized = [(halves(one) / 2, halves(two) / 2) for one, two in told] if kind.measure == "grade" else told
    with_unit = kind.measure == "grade" or not ladder
    return Agreement(
        kind,
        len(pairs),
        weighted_kappa(places, len(ladder)) if places else None,
        limits_of_agreement(sized) if with_unit and len(sized) > 1 else None,
    )


def _ladder(kind: Kind, protocol: Protocol) -> tuple[object, ...]:
    """The steps in which something is told, the worst first; empty where it has a unit."""
    if kind.measure == "grade":
        return protocol.scales[kind.scale].codes if kind.scale in protocol.scales else ()
    if isinstance(protocol.tests[kind.test], ReflexTest):
        return tuple(range(len(ReflexTest.scores)))
    return {"result": ("negative", "positive"), "touch": TOUCHES}.get(kind.measure, ())
