"""What a protocol file must say of the answers and gates of a stretch."""

from typing import Any

import msgspec
import pytest

from mmt.library.load import load
from mmt.model.born import Ages
from mmt.model.stretches import Answers, Gate
from mmt.paths import shipped


@pytest.mark.parametrize(
    "given",
    [
        {"rule": "short"},
        {"story": {"night_pain": True}},
        {"precaution": "IRR"},
        {"rule": "short", "test": "L-PIR", "story": {"sitting_hours": 6}},
    ],
)
def test_a_stretch_answers_a_finding_the_story_or_both_or_a_precaution(given: dict[str, Any]) -> None:
    row = msgspec.convert(given, Answers)
    assert (row.why, row.turn) == ("default", 5)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "a `rule`, a `story`, or both"),
        ({"test": "L-PIR", "story": {"night_pain": True}}, "`test` and `under` need a `rule`"),
        ({"precaution": "IRR", "rule": "short"}, "a `precaution` stands without a `rule`"),
        ({"under": 20, "story": {"night_pain": True}}, "`test` and `under` need a `rule`"),
        ({"rule": "short", "turn": 10}, "<= 9"),
    ],
)
def test_an_answer_that_asks_for_nothing_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=says):
        msgspec.convert(given, Answers)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"story": "flexion", "test": "SLR"},
        {"story": "a", "test": "b", "alert": "c"},
    ],
)
def test_a_gate_waits_for_exactly_one_thing(given: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="exactly one of"):
        msgspec.convert({"code": "X", **given}, Gate)
    assert msgspec.convert({"code": "X", "alert": "c"}, Gate).alert == "c"


def test_a_grade_to_be_above_is_one_of_a_test() -> None:
    with pytest.raises(msgspec.ValidationError, match="`above` needs a `test`"):
        msgspec.convert({"code": "X", "alert": "c", "above": "3"}, Gate)


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ({"over": 6}, "`over` needs a `story` or a counted `test`"),
        ({"where": {"injury": True}}, "`where` and `graded` need a `story`"),
    ],
)
def test_a_number_to_be_over_and_answers_that_hold_are_of_what_tells_them(
    field: dict[str, object], why: str
) -> None:
    with pytest.raises(msgspec.ValidationError, match=why):
        msgspec.convert({"code": "X", "alert": "c", **field}, Gate)


@pytest.mark.parametrize(("age", "hold"), [(16, 30), (64, 30), (65, 60), (90, 60)])
def test_an_older_patient_holds_a_stretch_for_longer_and_changes_nothing_else(age: int, hold: int) -> None:
    stretches = load([shipped("protocols")]).protocol.stretches
    strap, cobra = stretches["E07"], stretches["E02"]
    ages = Ages(age, age)
    assert strap.for_age(ages).dose == msgspec.structs.replace(strap.dose, hold_s=hold)
    assert msgspec.structs.replace(strap.for_age(ages), dose=strap.dose) == strap
    assert cobra.for_age(ages) == cobra
    assert strap.for_age(Ages(64, 65)).dose == strap.dose, "the longer hold waits until the age is sure"
    held = {name for name, one in stretches.items() if one.kind == "stretch" and one.dose.hold_s == 30}
    assert {name for name, one in stretches.items() if one.older} == held
