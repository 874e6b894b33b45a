"""What is looked at again soon: new weakness with further signs of a root, a reflex or a touch newly lost."""

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import NamedTuple

from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import ReflexTest, TouchTest
from mmt.model.observation import TOUCHES, Measure, Observation
from mmt.model.patterns import Pattern
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.rules import EarlyLookRule
from mmt.model.said import said
from mmt.model.visit import History

from . import seen
from .answers import condition, dated, latest, weeks_since
from .evidence import gather
from .patterns import Fit, Standing, Standings
from .reflexes import common
from .strength import weak

RULE = "early-look"
Reasons = tuple[Reason, ...]


class Since(NamedTuple):
    """For how long it has hurt: the `key` of what is told, the answer, within how many `days` to look, and
    whether the pain is known to be `new`."""

    key: str
    because: Reasons
    days: int
    new: bool = False


def alerts(history: History, fits: Standings, protocol: Protocol) -> Iterator[Alert]:
    """A caution for each side on which a root has signs enough, a weak muscle among them, in pain too, and
    whose pain is not known to be of long; for each other side on which a reflex or a touch is newly lost."""
    rule = protocol.rules.early_look
    if rule is None:
        return
    since = _since(rule, history, protocol)
    for side, where in zip_longest(fits, SIDES):
        roots = _of_roots(side, where, history, rule, protocol) if side else ()
        if since and (found := next((one for one in roots if _tells(one, since)), None)):
            yield _root(where, found, since, rule)
        elif lost := tuple(_lost(history, where, protocol)):
            yield _newly_lost(where, lost, rule)


def days(alerts: Iterable[Alert]) -> Iterator[int]:
    """Within how many days each of these alerts that asks for an early look does so."""
    asked = (one.value("days") for alert in alerts if alert.rule == RULE for one in alert.action)
    return (one for one in asked if isinstance(one, int))


def _tells(signs: Reasons, since: Since) -> bool:
    """Whether a weak muscle is among the signs of a root, and, where the pain is not known to be new, not
    muscles alone."""
    return not all(map(_of_root, signs)) and (since.new or any(map(_of_root, signs)))


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


def _since(rule: EarlyLookRule, history: History, protocol: Protocol) -> Since | None:
    """For how long it has hurt, None where that is too long for this rule."""
    visit, weeks = latest(history, "story").get(rule.question, (None, None))
    if visit is None or not isinstance(weeks, int | float):
        return Since("early-look-unasked", (), rule.later_days) if rule.later_days else None
    why = (Reason(story=rule.question, answer=weeks, date=dated(visit, history)),)
    now = weeks + weeks_since(visit, rule.question, history, protocol)
    if now <= rule.most:
        return Since("early-look", why, rule.days, new=True)
    return (
        Since("early-look-later", why, rule.later_days)
        if rule.later_days and now <= rule.later_most
        else None
    )


def _root(side: Side, why: Reasons, since: Since, rule: EarlyLookRule) -> Alert:
    """Weakness with signs of a root, or several weak muscles."""
    names = tuple(dict.fromkeys(one.test for one in why if one.test and not one.date))
    key = since.key if any(map(_of_root, why)) else "early-look-muscles"
    return Alert(
        rule=RULE,
        level="caution",
        side=side,
        said=(said(key, names=names),),
        action=(
            *([] if since.because else [said("early-look-ask")]),
            said("early-look-action", days=since.days),
        ),
        because=(*why, *since.because),
        sources=rule.sources,
        evidence=rule.evidence,
    )


def _newly_lost(side: Side, why: Reasons, rule: EarlyLookRule) -> Alert:
    """A reflex or a touch that is newly lost."""
    names = tuple(dict.fromkeys(one.test for one in why if one.test and not one.date))
    then = tuple(dict.fromkeys(chain(*(rule.then.get(name, ()) for name in names))))
    return Alert(
        rule=RULE,
        level="caution",
        side=side,
        said=(said("early-look-lost", names=names),),
        action=(
            said("early-look-lost-action", days=rule.days),
            *([said("early-look-then", names=then)] if then else []),
        ),
        because=why,
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
    where its reflex is less than on the other side, or it or a touch is lost on both."""
    visit = history.visits[-1]
    evidence = gather(history, protocol, side)
    for root in (one for one in protocol.patterns.values() if one.kind == "root"):
        could = weak(visit, (*root.weak, *root.may_be_weak), protocol, pained=True)
        if not any(one.side == side for one in could):
            continue
        named = (*root.lost, *root.signs, *root.numb)
        signs = [one for name, one in evidence.items() if one.abnormal and name in named]
        alike = [*_lost_alike(root, history, side, protocol)]
        may_be = root.may_be_weak if alike or any(one.compared for one in signs) else ()
        muscles = weak(visit, (*root.weak, *may_be), protocol, pained=True)
        here = tuple(one for one in muscles if one.side == side)
        if here and (signs or alike):
            yield (*here, *(one.seen for one in signs), *alike)


def _lost_alike(root: Pattern, history: History, side: Side, protocol: Protocol) -> Iterator[Observation]:
    """The reflexes that answer no more on the other side than here, less than expected and not by age, and
    the touches that are changed on both sides and no better on the other one: compared, they tell nothing."""
    visit, here, across = history.visits[-1], side, other(side)
    for test in (one for one in protocol.of(ReflexTest) if one.id in root.lost and not common(one, history)):
        count, beside = (seen.last(visit, test.id, one, "count") for one in (here, across))
        if count and beside and beside.number <= count.number < test.expected:
            yield count
    for name in root.numb:
        touch, beside = (seen.last(visit, name, one, "touch") for one in (here, across))
        if touch and beside and "normal" not in (touch.touch, beside.touch) and beside.felt <= touch.felt:
            yield touch
