"""A chart in the cells of a terminal: values by date, and the band within which a change is noise.

It is read without colours: signs tell values from the band, and what was measured otherwise has its own.
"""

import datetime
from collections.abc import Sequence

from textual.content import Content

from mmt.reasoning.series import Point, Series, Track
from mmt.tui.visit.values import date_said

VALUE, QUALIFIED, BAND, GROUND = "●", "◇", "░", " "
"""The signs of a value, of one that another examiner, scale or a flag stands against, and of the band."""

LEGEND = (
    (VALUE, "a value, at the date of its visit"),
    (QUALIFIED, "another examiner or scale than at the first, pain or another flag"),
    (BAND, "a change from the first value that error alone explains"),
)

SIGNS = f"{VALUE} value  {QUALIFIED} pain, another examiner or scale  {BAND} within error of the first"

_APART = 2
"""Columns between the charts of two sides."""


def chart(series: Series, across: int, down: int) -> Content:
    """A measure in so many columns and rows: right and left beside each other where both were measured."""
    heights = _axis(series, down - 3)
    names = [name for _, name in heights]
    margin = max(map(len, names)) + 1
    room = max(1, (across - margin - _APART * (len(series.tracks) - 1)) // len(series.tracks))
    dates = _span(series.tracks)
    panels = [
        _panel(track, series, [height for height, _ in heights], room, dates) for track in series.tracks
    ]
    rows = [
        f"{name:>{margin - 1}}│" + (" " * _APART).join(panel[at] for panel in panels)
        for at, name in enumerate(names)
    ]
    heads = [f"{track.side.upper() if track.side else '':<{room}}" for track in series.tracks]
    feet = [_dates(dates, room) for _ in series.tracks]
    lead = " " * margin
    between = " " * _APART
    lines = [
        lead + between.join(heads),
        *rows,
        lead + between.join("─" * room for _ in feet),
        lead + between.join(feet),
    ]
    return Content("\n").join(_styled(line) for line in lines)


def _styled(line: str) -> Content:
    """The band is dimmer than the values."""
    return Content.assemble(*((sign, "dim" if sign == BAND else "") for sign in line))


def _axis(series: Series, rows: int) -> list[tuple[float, str]]:
    """The heights of the rows with their names, the highest first: each step where there are steps, else
    evenly between the ends, in whole numbers where these have room."""
    values = [one.height for track in series.tracks for one in track.points]
    limit = series.ruler.limit or 0
    low, high = min(values) - limit, max(values) + limit
    if series.steps:
        named = {height: name for height, name in series.steps if low <= height <= high}
        half = 0.5 if any(height % 1 for height in named) else 1.0
        every = range(round((max(named) - min(named)) / half) + 1)
        heights = [max(named) - half * at for at in every]
        return [(height, named.get(height, "")) for height in heights]
    low, high = series.ends or (low, high)
    if high - low < rows and float(high - low).is_integer():
        rows = round(high - low) + 1
    step = (high - low or 1) / max(1, rows - 1)
    heights = [high - step * at for at in range(rows)]
    told = {0, rows - 1, (rows - 1) // 2}
    return [(height, f"{height:.4g}" if at in told else "") for at, height in enumerate(heights)]


def _span(tracks: Sequence[Track]) -> tuple[datetime.date, datetime.date]:
    days = [one.visit.date for track in tracks for one in track.points]
    return min(days), max(days)


def _panel(
    track: Track, series: Series, heights: list[float], room: int, dates: tuple[datetime.date, datetime.date]
) -> list[str]:
    """The rows of one side: the band around its first value, and on it the values."""
    first, limit = track.points[0].height, series.ruler.limit
    rows = [
        [BAND if limit is not None and not series.ruler.told(series.ruler.apart(first, height)) else GROUND]
        * room
        for height in heights
    ]
    for one in track.points:
        row = min(range(len(heights)), key=lambda at: abs(heights[at] - one.height))
        column = _column(one, dates, room)
        rows[row][column] = QUALIFIED if one.marks else VALUE
    return ["".join(row) for row in rows]


def _column(one: Point, dates: tuple[datetime.date, datetime.date], room: int) -> int:
    days = (dates[1] - dates[0]).days
    return round((room - 1) * (one.visit.date - dates[0]).days / days) if days else 0


def _dates(dates: tuple[datetime.date, datetime.date], room: int) -> str:
    first, last = map(date_said, dates)
    return f"{first}{last:>{room - len(first)}}" if room > len(first) + len(last) else f"{last:>{room}}"
