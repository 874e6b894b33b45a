"""A body as it faces the reader, with a numbered mark where something was found, and the lists beside it."""

from collections.abc import Sequence
from typing import NamedTuple

from mmt.model.base import SIDES, Side
from mmt.model.rules import Area, AreaKind
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, panel, spaced, stack
from mmt.reports.setting import Setting

Placed = tuple[Area, Side | None]

PLACES: dict[Area, tuple[float, float]] = {
    "neck": (0.07, 0.165),
    "shoulder": (0.135, 0.21),
    "blade": (0.065, 0.235),
    "chest": (0.05, 0.305),
    "arm": (0.155, 0.31),
    "hand": (0.185, 0.5),
    "belly": (0.04, 0.37),
    "back": (0.0, 0.43),
    "waist": (0.09, 0.41),
    "hip-front": (0.04, 0.485),
    "hip-side": (0.112, 0.48),
    "buttock": (0.08, 0.545),
    "thigh-inner": (0.035, 0.61),
    "thigh-front": (0.09, 0.635),
    "thigh-back": (0.06, 0.7),
    "shin": (0.05, 0.8),
    "calf": (0.07, 0.87),
    "foot": (0.06, 0.955),
}
"""How far from the midline and below the crown each area lies, in heights of the body."""

_MARK = 0.033
"""The radius of a mark, in heights of the body."""

_TORSO = ((0.03, 0.17), (0.13, 0.19), (0.115, 0.3), (0.085, 0.4), (0.102, 0.5), (0.1, 0.56), (0.0, 0.56))
_LIMBS = (
    (((0.13, 0.215), (0.16, 0.35), (0.185, 0.5)), 0.05),
    (((0.058, 0.54), (0.058, 0.72), (0.055, 0.94)), 0.088),
    (((0.055, 0.945), (0.085, 0.965)), 0.05),
)
"""Lines of one side with their thickness, in heights of the body."""

_FIGURE = 0.24
"""What the figure takes of the width of the page."""


class Mark(NamedTuple):
    """A numbered line of the list: what was found where."""

    number: int
    area: Area
    side: Side | None
    kinds: tuple[AreaKind, ...]


def marks(found: dict[Placed, tuple[AreaKind, ...]]) -> list[Mark]:
    """What was found, numbered from above: first the right, then the left, then the middle."""
    order = {"right": 0, "left": 1, None: 2}
    places = sorted(found, key=lambda one: (order[one[1]], PLACES[one[0]][1]))
    return [Mark(number, *one, found[one]) for number, one in enumerate(places, start=1)]


def beside_body(at: Setting) -> float:
    """The room of the list of each side, in points."""
    return at.width * (1 - _FIGURE) / 2 - at.gap


def body(told: Sequence[Mark], tall: float, lists: Sequence[Sequence[Row]], at: Setting) -> Row:
    """The figure `tall` points high between the lists of its sides, as somebody sees it who stands before it:
    its right on the left of the page."""
    wide, room = at.width * _FIGURE, beside_body(at)
    right, left = (_side(at.words(f"head-{side}"), rows, at) for side, rows in zip(SIDES, lists, strict=True))
    figure = Row(tall, lambda pen, x, y: _draw(pen, x + wide / 2, y, tall, told, at))
    return beside([(0, right), (room + at.gap, figure), (at.width - room, left)])


def listed(told: Sequence[Mark], room: float, at: Setting) -> list[Row]:
    """Each mark by its number, with the name of its area and what was found there."""
    indent = at.gap * 1.9
    rows = []
    for one in told:
        kinds = ", ".join(at.words(f"kind-{kind}") for kind in one.kinds)
        text = stack(lines(f"{at.words(f'area-{one.area}')}: {kinds}", at.type.body, room - indent))
        row = beside([(0, _numbered(one.number, at)), (indent, text)])
        rows.append(row._replace(gap=at.gap * 0.3))
    return rows


def _side(head: str, rows: Sequence[Row], at: Setting) -> Row:
    room = beside_body(at)
    label = stack(lines(head, at.type.label, room - at.gap))
    band = panel(label, room, at.gap * 0.2, indent=at.gap * 0.5, fill=at.colours.ink)
    return stack([band, *spaced(rows, at.gap * 0.5)])


def _numbered(number: int, at: Setting) -> Row:
    high = at.type.strong.leading
    return Row(high, lambda pen, x, y: _mark(pen, x + high * 0.6, y + high / 2, high * 0.55, number, at))


def _mark(pen: Pen, x: float, y: float, radius: float, number: int, at: Setting) -> None:
    style = at.type.label._replace(size=radius * 1.25)
    pen.disc(x, y, radius + 1, "#FFFFFF")
    pen.disc(x, y, radius, at.colours.ink)
    pen.text(x - style.width(str(number)) / 2, y + style.size * 0.36, str(number), style)


def _draw(pen: Pen, middle: float, top: float, tall: float, told: Sequence[Mark], at: Setting) -> None:
    def point(place: tuple[float, float], mirror: float) -> tuple[float, float]:
        return middle + mirror * place[0] * tall, top + place[1] * tall

    colour = at.colours.rule
    pen.disc(middle, top + 0.07 * tall, 0.06 * tall, colour)
    pen.box(middle - 0.027 * tall, top + 0.1 * tall, 0.054 * tall, 0.1 * tall, fill=colour)
    with pen.inking(middle - tall / 2, top, tall, tall, cut=None):
        around = [point(one, 1.0) for one in _TORSO], [point(one, -1.0) for one in reversed(_TORSO)]
        pen.polygon([*around[0], *around[1]], colour)
        for mirror in (-1.0, 1.0):
            for line, thick in _LIMBS:
                pen.path([point(one, mirror) for one in line], colour, thick * tall)
    for one in told:
        mirror = {"right": -1.0, "left": 1.0, None: 0.0}[one.side]
        _mark(pen, *point(PLACES[one.area], mirror), _MARK * tall, one.number, at)
