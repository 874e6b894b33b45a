"""Balance of muscles: pairs out of balance, and the crossed patterns with what does not fit."""

from typing import Any

import pytest
from made import PROTOCOL, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.review import Finding
from mmt.reasoning import review
from mmt.reasoning.balance import findings

PAIRS = PROTOCOL.rules.pairs
CROSSED = PROTOCOL.rules.lower_crossed
NAMES = {name: one.name for name, one in PROTOCOL.tests.items()}


def pairs(*observations: Observation) -> list[Finding]:
    return told([one for one in findings(history(visit(*observations)), (), PROTOCOL) if one.rule == "pair"])


def quad_and_hams(quad: str, hams: str, **hams_more: Any) -> list[Finding]:
    return pairs(seen("QUAD", grade=quad), seen("HAMM", grade=hams, **hams_more))


def test_a_pair_names_the_weaker_muscle_against_the_better() -> None:
    assert quad_and_hams("5", "4") == [
        Finding(
            rule="pair",
            test="HAMM",
            side="left",
            strength="present",
            said=f"{NAMES['HAMM']} 4 against {NAMES['QUAD']} 5, left: the pair is out of balance.",
            because=(
                quote("HAMM", "left", grade="4"),
                quote("QUAD", "left", grade="5"),
            ),
            sources=PROTOCOL.cite(PAIRS.sources),
            evidence=PAIRS.evidence,
        )
    ]
    (midline,) = pairs(seen("UAB", None, grade="4"), seen("BEX", None, grade="5"))
    assert (midline.test, midline.side) == ("UAB", None)
    assert "midline" in midline.said


@pytest.mark.parametrize(
    ("quad", "hams", "strength"),
    [
        ("5", "5", None),
        ("5", "4+", "possible"),
        ("4+", "5", "possible"),
        ("5", "4", "present"),
        ("5", "3+", "present"),
        ("5", "3", "marked"),
        ("3+", "3", "marked"),
        ("3+", "3-", "marked"),
    ],
)
def test_how_far_a_pair_is_out_of_balance(quad: str, hams: str, strength: str | None) -> None:
    assert [one.strength for one in quad_and_hams(quad, hams)] == ([strength] if strength else [])


def test_two_grades_apart_are_marked_and_crossing_gravity_is_never_just_possible() -> None:
    own = replace(PROTOCOL.rules.side_difference, marked_at="0", marked=4)
    protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, side_difference=own))

    def strength(quad: str, hams: str) -> list[Any]:
        both = visit(seen("QUAD", grade=quad), seen("HAMM", grade=hams))
        return [one.strength for one in findings(history(both), (), protocol)]

    assert strength("5", "3") == ["marked"]
    assert strength("5", "3+") == ["present"]
    assert strength("3", "3-") == ["present"]
    assert strength("3+", "3") == ["possible"]
    against_two = visit(seen("QUAD", grade="3"), seen("HAMM", grade="5"), seen("HAML", grade="4"))
    assert [one.strength for one in findings(history(against_two), (), protocol)] == ["marked"]


def test_pain_or_a_missing_grade_leaves_a_pair_unread() -> None:
    assert quad_and_hams("5", "3", flags=("pain",)) == []
    assert pairs(seen("QUAD", grade="5", flags=("pain",)), seen("HAMM", grade="3")) == []
    assert pairs(seen("QUAD", grade="5"), seen("HAMM", "right", grade="3")) == []
    assert pairs(seen("HAMM", grade="3")) == []


def crossed(*observations: Observation) -> list[Finding]:
    found = review(history(visit(*observations)), PROTOCOL).findings
    return told([one for one in found if one.rule == "pattern-lower-crossed"])


