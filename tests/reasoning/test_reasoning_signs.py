"""Positive signs as findings, and the signs that speak for cord or brain."""

import datetime
from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import SignTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.visit import Visit
from mmt.reasoning.signs import findings, upper_signs


def sign(name: str) -> SignTest:
    test = PROTOCOL.tests[name]
    assert isinstance(test, SignTest)
    return test


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        *(("SLR", "nerve-sign"), ("SPIR", "piriformis-sign"), ("TREND", "nerve-sign")),
        ("SL-STS", "function-sign"),
    ],
)
def test_a_positive_sign_is_a_finding_with_what_it_means(name: str, rule: str) -> None:
    test = sign(name)
    past = history(visit(seen(name, result="positive")))
    assert told(list(findings(past, PROTOCOL))) == [
        Finding(
            rule=rule,
            test=name,
            side="right" if test.speaks_for == "other" else "left",
            strength="present",
            said=f"{test.name}, left: positive. {test.positive}",
            because=(quote(name, "left", result="positive"),),
            sources=PROTOCOL.cite(test.sources),
            evidence=test.evidence,
        )
    ]
    assert list(findings(history(visit(seen(name, result="negative"))), PROTOCOL)) == []
    assert list(findings(history(visit(seen(name, not_tested="pain"))), PROTOCOL)) == []


def test_a_sign_may_speak_for_the_other_side_or_for_none() -> None:
    for speaks_for, side, expected in (
        ("other", "left", "right"),
        ("same", "left", "left"),
        ("other", None, None),
    ):
        own = replace(sign("SLR"), speaks_for=speaks_for)
        protocol = replace(PROTOCOL, tests={**PROTOCOL.tests, "SLR": own})
        past = history(visit(seen("SLR", side, result="positive")))  # type: ignore[arg-type]
        (one,) = told(list(findings(past, protocol)))
        assert one.side == expected
        assert (side or "midline") in one.said


@pytest.mark.parametrize(("count", "brisk"), [(2, False), (3, True), (4, True)])
@pytest.mark.parametrize("side", ["right", "left"])
def test_a_brisk_reflex_is_a_sign_of_the_cord(side: Side, count: int, brisk: bool) -> None:
    found = upper_signs(history(visit(seen("REFLEX-PATELLAR", side, count=count))), PROTOCOL)
    assert found == ((quote("REFLEX-PATELLAR", side, count=count),) if brisk else ())


def test_reflexes_brisk_on_both_sides_count_from_four_or_beside_another_sign() -> None:
    def signs(*counts: int, more: str | None = None, protocol: Protocol = PROTOCOL) -> list[str | None]:
        values = [seen("REFLEX-PATELLAR", side, count=n) for side, n in zip(SIDES, counts, strict=True)]
        beside = [seen(more, "left", result="positive")] if more else []
        return [one.test for one in upper_signs(history(visit(*values, *beside)), protocol)]

    knee = "REFLEX-PATELLAR"
    assert signs(3, 3) == signs(3, 3, more="SLR") == []
    assert signs(3, 2) == [knee]
    assert signs(3, 4) == signs(4, 4) == [knee, knee]
    assert signs(3, 3, more="CLONUS") == [knee, knee, "CLONUS"]
    rule = replace(PROTOCOL.rules.upper_motor_neuron, reflex_both_from=None)
    rules = replace(PROTOCOL.rules, upper_motor_neuron=rule)
    assert signs(3, 3, protocol=replace(PROTOCOL, rules=rules)) == [knee, knee]


KNEES = [seen("REFLEX-PATELLAR", side, count=3) for side in SIDES]


def beside(*more: Observation, **told: Any) -> list[str | None]:
    found = upper_signs(history(visit(*KNEES, *more, **told)), PROTOCOL)
    return [one.question or one.test for one in found[2:]]


