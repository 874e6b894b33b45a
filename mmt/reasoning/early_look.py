"""What is looked at again soon: new weakness with further signs of a root, a reflex or a touch newly lost."""

from collections.abc import Iterator
from itertools import chain, zip_longest

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import ReflexTest, TouchTest
from mmt.model.observation import TOUCHES, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.rules import EarlyLookRule
from mmt.model.said import said
from mmt.model.visit import History

from . import seen
from .answers import condition, dated, latest, weeks_since
from .evidence import gather
from .patterns import Fit, Standing, Standings
from .strength import weak

RULE = "early-look"
Reasons = tuple[Reason, ...]


def alerts(history: History, fits: Standings, protocol: Protocol) -> Iterator[Alert]:
    """A caution for each side on which a root has signs enough, a weak muscle among them, in pain too, and
    whose pain is known to be new; for each other side on which a reflex or a touch is newly lost."""
    rule = protocol.rules.early_look
    if rule is None:
        return
    weeks = _new(rule, history, protocol)
    for side, where in zip_longest(fits, SIDES):
        roots = _of_roots(side, where, history, rule, protocol) if side and weeks else ()
        if found := next((one for one in roots if not all(map(_of_root, one))), ()):
            key = "early-look" if any(map(_of_root, found)) else "early-look-muscles"
            yield _alert(key, where, found, weeks, rule)
        elif lost := tuple(_lost(history, where, protocol)):
            yield _alert("early-look-lost", where, lost, None, rule)


def _of_root(one: Reason) -> bool:
    """Whether what was found is no weak muscle, but a sign, a reflex, a touch or pain of the neck."""
    return one.seen is None or one.seen.grade is None


def _of_roots(
    side: Standing, where: Side, history: History, rule: EarlyLookRule, protocol: Protocol
) -> Iterator[Reasons]:
    """Of each root of leg and arm the signs, where they are enough."""
    told = chain(
        (_signs(one) for one in (*side.lead, *side.others) if one.pattern.kind == "root"),
        _muscles_and_signs(history, where, protocol),
    )
    yield from (tuple(map(seen.reason, signs)) for signs in told if len(signs) >= rule.signs)
    yield from _arms(history, where, rule, protocol)


def _new(rule: EarlyLookRule, history: History, protocol: Protocol) -> Reason | None:
    """What tells that the pain is new."""
    visit, weeks = latest(history, "story").get(rule.question, (None, None))
    if visit is None or not isinstance(weeks, int | float):
        return None
    new = weeks + weeks_since(visit, rule.question, history, protocol) <= rule.most
    return Reason(story=rule.question, answer=weeks, date=dated(visit, history)) if new else None


def _alert(key: str, side: Side, why: Reasons, weeks: Reason | None, rule: EarlyLookRule) -> Alert:
    names = tuple(dict.fromkeys(one.test for one in why if one.test and not one.date))
    then = tuple(dict.fromkeys(chain(*(rule.then.get(name, ()) for name in names)))) if weeks is None else ()
    return Alert(
        rule=RULE,
        level="caution",
        side=side,
        said=(said(key, names=names),),
        action=(
            said("early-look-action" if weeks else "early-look-lost-action", days=rule.days),
            *([said("early-look-then", names=then)] if then else []),
        ),
        because=(*why, weeks) if weeks else why,
        sources=rule.sources,
        evidence=rule.evidence,
    )


def _arms(history: History, side: Side, rule: EarlyLookRule, protocol: Protocol) -> Iterator[Reasons]:
    """Of each root of the arm its weak muscles, in pain too, with pain of the neck, where that is enough."""
    neck = condition(rule.neck, history, protocol)
    pain = (Reason(precaution=rule.neck, answer=True, date=dated(neck, history)),) if neck else ()
    for root in rule.arms:
        muscles = weak(history.visits[-1], root, protocol, pained=True)
        here = tuple(seen.reason(one) for one in muscles if one.side == side)
        if here and len(here) + len(pain) >= rule.signs:
            yield (*here, *pain)


def _lost(history: History, side: Side, protocol: Protocol) -> Iterator[Reason]:
    """The reflexes and touches that answer less than when they were tested last before, by more than their
    error, and less than expected."""
    before = history.before
    tests: list[ReflexTest | TouchTest] = [*protocol.of(ReflexTest), *protocol.of(TouchTest)]
    for test in tests:
        measure: Measure = "count" if isinstance(test, ReflexTest) else "touch"
        expected = test.expected if isinstance(test, ReflexTest) else TOUCHES.index("normal")
        now = seen.last(history.visits[-1], test.id, side, measure)
        if not now or not (then := seen.latest(before, test.id, side, measure)):
            continue
        low, high = ((one.number if measure == "count" else one.felt) for one in (now, then[1]))
        if low < expected and high - low > test.error:
            yield from (seen.reason(now), seen.reason(then[1], then[0]))


def _signs(fit: Fit) -> tuple[Observation, ...]:
    """What speaks for a root: what it expects, and touch that is not normal."""
    return tuple(one.seen for one in (*fit.hits, *(one for one in fit.support if one.seen.touch)))


def _muscles_and_signs(history: History, side: Side, protocol: Protocol) -> Iterator[tuple[Observation, ...]]:
    """Of each root the signs beside weak muscles of it, in pain too; those that it may leave weak as well
    where its reflex is less than on the other side."""
    visit = history.visits[-1]
    evidence = gather(visit, side, protocol)
    for root in (one for one in protocol.patterns.values() if one.kind == "root"):
        named = (*root.lost, *root.signs, *root.numb)
        signs = [one for name, one in evidence.items() if one.abnormal and name in named]
        may_be = root.may_be_weak if any(one.compared for one in signs) else ()
        muscles = weak(visit, (*root.weak, *may_be), protocol, pained=True)
        here = tuple(one for one in muscles if one.side == side)
        if here and signs:
            yield (*here, *(one.seen for one in signs))
