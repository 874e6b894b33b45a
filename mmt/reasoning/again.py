"""Which tests are walked again at a later visit, and which are folded: not tested unless they are opened."""

from collections.abc import Collection, Iterable, Iterator

from mmt.model.base import SIDES
from mmt.model.exam_tests import LegLengthTest
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Conclusion, Finding
from mmt.model.rules import WalkAgainRule
from mmt.model.visit import History, Visit

from .reviewing import review
from .scores import scores
from .screen import pointed, screen
from .standing import LOUD


def folded_tests(history: History, protocol: Protocol, alerts: Iterable[Alert] = ()) -> tuple[str, ...]:
    """The tests of an exam that need not be walked at the last visit, in the order of its plan.

    Only what was done without a flag at the signed visit before, not long ago, and what no finding, alert or
    pattern of that visit nor of the one before it is of; and what waits until something points to a nerve.
    None is folded while something of today says that it went worse: an alert of `alerts` that is urgent or
    more, or an answer. A folded test is not tested, never normal.
    """
    if speaks_against(alerts):
        return ()
    waiting = () if pointed(history, protocol) else waiting_tests(history, protocol)
    return (*_done_before(history, protocol), *waiting)


def waiting_tests(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The tests of the exam's screen that are walked once something points to a nerve: neither asked for by
    the visit before, nor folded because they were normal there."""
    known = {*_done_before(history, protocol), *_found_before(history, protocol)}
    asked = known.union(one.test for one in history.visits[-1].observations)
    return tuple(name for name in screen(history, protocol) if name not in asked)


def _done_before(history: History, protocol: Protocol) -> tuple[str, ...]:
    """What was done without a flag, not long ago, and that nothing was said of."""
    rule, plan = protocol.rules.walk_again, protocol.exams.get(history.visits[-1].exam)
    signed = history.signed_before
    if rule is None or plan is None or not signed:
        return ()
    now, then = history.visits[-1], history.visits[signed[-1]]
    if (now.date - then.date).days > rule.days or _worse(then, now, rule, protocol):
        return ()
    again = {*rule.always, *_told(history, protocol), *(one.test for one in now.observations)}
    planned = (*plan.tests, *screen(history, protocol))
    return tuple(name for name in planned if name not in again and _done(name, then, protocol))


def first_tests(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The tests of the plan that come first in their position: what a finding, alert or pattern of the two
    signed visits before is of, and what was flagged or not done at the last of them."""
    plan, signed = protocol.exams.get(history.visits[-1].exam), history.signed_before
    if plan is None or not signed:
        return ()
    told, then = _told(history, protocol), history.visits[signed[-1]]
    return tuple(name for name in plan.tests if name in told or not _done(name, then, protocol))


def added_tests(history: History, protocol: Protocol, folded: Collection[str]) -> tuple[str, ...]:
    """The tests beyond the plan that are walked as well: those of its screen that are not `folded`, and those
    that a finding, alert or pattern of the signed visit before is of, so that it is looked at again."""
    opened = [name for name in screen(history, protocol) if name not in folded]
    return tuple(dict.fromkeys((*opened, *_found_before(history, protocol))))


def _found_before(history: History, protocol: Protocol) -> tuple[str, ...]:
    plan, signed = protocol.exams.get(history.visits[-1].exam), history.signed_before
    if plan is None or not signed:
        return ()
    then = history.visits[signed[-1]]
    named = set(_named(history.up_to(signed[-1]), protocol))
    seen = dict.fromkeys(one.test for one in then.observations if one.test in named)
    known = (name for name in seen if name in protocol.tests and name not in (*plan.tests, *plan.leg_length))
    return tuple(name for name in known if not isinstance(protocol.tests[name], LegLengthTest))


def speaks_against(alerts: Iterable[Alert]) -> bool:
    """Whether what must be known now leaves nothing folded."""
    return any(one.level in LOUD for one in alerts)


def _worse(then: Visit, now: Visit, rule: WalkAgainRule, protocol: Protocol) -> bool:
    """Whether an answer of today says that it went worse: a score, the rating of change, or a pain that is
    told of another side."""
    rating, place = now.story.get(rule.change), now.story.get(rule.pain)
    return (
        any(one.verdict == "worse" for one in scores(then, now, protocol))
        or (isinstance(rating, int | float) and rating < 0)
        or place not in (None, rule.painless, then.story.get(rule.pain))
    )


def _told(history: History, protocol: Protocol) -> set[str | None]:
    """The tests that the conclusions of the two signed visits before are of."""
    return {name for at in history.signed_before[-2:] for name in _named(history.up_to(at), protocol)}


def _named(history: History, protocol: Protocol) -> Iterator[str | None]:
    """The tests that the conclusions about a visit are of; of a pattern all that it rests on."""
    found = review(history, protocol)
    told: tuple[Alert | Finding, ...] = (*found.alerts, *found.findings)
    for one in told:
        yield from [one.test] if one.test else _rests_on(one)
    for pattern in found.patterns:
        yield from _rests_on(pattern)


def _rests_on(one: Conclusion) -> Iterator[str | None]:
    return (reason.test for reason in one.because)


def _done(test: str, then: Visit, protocol: Protocol) -> bool:
    """Whether a test was done on each of its sides at a visit, and nothing about it was flagged."""
    if test not in protocol.tests:
        return False
    sides = SIDES if protocol.tests[test].sides == "each" else (None,)
    trials = [then.seen(test, side) for side in sides]
    return all(trials) and all(one.measured and not one.flags for held in trials for one in held)