def test_reflexes_brisk_on_both_sides_count_beside_weakness_numb_feet_and_unsteadiness() -> None:
    assert beside(seen("TRI", grade="4"), seen("TRI", "right", grade="5")) == ["TRI"]
    assert beside(seen("TA", grade="4+")) == beside(seen("TA", grade="4", flags=("pain",))) == []
    assert beside(seen("GMED", grade="4")) == []
    numb = [seen("TOUCH-S1", side, touch="less") for side in SIDES]
    assert beside(*numb) == ["TOUCH-S1", "TOUCH-S1"]
    assert beside(numb[0]) == beside(numb[0], seen("TOUCH-L5", "left", touch="less")) == []
    assert beside(*(replace(one, touch="normal") for one in numb)) == []
    for question in ("unsteady-clumsy", "numb-feet"):
        assert beside(safety={question: True}) == [question]
        assert beside(safety={question: False}) == []
    assert upper_signs(history(visit(seen("TRI", grade="4"))), PROTOCOL) == ()


def test_what_stands_beside_them_stands_until_it_was_looked_at_again() -> None:
    weak = visit(*KNEES, seen("TA", grade="4"), safety={"numb-feet": True})
    kept = upper_signs(history(weak, visit(date=SECOND)), PROTOCOL)
    assert {one.date for one in kept} == {"2026-03-02"}
    assert [one.question or one.test for one in kept[2:]] == ["numb-feet", "TA"]
    gone = visit(seen("TA", grade="5"), safety={"numb-feet": False}, date=SECOND)
    assert upper_signs(history(weak, gone), PROTOCOL) == ()


def test_what_was_found_last_stands_with_its_date() -> None:
    then = visit(seen("BABINSKI", result="positive"), seen("REFLEX-ACHILLES", count=4), date=FIRST)
    assert upper_signs(history(then, visit(date=SECOND)), PROTOCOL) == (
        quote("REFLEX-ACHILLES", "left", count=4, date="2026-03-02"),
        quote("BABINSKI", "left", result="positive", date="2026-03-02"),
    )


@pytest.mark.parametrize("found", [{"result": "positive"}, {"count": 3}])
def test_a_sign_of_the_cord_stands_until_it_was_not_found_twice(found: dict[str, Any]) -> None:
    test = "BABINSKI" if "result" in found else "REFLEX-ACHILLES"
    other: dict[str, Any] = {"result": "negative"} if "result" in found else {"count": 2}
    then, calm = visit(seen(test, **found)), visit(seen(test, **other), date=SECOND)
    once = quote(test, "left", **found, date="2026-03-02"), quote(test, "left", **other)
    assert upper_signs(history(then, calm), PROTOCOL) == once
    assert (
        len(upper_signs(history(then, calm, visit(seen(test, not_tested="time"), date=THIRD)), PROTOCOL)) == 2
    )
    for twice in (
        (then, visit(seen(test, **other), seen(test, **other, trial=2), date=SECOND)),
        (then, calm, visit(seen(test, **other), date=THIRD)),
        (visit(seen(test, **found), seen(test, **other, trial=2)), calm),
    ):
        assert upper_signs(history(*twice), PROTOCOL) == ()
    again = visit(seen(test, **found), date=THIRD)
    assert upper_signs(history(then, calm, again), PROTOCOL) == (quote(test, "left", **found),)


def test_a_reflex_that_is_brisk_on_both_sides_and_less_so_on_one_is_judged_by_today() -> None:
    def knees(right: int, left: int, date: datetime.date = FIRST) -> Visit:
        counts = {"right": right, "left": left}
        return visit(*(seen("REFLEX-PATELLAR", side, count=counts[side]) for side in SIDES), date=date)

    both = knees(3, 3)
    assert upper_signs(history(both, knees(2, 2, SECOND)), PROTOCOL) == ()
    assert [one.side for one in upper_signs(history(both, knees(2, 3, SECOND)), PROTOCOL)] == ["left"]


def test_a_reflex_that_is_expected_brisk_and_other_signs_say_nothing_of_the_cord() -> None:
    own = replace(PROTOCOL.tests["REFLEX-PATELLAR"], expected=3)
    protocol = replace(PROTOCOL, tests={**PROTOCOL.tests, "REFLEX-PATELLAR": own})
    brisk = seen("REFLEX-PATELLAR", count=3), seen("SLR", result="positive")
    assert upper_signs(history(visit(*brisk)), protocol) == ()
