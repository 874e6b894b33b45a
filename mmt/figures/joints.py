"""How far each joint of a pose goes, told from the bones as they lie."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.figures import Limits, Pose, Range

from .build import Built
from .skeleton import SIDES, Bone
from .space import Frame, Vec, across, angle, cross, dot, times, turned

STRAIGHT_UP = 150.0
"""An arm raised farther than this from hanging can be turned either way at the shoulder."""


class Joint(NamedTuple):
    """A joint with its degrees and its limits."""

    name: str
    degrees: float
    limits: Range

    @property
    def beyond(self) -> bool:
        return not self.limits[0] <= self.degrees <= self.limits[1]


def joints(built: Built, pose: Pose, limits: Limits) -> Iterator[Joint]:
    """Every joint of a body in a pose."""
    yield Joint("low_back", pose.low_back, limits.low_back)
    yield Joint("upper_back", pose.upper_back, limits.upper_back)
    yield Joint("side_bend", pose.side_bend, limits.side_bend)
    yield Joint("neck", pose.neck + pose.nod, limits.neck)
    yield Joint("tip", pose.tip, limits.tip)
    for side, sign in SIDES.items():
        yield from _leg(built, side, sign, limits)
        yield from _arm(built, side, sign, limits)


def _leg(built: Built, side: str, sign: int, limits: Limits) -> Iterator[Joint]:
    thigh, shank, foot = (built.bones[f"{side}_{part}"] for part in ("thigh", "shank", "foot"))
    hip, out, turn = hanging(thigh, built.spine[0].frame, sign)
    yield Joint(f"{side}_leg.hip", hip, limits.hip)
    yield Joint(f"{side}_leg.out", out, limits.out)
    yield Joint(f"{side}_leg.turn", turn, limits.turn)
    yield Joint(f"{side}_leg.knee", _bend(thigh.axis, shank.axis, times(thigh.front, -1)), limits.knee)
    yield Joint(f"{side}_leg.foot", _bend(shank.front, foot.axis, shank.axis), limits.foot)


def _arm(built: Built, side: str, sign: int, limits: Limits) -> Iterator[Joint]:
    upper, fore, hand = (built.bones[f"{side}_{part}"] for part in ("upper", "fore", "hand"))
    yield Joint(f"{side}_arm.elbow", _bend(upper.axis, fore.axis, upper.front), limits.elbow)
    yield Joint(f"{side}_arm.wrist", angle(fore.axis, hand.axis), limits.wrist)
    chest = built.spine[-2].frame
    down = times(chest.up, -1)
    raised = angle(upper.axis, down)
    if raised < STRAIGHT_UP:
        axis = across(cross(down, upper.axis), down) or chest.left
        plain = turned(chest.front, axis, raised) if any(axis) else chest.front
        yield Joint(f"{side}_arm.turn", _twist(plain, upper.front, upper.axis) * -sign, limits.arm_turn)


def hanging(bone: Bone, frame: Frame, sign: int) -> tuple[float, float, float]:
    """Forward, out and turn, the three turns by which a limb hangs in a frame as it does."""
    forward, left, up = frame.inward(bone.axis)
    out = math.degrees(math.asin(max(-1.0, min(1.0, left * sign))))
    flexed = math.degrees(math.atan2(forward, -up))
    plain = turned(turned(frame.front, frame.front, out * sign), frame.left, -flexed)
    return flexed, out, _twist(plain, bone.front, bone.axis) * -sign


def _bend(first: Vec, second: Vec, towards: Vec) -> float:
    """Degrees by which a limb's second bone deviates from its first, in the direction in which it bends."""
    return math.degrees(math.atan2(dot(second, towards), dot(second, first)))


def _twist(plain: Vec, front: Vec, axis: Vec) -> float:
    """Degrees from one direction to another round an axis."""
    return math.degrees(math.atan2(dot(cross(plain, front), axis), dot(plain, front)))
