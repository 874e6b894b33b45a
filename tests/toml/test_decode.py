"""Tables to values: every fault has its place and a sentence, and what is sound is kept."""

import datetime
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta

from mmt.model.base import Text, Value
from mmt.toml.decode import convert, sound
from mmt.toml.problems import MOST


class Part(Value, frozen=True, kw_only=True):
    size: Annotated[int, Meta(ge=1, le=9)]
    word: Literal["up", "down"] = "up"


class Whole(Value, frozen=True, kw_only=True):
    name: Text
    day: datetime.date | None = None
    least: Annotated[float, Meta(gt=0)] | None = None
    code: Annotated[str, Meta(pattern="^[a-z]$", description="a small letter, such as a")] = "a"
    parts: tuple[Part, ...] = ()
    by_word: dict[Literal["up", "down"], float] = {}
    rest: dict[str, Any] = {}


SAID = {
    "name": ({"name": ""}, "name: is empty"),
    "no name": ({}, "name: is missing"),
    "misspelt": ({"nmae": "x"}, 'nmae: is not known here; did you mean "name"?'),
    "a date in quotes": ({"day": "2026-03-02"}, "day: must be a date such as 2026-03-02, not text in quotes"),
    "a time": (
        {"day": datetime.datetime(2026, 3, 2)},
        "day: must be a date such as 2026-03-02, not a date with a time",
    ),
    "too small": ({"least": 0}, "least: must be more than 0, not 0"),
    "out of range": ({"parts": [{"size": 10}]}, "parts[0].size: 10 is not between 1 and 9"),
    "a fraction": (
        {"parts": [{"size": 1.5}]},
        "parts[0].size: must be a whole number, not a number with a point",
    ),
    "no list": ({"parts": 3}, "parts: must be a list of tables, each under [[ ]], not a whole number"),
    "no table": ({"parts": ["x"]}, "parts[0]: must be a table, not text in quotes"),
    "a key of few": (
        {"by_word": {"left": 1}},
        'by_word.left: "left" is not a word that may stand here; write up or down',
    ),
    "a pattern": ({"code": "A"}, 'code: "A" is not a small letter, such as a'),
    "no number": (
        {"rest": {"x": [{"y": float("nan")}]}},
        "rest.x[0].y: is not a finite number; write a plain number",
    ),
}


@pytest.mark.parametrize("fault", SAID)
def test_each_fault_is_said_with_its_place(fault: str) -> None:
    tables, says = SAID[fault]
    whole = tables if "name" in fault or fault == "misspelt" else {"name": "x", **tables}
    value, problems = convert(whole, Whole, "mine.toml", "")
    assert value is None
    assert [str(one) for one in problems] == [f"mine.toml: {says}"]


def test_all_faults_are_named_at_once_and_what_is_sound_is_kept() -> None:
    value, faults = sound(
        {"nam": 1, "parts": [{"size": 1, "word": "left"}, 7, {"word": "down"}], "day": 3, "code": "b"}, Whole
    )
    assert [place for place, _ in faults] == ["nam", "day", "parts[0].word", "parts[1]", "parts[2].size"]
    assert value is not None
    assert (value.name, value.day, value.code) == (None, None, "b")
    first, second, third = value.parts
    assert first == Part(size=1)
    assert second is None
    assert (third.size, third.word) == (None, "down")


def test_no_more_faults_are_looked_for_than_are_told() -> None:
    value, faults = sound({"name": "x", "parts": [0] * 1000}, Whole)
    assert value is None
    assert len(faults) == MOST + 1
