"""Points and directions in space, and frames that turn."""

import math
from typing import NamedTuple

Vec = tuple[float, float, float]


def add(a: Vec, b: Vec) -> Vec:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def sub(a: Vec, b: Vec) -> Vec:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def times(a: Vec, by: float) -> Vec:
    return a[0] * by, a[1] * by, a[2] * by


def along(start: Vec, direction: Vec, by: float) -> Vec:
    """The point this far from `start` in a direction."""
    return start[0] + direction[0] * by, start[1] + direction[1] * by, start[2] + direction[2] * by


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vec) -> float:
    return math.sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    """The same direction with length 1; a null vector stays null."""
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else (0.0, 0.0, 0.0)


def between(a: Vec, b: Vec, part: float) -> Vec:
    """The point that lies this part of the way from `a` to `b`."""
    return along(a, sub(b, a), part)


def across(direction: Vec, axis: Vec) -> Vec:
    """What of a direction is at right angles to a unit axis, with length 1; null where nothing is."""
    return unit(along(direction, axis, -dot(direction, axis)))


def angle(a: Vec, b: Vec) -> float:
    """Degrees between two directions."""
    return math.degrees(math.atan2(length(cross(a, b)), dot(a, b)))


def turned(a: Vec, axis: Vec, degrees: float) -> Vec:
    """A direction turned round a unit axis, anticlockwise as seen from the axis's tip."""
    if not degrees:
        return a
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return add(add(times(a, cos), times(cross(axis, a), sin)), times(axis, dot(axis, a) * (1 - cos)))


class Frame(NamedTuple):
    """Which way something faces: three unit directions at right angles."""

    front: Vec = (1.0, 0.0, 0.0)
    left: Vec = (0.0, 1.0, 0.0)
    up: Vec = (0.0, 0.0, 1.0)

    def turned(self, axis: Vec, degrees: float) -> "Frame":
        """The frame turned round an axis in space."""
        return Frame(*(turned(one, axis, degrees) for one in self))

    def bent(self, *, forward: float = 0, left: float = 0, twist: float = 0) -> "Frame":
        """The frame tipped forward, tipped to its left and twisted to its left, in degrees."""
        made = self.turned(self.left, forward)
        made = made.turned(made.front, -left)
        return made.turned(made.up, twist)

    def out(self, local: Vec) -> Vec:
        """A direction given as (front, left, up) of this frame, in space."""
        return add(add(times(self.front, local[0]), times(self.left, local[1])), times(self.up, local[2]))

    def inward(self, direction: Vec) -> Vec:
        """A direction in space as (front, left, up) of this frame."""
        return dot(direction, self.front), dot(direction, self.left), dot(direction, self.up)
