"""Places that are told from points of the body, and two bones that bring their end there."""

import math
from collections.abc import Mapping

from mmt.model.figures import Near, Place

from .space import Vec, across, add, along, length, sub, times, unit

SLACK = 0.6
"""A target that is out of reach by less than this is met with a straight limb."""


class PoseError(Exception):
    """A pose that no body can take; `str()` says which part of it and by how much."""


def middle(root: Vec, target: Vec, upper: float, lower: float, towards: Vec) -> Vec:
    """Where the joint between two bones lies: the first starts at `root`, the second ends at `target`.

    The joint points `towards` a direction. Raises PoseError where the target is out of reach or too near.
    """
    way = sub(target, root)
    far = length(way)
    if far > upper + lower + SLACK:
        raise PoseError(f"the target is {far - upper - lower:.1f} out of reach")
    if far < abs(upper - lower) - SLACK:
        raise PoseError(f"the target is {abs(upper - lower) - far:.1f} too near")
    axis = unit(way)
    far = min(max(far, abs(upper - lower) + 1e-6), upper + lower - 1e-6)
    on_axis = (upper**2 - lower**2 + far**2) / (2 * far)
    off_axis = math.sqrt(max(upper**2 - on_axis**2, 0))
    pole = across(towards, axis)
    if not any(pole):
        raise PoseError("the joint must not point along the limb")
    return add(along(root, axis, on_axis), times(pole, off_axis))


def place(told: Place, points: Mapping[str, Vec]) -> Vec:
    """A place in space. Raises PoseError where it names no point of the body as far as it stands."""
    if not isinstance(told, Near):
        return told
    if told.at not in points:
        known = ", ".join(sorted(points))
        raise PoseError(f'"{told.at}" is not a point of the body at that stage; those are {known}')
    return add(points[told.at], told.plus)
