"""What is folded at a later visit: what was normal and unremarked the time before, unless it went worse."""

import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Signature, Visit
from mmt.paths import shipped
from mmt.reasoning import watch
from mmt.reasoning.again import added_tests, first_tests, folded_tests

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
RULE = PROTOCOL.rules.walk_again
PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
SIGNED = Signature(by="A", at=datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC), digest="")
PLAN = PROTOCOL.exams["sciatica-quick"]
STORY = {"leg_pain_side": "left", "nprs_leg": 4}
USUAL = ["HF", "QUAD", "TP", "PER", "SPIR", "L-PKE", "GMED", "GMAX", "HAML"]


def seen(test: str, side: Any, **changed: Any) -> Observation:
    measure = PROTOCOL.tests[test].measures[0]
    normal = {"grade": "5", "result": "negative"}.get(measure, 10.0)
    fields = {measure: normal} | changed.pop(test, {})
    return Observation(test=test, side=side, **fields)


def visit(day: int = 2, *, without: tuple[str, ...] = (), story: Any = STORY, **changed: Any) -> Visit:
    """A signed visit with the whole plan done and normal, but for what a test holds instead on the left."""
    seen_here = tuple(
        seen(test, side, **(changed if side == "left" else {}))
        for test in PLAN.tests
        if test not in without
        for side in ("right", "left")
    )
    return Visit(id=day, date=datetime.date(2026, 2, day), examiner="A", scale="MRC-8", exam=PLAN.id,
                 story=story, observations=seen_here, signature=SIGNED)  # fmt: skip


def folded(*before: Visit, protocol: Protocol = PROTOCOL, day: int = 16, **now: Any) -> list[str]:
    """What of the plan is folded; its screen has tests of its own."""
    today = Visit(id=99, date=datetime.date(2026, 2, day), examiner="A", scale="MRC-8", exam=PLAN.id)
    history = History(patient=PATIENT, visits=(*before, replace(today, **now)))
    away = folded_tests(history, protocol, watch(history, protocol).alerts)
    return [name for name in away if name not in PLAN.screen]


def test_what_was_normal_the_time_before_is_folded_but_for_the_key_muscles_and_the_leg_raise() -> None:
    assert folded(visit()) == USUAL


@pytest.mark.parametrize(
    "changed",
    [
        {"GMED": {"grade": "4"}},
        {"SPIR": {"result": "positive"}},
        {"GMED": {"grade": "5", "flags": ("pain",)}},
        {"GMED": {"not_tested": "pain", "grade": None}},
        {"without": ("GMED",)},
    ],
    ids=["weak", "positive", "pained", "not tested", "left out"],
)
def test_what_was_not_normal_flagged_or_left_out_is_walked_again(changed: dict[str, Any]) -> None:
    (walked,) = {"GMED", "SPIR"} & {*changed, *changed.get("without", ())}
    assert walked in USUAL
    assert walked not in folded(visit(**changed))


def test_what_came_back_once_is_looked_at_once_more() -> None:
    assert "GMED" not in folded(visit(1, GMED={"grade": "4"}), visit(2))
    assert "GMED" in folded(visit(1, GMED={"grade": "4"}), visit(2), visit(3))


def test_the_muscles_of_a_pattern_are_walked_together() -> None:
    assert {"TP", "PER"} & {*folded(visit(EHL={"grade": "3"}, TA={"grade": "4"}), action="x")} == set()
    root = visit(HAML={"grade": "4"}, GMAX={"grade": "4"})
    assert folded(root) == [name for name in USUAL if name not in ("HAML", "GMAX")]


@pytest.mark.parametrize(
    "now",
    [
        {"story": {"nprs_leg": 8}},
        {"story": {"leg_pain_side": "right"}},
        {"story": {"leg_pain_side": "both"}},
        {"story": {"groc": -1}},
        {"safety": {"weakness-growing": True}},
        {"observations": (Observation(test="TA", side="left", grade="3"),)},
    ],
    ids=["more pain", "other leg", "both legs", "rated worse", "red flag", "alarm"],
)
def test_nothing_is_folded_once_something_of_today_is_worse(now: dict[str, Any]) -> None:
    assert folded(visit(), **now) == []


