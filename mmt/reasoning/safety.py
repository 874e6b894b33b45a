"""Safety answers to alerts: a sign alone, or a factor with a sign, as each group means it."""

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec.structs import replace

from mmt.model.base import Item
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyGroup, SafetyQuestion
from mmt.model.review import Alert, Level, Reason, Status
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History, Visit

from . import seen
from .combined import Held
from .folds import put
from .needs import held
from .remembered import remembered_of_seen
from .signs import Stood, beside, reasons, upper_stood
from .standing import blocks, locking
from .suspected import Fired, fired


@remembered_of_seen
def alerts(history: History, protocol: Protocol) -> tuple[Alert, ...]:
    """The alerts of all groups, and what was not asked."""
    return (
        *alerts_of_groups(history, protocol),
        *_upper(history, protocol),
        *_both_legs(history, protocol),
        *_not_asked(history, protocol),
    )


def alerts_of_groups(history: History, protocol: Protocol) -> list[Alert]:
    """The alerts of the groups of questions, at most one each."""
    return [alert for group in protocol.safety.values() if (alert := group_alert(group, history, protocol))]


def status(found: Sequence[Alert], history: History, protocol: Protocol) -> Status:
    """Whether a sheet may leave: an emergency locks, an urgent alert waits for the action taken once it is
    confirmed, and some patients, by a question, get none.

    An emergency that a named clinician went on from waits like an urgent alert; one that came later locks.
    """
    visit = history.visits[-1]
    if locking(found, visit.override):
        return "locked"
    if any(map(blocks, found)) and not visit.action:
        return "blocked-until-action"
    barring = (one for one in protocol.safety_questions.values() if one.no_sheet)
    return "no-sheet" if any(held(one, history, protocol) for one in barring) else "offered"


def group_alert(group: SafetyGroup, history: History, protocol: Protocol) -> Alert | None:
    """The alert of a group, None where nothing fires it: no sign of its own, and no combination."""
    found = fired(group, history, protocol)
    if not found:
        return None
    together = [one for one in found.together if one.level == found.level]
    cited = (group.sources, *(one.combination.sources for one in together))
    asks = (
        *_asks(group, found),
        *chain.from_iterable(one.action for one in together),
    )
    return Alert(
        rule=group.id,
        level=found.level,
        said=(*((said("group", group=group.id),) if found.signs else ()), *(one.says for one in together)),
        action=tuple(dict.fromkeys(asks)),
        because=found.because,
        missing=(
            *_open(group.questions, history, protocol),
            *dict.fromkeys(chain.from_iterable(one.unasked for one in together)),
            *_untouched(together, history, protocol),
        ),
        sources=tuple(dict.fromkeys(chain.from_iterable(cited))),
        evidence=group.evidence if found.signs else together[0].combination.evidence,
    )


def _untouched(found: Iterable[Held], history: History, protocol: Protocol) -> dict[str, None]:
    """The touches that what was found numb asks for and that were not tested at the last visit, each once."""
    numb = (why.seen for one in found for why in one.because if why.seen)
    each = (seen.untouched(one, history.visits[-1], protocol) for one in numb)
    return dict.fromkeys(chain.from_iterable(each))


def quiet(visit: Visit, alerts: Iterable[Alert], protocol: Protocol) -> tuple[SafetyQuestion, ...]:
    """The questions that were answered yes at a visit and that none of its alerts rests on."""
    told = {reason.question for one in alerts for reason in one.because}
    yes = (one for one in protocol.safety_questions.values() if visit.safety.get(one.id) is True)
    return tuple(one for one in yes if one.id not in told)


def _asks(group: SafetyGroup, found: Fired) -> Sentences:
    """What the signs that fire a group at its level ask for: one with an action of its own, that alone."""
    top = [one for one in found.signs if one.level == found.level]
    own = tuple(said("question-action", question=one.id) for one in top if one.action)
    return own if len(own) == len(top) else (*own, said("group-action", group=group.id))


