"""The opening of the sheet: title, one-line summary, the practitioner's note, and all moves at a glance."""

from collections.abc import Iterator, Sequence

from mmt.model.papers import Sheet, SheetItem
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, spaced, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .texts import ruled, side_word, titled

HEADS = ("overview-move", "overview-day", "overview-week", "overview-weeks")
"""The keys of what stands over the columns."""

_NARROW = 0.17
"""The share of the width that each of the number columns takes at most."""


def title(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """How many moves, and what to do with them in one line."""
    count = len(sheet.items)
    pull = at.words("summary-pull") if "stretch" in sheet.kinds else ""
    summary = " ".join(filter(None, (at.words.counted("summary", count), pull)))
    yield titled(at.words.counted("title", count), summary, at)


def note(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """What the practitioner adds in own words, where there is something."""
    if sheet.note:
        yield Group(lines(sheet.note, at.type.body, at.width, gap=at.gap))


def overview(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """All moves at a glance: name, side, and how often. A single move needs none."""
    if len(sheet.items) < 2:
        return
    head = _columns([at.words(key) for key in HEADS], at.type.quiet, at)
    moves = (_move(number, item, sheet.language, at) for number, item in enumerate(sheet.items, start=1))
    rows = [head, *ruled(moves, at.width, at, at.gap / 4)]
    yield Group(tied(spaced(rows, at.gap * 1.2)))


def _move(number: int, item: SheetItem, language: str, at: Setting) -> Row:
    dose = item.prescribed.dose
    side = side_word(item, at)
    name = f"{number}  {item.text(language).name}" + (f", {side}" if side else "")
    return _columns([name, *map(str, (dose.per_day, dose.days_per_week, dose.weeks))], at.type.strong, at)


def _columns(texts: Sequence[str], style: Style, at: Setting) -> Row:
    head = at.type.quiet
    needs = [head.width(at.words(key)) + at.gap for key in HEADS[1:]]
    narrow = [min(need, at.width * _NARROW) for need in needs]
    starts = [0.0, *(at.width - sum(narrow[index:]) for index in range(len(narrow)))]
    rooms = [starts[1] - at.gap, *(one - at.gap / 4 for one in narrow)]
    cells = zip(starts, texts, rooms, strict=True)
    return beside([(start, stack(lines(text, style, room))) for start, text, room in cells])
