"""Mild weakness with further signs of one root is looked at again soon."""

from typing import Any

import pytest
from made import PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.reasoning import review

LEG_RAISE = seen("SLR", result="positive", degrees=50.0)
TOE = seen("EHL", grade="4")
SORE = seen("EHL", grade="4", flags=("pain",))
HIP = seen("HF", grade="4")
KNEES = seen("REFLEX-PATELLAR", count=1), seen("REFLEX-PATELLAR", "right", count=2)


def days(*visits: Visit, protocol: Protocol = PROTOCOL) -> int | None:
    found = review(history(*visits), protocol)
    told = [one for one in found.alerts if one.rule == "early-look"]
    assert bool(told) == (found.prescription.review_days is not None)
    return found.prescription.review_days


@pytest.mark.parametrize(
    ("story", "observed", "expected"),
    [
        ({"weeks": 6}, (TOE, LEG_RAISE), 7),
        ({"weeks": 7}, (TOE, LEG_RAISE), None),
        ({}, (TOE, LEG_RAISE), None),
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
    ],
)
def test_two_signs_of_a_root_with_a_weak_muscle_in_the_first_weeks_say_when(
    story: dict[str, Any], observed: tuple[Observation, ...], expected: int | None
) -> None:
    assert days(visit(*observed, story=story)) == expected


def test_the_weeks_go_on_and_a_protocol_without_the_rule_says_nothing() -> None:
    first = visit(story={"weeks": 4})
    assert days(first, visit(TOE, LEG_RAISE, date=SECOND)) == 7
    assert days(first, visit(SORE, LEG_RAISE, date=SECOND)) == 7
    five = visit(story={"weeks": 5})
    assert days(five, visit(TOE, LEG_RAISE, date=SECOND)) is None
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, early_look=None))
    assert days(first, visit(TOE, LEG_RAISE, date=SECOND), protocol=older) is None
