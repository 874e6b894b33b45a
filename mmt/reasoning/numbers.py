"""Weakness that a number tells where no grade does: counts and forces that are low, or that fell by far."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.base import other as other_side
from mmt.model.exam_tests import CountTest, HoldTest, MuscleTest
from mmt.model.grades import at_most
from mmt.model.observation import UNITS, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Level, Reason, State
from mmt.model.rules import ForceRule, MotorAlarmRule
from mmt.model.said import Said, said
from mmt.model.visit import History, Visit

from . import seen
from .motor import motor_alert

Told = tuple[bool, Alert]
"""An alert, and whether the muscle, weak by hand too, makes it sure."""


def alerts(history: History, protocol: Protocol) -> Iterator[Told]:
    """All that the counts, holds and forces of the last visit alert to."""
    yield from _low_counts(history, protocol)
    rule = protocol.rules.motor_alarm
    for name, share in rule.falls.items():
        test = protocol.tests.get(name)
        if isinstance(test, CountTest | HoldTest):
            muscle = test.muscle if isinstance(test, CountTest) else ""
            for side in SIDES if test.sides == "each" else (None,):
                value = Value(name, side, test.measures[0], muscle)
                yield from _fallen(value, share, test.error or 0, history, protocol)
    if force := protocol.rules.force:
        done = {one.test for one in history.visits[-1].observations if one.newtons is not None}
        for test in (one for one in protocol.of(MuscleTest) if one.id in done):
            for side in SIDES if test.sides == "each" else (None,):
                yield from _force(Value(test.id, side, "newtons", test.id), force, history, protocol)


class Value(NamedTuple):
    """A test and side with its measure, and the muscle whose grade tells more."""

    test: str
    side: Side | None
    measure: Measure
    muscle: str

    def trials(self, visit: Visit) -> list[Observation]:
        """The trials of a visit, the best first, those in pain only where there is no other."""
        found = [one for one in visit.seen(self.test, self.side) if getattr(one, self.measure) is not None]
        sound = [one for one in found if not one.pained]
        return sorted(sound or found, key=self.of, reverse=True)

    def of(self, one: Observation) -> float:
        """The number of a trial."""
        return float(getattr(one, self.measure))

    def shown(self, one: Observation) -> str:
        """The number with its unit."""
        return f"{self.of(one):g}{UNITS.get(self.measure, '')}"


def _low_counts(history: History, protocol: Protocol) -> Iterator[Told]:
    """Counted tests at or below their limit, by the worst trial, first of those without pain."""
    visit, rule = history.visits[-1], protocol.rules.motor_alarm
    for (name, limit), side in product(rule.counts.items(), SIDES):
        counted = [one for one in visit.seen(name, side) if one.count is not None]
        fewest = [one for one in counted if one.number <= limit]
        test = protocol.tests.get(name)
        if test is None or not fewest:
            continue
        low = min(fewest, key=lambda one: (one.pained, one.number))
        by_hand = seen.graded(visit, test.muscle, side) if isinstance(test, CountTest) else []
        doubted = _held(by_hand) and (_aged(history, rule) or low.pained)
        key = "motor-count-held" if doubted else "motor-count-pained" if low.pained else "motor-count"
        asks = "motor-count-ungraded-action" if not by_hand else "motor-action"
        says = said(key, test=name, side=side, count=low.count), *seen.spread(counted, "count")
        action = said("motor-count-held-action" if doubted else asks)
        level: Level = "caution" if doubted else "urgent"
        why = map(seen.reason, (low, *by_hand))
        yield _weak(by_hand, rule), motor_alert(level, (*says, action), why, rule, low.cell)


def _fallen(value: Value, share: float, error: float, history: History, protocol: Protocol) -> Iterator[Told]:
    """A value whose best trial is less than the best since the last action by more than its error, and by so
    many per cent (`share`) or more. Urgent in a limb and not confirmed before it was found again; a caution
    where pain, or with age a muscle that holds full pressure by hand, may explain it."""
    visit, rule = history.visits[-1], protocol.rules.motor_alarm
    trials = value.trials(visit)
    then = _before(value, trials[0], history) if trials else None
    if then is None or value.of(trials[0]) <= rule.counts.get(value.test, -1):
        return
    high = value.of(then[1])
    if not _far(high, value.of(trials[0]), share, error):
        return
    by_hand, now = seen.graded(visit, value.muscle, value.side), trials[0]
    held = _held(by_hand) and (_aged(history, rule) or value.measure == "newtons")
    limb = protocol.tests[value.test].region in ("leg", "arm")
    mild = now.pained or held or not limb
    given = {"test": value.test, "side": value.side, "date": then[0].date.isoformat()}
    says = [said("motor-number-fell", **given, then=value.shown(then[1]), count=value.shown(now))]
    state, how = _confirmed(value, high, share, error, history, protocol)
    says += [] if mild else how
    says += [said("motor-number-pained")] if now.pained else [said("motor-number-held")] if held else []
    key = "motor-number-fell-action" if value.muscle else "motor-number-again-action"
    why = seen.reason(now), seen.reason(then[1], then[0]), *map(seen.reason, by_hand)
    ask = said("motor-action") if state != "not-confirmed" and not mild else said(key)
    found = motor_alert("caution" if mild else "urgent", (*says, ask), why, rule, now.cell)
    yield _weak(by_hand, rule), found if mild else replace(found, state=state)


def _before(value: Value, now: Observation, history: History) -> tuple[Visit, Observation] | None:
    """The best value without pain since the last action, measured the same way."""
    found: list[tuple[Visit, Observation]] = []
    for visit in reversed(history.visits[:-1]):
        found += [
            (visit, one) for one in value.trials(visit) if not one.pained and one.variant == now.variant
        ]
        if visit.action:
            break
    return max(found, key=lambda one: value.of(one[1]), default=None)


def _far(then: float, now: float, share: float, error: float) -> bool:
    return then - now > error and (then - now) * 100 >= share * then


def _confirmed(
    value: Value, high: float, share: float, error: float, history: History, protocol: Protocol
) -> tuple[State, list[Said]]:
    """Whether a fall is confirmed: by so many trials, by the examiner, or the visit before."""
    *before, visit = history.visits
    retest, trials = protocol.rules.retest, value.trials(visit)
    if retest and len(trials) >= retest.agreeing:
        more = {"again": value.shown(trials[1]), "trial": trials[1].trial}
        return "confirmed-by-trial", [said("motor-confirmed-by-trial", **more)]
    if any(one.confirmed for one in trials):
        return "confirmed-by-examiner", [said("motor-confirmed-by-examiner")]
    last = next((one for one in reversed(before) if value.trials(one)), visit)
    then = value.trials(last)[0]
    if not last.action and last is not visit and not then.pained and _far(high, value.of(then), share, error):
        told = said("motor-confirmed-by-visit", date=last.date.isoformat(), again=value.shown(then))
        return "confirmed-by-visit", [told]
    return "not-confirmed", [said("motor-not-confirmed")]


def _force(value: Value, rule: ForceRule, history: History, protocol: Protocol) -> Iterator[Told]:
    """A muscle that gives next to no force, or next to none against the other side, while no grade tells how
    weak it is: urgent in a limb, else a caution; else one whose force fell by far."""
    visit = history.visits[-1]
    now = next(iter(value.trials(visit)), None)
    if now is None:
        return
    across = value._replace(side=other_side(value.side)).trials(visit) if value.side else []
    better = next((one for one in across if one.variant == now.variant and not one.pained), None)
    less = 100 * (1 - now.force / better.force) if better and better.force else 0
    none = now.force <= rule.none
    if seen.graded(visit, value.muscle, value.side) or not (none or less >= rule.apart):
        yield from _fallen(value, rule.fall, 0, history, protocol)
        return
    acted = _known(value, rule, history) if none else None
    limb = protocol.tests[value.test].region in ("leg", "arm")
    level: Level = "urgent" if none and limb and not (now.pained or acted) else "caution"
    given = {"test": value.test, "side": value.side, "force": f"{now.force:g}", "less": f"{less:.0f}"}
    says = [said("force-none" if none else "force-apart", **given)]
    says += [said("motor-number-pained")] if now.pained else []
    says += [said("known-signs", date=acted.date.isoformat())] if acted else []
    says += [said("force-none-action" if level == "urgent" else "force-apart-action")]
    why: list[Reason] = [seen.reason(one) for one in (now, better) if one]
    yield False, motor_alert(level, says, why, rule, now.cell)


def _known(value: Value, rule: ForceRule, history: History) -> Visit | None:
    """The earlier visit at which it gave next to no force, and what was done is written."""
    past = ((visit, value.trials(visit)) for visit in reversed(history.visits[:-1]) if visit.action)
    return next((visit for visit, then in past if then and then[0].force <= rule.none), None)


def _held(by_hand: list[Observation]) -> bool:
    """Whether the muscle held full pressure by hand, with nothing against it."""
    return bool(by_hand) and all(one.code == "5" and not one.flags for one in by_hand)


def _weak(by_hand: list[Observation], rule: MotorAlarmRule) -> bool:
    """Whether the muscle is weak by hand without pain."""
    return any(at_most(one.code, rule.both_sides) and not one.pained for one in by_hand)


def _aged(history: History, rule: MotorAlarmRule) -> bool:
    """Whether age alone may explain a low count, whichever of the ages that may be the patient's it is."""
    old = rule.counts_doubted_from
    return old is not None and history.patient.ages_on(history.visits[-1].date).least >= old
