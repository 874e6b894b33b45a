"""Which alerts interrupt the exam, and until when."""

import re

import pytest
from histories import histories
from hypothesis import given
from made import PROTOCOL, quote
from msgspec.structs import replace

from mmt.model.base import SIDES
from mmt.model.review import Alert, Reason
from mmt.model.said import said
from mmt.model.visit import History
from mmt.reasoning import alarm_key, asked_now, interrupts, standing, unconfirmed, watch
from mmt.reasoning.standing import in_turn, pressing, unsettled
from mmt.reasoning.wording import worded

WEAK = Alert(
    rule="motor-deficit",
    level="urgent",
    side="left",
    test="TA",
    said=(said("motor-low", grade="2"),),
    because=(quote("TA", "left", grade="2"),),
    sources=("derived",),
    evidence="derived",
)
BOTH = tuple(quote("TA", side, grade="4") for side in SIDES)


@pytest.mark.parametrize(
    ("alert", "loud"),
    [
        (WEAK, True),
        (replace(WEAK, level="emergency"), True),
        (replace(WEAK, level="caution"), False),
        (replace(WEAK, level="caution", because=BOTH), True),
        (replace(WEAK, level="routine", because=BOTH), True),
        (replace(WEAK, because=(Reason(question="fever", answer=True),)), False),
        (replace(WEAK, because=(quote("TA", "left", grade="2", date="2026-02-02"),)), False),
    ],
)
def test_what_was_found_by_hand_today_interrupts(alert: Alert, loud: bool) -> None:
    assert interrupts(alert) == loud
    assert standing([alert], set()) == ((alert,) if loud else ())


def test_an_alarm_that_was_acknowledged_stands_again_once_it_is_worse() -> None:
    seen = {alarm_key(WEAK)}
    worse = replace(WEAK, said=(said("motor-low", grade="1"),))
    assert standing([WEAK], seen) == ()
    assert standing([worse], seen) == (worse,)
    bilateral = replace(WEAK, level="caution", because=BOTH)
    assert standing([replace(bilateral, said=(said("weak-both"),))], {alarm_key(bilateral)}) == ()
    reflexes = replace(bilateral, rule="reflexes-absent")
    assert standing([reflexes], {alarm_key(bilateral)}) == (reflexes,)


def test_a_fall_that_nothing_confirms_is_of_a_muscle() -> None:
    fell = replace(WEAK, state="not-confirmed")
    assert unconfirmed([WEAK, fell, replace(fell, test=None, side=None)]) == (fell,), "not of both legs"
    assert asked_now([fell], PROTOCOL) == {("TA", "left")}
    assert asked_now([WEAK, replace(fell, test=None, side=None)], PROTOCOL) == set()


@pytest.mark.parametrize(
    ("alert", "presses"),
    [
        (WEAK, True),
        (replace(WEAK, level="emergency"), False),
        (replace(WEAK, level="caution"), False),
        (replace(WEAK, level="caution", said=(said("motor-weaker"),)), True),
        (replace(WEAK, rule="infection"), False),
    ],
)
def test_weakness_presses_that_is_urgent_or_grew_and_is_no_emergency(alert: Alert, presses: bool) -> None:
    assert pressing(alert) == presses


def test_of_two_emergencies_the_one_that_calls_the_emergency_services_stands_first() -> None:
    cauda, aorta = (
        replace(WEAK, rule=group, level="emergency", test=None, action=(said("group-action", group=group),))
        for group in ("cauda-equina", "aorta")
    )
    urgent = replace(WEAK, action=(said("motor-action"),))
    found = in_turn([replace(urgent, level="caution"), urgent, cauda, aorta], PROTOCOL)
    assert [(one.rule, one.level) for one in found] == [
        *(("aorta", "emergency"), ("cauda-equina", "emergency")),
        *(("motor-deficit", "urgent"), ("motor-deficit", "caution")),
    ]
    assert [one.action[0].key for one in found] == [
        *("group-action", "group-action", "emergency-first", "emergency-first"),
    ]


@given(histories())
def test_what_an_alert_asks_to_examine_at_once_is_named(history: History) -> None:
    """Under an emergency nothing new is recorded but what the words of an alert ask for."""
    found = watch(history, PROTOCOL).alerts
    now = [one for one in found if not any(each.key == "emergency-first" for each in one.action)]
    asking = [
        one for one in now if re.search(r"by hand now|again now|at once: test", worded(one.action, PROTOCOL))
    ]
    for one in (each for each in asking if each.rule == PROTOCOL.rules.motor_alarm.id):
        assert asked_now([one] if one.test else found, PROTOCOL)


def test_beside_an_emergency_what_waits_is_not_asked_now() -> None:
    force = replace(WEAK, action=(said("force-none-action"),))
    assert asked_now([force], PROTOCOL) == {("TA", "left")}
    waits = replace(force, action=(said("emergency-first"), *force.action))
    assert asked_now([waits], PROTOCOL) == set()
    assert asked_now([waits, replace(force, test="EHL")], PROTOCOL) == {("EHL", "left")}
    raises = tuple(quote("HEEL-RAISE", side, count=0) for side in SIDES)
    both = replace(WEAK, level="emergency", test=None, because=raises, action=(said("motor-both-again"),))
    assert asked_now([both], PROTOCOL) == {("GAS", "right"), ("GAS", "left")}


def test_what_was_done_answers_a_fall_that_nothing_confirms_unless_another_alert_blocks() -> None:
    fell = replace(WEAK, state="not-confirmed")
    for acted, others, left in ((False, [], True), (True, [], False), (True, [WEAK], True)):
        assert bool(unsettled([fell, *others], acted=acted)) == left
