"""When to go on, do half, stop and call, or go to an emergency department."""

from collections.abc import Iterator

from mmt.model.papers import Paper
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, rule, stack, tied
from mmt.reports.setting import Setting

from .signs import LIGHTS, Light, sign
from .texts import bullets, emergency_number, heading, warning


def traffic_light(_: Paper, at: Setting) -> Iterator[Group]:
    """Go on, do half, stop and call: each by a word, a shape and a colour."""
    rows = heading("light", at)
    for light in LIGHTS:
        rows.append(rule(at.width, at.colours.rule)._replace(gap=at.gap * 0.5))
        rows.append(_light(light, at)._replace(gap=at.gap * 0.5))
    yield Group(tied(rows))


def _light(light: Light, at: Setting) -> Row:
    size = at.gap * 2.6
    named = size + at.gap
    told = named + at.gap * 8.5
    name = lines(at.words(f"{light}-name"), at.type.strong, told - named - at.gap / 2)
    texts = [row for one in at.listed[light] for row in lines(one, at.type.body, at.width - told)]
    if light == "stop":
        texts += lines(at.words("closed"), at.type.strong, at.width - told)
    return beside([(0, sign(light, size, at)), (named, stack(name)), (told, stack(texts))], middle=True)


def emergency(paper: Paper, at: Setting) -> Iterator[Group]:
    """The box that every hand-out carries: a dark band, the signs, and where to go."""
    room = at.width - 2 * at.gap
    signs = bullets(at.listed["emergency"], room, at)
    call = at.words("emergency-call", number=emergency_number(paper, at))
    act = lines(f"{at.words('emergency-act')} {call}", at.type.strong, room, gap=at.gap / 2)
    row = warning(at.words("emergency"), [*signs, *act], at, band=0.6, body=1)
    yield Group([row._replace(gap=at.gap * 1.8)])
