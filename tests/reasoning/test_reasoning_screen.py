"""Touch is folded until something points to a nerve, and walked again where it was not normal."""

import datetime
from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.visit import History, Signature, Visit
from mmt.reasoning import watch
from mmt.reasoning.again import added_tests, folded_tests, waiting_tests
from mmt.reasoning.screen import pointed

EXAM = "sciatica-quick"
SCREEN = PROTOCOL.exams[EXAM].screen
SIGNED = Signature(by="A", at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC), digest="")


def at(*observations: Observation, **more: Any) -> Visit:
    return visit(*observations, exam=EXAM, **more)


def walk(past: History) -> tuple[list[str], list[str]]:
    """Of the screen: what is folded at the last visit, and what is walked beyond the plan."""
    away = folded_tests(past, PROTOCOL, watch(past, PROTOCOL).alerts)
    beyond = added_tests(past, PROTOCOL, away)
    return [name for name in SCREEN if name in away], [name for name in SCREEN if name in beyond]


def test_it_names_every_dermatome_from_l2_to_s2_and_the_saddle() -> None:
    assert [name.removeprefix("TOUCH-") for name in SCREEN] == ["L2", "L3", "L4", "L5", "S1", "S2", "SADDLE"]


@pytest.mark.parametrize(
    "now",
    [
        {"story": {"pain_where": ("buttock", "foot")}},
        {"safety": {"saddle-numbness": True}},
        {"safety": {"numb-feet": True}},
        {"observations": (seen("EHL", grade="4"),)},
        {"observations": (seen("REFLEX-ACHILLES", count=1),)},
        {"observations": (seen("SLR", result="positive"),)},
        {"observations": (seen("TOUCH-L5", touch="more"),)},
    ],
    ids=["pain below the knee", "saddle", "numb feet", "weak muscle", "lost reflex", "leg raise", "touch"],
)
def test_what_points_to_a_nerve_opens_it(now: dict[str, Any]) -> None:
    past = history(replace(at(), **now))
    assert pointed(past, PROTOCOL)
    assert walk(past) == ([], list(SCREEN))


@pytest.mark.parametrize(
    "now",
    [
        {},
        {"story": {"pain_where": ("back", "buttock"), "nprs_leg": 8}},
        {"safety": {"saddle-numbness": False, "osteoporosis": True}},
        {
            "observations": (
                seen("TA", grade="4+"),
                seen("SLR", result="negative"),
                seen("SPIR", result="positive"),
            )
        },
        {"observations": (seen("GMED", grade="4"), seen("REFLEX-ACHILLES", count=2))},
        {"observations": (seen("TOUCH-L5", touch="normal"),)},
    ],
    ids=["nothing", "pain above the knee", "no", "all but normal", "the buttock", "normal touch"],
)
def test_where_nothing_points_to_a_nerve_it_is_folded(now: dict[str, Any]) -> None:
    past = history(replace(at(), **now))
    done = [one.test for one in past.visits[-1].observations]
    assert not pointed(past, PROTOCOL)
    assert walk(past)[0] == [name for name in SCREEN if name not in done]


def test_at_a_later_visit_what_was_normal_is_folded_and_what_was_not_is_walked() -> None:
    done = [seen(name, side, touch="normal") for name in SCREEN for side in ("right", "left")]
    done[7] = replace(done[7], touch="less")
    story = {"leg_pain_side": "left", "pain_where": ("foot",)}
    before = at(*done, story=story, signature=SIGNED, date=FIRST, id=1)
    changed = done[7].test
    folded, beyond = walk(history(before, at(date=SECOND, id=2)))
    assert (changed in folded, beyond) == (False, [changed])
    assert folded == [name for name in SCREEN if name != changed]
    assert waiting_tests(history(before, at(date=SECOND, id=2)), PROTOCOL) == (), "normal, or walked anyway"


def test_without_a_rule_and_beyond_the_exams_that_name_it_there_is_none() -> None:
    past = history(at(seen("SLR", result="positive")))
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, screen=None))
    assert not pointed(past, older)
    assert folded_tests(past, older) == added_tests(past, older, ()) == ()
    assert added_tests(history(visit(exam="leg-length")), PROTOCOL, ()) == ()
    assert folded_tests(history(visit(exam="unknown")), PROTOCOL) == ()
