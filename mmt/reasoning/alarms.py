"""Motor alarms: weakness that interrupts, whatever the noise limits say and whoever examined.

One pass over the visits, oldest first, for each muscle and side. A visit at which the alarm stood and an
action was recorded closes it: from then on falls are measured against the grades since that visit, so that
a known weakness is not shouted about again and a new fall, by small steps too, never creeps past. What a
second trial of the same visit makes of an alarm is told by `retest`.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.grades import Code, at_most, halves, holds_gravity, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Level, Reason
from mmt.model.rules import LegWeaknessRule, MotorAlarmRule, RetestRule
from mmt.model.said import Said, said
from mmt.model.visit import History, Visit

from . import numbers, seen
from .motor import motor_alert
from .remembered import carried, remembered, remembered_of_seen
from .retest import Settled, Trial, settled
from .standing import LOUD


class Course(NamedTuple):
    """How a muscle went over the visits, up to the one under review.

    `low` is set for a weak grade that waits for an action, `retest` for one that pain may have lowered and
    that waits to be tested again; `fall_from` is the earlier grade that the last one fell from; `acted` the
    visit at which an action closed the alarm; `settled` how a second trial left it.
    """

    visit: Visit
    last: Observation
    low: bool = False
    retest: bool = False
    fall_from: tuple[Visit, Observation] | None = None
    acted: Visit | None = None
    settled: Settled | None = None

    @property
    def lifted(self) -> bool:
        """Whether a better trial lifted what the last grade alarmed with."""
        return self.settled is not None and self.settled.state == "lifted"

    @property
    def open(self) -> bool:
        """Whether nothing confirms yet what it alarms with."""
        return self.settled is not None and self.settled.state == "not-confirmed"

    @property
    def alarming(self) -> bool:
        """Whether the alarm stands."""
        return not self.lifted and (self.low or self.fall_from is not None)


class Earlier(NamedTuple):
    """The earlier grades that a fall is measured from: the `first` and the `highest`. Where the first is the
    one at which an action was written, the loss of so many `steps` of the ladder below it alarms again."""

    first: tuple[Visit, Observation]
    highest: tuple[Visit, Observation]
    steps: int | None = None


class Went(NamedTuple):
    """How a muscle went: its course `now`, the `earlier` grades, this one's among them; whether the last one
    was `low` by itself, and whether an action `covered` such grades since."""

    now: Course
    earlier: Earlier
    low: bool
    covered: bool

    def acted(self, visit: Visit, steps: int | None) -> "Went":
        """The same once an action at a visit closed the alarm, or the test that was to be done again."""
        now = self.now
        if not now.alarming:
            return self._replace(now=now._replace(retest=False))
        last = (now.visit, now.last)
        return Went(Course(*last, acted=visit), Earlier(last, last, steps), self.low, covered=self.low)


Courses = Mapping[tuple[str, Side | None], Went]
"""How every muscle went that was graded."""


@remembered_of_seen
def alarms(history: History, protocol: Protocol) -> tuple[Alert, ...]:
    """All motor alerts of the last visit, each muscle's own and those of both sides together."""
    courses = _went(history, protocol)
    went = [
        (one.now, alert)
        for cell in product(protocol.alarming, (*SIDES, None))
        if (one := courses.get(cell)) and (alert := _of_trials(one.now, history, protocol))
    ]
    counted = list(numbers.alerts(history, protocol))
    met = [
        *((not now.open, alert) for now, alert in went if now.alarming),
        *((sure, alert) for sure, alert in counted if alert.level == "urgent"),
    ]
    return (*_both_sides(met, protocol), *(alert for _, alert in (*went, *counted)))


def _both_sides(met: list[tuple[bool, Alert]], protocol: Protocol) -> list[Alert]:
    """An emergency where the alarm criterion is met in the legs on both sides; urgent, and no block of its
    own, while none of it is sure."""
    legs = [(sure, one) for sure, one in met if one.test and _of_leg(one.test, protocol)]
    if {one.side for _, one in legs} != set(SIDES):
        return []
    why = [reason for _, one in legs for reason in one.because]
    rule = protocol.rules.motor_alarm
    again = () if all(sure for sure, _ in legs) else (said("motor-both-again"),)
    if any(sure for sure, _ in legs):
        alert = motor_alert("emergency", (said("motor-both"), said("motor-both-action")), why, rule)
        return [replace(alert, action=(*again, *alert.action))]
    says = said("motor-both-open"), said("motor-both-open-action")
    alert = motor_alert("urgent", says, why, rule)
    return [replace(alert, action=(*again, *alert.action), state="not-confirmed")]


def _inside(test: str, protocol: Protocol) -> bool:
    """Whether a muscle belongs to the alarm set."""
    return test in protocol.rules.motor_alarm.muscles


def _of_leg(test: str, protocol: Protocol) -> bool:
    """Whether a test is of the leg."""
    return protocol.tests[test].region == "leg"


