"""What was seen of a side as evidence: weak, normal, lost or positive, and how much it counts."""

import pytest
from made import PROTOCOL, history, seen, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.exam_tests import CountTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.reasoning.evidence import Evidence, gather, lacking
from mmt.reasoning.wording import missing_said

RAISES = PROTOCOL.tests["HEEL-RAISE"]
assert isinstance(RAISES, CountTest)


def gathered(*observations: Observation, protocol: Protocol = PROTOCOL) -> dict[str, Evidence]:
    return gather(history(visit(*observations)), protocol, "left")


def with_count(test: CountTest, limit: int | None = None) -> Protocol:
    """The shipped protocol with another counted test, which alarms at `limit`."""
    alarm = replace(PROTOCOL.rules.motor_alarm, counts={} if limit is None else {test.id: limit})
    rules = replace(PROTOCOL.rules, motor_alarm=alarm)
    return replace(PROTOCOL, tests={**PROTOCOL.tests, test.id: test}, rules=rules)


@pytest.mark.parametrize(
    ("grade", "abnormal", "weight"),
    [("5", False, 1.0), ("4", True, 1.0), ("4-", True, 1.125), ("3", True, 1.25), ("0", True, 2.0)],
)
def test_the_deeper_a_weakness_the_more_it_counts(grade: str, abnormal: bool, weight: float) -> None:
    one = seen("TA", grade=grade)
    assert gathered(one) == {"TA": Evidence(test="TA", seen=one, abnormal=abnormal, weight=weight)}


def test_a_muscle_that_another_helped_counts_half() -> None:
    helped = {"flags": ("substitution",), "substitution": "EDL"}
    assert [one.weight for one in gathered(seen("TA", grade="3", **helped)).values()] == [0.625]
    assert [one.weight for one in gathered(seen("TA", grade="5", **helped)).values()] == [0.5]


@pytest.mark.parametrize(
    "one",
    [
        seen("TA", grade="4+"),
        seen("TA", grade="3", flags=("pain",)),
        seen("TA", not_tested="pain"),
        seen("TA", "right", grade="3"),
        seen("BIC", grade="3"),
    ],
)
def test_a_slight_painful_or_untested_one_says_nothing(one: Observation) -> None:
    assert gathered(one) == {}


@pytest.mark.parametrize(
    ("left", "right", "abnormal"),
    [
        (2, None, False),
        (4, None, False),
        (1, None, True),
        (0, 2, True),
        (1, 1, None),
        (1, 0, None),
        (0, 1, True),
        (2, 2, False),
        (2, 0, False),
    ],
)
def test_a_reflex_is_lost_unless_it_is_as_low_on_the_other_side(
    left: int, right: int | None, abnormal: bool | None
) -> None:
    name = "REFLEX-ACHILLES"
    here = seen(name, count=left)
    across = [] if right is None else [seen(name, "right", count=right)]
    found = gathered(here, *across)
    if abnormal is None:
        assert found == {}
    else:
        known = right is not None
        assert found == {name: Evidence(test=name, seen=here, abnormal=abnormal, weight=1.0, compared=known)}


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [("absent", None, [1.0]), ("less", None, [0.5]), ("less", "normal", [0.5]), ("less", "less", None),
     ("less", "absent", None), ("absent", "less", [1.0]), ("more", "normal", [0.5]), ("more", "more", None),
     ("normal", None, []), ("normal", "normal", []), ("normal", "less", [])],
)  # fmt: skip
def test_touch_counts_by_how_much_is_gone_unless_it_is_no_better_on_the_other_side(
    left: str, right: str | None, told: list[float] | None
) -> None:
    across = [] if right is None else [seen("TOUCH-L5", "right", touch=right)]
    found = gathered(seen("TOUCH-L5", touch=left), *across)
    assert (list(found), [one.weight for one in found.values() if one.abnormal]) == (
        ([], []) if told is None else (["TOUCH-L5"], told)
    )


@pytest.mark.parametrize(("result", "abnormal"), [("positive", True), ("negative", False)])
def test_a_sign_is_evidence_either_way(result: str, abnormal: bool) -> None:
    one = seen("SLR", result=result)
    assert gathered(one) == {"SLR": Evidence(test="SLR", seen=one, abnormal=abnormal, weight=1.0)}


@pytest.mark.parametrize(
    ("left", "right", "abnormal"),
    [
        (1, None, True),
        (2, None, None),
        (24, None, None),
        (25, None, False),
        (17, 24, True),
        (18, 24, None),
        (33, 40, False),
        (26, 34, True),
    ],
)
def test_a_count_speaks_for_the_calf_that_was_not_graded(
    left: int, right: int | None, abnormal: bool | None
) -> None:
    here = seen("HEEL-RAISE", count=left)
    across = [] if right is None else [seen("HEEL-RAISE", "right", count=right)]
    found = gathered(here, *across)
    if abnormal is None:
        assert found == {}
    else:
        assert found == {"GAS": Evidence(test="GAS", seen=here, abnormal=abnormal, weight=1.0)}


def test_a_grade_of_the_calf_goes_before_its_count() -> None:
    graded = seen("GAS", grade="5")
    assert gathered(graded, seen("HEEL-RAISE", count=0))["GAS"].seen == graded
    pained = seen("GAS", grade="3", flags=("pain",))
    assert gathered(pained, seen("HEEL-RAISE", count=0)) == {}
    assert gathered(seen("HEEL-RAISE", count=0, flags=("pain",))) == {}
    painful_side = seen("HEEL-RAISE", "right", count=24, flags=("pain",))
    assert gathered(seen("HEEL-RAISE", count=17), painful_side) == {}


def test_a_count_is_read_by_the_convention_of_the_clinic() -> None:
    here = seen("HEEL-RAISE", count=21)
    assert gathered(here) == {}
    sixth = replace(RAISES, conventions=RAISES.conventions[1:])
    assert [one.abnormal for one in gathered(here, protocol=with_count(sixth, 1)).values()] == [False]
    plain = with_count(replace(RAISES, conventions=()), None)
    assert gathered(seen("HEEL-RAISE", count=40), protocol=plain) == {}
    assert gathered(seen("HEEL-RAISE", count=0), protocol=plain) == {}
    alarming = with_count(replace(RAISES, conventions=()), 0)
    assert [one.abnormal for one in gathered(seen("HEEL-RAISE", count=0), protocol=alarming).values()] == [
        True
    ]


def lacked(*observations: Observation, side: Side = "left") -> tuple[str, ...]:
    lacks = lacking(("TA", "GAS", "SLR"), visit(*observations), side, PROTOCOL)
    return tuple(missing_said(one, str) for one in lacks.all)


def test_what_gives_no_value_is_untested_and_a_painful_one_says_that_it_does_not_count() -> None:
    assert lacked() == ("TA", "GAS", "SLR")
    assert lacked(seen("TA", grade="5"), seen("HEEL-RAISE", count=9), seen("SLR", result="negative")) == ()
    painful = seen("TA", grade="5", flags=("pain",))
    assert lacked(painful, seen("GAS", not_tested="time")) == ("GAS", "SLR", "TA: painful, not counted")
    assert lacked(seen("TA", grade="5"), side="right") == ("TA", "GAS", "SLR")
    assert lacked(seen("TA", grade="4", flags=("pain",)), seen("TA", grade="4", trial=2)) == ("GAS", "SLR")
