"""What a protocol file must say of the answers and gates of a stretch."""

from typing import Any

import msgspec
import pytest

from mmt.model.stretches import Answers, Gate


@pytest.mark.parametrize(
    "given",
    [{"rule": "short"}, {"story": "night_pain", "equals": True}, {"story": "sitting_hours", "at_least": 6}],
)
def test_a_stretch_answers_a_finding_or_the_story(given: dict[str, Any]) -> None:
    assert msgspec.convert(given, Answers).why == "default"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "either `rule` or `story`"),
        ({"rule": "short", "story": "night_pain", "equals": True}, "either `rule` or `story`"),
        ({"story": "night_pain"}, "either `equals` or `at_least`"),
        ({"story": "sitting_hours", "equals": "x", "at_least": 6}, "either `equals` or `at_least`"),
    ],
)
def test_an_answer_that_asks_for_nothing_or_for_two_things_is_refused(
    given: dict[str, Any], says: str
) -> None:
    with pytest.raises(msgspec.ValidationError, match=says):
        msgspec.convert(given, Answers)


@pytest.mark.parametrize(
    "given", [{}, {"story": "flexion", "test": "SLR"}, {"story": "a", "test": "b", "alert": "c"}]
)
def test_a_gate_waits_for_exactly_one_thing(given: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="exactly one of"):
        msgspec.convert({"code": "X", **given}, Gate)
    assert msgspec.convert({"code": "X", "alert": "c"}, Gate).alert == "c"
