"""Drawings on paper: the colour of each thing shown, and the strokes of the pen."""

from collections.abc import Sequence

from mmt.figures.scene import Scene
from mmt.figures.shape import Shape, curves

from .pen import Pen, Point

COLOURS = {
    "line": "#20262B",
    "skin": "#FBF1E7",
    "skin-far": "#E4D8CC",
    "shirt": "#D2DFE5",
    "shirt-far": "#B4C4CC",
    "shorts": "#9FAEBA",
    "shorts-far": "#8292A0",
    "shoe": "#5B646B",
    "shoe-far": "#4A5258",
    "hair": "#4A4038",
    "tint": "#C42C0E",
    "grain": "#7A1402",
    "arrow": "#17414F",
    "halo": "#FFFFFF",
    "mat": "#E6EBEC",
    "mat-dark": "#CBD4D7",
    "mat-line": "#AEB9BD",
    "floor": "#8E9AA0",
    "wall": "#E9EDEE",
    "wall-light": "#F4F6F6",
    "wall-dark": "#DBE1E3",
    "wood": "#E8E2D8",
    "wood-light": "#F4F0E9",
    "wood-dark": "#D3CABB",
    "thing": "#6B6459",
    "pillow": "#F6F1E7",
    "strap": "#E8B44A",
}
"""The colours stay apart in grey as well, for a black-and-white copier."""

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
            _shape(pen, shape._replace(runs=runs), scale)
    if made.close:
        pen.box(x, y, wide, high, stroke=COLOURS["floor"], radius=CORNER)


def _shape(pen: Pen, shape: Shape, scale: float) -> None:
    first, *others = shape.runs
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