def _rule(test: str, protocol: Protocol) -> MotorAlarmRule | LegWeaknessRule:
    """The rule that a muscle alarms by."""
    alarm = protocol.rules.motor_alarm
    return alarm if _inside(test, protocol) else protocol.rules.leg_weakness or alarm


def _limit(test: str, protocol: Protocol) -> Code:
    """The grade from which down a muscle alarms."""
    return _rule(test, protocol).level


def course(history: History, protocol: Protocol, test: str, side: Side | None) -> Course | None:
    """The course of a muscle, None where it was never graded."""
    went = _went(history, protocol).get((test, side))
    return went.now if went else None


@remembered
def _went(history: History, protocol: Protocol) -> Courses:
    """Every muscle that was graded, up to the last visit; what is done there closes nothing yet."""
    return _graded(_closed(history.before, protocol), history.visits[-1], protocol)


def _closing(before: Courses, history: History, protocol: Protocol) -> Courses:
    """Every muscle once the last visit of a history is an earlier one: an action there closes its alarm."""
    visit, rule = history.visits[-1], protocol.rules.motor_alarm
    went = _graded(before, visit, protocol)
    return {cell: one.acted(visit, rule.acted_steps) for cell, one in went.items()} if visit.action else went


_closed: Callable[[History, Protocol], Courses] = carried({}, _closing)


def _graded(before: Courses, visit: Visit, protocol: Protocol) -> Courses:
    """Every muscle with what was graded at one visit more."""
    watched = protocol.alarming
    cells = (cell for cell in visit.cells if cell[0] in watched)
    graded = {cell: _one_more(before.get(cell), visit, *cell, protocol) for cell in cells}
    return {**before, **{cell: one for cell, one in graded.items() if one}}


def _one_more(
    before: Went | None, visit: Visit, test: str, side: Side | None, protocol: Protocol
) -> Went | None:
    """How a muscle went with the trials of one visit more; None where none of them is a grade."""
    earlier, then = (before.earlier, before.now) if before else (None, None)
    trials = [_trial(one, earlier, protocol) for one in seen.graded(visit, test, side)]
    if not trials:
        return None
    trial = _telling(trials)
    covered = (before is not None and before.covered) and at_most(trial.grade.code, _limit(test, protocol))
    known = earlier and covered and rank(trial.grade.code) >= rank(earlier.first[1].code)
    low = trial.low and not covered
    found = Course(visit, trial.grade, low, trial.asks and not known, trial.fall, then and then.acted)
    now = found._replace(settled=_settled(trials, found, then, protocol.rules.retest))
    return Went(now, _with(earlier, (visit, trial.grade)), trial.low, covered)


def fell(history: History, protocol: Protocol, now: Observation) -> bool:
    """Whether the alarm stands at the last visit that a muscle fell, whoever graded it."""
    went = course(history, protocol, *now.cell)
    return bool(went and went.fall_from and went.alarming)


def low(history: History, protocol: Protocol, now: Observation) -> bool:
    """Whether the alarm stands at the last visit that a grade is low by itself, whatever it was before."""
    went = course(history, protocol, *now.cell)
    return bool(went and went.low and at_most(now.code, _limit(now.test, protocol)))


def _with(earlier: Earlier | None, grade: tuple[Visit, Observation]) -> Earlier:
    """The earlier grades and one more."""
    if earlier is None:
        return Earlier(grade, grade)
    return earlier._replace(highest=grade) if rank(grade[1].code) > rank(earlier.highest[1].code) else earlier


def _telling(trials: Sequence[Trial]) -> Trial:
    """The trial that counts: the worst that alarms, first of those without pain; else the worst of all."""
    alarming = sorted((one for one in trials if one.alarms), key=lambda one: one.grade.pained)
    return next(iter(alarming or trials))


def _settled(
    trials: Sequence[Trial], found: Course, before: Course | None, rule: RetestRule | None
) -> Settled | None:
    """How an alarm of a visit stands. One that stood at an earlier visit, and about which nothing was done,
    is confirmed by being found again."""
    if rule is None or not (found.alarming or found.retest):
        return None
    now = settled(trials, rule.agreeing)
    if now and found.alarming and before and before.alarming:
        return Settled("confirmed-by-visit", before.last, before.visit)
    return now


def _trial(one: Observation, earlier: Earlier | None, protocol: Protocol) -> Trial:
    """A trial as alarms read it. Out of the alarm set a fall counts only down to where the muscle alarms,
    and pain asks for another test, whatever the grade."""
    rule, inside = protocol.rules.motor_alarm, _inside(one.test, protocol)
    within = at_most(one.code, _limit(one.test, protocol))
    low = (inside and at_most(one.code, rule.pained_level)) if one.pained else within
    least = rule.pained_fall if one.pained else rule.fall
    fall = _fall(earlier, one, least) if earlier and (inside or within) else None
    return Trial(one, low, fall, asks=one.pained and within)


