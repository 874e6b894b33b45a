"""Motor alarms: weakness that interrupts, whatever the noise limits say and whoever examined.

One pass over the visits, oldest first, for each muscle and side. A visit at which the alarm stood and an
action was recorded closes it: from then on falls are measured against the grades since that visit, so that
a known weakness is not shouted about again and a new fall never creeps past.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import at_most, halves, holds_gravity, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Level, Reason
from mmt.model.rules import MotorAlarmRule
from mmt.model.visit import History, Visit

from . import seen, words
from .safety import unanswered


class Course(NamedTuple):
    """How a muscle went over the visits, up to the one under review.

    `low` is set for a weak grade that waits for an action, `retest` for one that pain may have lowered and
    that waits to be tested again; `fall_from` is the earlier grade that the last one fell from; `acted` the
    visit at which an action closed the alarm.
    """

    visit: Visit
    last: Observation
    low: bool = False
    retest: bool = False
    fall_from: tuple[Visit, Observation] | None = None
    acted: Visit | None = None

    @property
    def alarming(self) -> bool:
        """Whether the alarm stands."""
        return self.low or self.fall_from is not None


class Trial(NamedTuple):
    """A graded trial as alarms read it: whether it is low by itself, and the grade that it fell from."""

    grade: Observation
    low: bool
    fall: tuple[Visit, Observation] | None


def alarms(history: History, protocol: Protocol) -> list[Alert]:
    """All motor alerts of the last visit, each muscle's own and those of both sides together."""
    rule = protocol.rules.motor_alarm
    single = [
        alert
        for test in rule.muscles
        for side in SIDES
        if (alert := _muscle_alert(history, protocol, test, side)) is not None
    ]
    single += _count_alerts(history, protocol)
    return [*_both_sides(single, protocol), *single, *_weak_both(history, protocol)]


def course(history: History, protocol: Protocol, test: str, side: Side) -> Course | None:
    """The course of a muscle, None where it was never graded."""
    rule = protocol.rules.motor_alarm
    since: list[tuple[Visit, Observation]] = []
    low, covered, now = False, False, None
    for visit in history.visits:
        if (trial := _telling(visit, test, side, since, rule)) is not None:
            low, within = trial.low, at_most(trial.grade.code, rule.level)
            covered = covered and within
            waits = trial.grade.pained and within and not low
            acted = now.acted if now else None
            now = Course(visit, trial.grade, low and not covered, waits, trial.fall, acted)
            since.append((visit, trial.grade))
        if now is None or not visit.action or visit is history.visits[-1]:
            continue
        if now.alarming:
            covered, since = low, since[-1:]
            now = Course(now.visit, now.last, acted=visit)
        else:
            now = now._replace(retest=False)
    return now


def _telling(
    visit: Visit, test: str, side: Side, since: list[tuple[Visit, Observation]], rule: MotorAlarmRule
) -> Trial | None:
    """The trial that counts: the worst that alarms, first of those without pain; else the worst of all."""
    graded = seen.graded(visit, test, side)
    if not graded:
        return None
    trials = [
        Trial(
            one,
            at_most(one.code, rule.pained_level if one.pained else rule.level),
            _fall(since, one, rule.pained_fall if one.pained else rule.fall),
        )
        for one in graded
    ]
    alarming = sorted((one for one in trials if one.low or one.fall), key=lambda one: one.grade.pained)
    return (alarming or trials)[0]


def _fall(
    since: list[tuple[Visit, Observation]], now: Observation, least: int
) -> tuple[Visit, Observation] | None:
    """The best earlier grade, where this one fell from it by enough, or below 3 at all and without pain."""
    highest = max(since, key=lambda one: rank(one[1].code), default=None)
    if highest is None or rank(now.code) >= rank(highest[1].code):
        return None
    far = halves(highest[1].code) - halves(now.code) >= least
    return highest if far or not (now.pained or holds_gravity(now.code)) else None


