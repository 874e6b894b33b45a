"""Mild weakness with further signs of one root is looked at again soon."""

from typing import Any

import pytest
from made import PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.exam_tests import ReflexTest, TouchTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Reason
from mmt.model.visit import Visit
from mmt.reasoning import review
from mmt.reasoning.wording import worded

LEG_RAISE = seen("SLR", result="positive", degrees=50.0)
TOE = seen("EHL", grade="4")
SORE = seen("EHL", grade="4", flags=("pain",))
HIP = seen("HF", grade="4")
SLUMP = seen("SLUMP", result="positive")
MEDIAL = seen("REFLEX-MEDHAM", count=0), seen("REFLEX-MEDHAM", "right", count=2)
KNEES = seen("REFLEX-PATELLAR", count=1), seen("REFLEX-PATELLAR", "right", count=2)


def looks(*visits: Visit) -> list[Alert]:
    return [one for one in told(review(history(*visits), PROTOCOL).alerts) if one.rule == "early-look"]


def days(*visits: Visit, protocol: Protocol = PROTOCOL) -> int | None:
    found = review(history(*visits), protocol)
    told = [one for one in found.alerts if one.rule == "early-look"]
    assert bool(told) == (found.prescription.review_days is not None)
    return found.prescription.review_days


@pytest.mark.parametrize(
    ("story", "observed", "expected"),
    [
        ({"weeks": 6}, (TOE, LEG_RAISE), 7),
        ({"weeks": 7}, (TOE, LEG_RAISE), 14),
        ({"weeks": 12}, (TOE, LEG_RAISE), 14),
        ({"weeks": 13}, (TOE, LEG_RAISE), None),
        ({"weeks": 7}, (TOE, seen("TA", grade="4")), None),
        ({}, (TOE, LEG_RAISE), 14),
        ({}, (TOE, seen("TA", grade="4")), None),
        ({"weeks": "some"}, (TOE, LEG_RAISE), 14),
        ({"weeks": 2}, (TOE,), None),
        ({"weeks": 2}, (TOE, seen("TOUCH-L5", touch="less"), seen("TOUCH-L5", "right", touch="normal")), 7),
        ({"weeks": 2}, (TOE, seen("TOUCH-L5", touch="less"), seen("HF", grade="4")), 7),
        ({"weeks": 2}, (LEG_RAISE, seen("REFLEX-ACHILLES", count=0)), None),
        ({"weeks": 2}, (seen("EHL", grade="3"), LEG_RAISE), 7),
        ({"weeks": 2}, (SORE, LEG_RAISE), 7),
        ({"weeks": 2}, (SORE,), None),
        ({"weeks": 2}, (SORE, seen("SLR", result="negative")), None),
        ({"weeks": 2}, (HIP, seen("ADD", grade="4")), None),
        ({"weeks": 2}, (HIP, TOE, *KNEES), 7),
        ({"weeks": 2}, (HIP, KNEES[0]), None),
        ({"weeks": 2}, (TOE, KNEES[0], seen("REFLEX-PATELLAR", "right", count=1)), None),
        ({"weeks": 2}, (SLUMP, *MEDIAL, seen("GMIN", grade="4")), 7),
        ({"weeks": 2}, (SLUMP, *MEDIAL, seen("GMIN", grade="5")), None),
    ],
)
def test_two_signs_of_a_root_with_a_weak_muscle_say_when(
    story: dict[str, Any], observed: tuple[Observation, ...], expected: int | None
) -> None:
    assert days(visit(*observed, story=story)) == expected


def test_a_jerk_lost_alike_is_looked_for_at_the_visit_itself() -> None:
    both = KNEES[0], seen("REFLEX-PATELLAR", "right", count=1)
    assert days(visit(story={"weeks": 2}), visit(HIP, *both, date=SECOND)) == 7
    assert days(visit(*both, story={"weeks": 2}), visit(HIP, date=SECOND)) is None


def test_the_weeks_go_on_and_a_protocol_without_the_rule_says_nothing() -> None:
    first = visit(story={"weeks": 4})
    assert days(first, visit(TOE, LEG_RAISE, date=SECOND)) == 7
    assert days(first, visit(SORE, LEG_RAISE, date=SECOND)) == 7
    five, eleven = visit(story={"weeks": 5}), visit(story={"weeks": 11})
    assert days(five, visit(TOE, LEG_RAISE, date=SECOND)) == 14
    assert days(eleven, visit(TOE, LEG_RAISE, date=SECOND)) is None
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, early_look=None))
    assert days(first, visit(TOE, LEG_RAISE, date=SECOND), protocol=older) is None


def test_an_early_look_names_what_it_rests_on_and_what_to_do() -> None:
    rule = PROTOCOL.rules.early_look
    assert rule is not None
    assert looks(visit(story={"weeks": 1}), visit(TOE, LEG_RAISE, date=SECOND)) == [
        Alert(
            rule="early-look",
            level="caution",
            side="left",
            said="Weakness with signs of a root on this side (Straight leg raise, Extensor hallucis longus), "
            "within weeks of its beginning.",
            action="Look again within 7 days, sooner if it grows; test the same again.",
            because=(
                quote("SLR", "left", result="positive", degrees=50),
                quote("EHL", "left", grade="4"),
                Reason(story="weeks", answer=1, date="2026-03-02"),
            ),
            sources=PROTOCOL.cite(rule.sources),
            evidence="derived",
        )
    ]


