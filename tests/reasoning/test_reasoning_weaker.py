"""A muscle outside the alarm set that became weaker in a leg with signs of a root."""

import pytest
from made import PROTOCOL, SECOND, THIRD, history, seen, visit
from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.reasoning import review

OLDER = replace(PROTOCOL, rules=replace(PROTOCOL.rules, leg_weakness=None))


@pytest.mark.parametrize(
    ("now", "protocol", "told"),
    [
        ("4", PROTOCOL, ["motor-weaker"]),
        ("3", PROTOCOL, ["motor-weaker"]),
        ("2", PROTOCOL, ["motor-fall"]),
        ("2", OLDER, ["motor-weaker"]),
    ],
)
def test_what_alarms_by_itself_is_told_once(now: str, protocol: Protocol, told: list[str]) -> None:
    sign = seen("SLR", result="positive")
    past = history(visit(seen("HAML", grade="5")), visit(sign, seen("HAML", grade=now), date=SECOND))
    alerts = [one for one in review(past, protocol).alerts if one.test == "HAML"]
    assert [one.said[0].key for one in alerts] == told


def test_what_no_trial_can_lift_stands_at_once() -> None:
    lost = seen("REFLEX-ACHILLES", count=0)
    no_retest = replace(PROTOCOL, rules=replace(PROTOCOL.rules, retest=None))
    for grade, protocol in (("3-", PROTOCOL), ("4", no_retest)):
        past = history(visit(seen("HAML", grade="5")), visit(lost, seen("HAML", grade=grade), date=SECOND))
        (alert,) = [one for one in review(past, protocol).alerts if one.test == "HAML"]
        asks = [one.key for one in alert.action]
        assert (alert.level, alert.state, asks) == ("urgent", None, ["motor-action", "motor-weaker-action"])


def test_what_can_still_be_lifted_asks_for_that_and_for_what_each_such_fall_asks() -> None:
    lost, weaker = seen("REFLEX-ACHILLES", count=0), seen("HAML", grade="4")
    for trials, asks in (
        ((weaker,), ["motor-not-confirmed-action", "motor-weaker-beside"]),
        ((weaker, replace(weaker, trial=2)), ["motor-action", "motor-weaker-action"]),
    ):
        past = history(visit(seen("HAML", grade="5")), visit(lost, *trials, date=SECOND))
        (alert,) = [one for one in review(past, PROTOCOL).alerts if one.test == "HAML"]
        assert [one.key for one in alert.action] == asks


def test_of_a_muscle_that_rose_and_is_weaker_still_one_alert_tells() -> None:
    grades = [seen("HAML", grade=one) for one in ("5", "2", "4")]
    sign = seen("SLR", result="positive")
    past = history(visit(grades[0]), visit(grades[1], date=SECOND), visit(grades[2], sign, date=THIRD))
    (alert,) = [one for one in review(past, PROTOCOL).alerts if one.test == "HAML"]
    assert (alert.level, alert.said[0].key) == ("caution", "motor-weaker")


@pytest.mark.parametrize(
    ("muscle", "told"), [("HAML", ["motor-weaker"]), ("EHL", ["motor-fall"]), ("MT", [])]
)
def test_it_is_told_of_muscles_of_the_leg_alone_that_alarm_not_by_themselves(
    muscle: str, told: list[str]
) -> None:
    sign = seen("SLR", result="positive")
    past = history(visit(seen(muscle, grade="5")), visit(sign, seen(muscle, grade="4"), date=SECOND))
    found = [one for one in review(past, PROTOCOL).alerts if one.rule == "motor-deficit"]
    assert [one.said[0].key for one in found] == told


@pytest.mark.parametrize(("grades", "since"), [(("4-", "5"), "2026-03-16"), (("5", "4-"), "2026-03-02")])
def test_it_is_weaker_than_at_its_best(grades: tuple[str, str], since: str) -> None:
    first, second = (seen("HAML", grade=grade) for grade in grades)
    now = visit(seen("SLR", result="positive"), seen("HAML", grade="4"), date=THIRD)
    past = history(visit(first), visit(second, date=SECOND), now)
    (alert,) = [one for one in review(past, PROTOCOL).alerts if one.test == "HAML"]
    assert dict(alert.said[0].given)["then"] == "5"
    assert [one.date for one in alert.because] == [None, since, None]
