"""An emergency to be read from two metres: the word, why, and what to do, as large as the screen allows."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.reasoning.wording import worded
from mmt.tui.widgets.big import ROWS, big, drawable, width

WORD = "EMERGENCY"
STOPPED = "EMERGENCY. The exam is stopped: no grading, no exercise sheet."
DOTS = ((4, 2), (2, 1), (1, 1), (1, 0), (0, 0))
"""Columns and rows of a dot of the letters, the largest first; 0 draws two dots in one."""


def head(across: int, down: int) -> list[Content]:
    """The word in the largest letters of so many columns and rows, and what it means."""
    fits = (dots for dots in DOTS if width(WORD, dots[0]) <= across and ROWS * dots[1] <= down)
    return [*map(Content, big(WORD, *next(fits, DOTS[-1]))), Content.styled(STOPPED, "bold")]


def told(alerts: Sequence[Alert], protocol: Protocol, across: int, down: int) -> list[Content]:
    """Why, and what to do: the first sentences of that in large letters where there is room for them.

    Large letters stand below the same words in small ones, for whoever reads with a screen reader. Without
    room for any of them each sentence has a line of its own; without room for that they stand close.
    """
    parts = list(_parts(alerts, protocol))
    close = [row for part in parts for row in _close(*part, across)]
    sentences = [one for _, todo in parts for one in todo if drawable(one)]
    for count in range(len(sentences), 0, -1):
        for dots in DOTS[1:]:
            large = [row for one in sentences[:count] for row in _large(one, across, *dots)]
            if len(close) + len(large) <= down and all(row.cell_length <= across for row in large):
                return [*close, *large]
    airy = [row for part in parts for row in _airy(*part, across)][:-1]
    return airy if len(airy) <= down else close


def _parts(alerts: Sequence[Alert], protocol: Protocol) -> Iterator[tuple[str, list[str]]]:
    """The reason of each alert and what is to be done for it, no sentence twice."""
    said: set[str] = set()
    for alert in alerts:
        asked = re.split(r"(?<=\.) ", worded(alert.action, protocol))
        todo = [one for one in asked if one and one not in said]
        said.update(todo)
        yield worded(alert.said, protocol), todo


def _close(why: str, todo: list[str], across: int) -> list[Content]:
    return Content(" ").join([Content(why), *(Content.styled(one, "bold") for one in todo)]).wrap(across)


def _airy(why: str, todo: list[str], across: int) -> list[Content]:
    rows = [Content(why), *(Content.styled(one, "bold") for one in todo), Content("")]
    return [line for row in rows for line in row.wrap(across)]


@lru_cache(256)
def _large(sentence: str, across: int, columns: int, rows: int) -> tuple[Content, ...]:
    """A sentence in large letters, an empty line above it. Each key draws the same ones again."""
    lines = [""]
    for one in sentence.split():
        longer = f"{lines[-1]} {one}".strip()
        if lines[-1] and width(longer, columns) > across:
            lines.append(one)
        else:
            lines[-1] = longer
    drawn = [row for line in lines for row in (*big(line, columns, rows), *([""] if rows else []))]
    return (Content(""), *(Content.styled(row, "bold") for row in (drawn[:-1] if rows else drawn)))
