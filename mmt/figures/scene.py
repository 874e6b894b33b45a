"""A whole drawing: things behind, the body with what it feels, things in front, arrows."""

from typing import NamedTuple

from mmt.model.base import Side
from mmt.model.figures import Drawing, Lengths

from .arrow import arrow
from .build import build
from .paint import body
from .props import prop
from .reach import place
from .shape import Shape
from .tube import Point, eye

MARGIN = 1.0
"""White round a drawing."""


Window = tuple[float, float, float, float]
"""Left, low, right, high."""


class Scene(NamedTuple):
    """Shapes from far to near, and the window that they fill."""

    shapes: list[Shape]
    window: Window
    close: bool
    """Whether shapes are cut off at the window."""

    @property
    def size(self) -> Point:
        left, low, right, high = self.window
        return right - left, high - low


def scene(drawing: Drawing, lengths: Lengths, side: Side = "left", *, marked: bool = False) -> Scene:
    """The picture of a drawing, mirrored for the right side; `marked` where this side wears the stripes.

    Raises PoseError where no body can pose so.
    """
    built = build(drawing.pose, lengths)
    seen = eye(drawing.view.turn, drawing.view.height)
    shapes: list[Shape] = []
    for front in (False, True):
        if front:
            shapes += body(built, seen, drawing, marked=marked)
        for thing in drawing.props:
            if thing.front == front:
                shapes += prop(thing, seen, built.points)
    for one in drawing.arrows:
        run = [seen.sees(place(told, built.points)) for told in one.through]
        shapes += arrow(run, both_ways=one.both_ways)
    window = _around(shapes)
    if drawing.close:
        x, y = seen.sees(place(drawing.close.at, built.points))
        wide, high = drawing.close.wide / 2, drawing.close.high / 2
        window = (x - wide, y - high, x + wide, y + high)
        shapes = [one for one in shapes if _meets(one, window)]
    if side == "right":
        left, low, right, high = window
        shapes, window = [one.mirrored() for one in shapes], (-right, low, -left, high)
    return Scene(shapes, window, drawing.close is not None)


def _meets(shape: Shape, window: Window) -> bool:
    """Whether any of a shape may lie in a window."""
    left, low, right, high = window
    across, up = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(across) < right and max(across) > left and min(up) < high and max(up) > low


def _around(shapes: list[Shape]) -> Window:
    """The smallest window round shapes, with half the width of their lines and a margin."""
    edges = [
        (point, MARGIN + (shape.width / 2 if shape.line else 0)) for shape in shapes for point in shape.points
    ]
    return (
        min(x - edge for (x, _), edge in edges),
        min(y - edge for (_, y), edge in edges),
        max(x + edge for (x, _), edge in edges),
        max(y + edge for (_, y), edge in edges),
    )
