"""Leg length: what each method measured, what the methods say together, and what is still missing."""

import pytest
from made import PROTOCOL, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import LegLengthTest
from mmt.model.observation import Observation
from mmt.model.review import Finding, LegLength, MethodReading
from mmt.reasoning import review
from mmt.reasoning.leg_length import finding, leg_length, leg_shown, method_reading
from mmt.reasoning.words import ENGLISH

RULE = PROTOCOL.rules.leg_length


def method(name: str) -> LegLengthTest:
    test = PROTOCOL.tests[name]
    assert isinstance(test, LegLengthTest)
    return test


ONE = replace(
    PROTOCOL,
    tests={
        **PROTOCOL.tests,
        **{name: replace(method(name), readings=1) for name in ("LL-TRUE", "LL-APPARENT")},
    },
)
"""One reading by tape is enough here, so that its limit is the usual one."""


def two_legs(name: str, right: float, left: float) -> list[Observation]:
    return [seen(name, "right", millimetres=right), seen(name, "left", millimetres=left)]


def block(millimetres: float, side: Side = "left") -> Observation:
    return seen("LL-BLOCK", side, millimetres=millimetres)


def measured(*observations: Observation) -> LegLength:
    found = leg_length(history(visit(*observations)), ONE)
    assert found is not None
    return told(found)


def read(name: str, *observations: Observation) -> MethodReading | None:
    return method_reading(ONE.tests[name], visit(*observations))  # type: ignore[arg-type]


def test_a_tape_gives_means_a_difference_and_the_shorter_leg() -> None:
    trials = [
        *two_legs("LL-TRUE", 900.0, 888.0),
        seen("LL-TRUE", "left", 2, millimetres=890.0),
        seen("LL-TRUE", "right", 2, not_tested="pain"),
    ]
    assert read("LL-TRUE", *trials) == MethodReading(
        method="LL-TRUE",
        right=900.0,
        left=889.0,
        difference=11.0,
        shorter="left",
        error=10.0,
        beyond_error=True,
        readings=1,
        repeat=False,
    )
    assert read("LL-TRUE") is None
    other = read("LL-TRUE", *two_legs("LL-TRUE", 890.0, 900.0))
    assert other is not None
    assert (other.shorter, other.difference, other.beyond_error) == ("right", 10.0, True)
    within = read("LL-TRUE", *two_legs("LL-TRUE", 900.0, 900.5))
    assert within is not None
    assert (within.shorter, within.difference, within.beyond_error) == ("right", 0.5, False)
    level = read("LL-TRUE", *two_legs("LL-TRUE", 900.0, 900.0))
    assert level is not None
    assert (level.shorter, level.difference, level.beyond_error) == (None, 0.0, False)


@pytest.mark.parametrize(("right", "left"), [(900.0, None), (None, 880.0)])
def test_one_leg_alone_compares_nothing(right: float | None, left: float | None) -> None:
    sides: tuple[tuple[Side, float | None], ...] = (("right", right), ("left", left))
    trials = [seen("LL-TRUE", side, millimetres=value) for side, value in sides if value]
    assert read("LL-TRUE", *trials) == MethodReading(
        method="LL-TRUE", right=right, left=left, error=15.0, readings=0
    )
    lacks = "left" if right else "right"
    found = measured(*trials)
    name = PROTOCOL.tests["LL-TRUE"].name
    assert found.said == f"{name}: the {lacks} leg is not measured, so nothing can be compared yet."
    assert (found.reading, found.category, found.lift, found.size) == ("none", "common", (), None)


@pytest.mark.parametrize(("second", "repeat"), [(895.0, True), (895.5, False), (905.0, True)])
def test_two_readings_apart_ask_for_a_third(second: float, repeat: bool) -> None:
    trials = [*two_legs("LL-TRUE", 900.0, 900.0), seen("LL-TRUE", "right", 2, millimetres=second)]
    found = read("LL-TRUE", *trials)
    assert found is not None
    assert found.repeat is repeat
    said = ENGLISH["leg-repeat"].format(limit=5)
    assert (said in measured(*trials).said) is repeat
    third = [*trials, seen("LL-TRUE", "right", 3, millimetres=900.0)]
    assert said not in measured(*third).said


def test_a_block_gives_the_mean_of_its_readings_on_the_lower_side() -> None:
    trials = [block(9.0), seen("LL-BLOCK", "left", 2, millimetres=8.0)]
    assert read("LL-BLOCK", *trials) == MethodReading(
        method="LL-BLOCK", difference=8.5, shorter="left", error=8.0, beyond_error=True, readings=2
    )
    for height, side, shorter, beyond in (
        (8.0, "right", "right", True),
        (7.5, "right", "right", False),
        (0.5, "right", "right", False),
        (1.0, "right", "right", False),
        (0.0, "left", None, False),
    ):
        found = read("LL-BLOCK", block(height, side))  # type: ignore[arg-type]
        assert found is not None
        assert (found.shorter, found.beyond_error) == (shorter, beyond)
    assert read("LL-BLOCK", seen("LL-BLOCK", not_tested="time")) is None


