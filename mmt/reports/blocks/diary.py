"""The diary: a table a week with a box to tick for each time of each move, and the pain of each day."""

import datetime
from collections.abc import Iterator

from mmt.model.papers import Sheet
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, lines, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.typeface import width

from .head import BLANK
from .texts import heading

DAYS = 7
_LABEL = 0.36
"""The share of the width that the names of the moves take."""


def diary(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """How to fill it in, what to tie the moves to, then a table a week from the day after, two at least.

    A move leaves the tables when its weeks are over; the pain of each day stays to the end.
    """
    how = [
        *heading("diary", at),
        *lines(at.words("diary-how"), at.type.body, at.width, gap=at.gap / 3),
        *lines(at.words("diary-when", blank=BLANK), at.type.strong, at.width, gap=at.gap),
    ]
    for week in range(sheet.weeks):
        table = _week(week, sheet, at)
        yield Group(tied(table if week else [*how, *table]))


def _week(week: int, sheet: Sheet, at: Setting) -> list[Row]:
    first = sheet.date + datetime.timedelta(days=1 + week * DAYS)
    rows = [_head(week, first, at)._replace(gap=at.gap)]
    for number, item in enumerate(sheet.items, start=1):
        if week < item.prescribed.dose.weeks:
            name = f"{number}  {item.text(sheet.language).name}"
            rows.append(_line(name, item.prescribed.dose.per_day, at))
    return [*rows, _line(at.words("diary-pain"), 0, at)]


def _cell(at: Setting) -> float:
    return at.width * (1 - _LABEL) / DAYS


def _head(week: int, first: datetime.date, at: Setting) -> Row:
    """The week's number and first day, and the names of the days, on a tinted band."""
    told = at.words("week", number=week + 1, day=at.words.day(first))
    label = stack(lines(told, at.type.strong, at.width * _LABEL - at.gap))
    names = at.words.weekdays()
    style, cell = at.type.body, _cell(at)
    height = label.height + at.gap * 0.5

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, at.width, height, fill=at.colours.tint)
        label.draw(pen, x + at.gap / 2, y + at.gap * 0.25)
        for index in range(DAYS):
            name = names[(first.weekday() + index) % DAYS]
            middle = (cell - width(name, style.face, style.size)) / 2
            left = x + at.width * _LABEL + index * cell + middle
            pen.text(left, y + (height + style.size * 0.72) / 2, name, style)

    return Row(height, draw)


def _line(name: str, boxes: int, at: Setting) -> Row:
    """One line of the table: what is done, then a cell a day with so many boxes, or empty for a number."""
    label = stack(lines(name, at.type.body, at.width * _LABEL - at.gap))
    side = at.type.body.size * 0.92
    places = _places(boxes, _cell(at), side)
    deep = max((y for _, y in places), default=0) + side
    height = max(label.height, deep) + at.gap * 0.4

    def draw(pen: Pen, x: float, y: float) -> None:
        label.draw(pen, x + at.gap / 2, y + (height - label.height) / 2)
        for day in range(DAYS):
            left = x + at.width * _LABEL + day * _cell(at)
            pen.down(left, y, height, at.colours.rule)
            for right, down in places:
                top = y + (height - deep) / 2 + down
                pen.box(left + right, top, side, side, stroke=at.colours.ink)
        pen.across(x, y + height, at.width, at.colours.rule)

    return Row(height, draw)


def _places(boxes: int, cell: float, side: float) -> list[tuple[float, float]]:
    """Where the boxes stand in a cell: centred, in as many rows as they need."""
    step = side * 1.2
    most = max(1, int((cell + step - side) // step))
    found = []
    for row, start in enumerate(range(0, boxes, most)):
        count = min(most, boxes - start)
        left = (cell - (count - 1) * step - side) / 2
        found += [(left + index * step, row * step) for index in range(count)]
    return found
