"""What an earlier visit told, and what an answer of today does not take away in silence."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.questions import Precaution, SafetyQuestion
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History, Topic

from .answers import askable, dated, taken_back
from .safety import alerts_of_groups
from .standing import LOUD


def alerts(history: History, protocol: Protocol, now: Iterable[Alert]) -> list[Alert]:
    """The cautions about earlier visits, given the alerts of today (`now`)."""
    loud = {one.rule for one in now if one.level in LOUD}
    return [*_taken_back(history, protocol), *_left_undone(history, protocol, loud)]


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


def _left_undone(history: History, protocol: Protocol, loud: set[str]) -> Iterator[Alert]:
    """The urgent answers of earlier visits that are gone today although nobody wrote what was done: of each
    group the latest, back to the last visit with an action."""
    told = set(loud)
    for at in () if history.visits[-1].action else reversed(range(len(history.visits) - 1)):
        past = history.up_to(at)
        then = past.visits[-1]
        if then.action:
            return
        for alert in alerts_of_groups(past, protocol):
            if alert.level not in LOUD or alert.rule in told:
                continue
            told.add(alert.rule)
            day = then.date.isoformat()
            yield replace(
                alert,
                level="caution",
                said=(said(f"undone-{alert.level}", date=day), *alert.said),
                action=(said("undone-action"),),
                because=tuple(replace(one, date=one.date or day) for one in alert.because),
                missing=(),
            )
