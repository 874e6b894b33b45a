"""Short muscles: beyond a limit, shorter than the other side, or seen to be short."""

import pytest
from made import PATIENT, PROTOCOL, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.exam_tests import LengthTest, ShortLimit
from mmt.model.observation import Observation
from mmt.model.people import Sex
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason
from mmt.model.visit import History
from mmt.reasoning.length import findings

NAMES = {name: one.name for name, one in PROTOCOL.tests.items()}


def found(*observations: Observation, protocol: Protocol = PROTOCOL, sex: Sex = "female") -> list[Finding]:
    past = History(patient=replace(PATIENT, sex=sex), visits=(visit(*observations),))
    return told(list(findings(past, protocol)), protocol)


def with_limit(name: str, short: ShortLimit) -> Protocol:
    """The shipped protocol with another limit of one test."""
    test = PROTOCOL.tests[name]
    assert isinstance(test, LengthTest)
    return replace(PROTOCOL, tests={**PROTOCOL.tests, name: replace(test, short=short)})


def short(name: str, text: str, *because: Reason) -> Finding:
    test = PROTOCOL.tests[name]
    assert isinstance(test, LengthTest)
    return Finding(
        rule="short",
        test=name,
        side="left",
        strength="present",
        said=text,
        because=because,
        sources=PROTOCOL.cite(test.sources),
        evidence=test.evidence,
    )


def test_a_mean_beyond_its_limit_is_short() -> None:
    trials = (
        seen("L-PKE", degrees=28.0),
        seen("L-PKE", degrees=33.5, trial=2),
        seen("L-PKE", not_tested="time", trial=3),
    )
    assert found(*trials) == [
        short(
            "L-PKE",
            f"{NAMES['L-PKE']}, left: cannot straighten the last 30.75°; up to 30° is usual.",
            quote("L-PKE", "left", degrees=28.0),
            quote("L-PKE", "left", trial=2, degrees=33.5),
        )
    ]
    assert found(seen("L-PKE", degrees=30.0)) == []
    assert [one.test for one in found(seen("L-PKE", degrees=30.5))] == ["L-PKE"]


def test_below_a_limit_from_below_is_short() -> None:
    assert [one.said for one in found(seen("L-LUNGE", millimetres=99.5))] == [
        f"{NAMES['L-LUNGE']}, left: the knee reaches the wall from 99.5 mm; 100 mm or more is usual."
    ]
    assert found(seen("L-LUNGE", millimetres=100.0)) == []


def test_the_limit_may_hang_on_the_sex() -> None:
    own = with_limit("L-PKE", ShortLimit(direction="over", limit=30.0, by_sex={"male": 40.0}))
    assert found(seen("L-PKE", degrees=35.0), protocol=own, sex="male") == []
    assert len(found(seen("L-PKE", degrees=35.0), protocol=own)) == 1


@pytest.mark.parametrize(
    ("left", "right", "differs"), [(60.0, 90.0, True), (60.5, 90.0, False), (90.0, 60.0, False)]
)
def test_a_clearly_shorter_side_is_short(left: float, right: float, differs: bool) -> None:
    trials = seen("L-QL", millimetres=left), seen("L-QL", "right", millimetres=right)
    expected = short(
        "L-QL",
        f"{NAMES['L-QL']}: the left side is shorter by 30 mm.",
        quote("L-QL", "right", millimetres=right),
        quote("L-QL", "left", millimetres=left),
    )
    assert [one for one in found(*trials) if one.side == "left"] == ([expected] if differs else [])


def test_a_side_is_compared_in_the_direction_of_its_test() -> None:
    own = with_limit("L-PKE", ShortLimit(direction="over", limit=None, side_difference=10.0))
    trials = seen("L-PKE", degrees=40.0), seen("L-PKE", "right", degrees=30.0)
    assert [(one.side, one.said) for one in found(*trials, protocol=own)] == [
        ("left", f"{NAMES['L-PKE']}: the left side is shorter by 10°.")
    ]
    assert found(seen("L-PKE", degrees=40.0), protocol=own) == []


def test_a_small_own_difference_counts_in_full() -> None:
    for direction, right in (("under", 61.0), ("over", 59.0)):
        own = with_limit("L-QL", ShortLimit(direction=direction, limit=None, side_difference=1.5))  # type: ignore[arg-type]
        trials = seen("L-QL", millimetres=60.0), seen("L-QL", "right", millimetres=right)
        assert found(*trials, protocol=own) == []


def test_what_is_seen_to_be_short_says_no_number() -> None:
    assert found(seen("L-PIR", result="positive")) == [
        short("L-PIR", f"{NAMES['L-PIR']}, left: short.", quote("L-PIR", "left", result="positive"))
    ]
    assert found(seen("L-PIR", result="negative")) == []
    assert found(seen("L-PIR", not_tested="pain")) == []


def test_a_test_without_a_limit_is_never_short() -> None:
    test = PROTOCOL.tests["L-PKE"]
    assert isinstance(test, LengthTest)
    own = replace(PROTOCOL, tests={**PROTOCOL.tests, "L-PKE": replace(test, short=None)})
    assert found(seen("L-PKE", degrees=90.0), protocol=own) == []


def test_a_test_of_the_midline_has_no_other_side() -> None:
    test = PROTOCOL.tests["L-PKE"]
    assert isinstance(test, LengthTest)
    limit = ShortLimit(direction="over", limit=30.0, side_difference=10.0)
    own = replace(PROTOCOL, tests={**PROTOCOL.tests, "L-PKE": replace(test, sides="midline", short=limit)})
    (one,) = found(seen("L-PKE", None, degrees=35.0), protocol=own)
    assert (one.side, one.because) == (None, (quote("L-PKE", degrees=35.0),))
    assert one.said == f"{NAMES['L-PKE']}, midline: 35°, over the limit of 30°, which is short."
    aside = seen("L-PKE", None, degrees=20.0), seen("L-PKE", "right", degrees=5.0)
    assert found(*aside, protocol=own) == []
