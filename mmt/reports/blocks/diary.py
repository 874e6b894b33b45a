"""The diary: one page, a row a week, a box to tick for each time of the dose, the pain of each day."""

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from mmt.model.papers import Sheet
from mmt.model.visit import Dose
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, high, lines, rule, stack, tied
from mmt.reports.setting import Setting

from .dose import DAYS
from .head import BLANK
from .texts import halves, heading, two_lines

FEWEST = 2
"""Weeks that a diary has at least, where the next visit is no sooner."""

UNKNOWN = (3, 4)
"""Weeks that it has, at least and at most, where no day of the next visit is known."""

_ROOM = 0.74
"""Share of the room between the margins that its rows take at least where they need it: head and foot of the
page, and the next visit, have the rest."""

_DAYS_WIDE = (0.48, 0.54)
"""The least and most share of the width for the days."""

_WEEK_WIDE = 0.24
"""The most share of the width for what names a week."""

_STEP = 1.2
"""From one box to the next, in sides of a box."""

Place = tuple[float, float]
"""Where something stands, from the left and from above, in points."""


class Columns(NamedTuple):
    """How wide the columns are, in points: what names the week, what is done, and one day.

    Where `numbered`, moves are named over the table, and their numbers stand in it.
    """

    week: float
    name: float
    day: float
    numbered: bool


