"""When to go on, do half, stop and call, or go to an emergency department.

The three signs of the traffic light are told apart by shape and mark, not by colour alone.
"""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import Literal

from mmt.model.papers import Paper, Sheet
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style
from mmt.reports.typeface import BOLD

from .texts import bullets, emergency_number, heading, ruled, warning

Light = Literal["go", "half", "stop"]
LIGHTS: tuple[Light, ...] = ("go", "half", "stop")
_CORNERS: dict[Light, tuple[int, float, float]] = {"half": (3, pi / 2, 0.56), "stop": (8, pi / 8, 0.54)}
"""Corners of the polygon, the angle of its first one, and its radius as a share of the sign's size."""

_MARKS = {"go": ("✓", 0.6, 0.5), "half": ("½", 0.42, 0.6), "stop": ("×", 0.74, 0.46)}
"""The mark, its size and how low its middle stands, as shares of the sign's size."""


def traffic_light(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """Go on, do half, stop and call: each by a word, a shape and a colour."""
    own = [at.symptoms[one] for one in sheet.stops if one in at.symptoms]
    rows = ruled((_light(light, own, at) for light in LIGHTS), at.width, at, at.gap * 0.5)
    yield Group(tied([*heading("light", at), *rows]))


def _light(light: Light, own: Sequence[str], at: Setting) -> Row:
    size = at.gap * 2.6
    named = size + at.gap
    told = named + at.gap * 8.5
    name = lines(at.words(f"{light}-name"), at.type.strong, told - named - at.gap / 2)
    listed = (*at.listed[light], *(own if light == "stop" else ()))
    texts = [row for one in listed for row in lines(one, at.type.body, at.width - told)]
    if light == "stop":
        texts += lines(at.words("closed"), at.type.strong, at.width - told)
    return beside([(0, _sign(light, size, at)), (named, stack(name)), (told, stack(texts))], middle=True)


def _sign(light: Light, size: float, at: Setting) -> Row:
    """A disc with a tick, a triangle with a half, or an octagon with a cross."""
    colour = {"go": at.colours.go, "half": at.colours.half, "stop": at.colours.stop}[light]
    mark, high, middle = _MARKS[light]
    style = Style(BOLD, size * high, size, "#FFFFFF")
    indent = (size - style.width(mark)) / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        if light in _CORNERS:
            pen.polygon([(x + right, y + down) for right, down in _polygon(light, size)], colour)
        else:
            pen.disc(x + size / 2, y + size / 2, size / 2, colour)
        pen.text(x + indent, y + size * middle + style.size * 0.36, mark, style)

    return Row(size, draw)


def _polygon(light: Light, size: float) -> list[tuple[float, float]]:
    """The corners of a regular polygon that fills a square of this size, from its upper left corner."""
    corners, turn, radius = _CORNERS[light]
    angles = [turn + 2 * pi * index / corners for index in range(corners)]
    highest = max(sin(angle) for angle in angles)
    return [(size / 2 + radius * size * cos(a), radius * size * (highest - sin(a))) for a in angles]


def emergency(paper: Paper, at: Setting) -> Iterator[Group]:
    """The box that every hand-out carries: a dark band, the signs, and where to go."""
    room = at.width - 2 * at.gap
    signs = bullets(at.listed["emergency"], room, at)
    call = at.words("emergency-call", number=emergency_number(paper, at))
    act = lines(f"{at.words('emergency-act')} {call}", at.type.strong, room, gap=at.gap / 2)
    row = warning(at.words("emergency"), [*signs, *act], at, band=0.6, body=1)
    yield Group([row._replace(gap=at.gap * 1.8)])
