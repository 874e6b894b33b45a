"""The diary: a table a week with a box to tick for each time of the dose, and the pain of each day."""

import datetime
from collections.abc import Iterator, Sequence

from mmt.model.papers import Sheet
from mmt.model.visit import Dose
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, lines, stack, tied
from mmt.reports.setting import Setting

from .head import BLANK
from .texts import heading

DAYS = 7
_NAMES = (0.36, 0.5)
"""The least and most share of the width for the names of the moves: between them what the days leave."""

_STEP = 1.2
"""From one box to the next, in sides of a box."""

Place = tuple[float, float]
"""Where something stands, from the left and from above, in points."""


def diary(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """How to fill it in, what to tie the moves to, then a table a week from the day after, two at least.

    A week has as many boxes as the dose has times in it: a cell a day for a move of every day, else the days
    to pick. A move leaves the tables when its weeks are over; the pain of each day stays to the end.
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
        dose, name = item.prescribed.dose, f"{number}  {item.text(sheet.language).name}"
        if week < dose.weeks:
            daily = dose.days_per_week >= DAYS
            rows.append(_daily(name, dose.per_day, at) if daily else _picked(name, dose, at))
    return [*rows, _daily(at.words("diary-pain"), 0, at)]


def _cell(at: Setting) -> float:
    """The width of a day: its name needs some white beside it."""
    style = at.type.body
    widest = max(style.width(name) for name in at.words.weekdays())
    most, least = (at.width * (1 - share) / DAYS for share in _NAMES)
    return min(most, max(least, widest + at.gap * 0.35))


def _names(at: Setting) -> float:
    """The width of the names of the moves: what the days leave."""
    return at.width - DAYS * _cell(at)


def _head(week: int, first: datetime.date, at: Setting) -> Row:
    """The week's number and first day, and the names of the days, on a tinted band."""
    told = at.words("week", number=week + 1, day=at.words.day(first))
    label = stack(lines(told, at.type.strong, _names(at) - at.gap))
    names = at.words.weekdays()
    style, cell = at.type.body, _cell(at)
    height = label.height + at.gap * 0.5

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, at.width, height, fill=at.colours.tint)
        label.draw(pen, x + at.gap / 2, y + at.gap * 0.25)
        for index in range(DAYS):
            name = names[(first.weekday() + index) % DAYS]
            middle = (cell - style.width(name)) / 2
            left = x + _names(at) + index * cell + middle
            pen.text(left, y + (height + style.size * 0.72) / 2, name, style)

    return Row(height, draw)


def _daily(name: str, boxes: int, at: Setting) -> Row:
    """A line of the table with a cell a day: so many boxes in each, or room for a number."""
    cells = [(day * _cell(at), _places(boxes, _cell(at), _side(at))) for day in range(DAYS)]
    return _line(name, cells, [left for left, _ in cells], None, at)


def _picked(name: str, dose: Dose, at: Setting) -> Row:
    """A line of the table for a move of some days of the week: on which ones is for the patient to pick.

    The boxes stand close behind the words, not under the days, so that they name none.
    """
    words, style, side = at.words.counted("diary-pick", dose.days_per_week), at.type.body, _side(at)
    first = min(style.width(words) + at.gap * 1.4, DAYS * _cell(at) / 2)
    room = (DAYS * _cell(at) - first) / dose.days_per_week
    each = min(room, dose.per_day * side * _STEP + at.gap * 0.7)
    places = _places(dose.per_day, each, side)
    cells = [(first + day * each, places) for day in range(dose.days_per_week)]
    return _line(name, cells, [0], stack(lines(words, style, first - at.gap / 2)), at)


def _line(
    name: str,
    cells: Sequence[tuple[float, Sequence[Place]]],
    rules: Sequence[float],
    told: Row | None,
    at: Setting,
) -> Row:
    """One line of the table: what is done, then the boxes of each cell and `told` before them.

    `cells` are where each one starts and where its boxes stand, `rules` where a line goes down.
    """
    label = stack(lines(name, at.type.body, _names(at) - at.gap))
    side, first = _side(at), _names(at)
    deep = max((y for _, places in cells for _, y in places), default=0) + side
    height = max(label.height, deep, told.height if told else 0) + at.gap * 0.4

    def draw(pen: Pen, x: float, y: float) -> None:
        label.draw(pen, x + at.gap / 2, y + (height - label.height) / 2)
        if told:
            told.draw(pen, x + first + at.gap / 2, y + (height - told.height) / 2)
        for rule in rules:
            pen.down(x + first + rule, y, height, at.colours.rule)
        for left, places in cells:
            for right, down in places:
                top = y + (height - deep) / 2 + down
                pen.box(x + first + left + right, top, side, side, stroke=at.colours.ink)
        pen.across(x, y + height, at.width, at.colours.rule)

    return Row(height, draw)


def _side(at: Setting) -> float:
    """The side of a box."""
    return at.type.body.size * 0.92


def _places(boxes: int, cell: float, side: float) -> list[Place]:
    """Where the boxes stand in a cell: centred, in as many rows as they need."""
    step = side * _STEP
    most = max(1, int((cell + step - side) // step))
    found: list[Place] = []
    for row, start in enumerate(range(0, boxes, most)):
        count = min(most, boxes - start)
        left = (cell - (count - 1) * step - side) / 2
        found += [(left + index * step, row * step) for index in range(count)]
    return found
