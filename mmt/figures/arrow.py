"""A movement as an arrow."""

import math
from collections.abc import Iterator, Sequence
from operator import mul

from .shape import Shape, curves, polygon
from .tube import Point

WIDTH, HEAD, WING = 1.7, 4.6, 2.7
HALO = 1.5
"""The light edge that lets an arrow stand out on anything."""

STEPS = 6


def arrow(points: Sequence[Point], *, both_ways: bool) -> Iterator[Shape]:
    """An arrow through these points."""
    shaft = _sampled(points)
    tips = [_tip(shaft)]
    if both_ways:
        tips.append(_tip(shaft[::-1]))
        shaft = _shortened(shaft[::-1])[::-1]
    shaft = _shortened(shaft)
    yield Shape([shaft], line="halo", width=WIDTH + HALO, end="open")
    yield from (polygon(tip, "halo", "halo", HALO) for tip in tips)
    yield Shape([shaft], line="arrow", width=WIDTH, end="open")
    yield from (polygon(tip, "arrow", "arrow") for tip in tips)


def _sampled(points: Sequence[Point]) -> list[Point]:
    """Points along the smooth line through these."""
    made, start = [points[0]], points[0]
    for one, two, end in curves(points, closed=False):
        for k in range(1, STEPS + 1):
            t, s = k / STEPS, 1 - k / STEPS
            weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
            x, y = (sum(map(mul, weights, some)) for some in zip(start, one, two, end, strict=True))
            made.append((x, y))
        start = end
    return made


def _tip(shaft: Sequence[Point]) -> list[Point]:
    """The triangle at the end of a shaft."""
    x, y = shaft[-1]
    back = next((one for one in reversed(shaft) if math.dist(one, shaft[-1]) >= HEAD * 0.8), shaft[0])
    size = math.dist(back, shaft[-1]) or 1
    dx, dy = (x - back[0]) / size, (y - back[1]) / size
    left, right = ((x - dx * HEAD - side * dy, y - dy * HEAD + side * dx) for side in (WING, -WING))
    return [(x, y), left, right]


def _shortened(shaft: Sequence[Point]) -> list[Point]:
    """The shaft without what its tip covers."""
    kept = [one for one in shaft if math.dist(one, shaft[-1]) > HEAD * 0.75]
    return kept if len(kept) > 1 else list(shaft[:2])