@pytest.mark.parametrize(
    ("left", "right", "shorter"),
    [
        ("positive", "negative", "left"),
        ("negative", "positive", "right"),
        ("positive", None, "left"),
        ("positive", "positive", None),
        ("negative", "negative", None),
    ],
)
def test_a_screening_look_names_the_shorter_side(left: str, right: str | None, shorter: Side | None) -> None:
    name = "LL-ALLIS-FEMUR"
    trials = [seen(name, result=left), *([seen(name, "right", result=right)] if right else [])]
    assert read(name, *trials) == MethodReading(method=name, shorter=shorter)
    assert read(name) is None


TAPE_SHORT, TAPE_LEVEL = two_legs("LL-TRUE", 900.0, 886.0), two_legs("LL-TRUE", 900.0, 898.0)
BELLY_SHORT = two_legs("LL-APPARENT", 950.0, 936.0)
BELLY_LEVEL = two_legs("LL-APPARENT", 950.0, 948.0)


def test_what_the_methods_say_together_rests_on_each_value() -> None:
    found = measured(*TAPE_SHORT, block(14.0), seen("LL-PRONE", not_tested="time"))
    assert found == LegLength(
        methods=found.methods,
        reading="structural",
        category="mild",
        shorter="left",
        size=14.0,
        lift=found.lift,
        said=f"{ENGLISH['leg-structural'].format(side='left')} {ENGLISH['size-mild'].format(size=14)}",
        because=(
            quote("LL-TRUE", "right", millimetres=900.0),
            quote("LL-TRUE", "left", millimetres=886.0),
            quote("LL-BLOCK", "left", millimetres=14.0),
        ),
        missing=("LL-APPARENT",),
        sources=PROTOCOL.cite((*RULE.sources, *PROTOCOL.rules.lift.sources)),
        evidence=RULE.evidence,
    )
    assert [one.method for one in found.methods] == ["LL-TRUE", "LL-BLOCK"]
    assert len(found.lift) == 4
    assert leg_length(history(visit(seen("LL-TRUE", not_tested="time"))), PROTOCOL) is None


@pytest.mark.parametrize(
    ("trials", "reading", "shorter"),
    [
        ([*TAPE_LEVEL, block(2.0)], "none", None),
        (TAPE_SHORT, "inconclusive", None),
        ([block(14.0)], "inconclusive", None),
        ([*TAPE_LEVEL, block(14.0)], "functional", "left"),
        ([*TAPE_LEVEL, *BELLY_SHORT], "functional", "left"),
        ([*TAPE_SHORT, block(14.0, "right")], "inconclusive", None),
        ([*TAPE_SHORT, *BELLY_SHORT], "structural", "left"),
        ([*TAPE_SHORT, block(0.0), *BELLY_LEVEL], "structural-compensated", "left"),
        ([*TAPE_SHORT, block(0.0)], "inconclusive", None),
        ([*TAPE_SHORT, *BELLY_LEVEL], "inconclusive", None),
        ([*BELLY_SHORT, seen("LL-ALLIS-FEMUR", result="positive")], "inconclusive", None),
    ],
)
def test_the_reading_is_that_of_the_methods_beyond_their_error(
    trials: list[Observation], reading: str, shorter: Side | None
) -> None:
    found = measured(*trials)
    assert (found.reading, found.shorter) == (reading, shorter)
    assert found.said.startswith(ENGLISH[f"leg-{found.reading}"].format(side=shorter or ""))
    assert (found.sources == PROTOCOL.cite(RULE.sources)) is (len(found.lift) == 1)


@pytest.mark.parametrize(
    ("trials", "size", "category"),
    [
        ([block(7.5)], 7.5, "common"),
        ([block(8.0)], 8.0, "small"),
        ([block(9.5)], 9.5, "small"),
        ([block(10.0)], 10.0, "mild"),
        ([block(19.5)], 19.5, "mild"),
        ([block(20.0)], 20.0, "likely-to-matter"),
        ([*TAPE_SHORT, block(8.0)], 8.0, "small"),
        (TAPE_SHORT, 14.0, "mild"),
        (two_legs("LL-TRUE", 900.0, 890.5), 9.5, "common"),
        (BELLY_SHORT, None, "common"),
        ([*two_legs("LL-TRUE", 900.0, 860.0), block(2.0)], None, "common"),
    ],
)
def test_the_size_is_the_blocks_where_it_was_done(
    trials: list[Observation], size: float | None, category: str
) -> None:
    found = measured(*trials)
    assert (found.size, found.category) == (size, category)
    assert any(one in found.said for one in ("mm", ENGLISH["size-common"])) is (size is not None)


