"""A muscle of the leg outside the alarm set that became weaker, where the leg shows signs of a root."""

from collections.abc import Iterator
from itertools import product

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import MuscleTest, ReflexTest
from mmt.model.grades import at_most, halves, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen
from .motor import motor_alert
from .standing import WEAKER


def alerts(history: History, protocol: Protocol) -> Iterator[Alert]:
    """A caution for each muscle whose best trial, without pain, is a full grade below an earlier one since
    the last action. Those that alarm by themselves are told there."""
    rule, leg = protocol.rules.motor_alarm, protocol.rules.leg_weakness
    outside = (
        one.id for one in protocol.of(MuscleTest) if one.region == "leg" and one.id not in rule.muscles
    )
    for test, side in product(outside, SIDES):
        now = seen.best(history.visits[-1], test, side)
        if now is None or now.pained or (leg and at_most(now.code, leg.level)):
            continue
        fell = _fell(history, now, rule.fall)
        signs = _signs(history, side, protocol) if fell else ()
        if fell and signs:
            then, value = fell
            day = then.date.isoformat()
            says = said(WEAKER, test=test, side=side, then=value.grade, grade=now.grade, date=day)
            why = (seen.reason(now), seen.reason(value, then), *signs)
            yield motor_alert("caution", (says, said("motor-weaker-action")), why, rule, now.cell)


def _fell(history: History, now: Observation, least: int) -> tuple[Visit, Observation] | None:
    """The best earlier grade since the last action, where this one is so many half grades below it."""
    best: tuple[Visit, Observation] | None = None
    for visit in reversed(history.visits[:-1]):
        value = seen.best(visit, *now.cell)
        if value and (best is None or rank(value.code) > rank(best[1].code)):
            best = visit, value
        if visit.action:
            break
    return best if best and halves(best[1].code) - halves(now.code) >= least else None


def _signs(history: History, side: Side, protocol: Protocol) -> tuple[Reason, ...]:
    """The signs and lost reflexes of roots in a leg, as tested last."""
    roots = [one for one in protocol.patterns.values() if one.kind == "root"]
    found = []
    for test in dict.fromkeys(name for one in roots for name in (*one.signs, *one.lost)):
        kind = protocol.tests.get(test)
        last = seen.latest(history, test, side, "count" if isinstance(kind, ReflexTest) else "result")
        if last and (
            last[1].number < kind.expected if isinstance(kind, ReflexTest) else last[1].result == "positive"
        ):
            found.append(seen.reason(last[1], None if last[0] is history.visits[-1] else last[0]))
    return tuple(found)
