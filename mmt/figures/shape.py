"""Flat shapes of a picture, given from the farthest to the nearest."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from .tube import Point

Run = Sequence[Point]
Curve = tuple[Point, Point, Point]
"""Two handles and the end of a Bézier curve."""


class Shape(NamedTuple):
    """Smooth runs of points, joined by straight lines. `fill` and `line` say what is shown, not its colour.

    `end` tells how the last point meets the first: in a curve, straight, or not at all.
    """

    runs: Sequence[Run]
    fill: str = ""
    line: str = ""
    width: float = 0.62
    end: Literal["round", "straight", "open"] = "round"

    @property
    def points(self) -> list[Point]:
        return [point for run in self.runs for point in run]

    def mirrored(self) -> "Shape":
        return self._replace(runs=[[(-x, y) for x, y in run] for run in self.runs])


def polygon(points: Run, fill: str, line: str = "", width: float = 0.5) -> Shape:
    """A shape with straight edges."""
    return Shape([[point] for point in points], fill, line, width, "straight")


def strokes(runs: Sequence[Run], *, round: bool) -> list[Run]:
    """How the runs of a shape are drawn from their first point on: straight to one point, or in a curve by
    two handles to a third. A `round` shape goes back to its first point in a curve."""
    first, *others = runs
    pieces: list[Run] = [*curves(first, closed=round)]
    for run in others:
        pieces += [run[:1], *curves(run, closed=False)]
    return pieces


def curves(run: Run, *, closed: bool) -> list[Curve]:
    """Bézier curves through the points of a run (Catmull-Rom), from its first point on."""
    count = len(run)
    if count < 2:
        return []
    around = [run[-1], *run, run[0], run[1]] if closed else [run[0], *run, run[-1]]
    made = []
    for index in range(count if closed else count - 1):
        before, start, end, after = around[index : index + 4]
        made.append(
            (
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
                end,
            )
        )
    return made