@pytest.mark.parametrize(
    ("side", "height", "apart"), [("left", 8.5, True), ("left", 9, False), ("right", 8.5, False)]
)
def test_tape_and_blocks_are_apart_in_size_where_they_name_the_same_leg(
    side: Side, height: float, apart: bool
) -> None:
    found = measured(*two_legs("LL-TRUE", 827.0, 800.0), block(height, side))
    assert (ENGLISH["leg-apart"] in found.said) is apart


def test_screening_alone_decides_nothing() -> None:
    found = measured(seen("LL-PRONE", millimetres=12.0), seen("LL-ALLIS-FEMUR", result="positive"))
    assert (found.reading, found.said, found.lift) == ("none", ENGLISH["leg-screening"], ())
    assert found.missing == ("LL-TRUE", "LL-BLOCK", "LL-APPARENT")
    assert list(finding(found)) == []


@pytest.mark.parametrize(
    ("trials", "strength"),
    [
        ([*TAPE_SHORT, block(14.0)], "present"),
        ([*TAPE_SHORT, block(20.0)], "marked"),
        ([block(30.0)], "possible"),
        ([*TAPE_LEVEL, block(14.0)], "present"),
    ],
)
def test_a_reading_beyond_error_is_a_finding(trials: list[Observation], strength: str) -> None:
    found = measured(*trials)
    assert list(finding(found)) == [
        Finding(
            rule="leg-length",
            side=found.shorter,
            strength=strength,  # type: ignore[arg-type]
            said=found.said,
            because=found.because,
            missing=found.missing,
            sources=found.sources,
            evidence=found.evidence,
        )
    ]


def test_no_reading_is_no_finding() -> None:
    assert list(finding(None)) == []
    assert list(finding(measured(*TAPE_LEVEL))) == []


def test_a_method_without_an_error_never_votes() -> None:
    free = replace(method("LL-BLOCK"), error=None)
    protocol = replace(PROTOCOL, tests={**PROTOCOL.tests, "LL-BLOCK": free})
    found = leg_length(history(visit(block(30.0))), protocol)
    assert found is not None
    assert (found.reading, found.category) == ("none", "common")
    assert not found.methods[0].beyond_error


SINGLE = [
    (15.0, True, "inconclusive"),
    (14.5, False, "none"),
    (10.0, False, "none"),
]


@pytest.mark.parametrize(("apart", "beyond", "reading"), SINGLE)
def test_single_readings_by_tape_have_a_wider_limit_and_it_is_said(
    apart: float, beyond: bool, reading: str
) -> None:
    found = leg_length(history(visit(*two_legs("LL-TRUE", 900.0, 900.0 - apart))), PROTOCOL)
    assert found is not None
    assert (found.methods[0].error, found.methods[0].beyond_error, found.reading) == (15.0, beyond, reading)
    test = method("LL-TRUE")
    assert ENGLISH["leg-single"].format(test=test, limit=15) in told(found).said


@pytest.mark.parametrize(
    ("apart", "reading"), [(9.5, "functional"), (10.0, "inconclusive"), (15.0, "structural")]
)
def test_single_readings_that_leave_it_open_make_no_difference_one_of_position(
    apart: float, reading: str
) -> None:
    tape = two_legs("LL-TRUE", 900.0, 900.0 - apart)
    found = leg_length(history(visit(*tape, block(14.0))), PROTOCOL)
    assert found is not None
    assert found.reading == reading


def test_the_mean_of_two_readings_has_the_usual_limit() -> None:
    twice = [replace(one, trial=at) for one in two_legs("LL-TRUE", 900.0, 890.0) for at in (1, 2)]
    found = leg_length(history(visit(*twice)), PROTOCOL)
    assert found is not None
    assert (found.methods[0].error, found.methods[0].beyond_error) == (10.0, True)
    assert "fewer readings" not in told(found).said


def test_level_under_one_side_does_not_contradict_the_other() -> None:
    assert measured(block(0.0), block(9.0, "right")).methods[0].contradicts is False
    assert measured(block(1.0), block(8.0, "right")).methods[0].contradicts is True


def test_a_method_without_an_error_says_two_things_where_it_was_written_under_both_sides() -> None:
    both = visit(seen("LL-BLOCK", millimetres=0.2), seen("LL-BLOCK", "right", millimetres=0.3))
    found = method_reading(replace(method("LL-BLOCK"), error=None), both)
    assert found is not None
    assert found.contradicts


def test_of_one_leg_alone_its_side_and_length_are_shown() -> None:
    for side in SIDES:
        found = review(history(visit(seen("LL-TRUE", side, millimetres=855))), PROTOCOL).leg_length
        assert found is not None
        assert [leg_shown(one) for one in found.methods if one.method == "LL-TRUE"] == [f"{side} 855 mm"]
