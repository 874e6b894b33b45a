"""Weakness and lost reflexes of both legs: one nerve or root does not explain them."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from mmt.model.base import SIDES
from mmt.model.exam_tests import MuscleTest, ReflexTest
from mmt.model.grades import rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Finding, Level
from mmt.model.rules import BothLegsRule
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen, strength
from .combined import stands
from .motor import motor_alert
from .reflexes import common
from .remembered import remembered_of_seen
from .safety import asking, unanswered
from .signs import upper_signs

Seen = tuple[Observation, ...]


class Picture(NamedTuple):
    """What a visit shows of both legs: `weak` muscles and `absent` reflexes."""

    weak: Seen
    absent: Seen

    def no_worse(self, then: "Picture") -> bool:
        """Whether all of it was there then, and no muscle stronger."""
        before = {one.cell: rank(one.code) for one in then.weak}
        strength = all(rank(one.code) >= before.get(one.cell, rank("5")) for one in self.weak)
        return strength and {one.cell for one in self.absent} <= {one.cell for one in then.absent}


@remembered_of_seen
def alerts(history: History, protocol: Protocol) -> tuple[Alert, ...]:
    """All that both legs of the last visit say together."""
    rule, weak = protocol.rules.both_legs, _weak_legs(history.visits[-1], protocol)
    if rule is None:
        return tuple(_weakness(weak, (), False, history, protocol))
    absent = _absent(history.visits[-1], rule)
    told = () if _of_age(absent, history, protocol) else absent
    near = _alike(history.visits[-1], rule.proximal, protocol)
    spared = not (told or strength.weak(history.visits[-1], rule.distal, protocol))
    cord = upper_signs(history, protocol) or stands(rule.cord, history, protocol)
    muscle = spared and not cord
    explained = stands(rule.explained, history, protocol)
    ascending = [] if explained else _ascending(weak, absent, history, rule, protocol)
    told_there = explained or ascending or _slight(weak, history, rule, protocol)
    unsaid = weak if not told_there or unanswered(history, protocol) else ()
    return (
        *ascending,
        *_reflexes(told, history, rule, protocol),
        *_weakness(unsaid, near, muscle, history, protocol),
        *_raises(history, rule, protocol),
    )


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """Muscles that are slightly weak on both sides, and nothing else that was tested."""
    rule, weak = protocol.rules.both_legs, _weak_legs(history.visits[-1], protocol)
    if rule and _slight(weak, history, rule, protocol):
        yield Finding(
            rule=rule.id,
            said=(said("weak-both-slight", names=_tests(weak)),),
            because=tuple(map(seen.reason, weak)),
            sources=rule.sources,
            evidence=rule.evidence,
        )


def _slight(weak: Seen, history: History, rule: BothLegsRule, protocol: Protocol) -> bool:
    """Whether all that is weak in both legs is slight, of muscles that often are so without a lesion, with
    all that is asked beside it tested and as usual, and no question open."""
    visit, least = history.visits[-1], rule.slight_least
    if not weak or least is None or unanswered(history, protocol):
        return False
    every = strength.weak(visit, protocol.watched, protocol, pained=True)
    alone = all(one.test in rule.slight and rank(one.code) >= rank(least) for one in every)
    strong = (seen.best(visit, *cell) for cell in product(rule.slight_beside, SIDES))
    jerks = {one.id: one.expected for one in protocol.of(ReflexTest)}
    last = (seen.last(visit, *cell, "count") for cell in product(rule.reflexes, SIDES))
    return alone and all(strong) and all(one and one.number == jerks[one.test] for one in last)


def _weak_legs(visit: Visit, protocol: Protocol, *, pained: bool = False) -> Seen:
    """The weak muscles of the alarm set in the legs, where both sides have one."""
    legs = [
        name
        for name in protocol.rules.motor_alarm.muscles
        if isinstance(test := protocol.tests.get(name), MuscleTest) and test.region == "leg"
    ]
    found = strength.weak(visit, legs, protocol, pained=pained)
    return found if _on_both(found) else ()


def _alike(visit: Visit, tests: Iterable[str], protocol: Protocol) -> Seen:
    """Of some muscles those that are weak on both sides."""
    each = (strength.weak(visit, [test], protocol) for test in tests)
    return tuple(one for found in each if _on_both(found) for one in found)


def _on_both(found: Seen) -> bool:
    return {one.side for one in found} == set(SIDES)


def _absent(visit: Visit, rule: BothLegsRule) -> Seen:
    """The reflexes that are absent at a visit."""
    last = (seen.last(visit, test, side, "count") for test, side in product(rule.reflexes, SIDES))
    return tuple(one for one in last if one and one.number == 0)


def _of_age(absent: Seen, history: History, protocol: Protocol) -> bool:
    """Whether the age of the patient alone may explain all the reflexes that are absent."""
    usual = [one.id for one in protocol.of(ReflexTest) if common(one, history)]
    alike = [name for name in usual if _on_both(tuple(one for one in absent if one.test == name))]
    return all(one.test in alike for one in absent)


def _ascending(
    weak: Seen, absent: Seen, history: History, rule: BothLegsRule, protocol: Protocol
) -> list[Alert]:
    """An emergency; known where an earlier visit showed no less of it and what was done is written there.

    Urgent where age may explain the reflexes, or pain the weakness, but not both.
    """
    aged = _of_age(absent, history, protocol)
    hurting = () if weak or aged else _weak_legs(history.visits[-1], protocol, pained=True)
    found = Picture(weak or hurting, absent)
    if not found.weak or len(absent) < rule.absent:
        return []
    names = _tests(absent)
    why = [seen.reason(one) for one in (*found.weak, *absent)]
    for then in reversed(history.visits[:-1]):
        before = Picture(_weak_legs(then, protocol, pained=bool(hurting)), _absent(then, rule))
        if then.action and found.no_worse(before):
            says = said("ascending-known", names=names, date=then.date.isoformat())
            return [motor_alert("caution", (says, said("known-action")), why, rule)]
    if aged or hurting:
        key = "ascending-age" if aged else "ascending-pain"
        return [motor_alert("urgent", (said(key, names=names), said(f"{key}-action")), why, rule)]
    return [motor_alert("emergency", (said("ascending", names=names), said("ascending-action")), why, rule)]


def _reflexes(absent: Seen, history: History, rule: BothLegsRule, protocol: Protocol) -> list[Alert]:
    """Reflexes that went within days are urgent until something was done; absent on both sides a caution."""
    gone = _gone(history, rule)
    level: Level = "urgent" if len(gone) >= rule.absent else "caution"
    if level == "caution" and not (len(absent) >= rule.absent and _on_both(absent)):
        return []
    says, key = said("reflexes-absent", names=_tests(absent)), "reflexes-absent-action"
    why = tuple(map(seen.reason, absent))
    if level == "urgent":
        says = said("reflexes-gone", names=tuple(one for _, one in gone), days=rule.days)
        key = "reflexes-gone-action"
        why = tuple(seen.reason(one, None if visit is history.visits[-1] else visit) for visit, one in gone)
    missing = unanswered(history, protocol)
    return [
        Alert(
            rule="reflexes-absent",
            level=level,
            said=(says,),
            action=(said(key), said("ask-cauda")) if missing else (said(key),),
            because=why,
            missing=missing,
            sources=rule.sources,
            evidence=rule.evidence,
        )
    ]


def _gone(history: History, rule: BothLegsRule) -> list[tuple[Visit, Observation]]:
    """The reflexes that were there and went within the days of the rule, each as it was lost.

    What was done at an earlier visit closes them.
    """
    there: dict[tuple[str, object], Visit] = {}
    gone: dict[tuple[str, object], tuple[Visit, Observation]] = {}
    for visit in history.visits:
        for test, side in product(rule.reflexes, SIDES):
            one = seen.last(visit, test, side, "count")
            if one is None:
                continue
            if one.number > 0:
                there[one.cell] = visit
                gone.pop(one.cell, None)
            elif (then := there.pop(one.cell, None)) and (visit.date - then.date).days <= rule.days:
                gone[one.cell] = visit, one
        if visit.action and visit is not history.visits[-1]:
            gone.clear()
    return list(gone.values())


def _weakness(weak: Seen, near: Seen, muscle: bool, history: History, protocol: Protocol) -> list[Alert]:
    """Weakness on both sides is a caution, known where it was acted on and is no worse; routine where muscles
    `near` the trunk are weak on both sides. It asks the cauda equina questions that were not answered yet."""
    both = protocol.rules.both_legs
    if both and len({one.test for one in near}) >= both.fewest:
        cells = tuple({one.cell: one for one in (*weak, *near)}.values())
        says = [said("weak-both", names=_tests(cells)), *([said("proximal")] if muscle else [])]
        ask = [said("proximal-action" if muscle else "near-both-action")]
        return [
            asking(says, map(seen.reason, cells), history, protocol, level="routine", action=ask, rule=both)
        ]
    if not weak or not (both or unanswered(history, protocol)):
        return []
    says, ask = [said("weak-both", names=weak)], [said("weak-both-action")]
    if acted := _acted(weak, history, protocol):
        says, ask = [*says, said("known-signs", date=acted.date.isoformat())], [said("known-action")]
    return [asking(says, map(seen.reason, weak), history, protocol, action=ask if both else ())]


def _acted(weak: Seen, history: History, protocol: Protocol) -> Visit | None:
    """The earlier visit at which both legs were no less weak and what was done is written."""
    found = Picture(weak, ())
    past = (one for one in reversed(history.visits[:-1]) if one.action)
    return next((one for one in past if found.no_worse(Picture(_weak_legs(one, protocol), ()))), None)


def _raises(history: History, rule: BothLegsRule, protocol: Protocol) -> Iterator[Alert]:
    """A leg raise that is new on both sides asks the cauda equina questions that were not answered yet."""
    for test in rule.raises if unanswered(history, protocol) else ():
        now, *before = (_positive(visit, test) for visit in reversed(history.visits[-2:]))
        if _on_both(now) and not any(map(_on_both, before)):
            yield asking([said("raise-both", test=test)], map(seen.reason, now), history, protocol, rule=rule)


def _positive(visit: Visit, test: str) -> Seen:
    """The sides on which a test was positive last."""
    last = (seen.last(visit, test, side, "result") for side in SIDES)
    return tuple(one for one in last if one and one.result == "positive")


def _tests(found: Seen) -> tuple[str, ...]:
    """The tests of what was seen on both sides, each once: a screen for two metres has room for these."""
    return tuple(dict.fromkeys(one.test for one in found))
