"""Pain and function over all visits: a small chart a score, the value written at each visit."""

import datetime
from collections.abc import Iterator, Sequence

from mmt.model.papers import ComparisonSheet, ScoreCourse
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .texts import heading

_A_LINE = 2
"""So many charts stand beside each other."""


def scores(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Each score that was taken at two visits or more, by the dates of the visits."""
    told = lines(at.words("scores-key"), at.type.small, at.width, gap=at.gap * 0.3)
    room = (at.width - at.gap * 2 * (_A_LINE - 1)) / _A_LINE
    rows = heading("scores", at)
    for start in range(0, len(sheet.courses), _A_LINE):
        some = sheet.courses[start : start + _A_LINE]
        charts = [(index * (room + at.gap * 2), _chart(one, room, at)) for index, one in enumerate(some)]
        rows.append(beside(charts)._replace(gap=at.gap * 0.5))
    if sheet.courses:
        yield Group(tied([*rows, *told]))


def _chart(course: ScoreCourse, room: float, at: Setting) -> Row:
    """The name of the score above its line, the first and the last date below it: with their years where
    these differ."""
    ends = course.points[0].date, course.points[-1].date
    told = at.words.day if ends[0].year == ends[1].year else at.words.date
    first, last = map(told, ends)
    small = at.type.small
    end = room - small.width(last)
    dates = beside([(0, lines(first, small, room)[0]), (end, lines(last, small, room)[0])])
    name = f"{course.name} ({course.better})" if course.better else course.name
    return stack([*lines(name, at.type.body, room), _line(course, room, at), dates])


def _line(course: ScoreCourse, room: float, at: Setting) -> Row:
    """The values as a line from visit to visit, each written above its point where it has room; behind it the
    band within which a change from the first one is within error; at its left the ends of the score."""
    style, small = at.type.strong, at.type.small
    high, inset = style.leading * 5, at.gap * 2.2
    begin = inset + at.gap
    top, low = style.leading * 1.1, high - at.gap * 0.5
    days = max(1, (course.points[-1].date - course.points[0].date).days)

    def down(value: float) -> float:
        share = (min(max(value, course.least), course.most) - course.least) / (course.most - course.least)
        return low - (low - top) * share

    def right(date: datetime.date) -> float:
        return begin + (room - begin - at.gap) * (date - course.points[0].date).days / days

    places = [(right(one.date), down(one.value)) for one in course.points]
    named = _roomy(course, places, style)
    first = course.points[0].value
    upper, lower = down(first + course.band), down(first - course.band)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.across(x + inset, y + low, room - inset, at.colours.rule)
        pen.across(x + inset - at.gap * 0.4, y + top, at.gap * 0.4, at.colours.rule)
        for value in (course.least, course.most):
            told = f"{value:g}"
            pen.text(x + inset * 0.75 - small.width(told), y + down(value) + small.size * 0.35, told, small)
        if course.band:
            pen.box(x + inset, y + upper, room - inset, lower - upper, fill=at.colours.tint)
        pen.path([(x + across, y + level) for across, level in places], at.colours.accent, 1.5)
        for index, (across, level) in enumerate(places):
            pen.disc(x + across, y + level, at.gap * 0.25, at.colours.accent)
            if index in named:
                told = f"{course.points[index].value:g}"
                pen.text(x + across - style.width(told) / 2, y + level - at.gap * 0.45, told, style)

    return Row(high, draw)


def _roomy(course: ScoreCourse, places: Sequence[tuple[float, float]], style: Style) -> set[int]:
    """The points whose values are written: the last one, then from the first on each that has room."""
    room = max(style.width(f"{one.value:g}") for one in course.points) + style.size * 0.4
    named, end = {len(places) - 1}, places[0][0] - room
    for index, (across, _) in enumerate(places):
        if across - end >= room and places[-1][0] - across >= room:
            named.add(index)
            end = across
    return named
