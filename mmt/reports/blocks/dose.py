"""The dose as big numbers in a row of cells, each with its unit in words."""

from collections.abc import Sequence

from mmt.model.papers import SheetItem
from mmt.reports.rows import Row, beside, lines, panel, read_as, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .texts import two_lines

_FIELDS = (
    ("minutes", "dose-minutes"),
    ("hold_s", "dose-hold"),
    ("reps", "dose-times"),
    ("sets", "dose-sets"),
    ("per_day", "dose-day"),
    ("days_per_week", "dose-week"),
    ("weeks", "dose-weeks"),
)
DAYS = 7
"""Days of a week: a dose of so many is one for every day."""

TWICE = 2
"""Rounds that are told as times, rest, and times again."""

_LARGE = 1.6
"""Of large print: the size of the numbers, in sizes of the text."""

_FEWEST = 5
"""Cells are as wide as if there were so many at least, so that numbers of several moves stand in line."""

SAID = ("minutes", "hold", "times", "sets", "day", "week", "weeks")
"""What the sentences of a dose count, by the second part of their keys."""

Given = tuple[str, str]
"""A number and its unit."""


def dose(item: SheetItem, at: Setting) -> Row:
    """How long, how often and for how many weeks; what the dose leaves open is left out.

    A stretch that is held also says that counting starts when the pull is first felt.
    """
    value = item.prescribed.dose
    given = [
        (str(number), at.words.counted(key, number))
        for field, key in _FIELDS
        if (number := getattr(value, field)) is not None
    ]
    pad = at.gap * 0.3
    room = at.width - 2 * pad
    rows = [beside(_beside(given, room, at) or _above(given, room, at))]
    if item.stretch.kind == "stretch" and value.hold_s:
        rows += lines(at.words("count-from"), at.type.body, room, gap=at.gap * 0.15)
    return panel(stack(rows), at.width, pad, fill=at.colours.tint, radius=pad / 2)


def said(item: SheetItem, at: Setting) -> list[str]:
    """The dose in sentences: hold, times, rest and times again, how often a day and a week, for how many
    weeks; without what one of goes without saying."""
    value = item.prescribed.dose
    daily = value.days_per_week >= DAYS
    plain = ("sets", "day") if daily or at.terse else ("sets",)
    told = []
    for (field, _), part in zip(_FIELDS, SAID, strict=True):
        number = getattr(value, field)
        if part == "week" and daily:
            told.append(at.words("say-every-day"))
        elif part == "sets" and value.reps and number == TWICE:
            told.append(at.words.counted("say-again", value.reps))
        elif number is not None and not (number == 1 and part in plain):
            told.append(at.words.counted(f"say-{part}", number))
    return told


def _number(at: Setting) -> Style:
    """The type of the numbers: larger than the text, and of large print no larger than it needs."""
    style, size = at.type.number, at.gap * _LARGE
    return style._replace(size=size, leading=round(size * 1.05, 2)) if at.narrow else style


def _beside(given: Sequence[Given], room: float, at: Setting) -> list[tuple[float, Row]]:
    """Each number with its unit beside it in two lines; nothing where the row is too narrow."""
    needs = [_number(at).width(number) + at.gap * 0.35 for number, _ in given]
    told = [two_lines(unit, at.type.body) + 1 for _, unit in given]
    whole = [need + wide + at.gap * 0.8 for need, wide in zip(needs, told, strict=True)]
    if sum(whole) > room:
        return []
    even = room / max(_FEWEST, len(given))
    starts = [index * even for index in range(len(given))] if max(whole) <= even else _spread(whole, room)
    cells = []
    for start, (number, unit), need, wide in zip(starts, given, needs, told, strict=True):
        columns = [
            (0, lines(number, _number(at), need)[0]),
            (need, stack(lines(unit, at.type.body, wide))),
        ]
        cells.append((start, read_as(beside(columns, middle=True), number, unit)))
    return cells


def _above(given: Sequence[Given], room: float, at: Setting) -> list[tuple[float, Row]]:
    """Each number with its unit under it, in columns all alike, or as wide as its words need."""
    even = room / max(_FEWEST, len(given))
    needs = [max(_number(at).width(number), at.type.body.width(unit)) for number, unit in given]
    if max(needs) <= even - at.gap or sum(needs) >= room:
        starts, wides = [index * even for index in range(len(given))], [even - at.gap / 4] * len(given)
    else:
        starts, wides = _spread(needs, room), [need + 1 for need in needs]
    cells = []
    for start, wide, (number, unit) in zip(starts, wides, given, strict=True):
        cell = stack([*lines(number, _number(at), room), *lines(unit, at.type.body, wide)])
        cells.append((start, read_as(cell, number, unit)))
    return cells


def _spread(wides: Sequence[float], room: float) -> list[float]:
    """Where columns of these widths start, what is left of the room being white behind each."""
    spare = (room - sum(wides)) / len(wides)
    return [sum(wides[:index]) + index * spare for index in range(len(wides))]