def _muscle_alert(history: History, protocol: Protocol, test: str, side: Side) -> Alert | None:
    now = course(history, protocol, test, side)
    if now is None or test not in protocol.tests:
        return None
    here = now.visit is history.visits[-1]
    names = {"name": protocol.tests[test].name, "side": side, "grade": now.last.grade}
    day = now.visit.date.isoformat()
    why = [seen.reason(now.last, None if here else now.visit)]
    if now.fall_from and here:
        then, value = now.fall_from
        text = words.MOTOR_FALL.format(**names, then=value.grade)
        return _alert(
            protocol, test, side, "urgent", (text, words.MOTOR_ACTION), [*why, seen.reason(value, then)]
        )
    if now.low or now.fall_from:
        text = words.MOTOR_LOW.format(**names) if here else words.MOTOR_KEPT.format(**names, date=day)
        return _alert(protocol, test, side, "urgent", (text, words.MOTOR_ACTION), why)
    if now.retest:
        text = (words.MOTOR_RETEST if here else words.MOTOR_RETEST_KEPT).format(**names, date=day)
        return _alert(protocol, test, side, "urgent", (text, words.MOTOR_RETEST_ACTION), why)
    if not here:
        text = words.MOTOR_UNTESTED.format(**names, date=day)
        return _alert(protocol, test, side, "caution", (text, words.MOTOR_UNTESTED_ACTION), why)
    if now.acted is not None and at_most(now.last.code, protocol.rules.motor_alarm.both_sides):
        text = words.MOTOR_KNOWN.format(**names, date=now.acted.date.isoformat())
        why.append(Reason(text=now.acted.action, date=now.acted.date.isoformat()))
        return _alert(protocol, test, side, "caution", (text, words.MOTOR_KNOWN_ACTION), why)
    return None


def _alert(
    protocol: Protocol,
    test: str | None,
    side: Side | None,
    level: Level,
    said: tuple[str, str],
    because: list[Reason],
) -> Alert:
    rule = protocol.rules.motor_alarm
    return Alert(
        rule="motor-deficit",
        level=level,
        test=test,
        side=side,
        text=said[0],
        action=said[1],
        because=tuple(because),
        source=protocol.cite(rule.sources),
        evidence=rule.evidence,
    )


def _count_alerts(history: History, protocol: Protocol) -> Iterator[Alert]:
    """Counted tests at or below their limit, by the worst trial."""
    visit = history.visits[-1]
    for test, limit in protocol.rules.motor_alarm.counts.items():
        for side in SIDES:
            counted = [one for one in visit.seen(test, side) if one.count is not None]
            low = min(counted, key=lambda one: one.number, default=None)
            if low is not None and test in protocol.tests and low.number <= limit:
                text = words.MOTOR_COUNT.format(name=protocol.tests[test].name, side=side, count=low.count)
                yield _alert(protocol, test, side, "urgent", (text, words.MOTOR_ACTION), [seen.reason(low)])


def _both_sides(single: list[Alert], protocol: Protocol) -> list[Alert]:
    """An emergency where the alarm criterion is met in the legs on both sides."""
    met = [
        one
        for one in single
        if one.level == "urgent"
        and one.action == words.MOTOR_ACTION
        and one.test
        and protocol.tests[one.test].region == "leg"
    ]
    if {one.side for one in met} != set(SIDES):
        return []
    why = [reason for one in met for reason in one.because]
    return [_alert(protocol, None, None, "emergency", (words.MOTOR_BOTH, words.MOTOR_BOTH_ACTION), why)]


def _weak_both(history: History, protocol: Protocol) -> list[Alert]:
    """Weakness of the legs on both sides asks the cauda equina questions that were not answered yet."""
    rule, visit = protocol.rules.motor_alarm, history.visits[-1]
    weak = [
        grade
        for test in rule.muscles
        for side in SIDES
        if isinstance(known := protocol.tests.get(test), MuscleTest) and known.region == "leg"
        if (grade := next((one for one in seen.graded(visit, test, side) if not one.pained), None))
        if at_most(grade.code, rule.both_sides)
    ]
    missing = unanswered(history, protocol)
    if {one.side for one in weak} != set(SIDES) or not missing:
        return []
    names = ", ".join(f"{protocol.tests[one.test].name} {one.side} {one.grade}" for one in weak)
    group = protocol.safety[rule.questions]
    return [
        Alert(
            rule=f"{rule.questions}-questions",
            level="caution",
            text=words.WEAK_BOTH.format(names=names),
            action=words.ASK_CAUDA,
            because=tuple(seen.reason(one) for one in weak),
            missing=missing,
            source=protocol.cite(group.sources),
            evidence=group.evidence,
        )
    ]
