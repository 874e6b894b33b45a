"""Grades as findings: weak, different between the sides, and what took over, each in its words."""

from typing import Any

import pytest
from made import PATIENT, PROTOCOL, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.visit import History
from mmt.reasoning.strength import findings, gave_way, level

WEAKNESS = PROTOCOL.rules.weakness
DIFFERENCE = PROTOCOL.rules.side_difference
NAMES = {name: one.name for name, one in PROTOCOL.tests.items()}


def found(*observations: Observation, hand: str = "right") -> list[Finding]:
    patient = replace(PATIENT, handedness=hand)
    return told(list(findings(History(patient=patient, visits=(visit(*observations),)), PROTOCOL)))


def weak(test: str, side: Side | None, strength: Any, text: str, **more: Any) -> Finding:
    return Finding(
        rule="weakness",
        test=test,
        side=side,
        strength=strength,
        said=text,
        sources=PROTOCOL.cite((*WEAKNESS.sources, *PROTOCOL.tests[test].sources)),
        evidence=WEAKNESS.evidence,
        **more,
    )


def test_a_weak_muscle_is_named_with_its_grade() -> None:
    assert found(seen("TA", grade="4")) == [
        weak(
            "TA",
            "left",
            "present",
            f"{NAMES['TA']}, left: grade 4, weak.",
            because=(quote("TA", "left", grade="4"),),
        )
    ]
    (midline,) = found(seen("UAB", None, grade="3"))
    assert midline.said == f"{NAMES['UAB']}, midline: grade 3, markedly weak."
    assert found(seen("TA", grade="5"), seen("TA", "right", grade="5")) == []
    assert found(seen("TA", not_tested="pain")) == []


def test_in_pain_a_weakness_is_a_possibility_and_a_test_without_pain_is_missing() -> None:
    assert found(seen("TA", grade="2", flags=("pain",))) == [
        weak(
            "TA",
            "left",
            "possible",
            f"{NAMES['TA']}, left: grade 2, possibly weak."
            " Pain may have limited the effort: test again without pain.",
            because=(quote("TA", "left", grade="2", flags=("pain",)),),
            missing=("a test without pain",),
        )
    ]


def test_each_flag_adds_its_own_sentence() -> None:
    flags = ("pain", "substitution", "range-limited")
    weakness, took_over = found(seen("TA", grade="4", flags=flags, substitution="EDL"))
    assert weakness.said == (
        f"{NAMES['TA']}, left: grade 4, possibly weak."
        " Pain may have limited the effort: test again without pain."
        f" {NAMES['EDL']} took over: the grade may be too high."
        " The grade holds for the range that was free."
    )
    assert took_over == Finding(
        rule="substitution",
        test="TA",
        side="left",
        strength="possible",
        took_over="EDL",
        said=f"{NAMES['EDL']} took over for {NAMES['TA']}, left: consider whether it is short or overactive.",
        because=(quote("TA", "left", grade="4", flags=flags, substitution="EDL"),),
        sources=PROTOCOL.cite(PROTOCOL.tests["TA"].sources),
        evidence=WEAKNESS.evidence,
    )


@pytest.mark.parametrize(("named", "said"), [(None, "Another muscle"), ("the trunk", "the trunk")])
def test_what_took_over_need_not_be_a_muscle_of_the_library(named: str | None, said: str) -> None:
    (one,) = found(seen("TA", grade="5", flags=("substitution",), substitution=named))
    assert one.said.startswith(f"{said} took over for {NAMES['TA']}, left")
    assert one.took_over == named


@pytest.mark.parametrize(
    ("code", "strength"),
    [("5", None), ("5-", None), ("4+", "possible"), ("4", "present"), ("3+", "present"), ("3", "marked")],
)
def test_how_weak_a_grade_is(code: str, strength: str | None) -> None:
    assert level(code, WEAKNESS) == strength


def apart(right: Observation, left: Observation, hand: str = "right") -> list[Finding]:
    """What the two sides give besides the weakness of each."""
    return [one for one in found(right, left, hand=hand) if one.rule not in ("weakness", "substitution")]


def sides(test: str, right: str, left: str, hand: str = "right") -> list[tuple[str, Any, Any]]:
    both = seen(test, "right", grade=right), seen(test, grade=left)
    return [(one.rule, one.side, one.strength) for one in apart(*both, hand=hand)]


