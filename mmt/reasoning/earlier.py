"""What an earlier visit told, and what an answer of today does not take away in silence."""

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.questions import Precaution, SafetyQuestion
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History, Topic, Visit

from .alarms import alarms
from .answers import askable, dated, taken_back
from .safety import alerts_of_groups
from .standing import LOUD, blocks

IN_PAIN = ("motor-retest", "motor-retest-kept")
"""What an alarm of strength says of a grade that pain may have lowered."""


def alerts(history: History, protocol: Protocol, now: Sequence[Alert]) -> list[Alert]:
    """The cautions about earlier visits, given the alerts of today (`now`)."""
    return [*_taken_back(history, protocol), *_left_undone(history, protocol, now)]


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


def _left_undone(history: History, protocol: Protocol, now: Sequence[Alert]) -> Iterator[Alert]:
    """What pressed at earlier visits and is gone today although nobody wrote what was done: of each group and
    each muscle the latest, back to the last visit with an action. It presses on where nobody looked again."""
    told = {_of(one) for one in now if one.level in LOUD or one.test or _weak(one)}
    for at in () if history.visits[-1].action else reversed(range(len(history.visits) - 1)):
        past = history.up_to(at)
        then = past.visits[-1]
        if then.action:
            return
        for alert in (*alerts_of_groups(past, protocol), *filter(_sure, alarms(past, protocol))):
            if not (alert.level in LOUD or _weak(alert)) or _of(alert) in told:
                continue
            told.add(_of(alert))
            day = then.date.isoformat()
            again = _looked_again(alert, history.visits[at + 1 :])
            yield replace(
                alert,
                level="caution" if again else alert.level,
                state=None,
                said=(said(f"undone-{alert.level}", date=day), *alert.said),
                action=(*(() if again else alert.action), said("undone-action")),
                because=tuple(replace(one, date=one.date or day) for one in alert.because),
                missing=(),
            )


def _looked_again(alert: Alert, since: Sequence[Visit]) -> bool:
    """Whether anything that an alert rests on was asked or tested since: silence takes nothing back."""
    return any(
        one.question in now.safety
        or one.story in now.story
        or bool(one.test and now.seen(one.test, one.side))
        for one in alert.because
        for now in since
    )


def _of(alert: Alert) -> tuple[str, str | None, str | None]:
    """What an alert is about, however it stands and whatever it says."""
    return alert.rule, alert.test, alert.side


def _sure(alert: Alert) -> bool:
    """Whether an alarm of strength rests on more than one trial in pain, or one that nothing confirmed."""
    return blocks(alert) and alert.said[0].key not in IN_PAIN


def _weak(alert: Alert) -> bool:
    """Whether an alert is a combination that holds by the grade of a muscle, and that was not acted upon."""
    together = any(one.key == "combination" for one in alert.said)
    return together and any(one.seen and one.seen.grade for one in alert.because)
