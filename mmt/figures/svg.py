"""A drawing as SVG text, for a screen or for other programs."""

from .colours import COLOURS
from .scene import Scene
from .shape import Run, Shape, curves


def svg(made: Scene) -> str:
    """The drawing as an SVG document, as many units large as its window."""
    left, _, _, top = made.window
    wide, high = made.size
    shapes = "".join(_path(shape, left, top) for shape in made.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.2f} {high:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round">{shapes}</svg>'
    )


def _path(shape: Shape, left: float, top: float) -> str:
    runs = [[(x - left, top - y) for x, y in run] for run in shape.runs]
    first, *others = runs
    steps = ["M" + _point(first[:1]), _curved(first, closed=shape.end == "round")]
    for run in others:
        steps += ["L" + _point(run[:1]), _curved(run, closed=False)]
    if shape.end != "open":
        steps.append("Z")
    fill, line = COLOURS.get(shape.fill, "none"), COLOURS.get(shape.line, "none")
    return f'<path d="{"".join(steps)}" fill="{fill}" stroke="{line}" stroke-width="{shape.width:.2f}"/>'


def _curved(run: Run, *, closed: bool) -> str:
    return "".join("C" + _point(curve) for curve in curves(run, closed=closed))


def _point(points: Run) -> str:
    return " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