def test_a_difference_names_both_sides_the_weaker_one_first() -> None:
    assert apart(seen("TA", "right", grade="5"), seen("TA", grade="4")) == [
        Finding(
            rule="side-difference",
            test="TA",
            side="left",
            strength="present",
            said=f"{NAMES['TA']}: left 4, right 5; the left side is weaker (present).",
            because=(quote("TA", "left", grade="4"), quote("TA", "right", grade="5")),
            sources=PROTOCOL.cite(DIFFERENCE.sources),
            evidence=DIFFERENCE.evidence,
        )
    ]


@pytest.mark.parametrize(
    ("right", "left", "expected"),
    [
        ("5", "5", []),
        ("5", "4+", [("side-difference", "left", "possible")]),
        ("4+", "5", [("side-difference", "right", "possible")]),
        ("5", "4", [("side-difference", "left", "present")]),
        ("5", "3+", [("side-difference", "left", "present")]),
        ("5", "3", [("side-difference", "left", "marked")]),
        ("3+", "3", [("side-difference", "left", "marked")]),
        ("3+", "3-", [("side-difference", "left", "marked")]),
    ],
)
def test_how_much_the_sides_differ(right: str, left: str, expected: list[tuple[str, str, str]]) -> None:
    assert sides("TA", right, left) == expected


def test_two_grades_apart_are_marked_and_crossing_gravity_is_never_just_possible() -> None:
    own = replace(DIFFERENCE, marked_at="0", marked=4)
    protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, side_difference=own))

    def strength(right: str, left: str) -> list[Any]:
        both = visit(seen("TA", "right", grade=right), seen("TA", grade=left))
        told = findings(History(patient=PATIENT, visits=(both,)), protocol)
        return [one.strength for one in told if one.rule == "side-difference"]

    assert strength("5", "3") == ["marked"]
    assert strength("5", "3+") == ["present"]
    assert strength("3", "3-") == ["present"]
    assert strength("3+", "3") == ["possible"]


@pytest.mark.parametrize(
    ("right", "left", "hand", "rule"),
    [
        ("5", "4+", "right", "dominance-expected"),
        ("4+", "5", "left", "dominance-expected"),
        ("5", "4+", "left", "side-difference"),
        ("5", "4", "right", "side-difference"),
    ],
)
def test_half_a_grade_in_favour_of_the_dominant_arm_is_expected(
    right: str, left: str, hand: str, rule: str
) -> None:
    assert [one[0] for one in sides("BIC", right, left, hand)] == [rule]


def test_an_expected_difference_says_so() -> None:
    (one,) = apart(seen("BIC", "right", grade="5"), seen("BIC", grade="4+"))
    assert one.said == f"{NAMES['BIC']}: left 4+, right 5; expected in favour of the dominant side."
    assert (one.side, one.strength) == ("left", "possible")
    assert sides("TA", "5", "4+")[0][0] == "side-difference"


@pytest.mark.parametrize("pained", ["right", "left"])
def test_pain_on_one_side_compares_nothing(pained: str) -> None:
    right = seen("TA", "right", grade="5", flags=("pain",) if pained == "right" else ())
    left = seen("TA", grade="3", flags=("pain",) if pained == "left" else ())
    assert apart(right, left) == []


def test_a_muscle_that_is_only_seen_to_be_weak_is_named() -> None:
    (one,) = found(seen("QL", result="positive"))
    assert (one.rule, one.test, one.side, one.strength) == ("weakness", "QL", "left", "present")
    assert one.said == f"{NAMES['QL']}, left: weak."
    (hurts,) = found(seen("QL", "right", result="positive", flags=("pain",)))
    assert (hurts.side, hurts.strength, hurts.missing) == ("right", "possible", ("a test without pain",))
    assert hurts.said.endswith("test again without pain.")
    assert found(seen("QL", result="negative")) == []


def test_three_muscles_that_gave_way_are_told_once_each() -> None:
    def told_of(*names: str, protocol: Protocol = PROTOCOL) -> list[Finding]:
        trials = [seen(name, grade="4", flags=("gives-way",)) for name in names]
        again = seen(names[0], grade="4-", trial=2, flags=("gives-way",))
        return told(list(gave_way(history(visit(*trials, again, seen("GAS", grade="4"))), protocol)))

    (found,) = told_of("TA", "EHL", "PER")
    assert [one.test for one in found.because] == ["TA", "EHL", "PER"]
    assert found.said.startswith("3 muscles gave way suddenly (")
    assert told_of("TA", "EHL") == []
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, gave_way=None))
    assert told_of("TA", "EHL", "PER", protocol=older) == []