def _fall(earlier: Earlier, now: Observation, least: int) -> tuple[Visit, Observation] | None:
    """The best earlier grade, where this one fell from it by enough, or without pain below 3 at all; else the
    grade of the action, where this one is too many steps below it without pain."""
    highest = earlier.highest
    if rank(now.code) >= rank(highest[1].code):
        return None
    far = halves(highest[1].code) - halves(now.code) >= least
    if far or not (now.pained or holds_gravity(now.code)):
        return highest
    lost = rank(earlier.first[1].code) - rank(now.code)
    return earlier.first if earlier.steps and lost >= earlier.steps and not now.pained else None


def _of_trials(now: Course, history: History, protocol: Protocol) -> Alert | None:
    """The alert of a muscle, with the lowest and the best trial of this visit where they differ and the
    better one is not told already."""
    alert, trials = _muscle_alert(now, history, protocol), history.visits[-1].seen(*now.last.cell)
    apart = seen.spread(trials, "grade") if now.visit is history.visits[-1] else ()
    if alert and alert.level in LOUD and "other-cause" in now.last.flags:
        alert = replace(alert, action=(*alert.action, said("other-cause-action")))
    told = now.settled and now.settled.by and any(one.value("best") == now.settled.by.grade for one in apart)
    return alert if alert is None or told else replace(alert, said=(*alert.said, *apart))


def _muscle_alert(now: Course, history: History, protocol: Protocol) -> Alert | None:
    last, here = now.last, now.visit is history.visits[-1]
    given = {"test": last.test, "side": last.side, "grade": last.grade}
    dated = given | {"date": now.visit.date.isoformat()}
    why = [seen.reason(last, None if here else now.visit)]
    level: Level = "urgent"
    if now.settled and here:
        return _settled_alert(now, now.settled, protocol, given)
    if now.alarming:
        says = _alarm_said(now, here, protocol, dated)
        why += [seen.reason(value, then) for then, value in [now.fall_from] if here] if now.fall_from else []
    elif now.retest and not now.lifted:
        text = said("motor-retest", **given) if here else said("motor-retest-kept", **dated)
        says = text, said("motor-retest-action")
    elif not here and (_inside(last.test, protocol) or at_most(last.code, _limit(last.test, protocol))):
        level, says = "caution", (said("motor-untested", **dated), said("motor-untested-action"))
    elif here and now.acted is not None and at_most(last.code, protocol.rules.motor_alarm.both_sides):
        day = now.acted.date.isoformat()
        level, says = "caution", (said("motor-known", **given, date=day), said("known-action"))
        why.append(Reason(said=said("as-written", text=now.acted.action), date=day))
    else:
        return None
    return motor_alert(level, says, why, _rule(last.test, protocol), last.cell)


def _alarm_said(
    now: Course, here: bool, protocol: Protocol, dated: dict[str, str | None]
) -> tuple[Said, Said]:
    """What an alarm that stands says, and what it asks for: with pain, another test first."""
    inside, leg = _inside(now.last.test, protocol), _of_leg(now.last.test, protocol)
    action = said("motor-action" if inside or leg else "motor-early-action")
    if now.last.pained:
        action = said("motor-pained-action")
    elif here and _by_one_trial(now):
        action = said("motor-again-action")
    if not here:
        return said("motor-kept", **dated), action
    given = {name: value for name, value in dated.items() if name != "date"}
    if now.fall_from:
        return said("motor-fall", **given, then=now.fall_from[1].grade), action
    if now.last.pained:
        return said("motor-retest", **given), action
    return said("motor-low" if inside else "motor-low-leg" if leg else "motor-low-other", **given), action


def _by_one_trial(now: Course) -> bool:
    """Whether one trial alone found that a muscle fell to a grade that works against gravity, nor did the
    examiner confirm it."""
    trials = [one for one in now.visit.seen(*now.last.cell) if one.grade]
    fell = now.fall_from is not None and holds_gravity(now.last.code)
    return fell and len(trials) == 1 and not now.last.confirmed


def _settled_alert(now: Course, how: Settled, protocol: Protocol, given: dict[str, str | None]) -> Alert:
    """The alert of this visit that other trials can answer: how it stands is told, and by what."""
    last, why = now.last, [seen.reason(now.last)]
    first = said("motor-retest", **given)
    if now.fall_from:
        then, value = now.fall_from
        first = said("motor-fall", **given, then=value.grade)
        why.append(seen.reason(value, then))
    by, day = how.by, how.then and how.then.date.isoformat()
    if by is not None:
        why.append(seen.reason(by, how.then))
    more = {} if by is None else {"again": by.grade, "trial": by.trial, "date": day}
    actions = {"not-confirmed": "motor-not-confirmed-action", "lifted": "motor-lifted-action"}
    says = first, said(f"motor-{how.state}", **more), said(actions.get(how.state, "motor-action"))
    level: Level = "caution" if now.lifted else "urgent"
    alert = motor_alert(level, says, why, _rule(last.test, protocol), last.cell)
    cited = protocol.rules.retest.sources if protocol.rules.retest else ()
    return replace(alert, state=how.state, sources=tuple(dict.fromkeys((*alert.sources, *cited))))
