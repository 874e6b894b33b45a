"""The exam screen as a page of lines: what stands where, and what gives way where there is little room."""

from typing import NamedTuple

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.tui.visit.alarms import Alarms
from mmt.tui.visit.band import band
from mmt.tui.visit.guidance import ESSENTIAL, Line
from mmt.tui.visit.guide import fitted, labelled
from mmt.tui.visit.keeper import Keeper
from mmt.tui.visit.values import Earlier
from mmt.tui.widgets.clicks import fitted_keys
from mmt.tui.widgets.wrap import clamped, wrapped

from . import board
from .columns import Column
from .entry import Entry
from .menu import key_row, menu
from .text import last_line, position_line, the_end, title

LEAST_BOARD = 4
"""Rows that the board keeps while the name can be told in one line; guidance may leave it one."""

LEAST_ABOVE = 3
"""Rows for the position, the name and the board, however much stands below them."""

NAME, TALL_NAME = 4, 6
WORDS = 2


class Page(NamedTuple):
    """What the page shows. `guidance` is empty where it is turned off; `beside` says that it leaves the board
    its place; `words` are lines that answer a key or say what to know now."""

    entry: Entry
    columns: tuple[Column, ...]
    alarms: Alarms
    keeper: Keeper
    protocol: Protocol
    then: Earlier | None = None
    words: tuple[str, ...] = ()
    guidance: tuple[Line, ...] = ()
    beside: bool = False

    @property
    def reading(self) -> bool:
        """Whether the guidance takes the place of large letters."""
        return bool(self.guidance) and not self.beside


class Drawn(NamedTuple):
    """The page in lines, and how many lines of guidance found no room."""

    lines: list[Content]
    left_out: int


def page(now: Page, across: int, down: int) -> Drawn:
    """The page, exactly as many lines as there are rows."""
    foot = _foot(now, across, down - LEAST_ABOVE)
    rest = down - 1 - len(foot)
    guide, left_out = _beside(now, across, down // 2)
    if now.entry.test is None:
        end = the_end(now.entry, across, rest)
        body = [*end, *_blank(rest - len(end))]
    elif now.reading:
        name = title(now.entry.test, across, 1)
        needed = sum(len(labelled(line, across)) for line in now.guidance if line.label in ESSENTIAL)
        side_rows = LEAST_BOARD if rest - len(name) - LEAST_BOARD > needed else 1
        side = board.paint(now.columns, across, side_rows)
        room = max(0, rest - len(name) - len(side))
        guide, left_out = fitted(now.guidance, across, room) if room else ([], len(now.guidance))
        body = [*name, *side, *guide, *_blank(room - len(guide))]
    else:
        rest -= len(guide)
        wanted = TALL_NAME if now.beside else NAME
        name = title(now.entry.test, across, wanted if rest - wanted >= LEAST_BOARD else 1)
        body = [*name, *board.paint(now.columns, across, max(1, rest - len(name))), *guide]
    above = [position_line(now.entry, across), *body]
    return Drawn([*above[: down - len(foot)], *foot], left_out)


def _beside(now: Page, across: int, down: int) -> tuple[list[Content], int]:
    """The guidance below the board, on half of the screen at most."""
    if not now.beside or not now.guidance:
        return [], 0
    rows = sum(len(labelled(line, across)) for line in now.guidance)
    return fitted(now.guidance, across, min(rows + 1, down))


def _foot(now: Page, across: int, down: int) -> list[Content]:
    """What stands at the bottom: what interrupts, the open menu, the value in hand, words, keys.

    The sentences of what interrupts give way to the rest, and long words to them.
    """
    last = now.entry.last
    test = now.entry.tests.get(last.test) if last else None
    unsaved = last is not None and now.keeper.waits(last.key)
    opened = menu(now.entry, across)
    left = down - len(opened) - 2
    rows = [row for line in now.words for row in wrapped(line, across - 2)]
    said = [Content(f" {row}") for row in clamped(rows, max(WORDS, left // 3))]
    said += _blank(0 if now.reading else WORDS - len(said))
    return [
        *band(now.alarms, now.keeper, now.protocol, across, left - len(said)),
        *opened,
        last_line(last, test, across, unsaved=unsaved, was=now.entry.was, then=now.then),
        *said,
        fitted_keys(key_row(now.entry), across),
    ]


def _blank(rows: int) -> list[Content]:
    return [Content("")] * rows
