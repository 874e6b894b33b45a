"""Which alerts interrupt the exam, and which of them still wait to be seen."""

from collections.abc import Iterable, Sequence, Set

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import CountTest
from mmt.model.protocol import Protocol
from mmt.model.review import LEVELS, Alert
from mmt.model.said import said
from mmt.model.visit import Override

LOUD = ("emergency", "urgent")
_QUESTIONS = {"ask-now", "ask-cauda"}
_LATER = "emergency-first"
_BY_HAND = {"motor-both-again", "motor-count-ungraded-action", "motor-number-fell-action"}
_AGAIN = {
    "force-none-action",
    "force-apart-action",
    "motor-number-fell-action",
    "motor-number-again-action",
}
WEAKER = "motor-weaker"
"""What an alert says of a muscle that became weaker, and that is no alarm by itself."""


def standing(alerts: Iterable[Alert], acknowledged: Set[tuple[object, ...]]) -> tuple[Alert, ...]:
    """The alarms that no one has acknowledged; `acknowledged` holds keys of `alarm_key`."""
    return tuple(one for one in alerts if interrupts(one) and alarm_key(one) not in acknowledged)


def blocks(alert: Alert) -> bool:
    """Whether no sheet may leave before something was done: a fall that nothing confirms yet only asks."""
    return alert.level in LOUD and alert.state != "not-confirmed"


def holds_back(alert: Alert) -> bool:
    """Whether an alert keeps back the stretches that name its rule."""
    return alert.level in LOUD or any(one.key == WEAKER for one in alert.said)


def pressing(alert: Alert) -> bool:
    """Whether an alert tells of weakness that presses and is no emergency."""
    return alert.rule == "motor-deficit" and alert.level != "emergency" and holds_back(alert)


def in_turn(alerts: Iterable[Alert], protocol: Protocol) -> tuple[Alert, ...]:
    """Alerts, the gravest first, of emergencies those that call the emergency services. Beside an emergency
    what a lesser one asks for waits until that is seen to, but for questions that are open, a test that is to
    be done again at once, and a call of the emergency services."""
    found = sorted(
        alerts,
        key=lambda one: (LEVELS.index(one.level), one.level == LEVELS[0] and not _calls(one, protocol)),
    )
    if not found or found[0].level != LEVELS[0]:
        return tuple(found)
    first = said(_LATER)
    return tuple(
        replace(one, action=(first, *one.action))
        if one.level != LEVELS[0]
        and one.state != "not-confirmed"
        and not _calls(one, protocol)
        and not {each.key for each in one.action} <= _QUESTIONS
        else one
        for one in found
    )


def _calls(alert: Alert, protocol: Protocol) -> bool:
    """Whether an alert asks to call the emergency services, at once or in some cases."""
    groups, questions, together = protocol.safety, protocol.safety_questions, protocol.combinations
    return any(
        (one.key == "group-action" and groups[str(one.value("group"))].services)
        or (one.key == "question-action" and questions[str(one.value("question"))].services)
        or (one.key == "combination-action" and together[str(one.value("combination"))].services)
        for one in alert.action
    )


def unconfirmed(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """The falls that nothing confirms yet, a muscle each."""
    return tuple(one for one in alerts if one.test and one.state == "not-confirmed")


def unsettled(alerts: Sequence[Alert], *, acted: bool) -> tuple[Alert, ...]:
    """The falls that nothing confirms yet; none where something was done (`acted`) and no other alert blocks,
    that it may have been done about."""
    return () if acted and not any(map(blocks, alerts)) else unconfirmed(alerts)


def asked_now(alerts: Iterable[Alert], protocol: Protocol) -> frozenset[tuple[str, Side | None]]:
    """The tests and sides that alerts ask to examine at once, whatever else they stop: falls that nothing
    confirms, a number that no grade tells of, and the muscle by hand where counts failed."""
    cells: set[tuple[str, Side | None]] = set()
    for one in alerts:
        asks = {each.key for each in one.action}
        if _LATER in asks:
            continue
        if one.test and (one.state == "not-confirmed" or asks & _AGAIN):
            cells.add((one.test, one.side))
        if asks & _BY_HAND:
            tests = ((protocol.tests.get(why.test or ""), why.side) for why in one.because)
            cells |= {(test.muscle, side) for test, side in tests if isinstance(test, CountTest)}
    return frozenset(cells)


def interrupts(alert: Alert) -> bool:
    """Whether an alert shows at once as a band: motor alarms, and what was found on both sides."""
    if not rests_on_tests(alert):
        return False
    sides = {reason.side for reason in alert.because if reason.test is not None}
    return alert.level in LOUD or sides >= set(SIDES)


def rests_on_tests(alert: Alert) -> bool:
    """Whether the alert comes from what was tested at this visit, not from an answer or an earlier visit."""
    return any(reason.test is not None and reason.date is None for reason in alert.because)


def locking(alerts: Iterable[Alert], override: Override | None) -> tuple[Alert, ...]:
    """The emergencies that a clinician has not gone on from."""
    found = [one for one in alerts if one.level == "emergency"]
    if override is None:
        return tuple(found)
    return tuple(one for one in found if override.covers and alert_name(one) not in override.covers)


def alert_name(alert: Alert) -> str:
    """What an alert is of, whatever the values it rests on are now."""
    return ":".join((alert.rule, alert.kind, alert.test or "", alert.side or ""))


def alarm_key(alert: Alert) -> tuple[object, ...]:
    """What tells alarms apart: a worse grade or level of the same muscle is a new one."""
    return alert.rule, alert.level, alert.side, alert.test, alert.said if alert.level in LOUD else ()
