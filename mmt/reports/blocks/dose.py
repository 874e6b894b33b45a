"""The dose as big numbers in a row of cells, each with its unit in words."""

from mmt.model.papers import SheetItem
from mmt.reports.rows import Row, beside, lines, panel, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style
from mmt.reports.typeface import width

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
    pad = at.gap / 2
    room = at.width - 2 * pad
    cells = [
        (start, stack([*lines(number, at.type.number, room), *lines(unit, at.type.body, wide)]))
        for (start, wide), number, unit in zip(_cells(numbers, units, room, at), numbers, units, strict=True)
    ]
    rows = [beside(cells)]
    if item.stretch.kind == "stretch" and value.hold_s:
        rows += lines(at.words("count-from"), at.type.body, room, gap=at.gap * 0.3)
    return panel(stack(rows), at.width, pad, fill=at.colours.tint, radius=pad / 2)


def _cells(numbers: list[str], units: list[str], room: float, at: Setting) -> list[tuple[float, float]]:
    """Where each cell starts and how wide it is: all alike, or as wide as its words where those need it."""
    even = room / max(_FEWEST, len(units))
    needs = [
        max(_wide(number, at.type.number), _wide(unit, at.type.body))
        for number, unit in zip(numbers, units, strict=True)
    ]
    spare = (room - sum(needs)) / len(needs)
    if max(needs) <= even - at.gap or spare <= 0:
        return [(index * even, even - at.gap / 4) for index in range(len(needs))]
    return [(sum(needs[:index]) + index * spare, need + 1) for index, need in enumerate(needs)]


def _wide(text: str, style: Style) -> float:
    return width(text, style.face, style.size)