def diary(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """How to fill it in, what to tie the moves to, then a row a week from the day after, to the next visit.

    A week has as many boxes as the dose has times in it: under each day for a move of every day, else so many
    as there are days to pick. A move leaves the rows when its weeks are over; the pain of each day stays.
    """
    wide = _columns(sheet, at)
    longest = max(item.prescribed.dose.weeks for item in sheet.items)
    back = _back(sheet, at)
    wanted = min(max(FEWEST, longest), -(-max(1, (back - sheet.date).days) // DAYS) if back else UNKNOWN[1])
    least = wanted if back else min(wanted, UNKNOWN[0])
    told = [
        *heading("diary", at),
        *lines(at.words("diary-how"), at.type.body, at.width, gap=at.gap / 3),
        *lines(at.words("diary-when", blank=BLANK), at.type.strong, at.width, gap=at.gap * 0.6),
    ]
    if wide.numbered:
        told += _legend(sheet, at)
    head = _head(sheet, wide, at)._replace(gap=at.gap * 0.8)
    weeks = [_week(week, sheet, wide, at) for week in range(wanted)]
    again = lines(at.words("diary-again"), at.type.body, at.width, gap=at.gap * 0.6)

    def by_week(count: int) -> list[Row]:
        first, *others = weeks[:count]
        end = again if count < longest else []
        parts = [[*told, head, *first], *others]
        parts[-1] = [*parts[-1], *end]
        return [row for part in parts for row in tied(part)]

    def of(count: int) -> list[Row]:
        return tied(by_week(count))

    most = (at.page[1] - at.top - at.bottom) * _ROOM
    fits = max((count for count in range(1, least + 1) if high(of(count)) <= most), default=1)
    yield Group(
        of(fits), lambda: by_week(fits), larger=[partial(of, count) for count in range(wanted, fits, -1)]
    )


def _back(sheet: Sheet, at: Setting) -> datetime.date | None:
    """The day of the next visit, where one can be read in what was written, or by which it is asked for."""
    return at.words.day_in(sheet.next_visit, sheet.date) if sheet.next_visit else sheet.back_by


def _columns(sheet: Sheet, at: Setting) -> Columns:
    """The days as wide as their names need, the week in two lines where it can, the rest for the moves."""
    least, most = (at.width * share / DAYS for share in _DAYS_WIDE)
    widest = max(at.type.body.width(name) for name in _days(at))
    day = max(least, min(most, widest + at.gap * 0.35))
    told = at.words("week", number=10, day=at.words.day(sheet.date))
    week = min(at.width * _WEEK_WIDE, two_lines(told, at.type.strong) + at.gap)
    name = at.width - week - DAYS * day
    names = (f"{number}  {_name(sheet, number)}" for number in range(1, len(sheet.items) + 1))
    if max(map(at.type.body.width, names)) <= name - at.gap:
        return Columns(week, name, day, numbered=False)
    style, pain = at.type.body, at.words("diary-pain")
    whole = style.width(pain) + at.gap
    name = whole if at.width - week - whole >= DAYS * day else two_lines(pain, style) + at.gap
    return Columns(week, name, (at.width - week - name) / DAYS, numbered=True)


def _days(at: Setting) -> list[str]:
    """The short names of the days, without a point."""
    return [name.rstrip(".") for name in at.words.weekdays()]


def _name(sheet: Sheet, number: int) -> str:
    return sheet.items[number - 1].text(sheet.language).name


def _legend(sheet: Sheet, at: Setting) -> list[Row]:
    """The moves by number, for a table that has no room for their names."""
    count = len(sheet.items)
    named = [
        stack(lines(f"{number}  {_name(sheet, number)}", at.type.body, at.half))
        for number in range(1, count + 1)
    ]
    split = (count + 1) // 2
    return [halves([named[:split], named[split:]], at)._replace(gap=at.gap * 0.3)]


def _head(sheet: Sheet, wide: Columns, at: Setting) -> Row:
    """The names of the days on a tinted band: every week begins on the day after the visit."""
    names, style = _days(at), at.type.body
    height, left = style.leading + at.gap * 0.4, wide.week + wide.name
    first = sheet.date.weekday() + 1

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, at.width, height, fill=at.colours.tint)
        for index in range(DAYS):
            name = names[(first + index) % DAYS]
            start = left + index * wide.day + (wide.day - style.width(name)) / 2
            pen.text(x + start, y + (height + style.size * 0.72) / 2, name, style)

    return Row(height, draw)


def _week(week: int, sheet: Sheet, wide: Columns, at: Setting) -> list[Row]:
    """What names the week, beside a line for each move and one for the pain of each day."""
    first = sheet.date + datetime.timedelta(days=1 + week * DAYS)
    told = lines(
        at.words("week", number=week + 1, day=at.words.day(first)), at.type.strong, wide.week - at.gap
    )
    done = []
    for number, item in enumerate(sheet.items, start=1):
        dose = item.prescribed.dose
        name = f"{number}" if wide.numbered else f"{number}  {_name(sheet, number)}"
        if week < dose.weeks:
            daily = dose.days_per_week >= DAYS
            done.append(_daily(name, dose.per_day, wide, at) if daily else _picked(name, dose, wide, at))
    done.append(_daily(at.words("diary-pain"), 0, wide, at))
    row = beside([(at.gap / 2, stack(told)), (wide.week, stack(done))])
    return [row._replace(gap=at.gap * 0.2), rule(at.width, at.colours.accent, 1.2)._replace(gap=at.gap * 0.1)]


def _daily(name: str, boxes: int, wide: Columns, at: Setting) -> Row:
    """A line with a cell a day: so many boxes in each, or room for a number."""
    cells = [(day * wide.day, _places(boxes, wide.day, _side(at))) for day in range(DAYS)]
    return _line(name, cells, [left for left, _ in cells], None, wide, at)


def _picked(name: str, dose: Dose, wide: Columns, at: Setting) -> Row:
    """A line for a move of some days of the week: on which ones is for the patient to pick.

    The boxes stand close behind the words, not under the days, so that they name none.
    """
    words, style, side = at.words.counted("diary-pick", dose.days_per_week), at.type.body, _side(at)
    first = min(style.width(words) + at.gap * 1.4, DAYS * wide.day / 2)
    room = (DAYS * wide.day - first) / dose.days_per_week
    each = min(room, dose.per_day * side * _STEP + at.gap * 0.7)
    places = _places(dose.per_day, each, side)
    cells = [(first + day * each, places) for day in range(dose.days_per_week)]
    return _line(name, cells, [0], stack(lines(words, style, first - at.gap / 2)), wide, at)


def _line(
    name: str,
    cells: Sequence[tuple[float, Sequence[Place]]],
    rules: Sequence[float],
    told: Row | None,
    wide: Columns,
    at: Setting,
) -> Row:
    """One line of a week: what is done, then the boxes of each cell and `told` before them.

    `cells` are where each one starts and where its boxes stand, `rules` where a line goes down.
    """
    label = stack(lines(name, at.type.body, wide.name - at.gap / 2))
    side, first = _side(at), wide.name
    deep = max((y for _, places in cells for _, y in places), default=0) + side
    height = max(label.height, deep, told.height if told else 0) + at.gap * 0.18

    def draw(pen: Pen, x: float, y: float) -> None:
        label.draw(pen, x, y + (height - label.height) / 2)
        if told:
            told.draw(pen, x + first + at.gap / 2, y + (height - told.height) / 2)
        for one in rules:
            pen.down(x + first + one, y, height, at.colours.rule)
        for left, places in cells:
            for right, down in places:
                top = y + (height - deep) / 2 + down
                pen.box(x + first + left + right, top, side, side, stroke=at.colours.ink)
        pen.across(x, y + height, at.width - wide.week, at.colours.rule)

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