def _both_legs(history: History, protocol: Protocol) -> list[Alert]:
    """Leg pain that went from one side to both asks the cauda equina questions; any sign makes it E."""
    now = history.visits[-1].story.get("leg_pain_side")
    earlier = [one for one in history.visits[:-1] if one.story.get("leg_pain_side") in ("right", "left")]
    if now != "both":
        return []
    if not earlier:
        return _onset(history, protocol)
    group = protocol.safety[protocol.rules.motor_alarm.questions]
    signs = [one.id for one in group.questions if history.visits[-1].safety.get(one.id) is True]
    then = earlier[-1]
    because = (
        Reason(story="leg_pain_side", answer=now),
        Reason(story="leg_pain_side", answer=then.story["leg_pain_side"], date=then.date.isoformat()),
        *(Reason(question=one, answer=True) for one in signs),
    )
    alert = asking([said("pain-both")], because, history, protocol, action=[said("ask-cauda")])
    stop = said("group-action", group=group.id)
    return [replace(alert, level="emergency", action=(stop,)) if signs else alert]


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
    why = [Reason(story=rule.pain, answer="both")]
    return [asking([said("pain-both-onset")], why, history, protocol)]


def asking(
    says: Iterable[Said],
    because: Iterable[Reason],
    history: History,
    protocol: Protocol,
    *,
    level: Level = "caution",
    action: Iterable[Said] = (),
    rule: Item | None = None,
) -> Alert:
    """An alert that asks the cauda equina questions that are open, by their group or by a rule beside it."""
    group = protocol.safety[protocol.rules.motor_alarm.questions]
    missing = unanswered(history, protocol)
    return Alert(
        rule=f"{group.id}-questions",
        level=level,
        said=tuple(says),
        action=tuple(dict.fromkeys((*action, *([said("ask-cauda")] if missing else ())))),
        because=tuple(because),
        missing=missing,
        sources=tuple(dict.fromkeys((*group.sources, *(rule.sources if rule else ())))),
        evidence=(rule or group).evidence,
    )


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
    """An alert for signs of cord or brain that were found by hand: urgent, and known where what was done is
    written since and none of them was found again."""
    rule = protocol.rules.upper_motor_neuron
    found = upper_stood(history, protocol)
    if not found:
        return []
    names = tuple(dict.fromkeys(one.seen.test for one in found))
    company = beside(found, history, protocol)
    acted = _acted_on(found, history) if all(one.once for one in found) else None
    known = (said("known-signs", date=acted.date.isoformat()),) if acted else ()
    return [
        Alert(
            rule="upper-motor-neuron",
            level="caution" if acted else "urgent",
            said=(
                said("upper-beside" if company else "upper-signs", names=names),
                *known,
                *(_once(one, *one.once, history) for one in found if one.once),
            ),
            action=(said("upper-signs-known-action" if acted else "upper-signs-action"),),
            because=(*(reason for one in found for reason in reasons(one, history)), *company),
            sources=rule.sources,
            evidence=rule.evidence,
        )
    ]


def _acted_on(found: Sequence[Stood], history: History) -> Visit | None:
    """The first earlier visit with an action since the last of some signs was found."""
    last = max(history.visits.index(one.visit) for one in found)
    return next((visit for visit in history.visits[last:-1] if visit.action), None)


def _once(stood: Stood, visit: Visit, now: Observation, history: History) -> Said:
    """What was seen of a sign, and once since (`now`)."""
    here = visit is stood.visit
    day = said("today") if visit is history.visits[-1] else said("on-day", date=visit.date.isoformat())
    return said(
        "seen-once",
        test=now.test,
        side=now.side,
        then=stood.seen.shown,
        at=said("at-trial", trial=stood.seen.trial)
        if here
        else said("on-day", date=stood.visit.date.isoformat()),
        now=now.shown,
        again=said("at-trial", trial=now.trial) if here else day,
    )
