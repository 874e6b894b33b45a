"""A muscle of the leg outside the alarm set that became weaker, where the leg shows signs of a root."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

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
from .remembered import remembered
from .retest import Settled, Trial, settled
from .standing import WEAKER


class Fallen(NamedTuple):
    """A muscle's best trial `now`, the grade that it `fell` from, and the `signs` of a root in the leg."""

    now: Observation
    fell: tuple[Visit, Observation]
    signs: tuple[Reason, ...]


def alerts(history: History, protocol: Protocol) -> Iterator[Alert]:
    """An alert for each muscle that fell: urgent where a reflex of the leg is lost or the grade is one at
    which others alarm, else a caution."""
    rule = protocol.rules.motor_alarm
    fallen = tuple(_fallen(history, protocol))
    before = {one.now.cell for one in _fallen(history.before, protocol)} if fallen else set()
    for one in fallen:
        (then, value), now = one.fell, one.now
        day = then.date.isoformat()
        says = said(WEAKER, test=now.test, side=now.side, then=value.grade, grade=now.grade, date=day)
        why = (seen.reason(now), seen.reason(value, then), *one.signs)
        alert = motor_alert("caution", (says, said("motor-weaker-action")), why, rule, now.cell)
        lost = any(sign.seen and sign.seen.count is not None for sign in one.signs)
        loud = lost or at_most(now.code, rule.level)
        yield _urgent(alert, _settled(one, history, protocol, again=now.cell in before)) if loud else alert


def _fallen(history: History, protocol: Protocol) -> Iterator[Fallen]:
    """The muscles whose best trial, without pain, is a full grade below an earlier one since the last action.
    Those that alarm by themselves are told there."""
    rule, leg = protocol.rules.motor_alarm, protocol.rules.leg_weakness
    outside = (
        one.id for one in protocol.of(MuscleTest) if one.region == "leg" and one.id not in rule.muscles
    )
    highest = _highest(history.before, protocol)
    for test, side in product(outside, SIDES):
        now = seen.best(history.visits[-1], test, side)
        if now is None or now.pained or (leg and at_most(now.code, leg.level)):
            continue
        then = highest.get(now.cell)
        if then is None or halves(then[1].code) - halves(now.code) < rule.fall:
            continue
        if signs := _signs(history, side, protocol):
            yield Fallen(now, then, signs)


def _settled(one: Fallen, history: History, protocol: Protocol, *, again: bool) -> Settled | None:
    """How the trials of this visit settle a fall; one that was found at the visit before is confirmed."""
    rule, now = protocol.rules.retest, one.now
    trials = seen.graded(history.visits[-1], *now.cell)
    read = [Trial(each, low=False, fall=None if each.pained else one.fell, asks=False) for each in trials]
    how = settled(read, rule.agreeing) if rule else None
    if how and again:
        then = history.visits[-2]
        return Settled("confirmed-by-visit", seen.best(then, *now.cell), then)
    return how


def _urgent(alert: Alert, how: Settled | None) -> Alert:
    """The same as an urgent alert, that says how it stands and by what, and asks for what that needs."""
    if how is None:
        return replace(alert, level="urgent", action=(said("motor-action"), *alert.action))
    by, day = how.by, how.then and how.then.date.isoformat()
    more = {} if by is None else {"again": by.grade, "trial": by.trial, "date": day}
    again = how.state == "not-confirmed"
    asks = said("motor-not-confirmed-action"), said("motor-weaker-beside")
    return replace(
        alert,
        level="urgent",
        state=how.state,
        said=(*alert.said, said(f"motor-{how.state}", **more)),
        action=asks if again else (said("motor-action"), *alert.action),
        because=alert.because if by is None else (*alert.because, seen.reason(by, how.then)),
    )


@remembered
def _highest(history: History, _: Protocol) -> dict[tuple[str, Side | None], tuple[Visit, Observation]]:
    """The best grade of each test since the last action, the latest of equal ones."""
    found: dict[tuple[str, Side | None], tuple[Visit, Observation]] = {}
    for visit in reversed(history.visits):
        for cell in visit.cells:
            value = seen.best(visit, *cell)
            if value and (cell not in found or rank(value.code) > rank(found[cell][1].code)):
                found[cell] = visit, value
        if visit.action:
            break
    return found


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
