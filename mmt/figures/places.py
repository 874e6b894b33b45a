"""Places that are told from points of the body."""

from collections.abc import Mapping

from mmt.model.figures import Near, Place

from .reach import PoseError
from .space import Vec, add


def place(told: Place, points: Mapping[str, Vec]) -> Vec:
    """A place in space. Raises PoseError where it names no point of the body as far as it stands."""
    if not isinstance(told, Near):
        return told
    if told.at not in points:
        known = ", ".join(sorted(points))
        raise PoseError(f'"{told.at}" is not a point of the body at that stage; those are {known}')
    return add(points[told.at], told.plus)
