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

from .texts import emergency_number, heading, listed, ruled, warning

Light = Literal["go", "half", "stop"]
LIGHTS: tuple[Light, ...] = ("go", "half", "stop")
_CORNERS: dict[Light, tuple[int, float, float]] = {"half": (3, pi / 2, 0.56), "stop": (8, pi / 8, 0.54)}
"""Corners of the polygon, the angle of its first one, and its radius as a share of the sign's size."""

_SIGN = 2.4
"""How large a sign is, in sizes of the text."""

_MARKS = {"go": ("✓", 0.6, 0.5), "half": ("½", 0.44, 0.6), "stop": ("×", 0.74, 0.46)}
"""The mark, its size and how low its middle stands, as shares of the sign's size."""


def stop(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """When to stop and call, on the page of the plan; what to do where nobody answers stands beside that."""
    style, strong, room = at.type.section, at.type.strong, at.width
    name, closed = at.words("stop-name"), at.words("closed")
    size = style.size / _MARKS["stop"][1]
    start, right = size + at.gap * 0.6, strong.width(closed)
    head = [(0.0, _sign("stop", size, at)), (start, lines(name, style, room)[0])]
    below = lines(closed, strong, room)
    if start + style.width(name) + at.gap + right <= room:
        head, below = [*head, (room - right, below[0])], []
    signs = listed(_stops(sheet, at), room, at)._replace(gap=at.apart / 2)
    yield Group(tied([beside(head, middle=True)._replace(gap=at.apart), signs, *below]))


def traffic_light(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """Go on, do half, stop and call: each by a word, a shape and a colour. When to stop stands here where it
    stands on no page before."""
    stops = [at.words("stop-before")] if "stop" in at.blocks else [*_stops(sheet, at), at.words("closed")]
    told = {"go": at.listed["go"], "half": at.listed["half"], "stop": stops}
    rows = ruled((_light(light, told[light], at) for light in LIGHTS), at.width, at, at.gap * 0.25)
    yield Group(tied([*heading("light", at), *rows]), loose=True)


def _stops(sheet: Sheet, at: Setting) -> list[str]:
    """The symptoms to stop and call at, each once: those of every sheet, of this patient's conditions and of
    the moves."""
    named = dict.fromkeys([*sheet.stops, *(one for item in sheet.items for one in item.stretch.stops)])
    own = (at.symptoms[one] for one in named if one in at.symptoms)
    return list(dict.fromkeys([*at.listed["stop"], *own]))


def _light(light: Light, told: Sequence[str], at: Setting) -> Row:
    size = at.gap * _SIGN
    named = size + at.gap
    start = named + at.gap * 8.5
    name = lines(at.words(f"{light}-name"), at.type.strong, start - named - at.gap / 2)
    texts = [row for one in told for row in lines(one, at.type.body, at.width - start)]
    return beside([(0, _sign(light, size, at)), (named, stack(name)), (start, stack(texts))], middle=True)


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
    call = at.words("emergency-call", number=emergency_number(paper, at))
    act = lines(f"{at.words('emergency-act')} {call}", at.type.strong, room, gap=at.gap / 3)
    told = [listed(at.listed["emergency"], room, at), *act]
    row = warning(at.words("emergency"), told, at, band=0.2, body=0.2 if at.terse else 0.35)
    yield Group([row._replace(gap=at.apart)])
