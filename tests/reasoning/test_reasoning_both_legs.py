"""Both legs together: what ascends, what went within days, and weakness near the trunk."""

import datetime
from typing import Any

import pytest
from made import FIRST, PATIENT, PROTOCOL, SECOND, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.observation import Observation
from mmt.model.review import Alert
from mmt.model.visit import History, Visit
from mmt.reasoning.both_legs import alerts
from mmt.reasoning.words import ENGLISH

RULE = PROTOCOL.rules.both_legs
assert RULE is not None
CAUDA = PROTOCOL.safety["cauda-equina"]
NO = {one.id: False for one in CAUDA.questions}
KNEE, ANKLE = RULE.reflexes
OLD = replace(PATIENT, birth_date=datetime.date(1950, 1, 1))


def found(*visits: Visit) -> dict[str, Alert]:
    return {one.rule: one for one in told(alerts(history(*visits), PROTOCOL))}


def weak(*tests: str, grade: str = "4", **more: Any) -> list[Observation]:
    return [seen(test, side, grade=grade, **more) for test in tests for side in SIDES]


def jerks(count: int, *tests: str, sides: tuple[Side, ...] = SIDES) -> list[Observation]:
    return [seen(test, side, count=count) for test in tests or RULE.reflexes for side in sides]  # type: ignore[union-attr]


def at(*values: Observation, **more: Any) -> Visit:
    return visit(*values, **{"safety": NO, **more})


def level(rule: str, *visits: Visit) -> str | None:
    return getattr(found(*visits).get(rule), "level", None)


def test_weakness_on_both_sides_with_two_absent_reflexes_is_an_emergency() -> None:
    alert = found(at(*weak("TA"), *jerks(0, ANKLE)))["motor-deficit"]
    assert (alert.level, alert.side, alert.test) == ("emergency", None, None)
    assert alert.action == ENGLISH["ascending-action"]
    assert PROTOCOL.tests[ANKLE].name in alert.said
    assert list(alert.because) == [
        *(quote("TA", side, grade="4") for side in SIDES),
        *(quote(ANKLE, side, count=0) for side in SIDES),
    ]
    one_side = jerks(0, KNEE, ANKLE, sides=("left",))
    assert level("motor-deficit", at(*weak("TA"), *one_side)) == "emergency"


@pytest.mark.parametrize(
    "values",
    [
        [*weak("TA"), *jerks(1)],
        [*weak("TA"), *jerks(0, ANKLE, sides=("left",))],
        [*weak("TA", grade="5"), *jerks(0)],
        [*weak("TA", flags=("pain",)), *jerks(1)],
        [seen("TA", grade="4"), seen("TA", "right", grade="5"), *jerks(0)],
        [*weak("BIC"), *jerks(0)],
        [*weak("TA"), *jerks(0, "REFLEX-MEDHAM")],
    ],
)
def test_less_than_that_does_not_ascend(values: list[Observation]) -> None:
    assert "motor-deficit" not in found(at(*values))


def test_what_age_explains_is_no_emergency_unless_more_is_absent() -> None:
    def of_old(*values: Observation) -> list[tuple[str, str]]:
        found = alerts(History(patient=OLD, visits=(at(*values),)), PROTOCOL)
        return [(one.rule, one.level) for one in found]

    stopped = [("motor-deficit", "emergency"), ("reflexes-absent", "caution")]
    assert of_old(*jerks(0, ANKLE), *jerks(2, KNEE)) == []
    assert of_old(*weak("TA"), *jerks(0, ANKLE), *jerks(2, KNEE)) == [("motor-deficit", "urgent")]
    assert of_old(*weak("TA"), *jerks(0)) == stopped
    more = (*jerks(0, ANKLE), seen(KNEE, count=0))
    assert of_old(*weak("TA"), *more) == stopped


def test_pain_does_not_explain_lost_reflexes() -> None:
    hurting = [replace(one, flags=("pain",)) for one in weak("TA")]
    alert = found(at(*hurting, *jerks(0)))["motor-deficit"]
    assert alert.level == "urgent"
    assert "Test again without pain" in alert.action
    acted = at(*hurting, *jerks(0), action="Letter seen")
    assert level("motor-deficit", acted, at(*hurting, *jerks(0), date=SECOND)) == "caution"


SAME = [*weak("TA", "GAS"), *jerks(0)]


def test_what_is_known_and_no_worse_is_a_caution() -> None:
    acted = at(*SAME, action="Letter seen")
    now = found(acted, at(*SAME, date=SECOND))["motor-deficit"]
    assert (now.level, now.action) == ("caution", ENGLISH["known-action"])
    assert "2026-03-02" in now.said
    assert level("motor-deficit", acted, at(*weak("TA"), *jerks(0, ANKLE), date=SECOND)) == "caution"


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (at(*SAME), SAME),
        (at(*weak("TA"), *jerks(0, ANKLE), action="Letter seen"), [*weak("TA"), *jerks(0)]),
        (at(*SAME, action="Letter seen"), [*weak("TA", grade="4-"), *jerks(0)]),
        (at(*weak("TA"), *jerks(0), action="Letter seen"), SAME),
        (at(*jerks(0), action="Letter seen"), SAME),
    ],
)
def test_what_grew_or_was_never_acted_on_is_an_emergency(then: Visit, now: list[Observation]) -> None:
    assert level("motor-deficit", then, at(*now, date=SECOND)) == "emergency"


def days_later(days: int, *values: Observation, **more: Any) -> Visit:
    return at(*values, date=FIRST + datetime.timedelta(days), **more)


