"""The dose as big numbers in a row of cells, each with its unit in words."""

from mmt.model.papers import SheetItem
from mmt.reports.rows import Row, beside, lines, panel, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style

_FIELDS = (
    ("minutes", "dose-minutes"),
    ("hold_s", "dose-hold"),
    ("reps", "dose-times"),
    ("sets", "dose-sets"),
    ("per_day", "dose-day"),
    ("days_per_week", "dose-week"),
    ("weeks", "dose-weeks"),
)
_FEWEST = 5
"""Cells are as wide as if there were so many at least, so that numbers of several moves stand in line."""


def dose(item: SheetItem, at: Setting) -> Row:
    """How long, how often and for how many weeks; what the dose leaves open is left out.

    A stretch that is held also says that counting starts when the pull is first felt.
    """
    value = item.prescribed.dose
    given = [(getattr(value, field), key) for field, key in _FIELDS if getattr(value, field) is not None]
    numbers = [str(number) for number, _ in given]
    units = [at.words.counted(key, number) for number, key in given]
    pad = at.gap * 0.3
    room = at.width - 2 * pad
    cells = _beside(numbers, units, room, at) or _above(numbers, units, room, at)
    rows = [beside(cells)]
    if item.stretch.kind == "stretch" and value.hold_s:
        rows += lines(at.words("count-from"), at.type.body, room, gap=at.gap * 0.15)
    return panel(stack(rows), at.width, pad, fill=at.colours.tint, radius=pad / 2)


def _beside(numbers: list[str], units: list[str], room: float, at: Setting) -> list[tuple[float, Row]]:
    """Each number with its unit beside it in two lines; nothing where the row is too narrow."""
    gap = at.gap * 0.35
    needs = [at.type.number.width(number) + gap for number in numbers]
    told = [_two_lines(unit, at.type.body) + 1 for unit in units]
    whole = [need + wide + at.gap * 0.8 for need, wide in zip(needs, told, strict=True)]
    if sum(whole) > room:
        return []
    even = room / max(_FEWEST, len(units))
    starts = [index * even for index in range(len(units))]
    if max(whole) > even:
        spare = (room - sum(whole)) / len(units)
        starts = [sum(whole[:index]) + index * spare for index in range(len(units))]
    cells = []
    for start, number, unit, need, wide in zip(starts, numbers, units, needs, told, strict=True):
        figure = lines(number, at.type.number, need)[0]
        cells.append(
            (start, beside([(0, figure), (need, stack(lines(unit, at.type.body, wide)))], middle=True))
        )
    return cells


def _two_lines(unit: str, style: Style) -> float:
    """The room that lets a unit stand in two lines at most."""
    words = unit.split(" ")
    return min(
        max(style.width(" ".join(words[:cut])), style.width(" ".join(words[cut:])))
        for cut in range(1, len(words) + 1)
    )


def _above(numbers: list[str], units: list[str], room: float, at: Setting) -> list[tuple[float, Row]]:
    """Each number with its unit under it."""
    return [
        (start, stack([*lines(number, at.type.number, room), *lines(unit, at.type.body, wide)]))
        for (start, wide), number, unit in zip(_cells(numbers, units, room, at), numbers, units, strict=True)
    ]


def _cells(numbers: list[str], units: list[str], room: float, at: Setting) -> list[tuple[float, float]]:
    """Where each cell starts and how wide it is: all alike, or as wide as its words where those need it."""
    even = room / max(_FEWEST, len(units))
    needs = [
        max(at.type.number.width(number), at.type.body.width(unit))
        for number, unit in zip(numbers, units, strict=True)
    ]
    spare = (room - sum(needs)) / len(needs)
    if max(needs) <= even - at.gap or spare <= 0:
        return [(index * even, even - at.gap / 4) for index in range(len(needs))]
    return [(sum(needs[:index]) + index * spare, need + 1) for index, need in enumerate(needs)]
