"""Pain and function over all visits: a small chart a score, the value written at each visit."""

from collections.abc import Iterator

from mmt.model.papers import ComparisonSheet, ScoreCourse
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack, tied
from mmt.reports.setting import Setting

from .texts import heading

_A_LINE = 2
"""So many charts stand beside each other."""


def scores(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Each score that was taken at two visits or more, by the dates of the visits."""
    room = (at.width - at.gap * 2 * (_A_LINE - 1)) / _A_LINE
    rows = heading("scores", at)
    for start in range(0, len(sheet.courses), _A_LINE):
        some = sheet.courses[start : start + _A_LINE]
        charts = [(index * (room + at.gap * 2), _chart(one, room, at)) for index, one in enumerate(some)]
        rows.append(beside(charts)._replace(gap=at.gap * 0.5))
    if sheet.courses:
        yield Group(tied(rows))


def _chart(course: ScoreCourse, room: float, at: Setting) -> Row:
    """The name of the score above its line, the first and the last date below it: with their years where
    these differ."""
    ends = course.points[0].date, course.points[-1].date
    told = at.words.day if ends[0].year == ends[1].year else at.words.date
    first, last = map(told, ends)
    small = at.type.small
    end = room - small.width(last)
    dates = beside([(0, lines(first, small, room)[0]), (end, lines(last, small, room)[0])])
    return stack([*lines(course.name, at.type.body, room), _line(course, room, at), dates])


def _line(course: ScoreCourse, room: float, at: Setting) -> Row:
    """The values as a line from visit to visit, each written above its point."""
    style = at.type.strong
    high, inset = style.leading * 3.6, at.gap
    top, low = style.leading * 1.3, high - at.gap * 0.4
    days = max(1, (course.points[-1].date - course.points[0].date).days)
    places = [
        (
            inset + (room - 2 * inset) * (one.date - course.points[0].date).days / days,
            low - (low - top) * (one.value - course.least) / (course.most - course.least),
        )
        for one in course.points
    ]

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.across(x, y + low, room, at.colours.rule)
        pen.path([(x + right, y + down) for right, down in places], at.colours.accent, 1.5)
        for (right, down), one in zip(places, course.points, strict=True):
            pen.disc(x + right, y + down, at.gap * 0.25, at.colours.accent)
            told = f"{one.value:g}"
            pen.text(x + right - style.width(told) / 2, y + down - at.gap * 0.45, told, style)

    return Row(high, draw)
