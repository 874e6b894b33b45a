"""The head: skull, jaw, nose, hair with a bun at the back, so that front and back are never confused."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from .shape import Shape
from .skeleton import Node
from .space import Vec, add, cross, dot, times, unit
from .tube import Eye, Point, hull


class Ball(NamedTuple):
    """An ellipsoid in the head: its middle and half its depth, width and height (front, left, up)."""

    at: Vec
    radii: Vec


SKULL = Ball((0.2, 0.0, 0.7), (5.2, 4.3, 5.5))
JAW = Ball((1.3, 0.0, -3.2), (3.1, 2.7, 3.1))
NOSE = Ball((5.1, 0.0, -1.2), (1.15, 0.7, 0.85))
HAIR = Ball((-0.1, 0.0, 0.9), (5.6, 4.75, 5.8))
BUN = Ball((-5.6, 0.0, 3.6), (2.2, 2.2, 2.2))

FACE = unit((0.80, 0.0, -0.60))
HALF_FACE = 74.0
"""The face is a cap of the skull round a direction; this is half its angle in degrees."""

FINE = 0.4
STEPS = 24


def head(node: Node, seen: Eye) -> Iterator[Shape]:
    """The shapes of a head."""
    bun = Shape([_rim(BUN, node, seen, 10)], "hair", "line")
    behind = _towards(BUN.at, node, seen) < 0
    if behind:
        yield bun
    nose = [_rim(NOSE, node, seen, 10)]
    yield Shape(nose, "skin", "line", 1.0)
    yield Shape([_thinned(hull([*_rim(SKULL, node, seen, 24), *_rim(JAW, node, seen, 20)]))], "skin", "line")
    if _towards((1.0, 0.0, 0.0), node, seen) > -0.3:
        yield Shape(nose, "skin")
    yield from _hair(node, seen)
    yield from _features(node, seen)
    if not behind:
        yield bun


def _towards(local: Vec, node: Node, seen: Eye) -> float:
    """How much a direction of the head points at the eye."""
    return dot(node.frame.out(local), seen.near)


def _on(local: Vec, node: Node, seen: Eye) -> Point:
    return seen.sees(add(node.at, node.frame.out(local)))


def _features(node: Node, seen: Eye) -> Iterator[Shape]:
    """Eyes and ears on the sides that are seen, a nose from the front, a mouth."""
    for side in (1, -1):
        if _towards((0.80, 0.6 * side, 0.0), node, seen) > 0.12:
            x, y = _on((4.75, 2.0 * side, 0.3), node, seen)
            yield Shape([[(x + 0.42, y), (x, y + 0.5), (x - 0.42, y), (x, y - 0.5)]], "line")
        if _towards((0.0, side, 0.0), node, seen) > 0.3:
            ear = Ball((-0.6, 4.2 * side, -1.1), (0.95, 0.5, 1.3))
            yield Shape([_rim(ear, node, seen, 8)], "skin", "line", FINE)
    facing, sideways = _towards((1.0, 0.0, 0.0), node, seen), _towards((0.0, 1.0, 0.0), node, seen)
    side = 1 if sideways > 0 else -1
    if facing > 0.45:
        yield _stroke(((5.0, 0.0, 0.0), (6.6, 0.3, -1.7), (5.6, -0.5, -1.9)), node, seen)
    if facing > 0.5:
        yield _stroke(((4.0, 1.2, -3.7), (4.5, 0.0, -4.2), (4.0, -1.2, -3.7)), node, seen)
    elif facing > 0.05:
        yield _stroke(((4.0, 1.2 * side, -3.7), (4.5, 0.0, -4.2)), node, seen)
    elif abs(sideways) > 0.6:
        yield _stroke(((4.35, 0.2 * side, -4.0), (3.0, 1.2 * side, -3.5)), node, seen)


def _stroke(line: tuple[Vec, ...], node: Node, seen: Eye) -> Shape:
    return Shape([[_on(one, node, seen) for one in line]], line="line", width=FINE, end="open")


def _hair(node: Node, seen: Eye) -> Iterator[Shape]:
    """What of the hair is seen: all of the skull but the cap that is the face."""
    near, radii = node.frame.inward(seen.near), HAIR.radii
    visible = unit((near[0] / radii[0], near[1] / radii[1], near[2] / radii[2]))
    one = unit(cross(FACE, (0.0, 1.0, 0.0)))
    rim = (_on_circle(one, cross(FACE, one), 360 * k / STEPS) for k in range(STEPS))
    edge = [_on_circle(FACE, way, HALF_FACE) for way in rim]
    seen_at = [dot(q, visible) > 0 for q in edge]
    whole = Shape([_rim(HAIR, node, seen, 12)], "hair", "line")
    if not any(seen_at):
        if dot(FACE, visible) < 0:
            yield whole
    elif all(seen_at):
        yield whole
        face = [_shown(q, node, seen) for q in edge[::2]]
        yield Shape([_thinned(hull([*face, *_rim(JAW, node, seen, 16)]))], "skin")
    else:
        first = next(k for k in range(STEPS) if seen_at[k] and not seen_at[k - 1])
        arc = [q for q in (*edge[first:], *edge[:first]) if dot(q, visible) > 0]
        back = _horizon(arc[-1], arc[0], visible)
        runs = [[_shown(q, node, seen) for q in part] for part in (arc[::2], back)]
        yield Shape(runs, "hair", "line", end="straight")


def _shown(q: Vec, node: Node, seen: Eye) -> Point:
    """A point of the hair's ellipsoid, given on a ball of radius 1."""
    return _on(add(HAIR.at, (q[0] * HAIR.radii[0], q[1] * HAIR.radii[1], q[2] * HAIR.radii[2])), node, seen)


def _horizon(start: Vec, end: Vec, visible: Vec) -> list[Vec]:
    """The way from one point to another along the edge of what is seen, round by the hair."""
    one = unit(cross(visible, (0.0, 0.0, 1.0) if abs(visible[2]) < 0.9 else (1.0, 0.0, 0.0)))
    two = cross(visible, one)
    from_, to = (math.degrees(math.atan2(dot(q, two), dot(q, one))) for q in (start, end))
    ways = []
    for way in (1, -1):
        sweep = (to - from_) * way % 360
        ways.append([_on_circle(one, two, from_ + way * sweep * k / 8) for k in range(9)])
    return min(ways, key=lambda way: dot(way[4], FACE))


def _on_circle(one: Vec, two: Vec, degrees: float) -> Vec:
    a = math.radians(degrees)
    return add(times(one, math.cos(a)), times(two, math.sin(a)))


def _rim(ball: Ball, node: Node, seen: Eye, count: int) -> list[Point]:
    """The outline of an ellipsoid."""
    points = []
    for k in range(count):
        way = _on_circle(seen.right, seen.up, 360 * k / count)
        n, r = node.frame.inward(way), ball.radii
        stretched = (n[0] * r[0] ** 2, n[1] * r[1] ** 2, n[2] * r[2] ** 2)
        points.append(_on(add(ball.at, times(stretched, 1 / math.sqrt(dot(n, stretched)))), node, seen))
    return points


def _thinned(points: list[Point]) -> list[Point]:
    """The same outline without points that nearly touch."""
    kept: list[Point] = []
    for point in points:
        if not kept or math.dist(kept[-1], point) > 1.1:
            kept.append(point)
    return kept
