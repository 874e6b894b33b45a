"""The leg-length screen as a page of lines: what stands where, and what gives way where room is short."""

from typing import NamedTuple

from textual.content import Content

from mmt.tui.exam.page import Drawn
from mmt.tui.visit.band import unsaved_band
from mmt.tui.visit.guidance import Line
from mmt.tui.visit.guide import fitted
from mmt.tui.visit.keeper import Keeper
from mmt.tui.widgets.clicks import fitted_keys
from mmt.tui.widgets.wrap import clamped, wrapped

from .readings import Legs, measured
from .view import drawing, in_brief, readings, typed

KEYS = (
    *((key, key, "") for key in "0123456789."),
    ("backspace", "←", ""),
    ("slash", "/", "back"),
    ("enter", "Enter", "keeps, goes on"),
)
LEAST_MEANING = 2


class LegPage(NamedTuple):
    """What the page shows. `meaning` is what the readings say together, a paragraph each; `guidance` is empty
    where it is turned off; `beside` says that it leaves the readings their place."""

    legs: Legs
    keeper: Keeper
    meaning: tuple[str, ...]
    word: str
    guidance: tuple[Line, ...] = ()
    beside: bool = False


def leg_page(now: LegPage, across: int, down: int) -> Drawn:
    """The page, exactly as many lines as there are rows."""
    head = [_head(now, across), *typed(now.legs)]
    word = clamped(wrapped(now.word, across - 2), down // 4)
    foot = [
        *unsaved_band(now.keeper, across, down // 3),
        *(Content(f" {row}") for row in word),
        fitted_keys(KEYS, across),
    ]
    rest = down - len(head) - len(foot)
    if now.guidance and not now.beside:
        body, left_out = fitted(now.guidance, across, rest)
    else:
        body = _measured(now, across, rest)
        room = rest - len(body) - 1
        guide, left_out = fitted(now.guidance, across, room) if now.guidance and room > 1 else ([], 0)
        body += [Content(""), *guide] if guide else []
    blank = [Content("")] * (rest - len(body))
    return Drawn([*head, *body[:rest], *blank, *foot][:down], left_out)


def _measured(now: LegPage, across: int, down: int) -> list[Content]:
    """The readings of all methods, the difference to scale, and what they mean together.

    Where there is no room for all readings the methods that the cursor is not on take one line each.
    """
    shown = now.legs.in_view
    unsaved = frozenset(one.key for one in now.legs.observations if now.keeper.waits(one.key))
    full = {test.id: readings(now.legs, test, unsaved) for test in now.legs.tests}
    scale = drawing(shown, measured(now.legs, shown), across) if shown else []
    if sum(map(len, full.values())) + len(scale) + LEAST_MEANING > down:
        full |= {test.id: [in_brief(now.legs, test)] for test in now.legs.tests if test is not shown}
    lines = [line for rows in full.values() for line in rows] + scale
    said = [(row, index == 0) for index, one in enumerate(now.meaning) for row in wrapped(one, across - 2)]
    gap = [Content("")] if len(lines) + len(said) < down else []
    meaning = [Content.styled(f" {row}", "bold" if first else "dim") for row, first in said]
    room = down - len(lines) - len(gap)
    if len(meaning) > room > 0:
        meaning = [*meaning[: room - 1], Content.styled(" … F1 shows all of it", "dim")]
    return [*lines, *gap, *meaning]


def _head(now: LegPage, across: int) -> Content:
    test, legs = now.legs.in_view, now.legs
    if test is None:
        return Content.styled(" This exam has no leg-length method. Enter goes on.", "bold")
    filled = sum(legs.value(one.test, one.side, one.trial) is not None for one in legs.fields)
    count = f"   {filled} of {len(legs.fields)} readings"
    head = Content.assemble((f" {test.position.upper()} · {test.name}", "bold"), (count, "dim"))
    return head.truncate(across, ellipsis=True)
