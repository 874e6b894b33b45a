"""Round parts of the body: rings along a line, and the outline that they show to an eye."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .space import Vec, add, between, cross, dot, times

Point = tuple[float, float]
"""A point of a picture: to the right, up."""


class Eye(NamedTuple):
    """An eye far away: what is right and up in its picture, and the direction towards it."""

    right: Vec
    up: Vec
    near: Vec

    def sees(self, at: Vec) -> Point:
        return dot(at, self.right), dot(at, self.up)


def eye(turn: float, height: float) -> Eye:
    """The eye that looks at the front (`turn` 0), the left side (90) or the back, from above by `height`."""
    a, h = math.radians(turn), math.radians(height)
    near = (math.cos(a) * math.cos(h), math.sin(a) * math.cos(h), math.sin(h))
    right = (-math.sin(a), math.cos(a), 0.0)
    return Eye(right, cross(near, right), near)


class Ring(NamedTuple):
    """A cut through a round part: how far its skin is from the middle at the front, at the back, sideways."""

    at: Vec
    front: Vec
    side: Vec
    f: float
    b: float
    s: float

    def reaches(self, direction: Vec) -> tuple[float, float]:
        """How far the ring reaches from its middle in a direction, and in the opposite one."""
        across, wide = dot(direction, self.front), dot(direction, self.side) * self.s
        ahead, behind = (self.f, self.b) if across > 0 else (self.b, self.f)
        return math.hypot(across * ahead, wide), math.hypot(across * behind, wide)

    def skin(self, degrees: float) -> Vec:
        """A point of its skin: 0 at the front, 90 on the side, 180 at the back."""
        a = math.radians(degrees)
        deep = math.cos(a) * (self.f if math.cos(a) > 0 else self.b)
        return add(self.at, add(times(self.front, deep), times(self.side, math.sin(a) * self.s)))

    def faces(self, degrees: float, towards: Vec) -> bool:
        """Whether the skin at this angle can be seen from there."""
        a = math.radians(degrees)
        deep = math.cos(a) / (self.f if math.cos(a) > 0 else self.b)
        return deep * dot(self.front, towards) + math.sin(a) / self.s * dot(self.side, towards) > 0

    def between(self, other: "Ring", share: float) -> "Ring":
        """The ring that lies this share of the way to another."""
        f, b, s = (x + (y - x) * share for x, y in zip(self[3:], other[3:], strict=True))
        at, front, side = (between(x, y, share) for x, y in zip(self[:3], other[:3], strict=True))
        return Ring(at, front, side, f, b, s)

    def grown(self, by: float) -> "Ring":
        return self._replace(f=max(self.f + by, 0.1), b=max(self.b + by, 0.1), s=max(self.s + by, 0.1))


Tube = Sequence[Ring]


def lowest(tube: Tube) -> float:
    """How far the tube reaches down, measured from the origin."""
    down = (0.0, 0.0, -1.0)
    return max(dot(ring.at, down) + ring.reaches(down)[0] for ring in tube)


def outline(tube: Tube, seen: Eye) -> list[Point]:
    """The closed outline of a tube in the picture, round at both ends."""
    if foreshortened(tube, seen):
        return _shadow(tube, seen)
    left, right, centres, ways = _sides(tube, seen)
    last = _cap(tube[-1], centres[-1], ways[-1], seen, 1)
    return [*left, *last, *right[::-1], *_cap(tube[0], centres[0], _back(ways[0]), seen, 1)]


def cut(tube: Tube, seen: Eye, blunt: float = 1) -> list[Point]:
    """The outline of a tube that is cut at its last ring, from one edge of the cut round to the other.

    The other end is round, or flatter where `blunt` is less than 1.
    """
    if foreshortened(tube, seen):
        return _shadow(tube, seen)
    left, right, centres, ways = _sides(tube, seen)
    return [*right[::-1], *_cap(tube[0], centres[0], _back(ways[0]), seen, blunt), *left]


def foreshortened(tube: Tube, seen: Eye) -> bool:
    """Whether the tube points so much at the eye that its rings hide each other."""
    centres = [seen.sees(ring.at) for ring in tube]
    shown = sum(map(math.dist, centres, centres[1:]))
    true = sum(math.dist(a.at, b.at) for a, b in pairwise(tube))
    return shown < 0.55 * true


def _sides(tube: Tube, seen: Eye) -> tuple[list[Point], list[Point], list[Point], list[Point]]:
    """The points of the left and of the right edge, the middles, and the way that the tube goes at each."""
    centres = [seen.sees(ring.at) for ring in tube]
    ways = [_way(centres, index) for index in range(len(centres))]
    left: list[Point] = []
    right: list[Point] = []
    for ring, centre, (dx, dy) in zip(tube, centres, ways, strict=True):
        one, two = edges(ring, centre, (-dy, dx), seen)
        left.append(one)
        right.append(two)
    return left, right, centres, ways


def edges(ring: Ring, centre: Point, way: Point, seen: Eye) -> tuple[Point, Point]:
    """The points of a ring's skin farthest from its middle in a way of the picture, and against it."""
    (fx, fy), (sx, sy), (x, y) = seen.sees(ring.front), seen.sees(ring.side), centre
    across, wide = fx * way[0] + fy * way[1], sx * way[0] + sy * way[1]
    ahead, behind = (ring.f, ring.b) if across > 0 else (ring.b, ring.f)

    def farthest(deep: float, sign: int) -> Point:
        size = math.hypot(across * deep, wide * ring.s) or 1
        on_front, on_side = sign * across * deep**2 / size, sign * wide * ring.s**2 / size
        return x + fx * on_front + sx * on_side, y + fy * on_front + sy * on_side

    return farthest(ahead, 1), farthest(behind, -1)


def _way(centres: Sequence[Point], index: int) -> Point:
    a, b = centres[max(index - 1, 0)], centres[min(index + 1, len(centres) - 1)]
    size = math.dist(a, b) or 1
    return (b[0] - a[0]) / size, (b[1] - a[1]) / size


def _cap(ring: Ring, centre: Point, way: Point, seen: Eye, blunt: float) -> list[Point]:
    """Points round an end, from the left of the way out to its right."""
    (x, y), (dx, dy) = centre, way
    left, right = ring.reaches(add(times(seen.right, -dy), times(seen.up, dx)))
    deep = blunt * (left + right) / 2
    one, two = math.hypot(left, deep) / 2, math.hypot(right, deep) / 2
    corners = ((one, one), (deep, 0.0), (two, -two))
    return [(x + dx * on - dy * off, y + dy * on + dx * off) for on, off in corners]


def _back(way: Point) -> Point:
    return -way[0], -way[1]


def _shadow(tube: Tube, seen: Eye) -> list[Point]:
    """The outline of rings that hide each other."""
    return hull([seen.sees(ring.skin(degrees)) for ring in tube for degrees in range(0, 360, 30)])


def hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, anticlockwise."""
    ordered = sorted(set(points))

    def half(some: Sequence[Point]) -> list[Point]:
        made: list[Point] = []
        for point in some:
            while len(made) > 1 and _turns_right(made[-2], made[-1], point):
                made.pop()
            made.append(point)
        return made[:-1]

    return half(ordered) + half(ordered[::-1])


def _turns_right(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
