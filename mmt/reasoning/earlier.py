"""What an earlier visit told, and what an answer of today does not take away in silence."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec.structs import replace

from mmt.model.exam_tests import ReflexTest
from mmt.model.grades import at_most
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.questions import Precaution, SafetyQuestion
from mmt.model.review import LEVELS, Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History, Topic, Visit

from . import both_legs, safety
from .alarms import alarms
from .answers import askable, dated, taken_back
from .remembered import remembered
from .signs import positive
from .standing import LOUD, blocks

IN_PAIN = ("motor-retest", "motor-retest-kept")
"""What an alarm of strength says of a grade that pain may have lowered."""


def alerts(history: History, protocol: Protocol, now: Sequence[Alert]) -> list[Alert]:
    """The cautions about earlier visits, given the alerts of today (`now`)."""
    return [*_taken_back(history, protocol), *_standing(history, protocol, now)]


def _taken_back(history: History, protocol: Protocol) -> Iterator[Alert]:
    """Each yes that lasts and was answered no since: it goes on counting, and one of the two is wrong."""
    asked: Iterator[tuple[Topic, SafetyQuestion | Precaution]] = chain(
        (("safety", one) for one in askable(protocol)),
        (("precautions", one) for one in protocol.precautions.values()),
    )
    rule = protocol.rules.motor_alarm
    for topic, one in asked:
        if one.lasting and (between := taken_back(history, topic, one.id)):
            then, since = (visit.date.isoformat() for visit in between)
            yield Alert(
                rule="answer-taken-back",
                level="caution",
                said=(said("taken-back", ask=one.ask, then=then, date=since),),
                action=(said("taken-back-action"),),
                because=tuple(
                    Reason(
                        question=one.id if topic == "safety" else None,
                        precaution=one.id if topic == "precautions" else None,
                        answer=answer,
                        date=dated(visit, history),
                    )
                    for visit, answer in zip(between, (True, False), strict=True)
                ),
                sources=one.sources if isinstance(one, Precaution) else rule.sources,
                evidence="derived",
            )


def _standing(history: History, protocol: Protocol, now: Sequence[Alert]) -> Iterator[Alert]:
    """What pressed or waits for an opinion since earlier visits and is not told today, of each group and each
    muscle the latest.

    Where nobody wrote what was done it presses on, as a caution once somebody looked again. What was acted on
    is a caution until all that it rests on was asked again or found better.
    """
    told = list(now)
    for at in reversed(range(len(history.visits) - 1)):
        past = history.up_to(at)
        acted = next((visit for visit in history.visits[at:] if visit.action), None)
        for alert in _pressing(past, protocol):
            open_now = _unseen(alert, at, history, protocol)
            if acted and not open_now and _owes(alert, told, acted, history, protocol):
                told.append(alert)
                yield _known(alert, past.visits[-1], acted, "result-owed")
            settled = acted or not open_now if _waits(alert, protocol) else acted and not open_now
            if settled or any(_tells(one, alert, open_now if acted else ()) for one in told):
                continue
            told.append(alert)
            seen_all = all(any(_looked(one, now) for now in history.visits[at + 1 :]) for one in open_now)
            key = "known-still" if seen_all else "known-unseen"
            yield _known(alert, past.visits[-1], acted, key) if acted else _undone(alert, at, history)


@remembered
def _pressing(past: History, protocol: Protocol) -> tuple[Alert, ...]:
    """What pressed at the last visit of a history, a yes that calls for an opinion, or what was found in a
    muscle by a combination."""
    found = (*safety.alerts(past, protocol), *alarms(past, protocol), *both_legs.alerts(past, protocol))
    loud = (one for one in found if one.level in LOUD and _sure(one))
    quieter = (
        one for one in found if one.level not in LOUD and (_waits(one, protocol) or _weak(one, protocol))
    )
    return (*loud, *quieter)


def _waits(alert: Alert, protocol: Protocol) -> bool:
    """Whether an alert is a yes of a group that calls for an opinion in good time: it
    stands until it was asked again or something was done."""
    return alert.level == "routine" and alert.rule in protocol.safety


def _undone(alert: Alert, at: int, history: History) -> Alert:
    """An alert of the visit with index `at` that nobody acted on."""
    then, since = history.visits[at], history.visits[at + 1 :]
    again = any(_looked(one, now) and not _stands(one, history) for one in alert.because for now in since)
    return _dated(
        alert,
        then,
        level="caution" if again else alert.level,
        said=(said(f"undone-{alert.level}", date=then.date.isoformat()), *alert.said),
        action=(*(() if again else alert.action), said("undone-action")),
    )


def _owes(alert: Alert, told: Sequence[Alert], acted: Visit, history: History, protocol: Protocol) -> bool:
    """Whether what was arranged has a result that nobody wrote down since: no action, and no yes to the
    question that ends the precaution of the group. An alert of today of the same group speaks for itself."""
    group = protocol.safety.get(alert.rule)
    if group is None or not group.result or any(one.rule == alert.rule for one in told):
        return False
    since = history.visits[history.visits.index(acted) + 1 :]
    codes = (group.precaution, *(one.precaution for one in group.questions))
    ends = {known.until for code in codes if (known := protocol.precautions.get(code)) and known.until}
    return bool(since) and not any(
        one.action or any(one.story.get(end) is True for end in ends) for one in since
    )


def _known(alert: Alert, then: Visit, acted: Visit, key: str) -> Alert:
    """An alert of an earlier visit that was acted on, and of which not all was asked or found better, or
    whose result is not written down."""
    return _dated(
        alert,
        then,
        level="caution",
        said=(*alert.said, said(key, date=acted.date.isoformat())),
        action=(said(f"{key}-action"),),
    )


def _dated(alert: Alert, then: Visit, **changed: Any) -> Alert:
    """An alert of an earlier visit as it is told today."""
    day = then.date.isoformat()
    because = tuple(replace(one, date=one.date or day) for one in alert.because)
    return replace(alert, state=None, because=because, missing=(), **changed)


def _unseen(alert: Alert, at: int, history: History, protocol: Protocol) -> tuple[Reason, ...]:
    """The signs that an alert rests on and that nobody asked since, and the tests that were not done since or
    gave no better value. Factors and the story stand by themselves; what a fall is measured from is dated."""
    signs, since = {one.id for one in askable(protocol) if one.kind == "sign"}, history.visits[at + 1 :]
    return tuple(
        one
        for one in alert.because
        if _stands(one, history)
        or (one.seen and not one.date and not any(_better(one.seen, now, protocol) for now in since))
        or (one.question in signs and not any(one.question in now.safety for now in since))
    )


def _stands(reason: Reason, history: History) -> bool:
    """Whether a yes/no test that was positive stands, though it was negative once."""
    if reason.seen is None or reason.seen.result != "positive":
        return False
    return positive(history, *reason.seen.cell) is not None


def _better(then: Observation, now: Visit, protocol: Protocol) -> bool:
    """Whether a test was done at a visit, and no trial without pain is as it was then or worse."""
    trials = [one for one in now.seen(*then.cell) if one.measured and not one.pained]
    return bool(trials) and not any(_as_bad(one, then, protocol) for one in trials)


def _as_bad(one: Observation, then: Observation, protocol: Protocol) -> bool:
    """Whether a value is that of then or worse: a lower grade, force or number, less feeling,
    a brisker reflex."""
    if one.grade and then.grade:
        return at_most(one.grade, then.grade)
    if one.count is not None and then.count is not None:
        test = protocol.tests[then.test]
        brisk = isinstance(test, ReflexTest) and then.count > test.expected
        return one.count >= then.count if brisk else one.count <= then.count
    if one.numb and then.numb:
        return one.felt <= then.felt
    if one.newtons is not None and then.newtons is not None:
        return one.newtons <= then.newtons
    return (one.grade, one.result, one.touch) == (then.grade, then.result, then.touch)


def _looked(reason: Reason, now: Visit) -> bool:
    """Whether what a reason tells of was asked or tested at a visit: silence takes nothing back."""
    tested = any(one.measured for one in now.seen(reason.test or "", reason.side))
    return tested or reason.question in now.safety or reason.story in now.story


def _tells(one: Alert, alert: Alert, left: Sequence[Reason]) -> bool:
    """Whether an alert tells of an earlier one: no milder, of the same muscle, or of all that is `left`."""
    if (one.rule, one.test, one.side) != (alert.rule, alert.test, alert.side):
        return False
    if one.test or LEVELS.index(one.level) <= LEVELS.index(alert.level):
        return True
    here = {(why.test, why.side, why.question) for why in one.because}
    return bool(left) and here >= {(why.test, why.side, why.question) for why in left}


def _sure(alert: Alert) -> bool:
    """Whether an alarm of strength rests on more than one trial in pain, or one that nothing confirmed."""
    return blocks(alert) and alert.said[0].key not in IN_PAIN


def _weak(alert: Alert, protocol: Protocol) -> bool:
    """Whether an alert is a combination that holds by the grade of a muscle, that was not acted upon and does
    not pass."""
    named = [dict(one.given)["combination"] for one in alert.said if one.key == "combination"]
    together = any(not protocol.combinations[str(name)].passing for name in named)
    return together and any(one.seen and (one.seen.grade or one.seen.not_tested) for one in alert.because)
