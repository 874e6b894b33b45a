"""A drawing as SVG text, for a screen or for other programs."""

from .colours import COLOURS
from .scene import Scene
from .shape import Run, Shape, strokes


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
    pieces = strokes(runs, round=shape.end == "round")
    steps = "".join(("L" if len(piece) == 1 else "C") + _points(piece) for piece in pieces)
    way = f"M{_points(runs[0][:1])}{steps}{'' if shape.end == 'open' else 'Z'}"
    fill, line = COLOURS.get(shape.fill, "none"), COLOURS.get(shape.line, "none")
    return f'<path d="{way}" fill="{fill}" stroke="{line}" stroke-width="{shape.width:.2f}"/>'


def _points(points: Run) -> str:
    return " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
