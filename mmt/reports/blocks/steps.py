"""Numbered steps, in one column or in two."""

from collections.abc import Sequence
from itertools import pairwise

from mmt.model.stretches import Part
from mmt.reports.rows import Row, beside, lines, read_as, spaced, stack, tied
from mmt.reports.setting import Setting

from .texts import halves, split


def steps(
    texts: Sequence[str], room: float, at: Setting, *, title: str = "", first: int = 1, apart: float = 0.1
) -> list[Row]:
    """Steps under each other, numbered from `first`, under a title where there is one; between them white of
    `apart` sizes of the text."""
    indent = at.gap * 1.6
    rows = tied(lines(title, at.type.strong, room)) if title else []
    strong = at.type.strong._replace(colour=at.colours.accent)
    for number, text in enumerate(texts, start=first):
        told = stack(lines(text, at.type.body, room - indent))
        row = beside([(0, lines(str(number), strong, indent)[0]), (indent, told)])
        rows.append(read_as(row, str(number), text)._replace(gap=at.gap * apart if rows else 0))
    return rows


def beside_each_other(parts: Sequence[Part], at: Setting) -> Row:
    """The steps in two columns: of one part so that both are about as high, of several part by part."""
    if len(parts) == 1:
        every = steps(parts[0].steps, at.half, at)
        columns: Sequence[Sequence[Row]] = split(every)
    else:
        columns = in_columns(parts, at.half, at)
    return halves([spaced(rows, 0) for rows in columns], at)


def in_columns(parts: Sequence[Part], room: float, at: Setting) -> list[list[Row]]:
    """The steps of several parts under their titles, in two columns."""
    middle = (len(parts) + 1) // 2
    return [
        [row for part in some for row in steps(part.steps, room, at, title=part.title)]
        for some in (parts[:middle], parts[middle:])
    ]


def columns_of(texts: Sequence[str], firsts: Sequence[int], room: float, at: Setting) -> list[Row]:
    """The steps in several columns; `firsts` are the numbers that the columns begin with."""
    starts = [1, *firsts[1:], len(texts) + 1]
    return [stack(steps(texts[one - 1 : after - 1], room, at, first=one)) for one, after in pairwise(starts)]


def under_drawings(texts: Sequence[str], firsts: Sequence[int], at: Setting) -> Row:
    """The steps under a row of drawings, each under the one that shows it."""
    room = (at.width - at.gap * (len(firsts) - 1)) / len(firsts)
    columns = columns_of(texts, firsts, room - at.gap * 0.5, at)
    return beside([(index * (room + at.gap), column) for index, column in enumerate(columns)])
