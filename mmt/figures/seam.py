"""Paint that hides an outline inside another part of the body, so that both look like one."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .shape import Shape
from .space import Vec
from .tube import Eye, Point

INSET = 0.34
"""Half an outline, left to be seen."""

RAYS = 20


def seam(at: Vec, edge: Sequence[Point], radius: float, fill: str, seen: Eye) -> Iterator[Shape]:
    """A patch round a joint as far as `radius`, kept inside the outline `edge`."""
    x, y = seen.sees(at)
    points = []
    for k in range(RAYS):
        way = (math.cos(2 * math.pi * k / RAYS), math.sin(2 * math.pi * k / RAYS))
        far = min(_to_edge((x, y), way, edge) - INSET, radius)
        points.append((x + way[0] * max(far, 0), y + way[1] * max(far, 0)))
    yield Shape([points], fill)


def _to_edge(start: Point, way: Point, edge: Sequence[Point]) -> float:
    """How far it is from a point inside an outline to it; 0 for a point outside."""
    hits = []
    for a, b in pairwise([*edge, edge[0]]):
        along, aside = (b[0] - a[0], b[1] - a[1]), (a[0] - start[0], a[1] - start[1])
        across = along[0] * way[1] - way[0] * along[1]
        if abs(across) < 1e-9:
            continue
        far = (along[0] * aside[1] - aside[0] * along[1]) / across
        part = (way[0] * aside[1] - way[1] * aside[0]) / across
        if 0 <= part <= 1 and far > 0:
            hits.append(far)
    return min(hits) if len(hits) % 2 else 0.0
