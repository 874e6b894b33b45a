"""A limb of a drawing stands by its angles or by its place, never by both."""

from typing import Any

import msgspec
import pytest

from mmt.model.figures import Arm, Leg, Prop


@pytest.mark.parametrize("given", [{"hip": 30.0}, {"sole": (0.0, 0.0, 0.0)}, {"ankle": (0.0, 0.0, 0.0)}, {}])
def test_a_leg_stands_by_angles_or_by_a_place(given: dict[str, Any]) -> None:
    assert msgspec.convert(given, Leg).placed is bool({"sole", "ankle"} & given.keys())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"sole": (0.0, 0.0, 0.0), "ankle": (0.0, 0.0, 0.0)}, "needs `sole` or `ankle`, not both"),
        ({"sole": (0.0, 0.0, 0.0), "knee": 10.0}, "needs angles or a place, not both"),
        ({"ankle": (0.0, 0.0, 0.0), "hip": 10.0}, "needs angles or a place, not both"),
        ({"ankle": (0.0, 0.0, 0.0), "out": 10.0}, "needs angles or a place, not both"),
        ({"ankle": (0.0, 0.0, 0.0), "turn": 10.0}, "needs angles or a place, not both"),
    ],
)
def test_a_leg_in_two_places_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=says):
        msgspec.convert(given, Leg)


@pytest.mark.parametrize("angle", ["lift", "out", "turn", "elbow"])
def test_an_arm_is_raised_or_laid_down_not_both(angle: str) -> None:
    assert msgspec.convert({angle: 40.0}, Arm).palm is None
    with pytest.raises(msgspec.ValidationError, match="needs angles or a `palm`, not both"):
        msgspec.convert({"palm": (0.0, 0.0, 0.0), angle: 40.0}, Arm)


def test_a_strap_goes_through_places_and_nothing_else_does() -> None:
    ends = [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0)]
    assert msgspec.convert({"kind": "strap", "through": ends}, Prop).through == tuple(ends)
    for given in ({"kind": "strap"}, {"kind": "chair", "through": ends}):
        with pytest.raises(msgspec.ValidationError, match="`through` belongs to a strap"):
            msgspec.convert(given, Prop)
