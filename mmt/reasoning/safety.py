"""Safety answers to alerts: a sign alone, or a factor with a sign, as each group means it."""

from collections.abc import Iterable, Sequence

from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyGroup, SafetyQuestion
from mmt.model.review import LEVELS, Alert, Level, Reason, Status
from mmt.model.said import said
from mmt.model.visit import History

from .answers import dated, from_record, holding
from .folds import put
from .signs import upper_signs


def alerts(history: History, protocol: Protocol) -> list[Alert]:
    """The alerts of all groups, and what was not asked."""
    found = [alert for group in protocol.safety.values() if (alert := group_alert(group, history, protocol))]
    return [
        *found,
        *_upper(history, protocol),
        *_both_legs(history, protocol),
        *_not_asked(history, protocol),
    ]


def status(found: Sequence[Alert], history: History) -> Status:
    """Whether a sheet may leave: an emergency locks, an urgent alert waits for the action taken.

    An emergency that a named clinician overrode waits like an urgent alert.
    """
    visit = history.visits[-1]
    levels = {alert.level for alert in found}
    if "emergency" in levels and visit.override is None:
        return "locked"
    if levels & {"emergency", "urgent"} and not visit.action:
        return "blocked-until-action"
    return "offered"


def group_alert(group: SafetyGroup, history: History, protocol: Protocol) -> Alert | None:
    """The alert of a group, None where nothing fires it.

    Signs count as answered at this visit, factors stand until answered no; the record answers some of both.
    """
    signs = [one for one in group.questions if one.kind == "sign" and _sign(one, history)]
    factors = dict.fromkeys(why for one in group.questions if (why := _factor(one, history)))
    supported = bool(factors) or len(signs) > 1
    fired = [one for one in signs if supported or not one.needs_factor]
    if not fired:
        return None
    return Alert(
        rule=group.id,
        level=highest(one.level for one in fired),
        said=(said("group", group=group.id),),
        action=(said("group-action", group=group.id),),
        because=(*map(_known, signs), *factors),
        missing=_open(group.questions, history, protocol),
        sources=group.sources,
        evidence=group.evidence,
    )


def highest(levels: Iterable[Level]) -> Level:
    """The most serious of some levels."""
    return min(levels, key=LEVELS.index)


def _sign(question: SafetyQuestion, history: History) -> bool:
    """Whether a sign is there: by the record, or as answered at this visit."""
    if question.from_record:
        return from_record(question, history)
    return history.visits[-1].safety.get(question.id) is True


def _known(question: SafetyQuestion) -> Reason:
    """A question that holds, and whether the record says so."""
    return Reason(
        question=question.id, answer=True, said=said("from-record") if question.from_record else None
    )


def _factor(question: SafetyQuestion, history: History) -> Reason | None:
    """Why a factor holds: the record, the latest answer, or a condition of the same precaution."""
    if question.kind != "factor":
        return None
    if question.from_record:
        return _known(question) if from_record(question, history) else None
    if visit := holding(history, "safety", question.id):
        return Reason(question=question.id, answer=True, date=dated(visit, history))
    if visit := holding(history, "precautions", question.precaution):
        return Reason(precaution=question.precaution, answer=True, date=dated(visit, history))
    return None


def _both_legs(history: History, protocol: Protocol) -> list[Alert]:
    """Leg pain that went from one side to both asks the cauda equina questions; any sign makes it E."""
    now = history.visits[-1].story.get("leg_pain_side")
    earlier = [one for one in history.visits[:-1] if one.story.get("leg_pain_side") in ("right", "left")]
    if now != "both":
        return []
    if not earlier:
        return _onset(history, protocol)
    rule = protocol.rules.motor_alarm
    group = protocol.safety[rule.questions]
    signs = [one.id for one in group.questions if history.visits[-1].safety.get(one.id) is True]
    then = earlier[-1]
    return [
        Alert(
            rule=f"{rule.questions}-questions",
            level="emergency" if signs else "caution",
            said=(said("pain-both"),),
            action=(said("group-action", group=group.id) if signs else said("ask-cauda"),),
            because=(
                Reason(story="leg_pain_side", answer=now),
                Reason(story="leg_pain_side", answer=then.story["leg_pain_side"], date=then.date.isoformat()),
                *(Reason(question=one, answer=True) for one in signs),
            ),
            missing=unanswered(history, protocol),
            sources=group.sources,
            evidence=group.evidence,
        )
    ]


def _onset(history: History, protocol: Protocol) -> list[Alert]:
    """Pain in both legs asks for its onset while the question that tells it was not put since then."""
    rule = protocol.rules.both_legs
    if rule is None:
        return []
    for visit in reversed(history.visits):
        if visit.story.get(rule.pain, "both") != "both":
            break
        if rule.onset in visit.safety:
            return []
    group = protocol.safety[protocol.rules.motor_alarm.questions]
    return [
        Alert(
            rule=f"{group.id}-questions",
            level="caution",
            said=(said("pain-both-onset"),),
            action=(said("ask-cauda"),),
            because=(Reason(story=rule.pain, answer="both"),),
            missing=unanswered(history, protocol),
            sources=group.sources,
            evidence=group.evidence,
        )
    ]


def unanswered(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The cauda equina questions that were not asked at this visit."""
    return _open(protocol.safety[protocol.rules.motor_alarm.questions].questions, history, protocol)


def _open(questions: Iterable[SafetyQuestion], history: History, protocol: Protocol) -> tuple[str, ...]:
    """Those of some questions that were not asked at this visit, of those that are put."""
    asked = history.visits[-1].safety
    return tuple(one.id for one in put(questions, history, protocol) if one.id not in asked)


def _not_asked(history: History, protocol: Protocol) -> list[Alert]:
    questions = protocol.safety_questions.values()
    missing = _open(questions, history, protocol)
    if not missing:
        return []
    rule = protocol.rules.motor_alarm
    return [
        Alert(
            rule="red-flags-not-asked",
            level="caution",
            said=(said("not-asked", n=len(missing), m=len(put(questions, history, protocol))),),
            action=(said("ask-now"),),
            because=(Reason(rule="red-flags-not-asked"),),
            missing=missing,
            sources=rule.sources,
            evidence="derived",
        )
    ]


def _upper(history: History, protocol: Protocol) -> list[Alert]:
    """An urgent alert for signs of cord or brain that were found by hand."""
    rule = protocol.rules.upper_motor_neuron
    found = upper_signs(history, protocol)
    if not found:
        return []
    names = tuple(dict.fromkeys(one.test for one in found))
    return [
        Alert(
            rule="upper-motor-neuron",
            level="urgent",
            said=(said("upper-signs", names=names),),
            action=(said("upper-signs-action"),),
            because=found,
            sources=rule.sources,
            evidence=rule.evidence,
        )
    ]