def test_a_crossed_pattern_tells_what_fits_what_does_not_and_what_is_missing() -> None:
    short = seen("L-PKE", degrees=42.0), seen("L-THO", "right", degrees=8.0)
    weak = seen("GMAX", grade="4"), seen("GMED", "right", grade="3"), seen("GMED", grade="4")
    other = seen("L-ADD", degrees=45.0), seen("L-PIR", not_tested="pain"), seen("LAB", None, grade="5")
    assert crossed(*short, *weak, *other) == [
        Finding(
            rule="pattern-lower-crossed",
            strength="possible",
            said=f"Fits the {CROSSED.name}, a hypothesis with thin evidence: "
            "2 short and 2 weak of its muscles."
            f" What does not fit: {NAMES['L-ADD']}, {NAMES['LAB']}.",
            because=(
                quote("L-THO", "right", degrees=8.0),
                quote("L-PKE", "left", degrees=42.0),
                quote("GMAX", "left", grade="4"),
                quote("GMED", "right", grade="3"),
                quote("GMED", "left", grade="4"),
            ),
            missing=("L-RF", "L-ELY", "L-TFLa", "L-OBER", "L-QL", "L-SLR", "L-PIR", "UAB", "OBL", "GMIN"),
            sources=PROTOCOL.cite(CROSSED.sources),
            evidence=CROSSED.evidence,
        )
    ]


SHORT_TWO = (seen("L-PKE", degrees=42.0), seen("L-THO", degrees=8.0))
WEAK_TWO = (seen("GMAX", grade="4"), seen("GMED", grade="4"))


def test_a_crossed_pattern_that_all_fits_says_no_more() -> None:
    (one,) = crossed(*SHORT_TWO, *WEAK_TWO)
    assert one.said.endswith("2 short and 2 weak of its muscles.")


def test_a_painful_muscle_of_a_crossed_pattern_is_said_not_to_count() -> None:
    (one,) = crossed(*SHORT_TWO, *WEAK_TWO, seen("GMIN", grade="4", flags=("pain",)))
    assert one.missing[-1] == "GMIN: painful, not counted"
    assert "GMIN" not in one.missing


@pytest.mark.parametrize(
    "observations",
    [
        (*SHORT_TWO, WEAK_TWO[0]),
        (SHORT_TWO[0], *WEAK_TWO),
        (SHORT_TWO[0], seen("L-SLR", degrees=40.0), *WEAK_TWO),
        (*SHORT_TWO, seen("GMED", grade="4"), seen("GMED", "right", grade="4")),
        (*SHORT_TWO, WEAK_TWO[0], seen("GMED", grade="4+")),
        (*SHORT_TWO, WEAK_TWO[0], seen("GMED", grade="4", flags=("pain",))),
        (*SHORT_TWO, WEAK_TWO[0], seen("TA", grade="3")),
        (SHORT_TWO[0], seen("L-GAS", degrees=5.0), *WEAK_TWO),
    ],
)
def test_fewer_muscles_make_no_crossed_pattern(observations: tuple[Observation, ...]) -> None:
    assert crossed(*observations) == []


def test_the_upper_crossed_pattern_is_read_as_well() -> None:
    short = seen("L-PMI", millimetres=40.0), seen("L-UT", degrees=20.0), seen("L-UT", "right", degrees=40.0)
    weak = seen("DNF", None, grade="4"), seen("LT", grade="4")
    found = review(history(visit(*short, *weak)), PROTOCOL).findings
    assert [(one.rule, one.side) for one in found if "crossed" in one.rule] == [
        ("pattern-upper-crossed", None)
    ]


def test_a_muscle_weaker_than_several_is_one_finding_as_strong_as_the_clearest_of_them() -> None:
    (one,) = pairs(seen("QUAD", grade="4"), seen("HAMM", grade="4+"), seen("HAML", grade="5"))
    assert (one.test, one.strength) == ("QUAD", "present")
    others = f"{NAMES['HAMM']} 4+, {NAMES['HAML']} 5"
    assert one.said == f"{NAMES['QUAD']} 4 against {others}, left: these pairs are out of balance."
    assert [reason.test for reason in one.because] == ["QUAD", "HAMM", "HAML"]
