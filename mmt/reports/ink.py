"""Drawings on paper: the strokes of the pen."""

from collections.abc import Sequence

from mmt.figures.colours import COLOURS
from mmt.figures.scene import Scene
from mmt.figures.shape import Shape, curves

from .pen import Pen, Point

CORNER = 4.0
"""Of the frame round a close-up, in points."""


def draw(pen: Pen, made: Scene, x: float, y: float, scale: float) -> None:
    """A drawing with the upper left corner of its window at a place; `scale` is points for each unit."""
    wide, high = (one * scale for one in made.size)
    left, _, _, top = made.window
    with pen.inking(x, y, wide, high, cut=CORNER if made.close else None):
        for shape in made.shapes:
            runs = [
                [(x + (px - left) * scale, y + (top - py) * scale) for px, py in run] for run in shape.runs
            ]
            _shape(pen, shape, runs, scale)
    if made.close:
        pen.box(x, y, wide, high, stroke=COLOURS["floor"], radius=CORNER)


def _shape(pen: Pen, shape: Shape, runs: Sequence[Sequence[Point]], scale: float) -> None:
    first, *others = runs
    pieces: list[Sequence[Point]] = [*curves(first, closed=shape.end == "round")]
    for run in others:
        pieces += [run[:1], *curves(run, closed=False)]
    pen.curve(
        first[0],
        pieces,
        closed=shape.end != "open",
        fill=COLOURS.get(shape.fill, ""),
        stroke=COLOURS.get(shape.line, ""),
        thick=round(shape.width * scale, 2),
    )