def test_reflexes_that_went_within_days_are_urgent() -> None:
    then = at(*jerks(2))
    urgent = found(then, days_later(7, *jerks(0, ANKLE)))["reflexes-absent"]
    assert (urgent.level, urgent.missing) == ("urgent", ())
    assert urgent.said.startswith("Reflexes gone within 7 days: ")
    assert urgent.action == ENGLISH["reflexes-gone-action"]
    assert [one.date for one in urgent.because] == [None, None]
    assert level("reflexes-absent", then, days_later(8, *jerks(0, ANKLE))) == "caution"
    assert level("reflexes-absent", then, days_later(7, *jerks(0, ANKLE, sides=("left",)))) is None


def test_it_stays_urgent_until_something_was_done_or_they_came_back() -> None:
    then, lost = at(*jerks(2)), days_later(3, *jerks(0, ANKLE))
    kept = found(then, lost, days_later(30))["reflexes-absent"]
    assert (kept.level, {one.date for one in kept.because}) == ("urgent", {"2026-03-05"})
    assert level("reflexes-absent", then, replace(lost, action="Telephoned"), days_later(30)) is None
    assert level("reflexes-absent", then, lost, days_later(4, *jerks(2, ANKLE))) is None
    acted_now = days_later(3, *jerks(0, ANKLE), action="Telephoned")
    assert level("reflexes-absent", then, acted_now) == "urgent"


def test_reflexes_absent_on_both_sides_are_said_and_ask_what_was_not_asked() -> None:
    alert = found(visit(*jerks(0, KNEE)))["reflexes-absent"]
    assert (alert.level, alert.missing) == ("caution", tuple(NO))
    assert alert.action == f"{ENGLISH['reflexes-absent-action']} {ENGLISH['ask-cauda']}"
    answered = found(at(*jerks(0, KNEE)))["reflexes-absent"]
    assert (answered.action, answered.missing) == (ENGLISH["reflexes-absent-action"], ())
    assert found(at(*jerks(0, KNEE, ANKLE, sides=("left",)))) == {}


QUESTIONS = "cauda-equina-questions"


def test_weakness_near_the_trunk_alike_on_both_sides_is_routine_whatever_was_answered() -> None:
    alert = found(at(*weak("HF", "ADD"), *weak("TA", grade="5")))[QUESTIONS]
    assert (alert.level, alert.action, alert.missing) == ("routine", ENGLISH["proximal-action"], ())
    assert alert.said.endswith(ENGLISH["proximal"])
    assert {one.test for one in alert.because} == {"HF", "ADD"}
    unasked = found(visit(*weak("HF", "ADD")))[QUESTIONS]
    assert (unasked.level, unasked.missing) == ("routine", tuple(NO))
    assert unasked.action == f"{ENGLISH['proximal-action']} {ENGLISH['ask-cauda']}"


@pytest.mark.parametrize(
    "more",
    [
        [seen("TA", grade="4")],
        [seen(ANKLE, count=0)],
        [seen("BABINSKI", result="positive")],
    ],
)
def test_with_weak_feet_lost_reflexes_or_signs_of_the_cord_the_muscles_are_not_named(
    more: list[Observation],
) -> None:
    alert = found(at(*weak("HF", "ADD"), *more))[QUESTIONS]
    assert alert.level == "routine"
    assert ENGLISH["proximal"] not in alert.said


def test_one_muscle_or_another_one_on_each_side_is_no_pattern() -> None:
    assert level(QUESTIONS, at(*weak("HF"), *weak("TA", grade="5"))) == "caution"
    apart = [seen("HF", grade="4"), seen("QUAD", "right", grade="4"), seen("ADD", grade="4")]
    assert level(QUESTIONS, at(*apart)) == level(QUESTIONS, visit(*apart)) == "caution"


def test_weakness_of_both_legs_is_a_caution_whatever_was_answered_and_known_once_acted_on() -> None:
    alert = found(at(*weak("TA")))[QUESTIONS]
    assert (alert.level, alert.action, alert.missing) == ("caution", ENGLISH["weak-both-action"], ())
    assert alert.said.endswith("one root does not explain both legs.")
    assert found(at(*weak("TA", grade="4+"))) == found(at(seen("TA", grade="4"))) == {}
    acted = at(*weak("TA"), action="Letter seen")
    now = found(acted, at(*weak("TA"), date=SECOND))[QUESTIONS]
    assert now.said.endswith("Known, acted on 2026-03-02.")
    assert now.action == ENGLISH["known-action"]
    for more in (weak("TA", grade="4-"), weak("TA", "EHL")):
        grown = found(acted, at(*more, date=SECOND))[QUESTIONS]
        assert grown.action == ENGLISH["weak-both-action"]


def test_a_visit_of_the_time_before_that_rule_asks_as_it_did() -> None:
    protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, both_legs=None))
    values = [*weak("HF", "ADD"), *jerks(0)]
    assert [one.level for one in alerts(history(visit(*values)), protocol)] == ["caution"]
    assert alerts(history(at(*values)), protocol) == ()


def test_a_leg_raise_on_both_sides_is_new_beside_the_visit_before_alone() -> None:
    both = [seen("SLR", side, result="positive") for side in SIDES]
    asks = f"{CAUDA.id}-questions"
    first, second = visit(*both), visit(date=FIRST + datetime.timedelta(days=7))
    assert asks not in found(first, replace(second, observations=tuple(both)))
    assert asks in found(first, second, visit(*both, date=SECOND))
