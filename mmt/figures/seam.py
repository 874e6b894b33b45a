"""Paint that hides an outline inside another part of the body, so that both look like one."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .shape import Shape, polygon
from .space import Vec
from .tube import Eye, Point

INSET = 0.34
"""Half an outline, left to be seen."""

RAYS = [(math.cos(math.pi * k / 8), math.sin(math.pi * k / 8)) for k in range(16)]

Edge = tuple[Point, Point]


def seam(at: Vec, outline: Sequence[Point], radius: float, fill: str, seen: Eye) -> Iterator[Shape]:
    """A patch round a joint as far as `radius`, kept inside an outline; nothing for a joint outside."""
    x, y = seen.sees(at)
    edges = [((ax - x, ay - y), (bx - x, by - y)) for (ax, ay), (bx, by) in pairwise([*outline, outline[0]])]
    if not _inside(edges):
        return
    near = [one for one in edges if _near(one, radius + INSET)]
    points = []
    for dx, dy in RAYS:
        far = max(min(radius, _to_edge(dx, dy, near) - INSET), 0)
        points.append((x + dx * far, y + dy * far))
    yield polygon(points, fill)


def _inside(edges: Sequence[Edge]) -> bool:
    """Whether the origin lies inside an outline: a ray to the right crosses it an odd number of times."""
    crossed = 0
    for (ax, ay), (bx, by) in edges:
        if (ay > 0) != (by > 0) and ax - ay * (bx - ax) / (by - ay) > 0:
            crossed += 1
    return crossed % 2 == 1


def _near(edge: Edge, radius: float) -> bool:
    (ax, ay), (bx, by) = edge
    return min(ax, bx) < radius and max(ax, bx) > -radius and min(ay, by) < radius and max(ay, by) > -radius


def _to_edge(dx: float, dy: float, edges: Sequence[Edge]) -> float:
    """How far it is from the origin to the nearest of some edges in a direction."""
    nearest = math.inf
    for (ax, ay), (bx, by) in edges:
        ex, ey = bx - ax, by - ay
        across = dx * ey - dy * ex
        if across:
            far = (ax * ey - ay * ex) / across
            part = (ax * dy - ay * dx) / across
            if 0 <= part <= 1 and 0 < far < nearest:
                nearest = far
    return nearest