def test_where_nobody_asked_since_when_it_is_asked_for() -> None:
    (found,) = looks(visit(TOE, LEG_RAISE))
    assert found.said.endswith("; since when is not recorded.")
    assert found.action.startswith("Ask for how many weeks it has hurt. Look again within 14 days")
    (found,) = looks(visit(TOE, LEG_RAISE, story={"weeks": 8}))
    assert found.said.endswith(", after its first weeks.")


def test_what_was_lost_is_held_against_the_visit_at_which_it_was_tested_last() -> None:
    def ankle(count: int) -> Observation:
        return seen("REFLEX-ACHILLES", count=count)

    felt = [seen("TOUCH-L5", touch=word) for word in ("normal", "more", "less")]
    first, second = visit(ankle(2), felt[0]), visit(ankle(2), felt[1], date=SECOND)
    (found,) = looks(first, second, visit(ankle(0), felt[2], date=THIRD))
    assert found.said == "Newly lost, a reflex or feeling (Achilles reflex, Touch L5 (top of the foot))."
    assert [(one.test, one.date) for one in found.because] == [
        *(("REFLEX-ACHILLES", when) for when in (None, "2026-03-16")),
        *(("TOUCH-L5", when) for when in (None, "2026-03-16")),
    ]
    assert looks(visit(ankle(0)), visit(ankle(2), date=SECOND), visit(ankle(2), date=THIRD)) == []


def test_in_the_arm_pain_of_the_neck_makes_one_weak_muscle_of_a_root_enough() -> None:
    elbow, story = seen("BIC", "right", grade="4", flags=("pain",)), {"weeks": 1}
    assert looks(visit(elbow, story=story)) == []
    (found,) = looks(visit(precautions={"CRV": True}), visit(elbow, story=story, date=SECOND))
    assert (found.side, found.because[1]) == (
        "right",
        Reason(precaution="CRV", answer=True, date="2026-03-02"),
    )
    assert looks(visit(elbow, seen("TRI", "right", grade="4"), story=story)) == [], "of two roots"
    (found,) = looks(visit(elbow, seen("WE", "right", grade="4"), seen("MD", grade="4"), story=story))
    assert [one.test for one in found.because if one.test] == ["BIC", "WE"]


def test_with_signs_of_the_cord_no_root_is_looked_at_again() -> None:
    toe = seen("BABINSKI", result="positive")
    assert looks(visit(TOE, LEG_RAISE, toe, story={"weeks": 1})) == []


def test_two_weak_muscles_of_a_root_are_enough_where_another_pattern_leads() -> None:
    observed = seen("GMAX", grade="4"), seen("HF", grade="3"), seen("GAS", grade="4")
    (found,) = looks(visit(*observed, story={"weeks": 1}))
    assert [one.test for one in found.because if one.test] == ["GMAX", "GAS"]
    of_a_nerve = seen("FHL", grade="4"), seen("TP", grade="4")
    assert looks(visit(*of_a_nerve, story={"weeks": 1})) == []


@pytest.mark.parametrize(
    ("then", "now", "today"),
    [
        (
            seen("REFLEX-PATELLAR", count=2),
            seen("REFLEX-PATELLAR", count=0),
            "Quadriceps, Single-leg sit-to-stand",
        ),
        (
            seen("REFLEX-ACHILLES", count=2),
            seen("REFLEX-ACHILLES", count=0),
            "Gastrocnemius, Single-leg heel raises",
        ),
        (seen("TOUCH-L2", touch="normal"), seen("TOUCH-L2", touch="absent"), "Iliopsoas"),
        (seen("TOUCH-SADDLE", touch="normal"), seen("TOUCH-SADDLE", touch="absent"), None),
    ],
)
def test_what_is_to_be_done_about_a_sign_newly_lost_is_of_the_same_root(
    then: Observation, now: Observation, today: str | None
) -> None:
    found = review(history(visit(then), visit(now, date=SECOND)), PROTOCOL).alerts
    (alert,) = (one for one in found if one.rule == "early-look")
    says = worded(alert.action, PROTOCOL)
    assert says.endswith(f"Test today what goes with it: {today}." if today else "a specialist the same day.")


def test_each_reflex_and_touch_names_what_goes_with_it_of_its_own_root() -> None:
    """The saddle's alert says by itself what is to be done."""
    rule = PROTOCOL.rules.early_look
    assert rule is not None
    tests = {one.id: set(one.roots) for one in (*PROTOCOL.of(ReflexTest), *PROTOCOL.of(TouchTest))}
    assert {*tests} - {*rule.then} == {"TOUCH-SADDLE"}
    for name, then in rule.then.items():
        near = {*tests[name], "S1", "S3"} if name == "TOUCH-S2" else tests[name]
        assert all(near & set(getattr(PROTOCOL.tests[one], "roots", near)) for one in then), name