@pytest.mark.parametrize(
    "story", [{"nprs_leg": 4, "leg_pain_side": "left", "groc": 0}, {"leg_pain_side": "none", "groc": 3}]
)
def test_the_same_or_better_leaves_it_folded(story: dict[str, Any]) -> None:
    assert folded(visit(), story=story) == USUAL


def test_after_four_weeks_all_is_walked_and_only_a_signed_visit_counts() -> None:
    assert folded(visit(), day=28) == USUAL
    assert folded(replace(visit(), date=datetime.date(2026, 1, 19)), day=16) == USUAL
    assert folded(replace(visit(), date=datetime.date(2026, 1, 18)), day=16) == []
    assert folded(replace(visit(), signature=None)) == []
    assert folded() == []


def test_what_was_seen_today_and_what_a_protocol_does_not_know_is_not_folded() -> None:
    assert "GMED" not in folded(visit(), observations=(seen("GMED", "right"),))
    assert folded(visit(), exam="gone") == []
    fewer = replace(PROTOCOL, tests={name: one for name, one in PROTOCOL.tests.items() if name != "SPIR"})
    assert folded(visit(without=("SPIR",)), protocol=fewer) == [name for name in USUAL if name != "SPIR"]
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, walk_again=None))
    assert folded(visit(), protocol=older) == []


def added(*before: Visit, plan: str = PLAN.id) -> list[str]:
    today = Visit(id=99, date=datetime.date(2026, 2, 16), examiner="A", scale="MRC-8", exam=plan)
    return list(added_tests(History(patient=PATIENT, visits=(*before, today)), PROTOCOL, PLAN.screen))


def test_what_was_found_beyond_the_plan_is_walked_again() -> None:
    beyond = (
        Observation(test="REFLEX-ACHILLES", side="right", count=0),
        Observation(test="REFLEX-ACHILLES", side="left", count=2),
        Observation(test="SOL", side="left", grade="5"),
        Observation(test="LL-BLOCK", side="left", millimetres=20),
        Observation(test="LL-APPARENT", side="left", millimetres=880),
        Observation(test="LL-APPARENT", side="right", millimetres=900),
    )
    then = replace(visit(), observations=(*visit().observations, *beyond))
    assert added(then) == ["REFLEX-ACHILLES"], "not what was normal, nor leg lengths"
    assert added(replace(then, signature=None)) == []
    assert added() == added(then, plan="unknown") == []


def first(*before: Visit, plan: str = PLAN.id) -> list[str]:
    today = Visit(id=99, date=datetime.date(2026, 2, 16), examiner="A", scale="MRC-8", exam=plan)
    return list(first_tests(History(patient=PATIENT, visits=(*before, today)), PROTOCOL))


@pytest.mark.parametrize(
    "changed",
    [
        {"GMED": {"grade": "4"}},
        {"GMED": {"grade": "5", "flags": ("pain",)}},
        {"GMED": {"not_tested": "pain", "grade": None}},
        {"without": ("GMED",)},
    ],
    ids=["weak", "pained", "not tested", "left out"],
)
def test_what_was_not_normal_comes_first_in_its_position(changed: dict[str, Any]) -> None:
    assert "GMED" in first(visit(**changed))
    assert "GMAX" not in first(visit(**changed))


def test_what_came_back_once_still_comes_first() -> None:
    assert "GMED" in first(visit(1, GMED={"grade": "4"}), visit(2))
    assert "GMED" not in first(visit(1, GMED={"grade": "4"}), visit(2), visit(3))


def test_nothing_comes_first_where_no_signed_visit_asks_for_it() -> None:
    assert first() == first(visit()) == first(visit(GMED={"grade": "4"}), plan="unknown") == []
    assert first(replace(visit(GMED={"grade": "4"}), signature=None)) == []
