"""Numbered steps, in one column or in two."""

from collections.abc import Sequence
from itertools import pairwise

from mmt.model.stretches import Part
from mmt.reports.rows import Row, beside, lines, stack, tied
from mmt.reports.setting import Setting


def steps(title: str, texts: Sequence[str], first: int, room: float, at: Setting) -> list[Row]:
    """Steps under each other, numbered from `first`, under a title where there is one."""
    indent = at.gap * 1.6
    rows = tied(lines(title, at.type.strong, room)) if title else []
    strong = at.type.strong._replace(colour=at.colours.accent)
    for number, text in enumerate(texts, start=first):
        told = stack(lines(text, at.type.body, room - indent))
        row = beside([(0, lines(str(number), strong, indent)[0]), (indent, told)])
        rows.append(row._replace(gap=at.gap * 0.1 if rows else 0))
    return rows


def beside_each_other(parts: Sequence[Part], at: Setting) -> Row:
    """The steps in two columns: of one part so that both are about as high, of several part by part."""
    between = at.gap * 2
    room = (at.width - between) / 2
    if len(parts) == 1:
        every = steps("", parts[0].steps, 1, room, at)
        split = min(range(1, len(every) + 1), key=lambda n: (max(_high(every[:n]), _high(every[n:])), -n))
        columns = [every[:split], every[split:]]
    else:
        middle = (len(parts) + 1) // 2
        columns = [
            [row for part in some for row in steps(part.title, part.steps, 1, room, at)]
            for some in (parts[:middle], parts[middle:])
        ]
    placed = zip((0, room + between), columns, strict=True)
    return beside([(indent, stack(_flush(rows))) for indent, rows in placed if rows])


def columns_of(texts: Sequence[str], firsts: Sequence[int], room: float, at: Setting) -> list[Row]:
    """The steps in several columns; `firsts` are the numbers that the columns begin with."""
    starts = [1, *firsts[1:], len(texts) + 1]
    return [stack(steps("", texts[one - 1 : after - 1], one, room, at)) for one, after in pairwise(starts)]


def under_drawings(texts: Sequence[str], firsts: Sequence[int], at: Setting) -> Row:
    """The steps under a row of drawings, each under the one that shows it."""
    room = (at.width - at.gap * (len(firsts) - 1)) / len(firsts)
    columns = columns_of(texts, firsts, room - at.gap * 0.5, at)
    return beside([(index * (room + at.gap), column) for index, column in enumerate(columns)])


def _high(rows: Sequence[Row]) -> float:
    return sum(row.extent for row in rows)


def _flush(rows: Sequence[Row]) -> list[Row]:
    return [rows[0]._replace(gap=0), *rows[1:]]
