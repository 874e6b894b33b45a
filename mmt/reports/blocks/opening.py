"""The opening of the sheet: title, one-line summary, the practitioner's note, and all moves at a glance."""

from collections.abc import Iterator
from functools import partial

from mmt.model.papers import Sheet, SheetItem
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, read_as, stack
from mmt.reports.setting import Setting

from .dose import said as dose_said
from .named import Move, named
from .pictures import thumbnail
from .texts import ruled, side_word, titled

_THUMBNAILS = (3.6, 4.6, 5.6, 6.6)
"""How high the small drawings may be, in sizes of the text: the most where the page has room."""

_DRAWN = 0.24
"""The share of the width for them."""


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
    """The plan: each move with a small drawing, its side, its dose in sentences and when to stop."""
    forms = dict.fromkeys(f"form-{code.lower()}" for item in sheet.items for code in item.forms)
    told = " ".join(at.words(key) for key in forms if at.words.has(key))
    said = lines(told, at.type.strong, at.width, gap=at.gap * 0.4) if told else []
    if any(item.drawn for item in sheet.items):
        said += lines(at.words("drawings"), at.type.body, at.width, gap=at.gap * 0.4)

    def rows(high: float) -> list[Row]:
        moves = (_move(number, item, high, at) for number, item in enumerate(sheet.items, start=1))
        return [*(one._replace(keep=True) for one in said), *ruled(moves, at.width, at, at.gap * 0.25)]

    least, *more = (one * at.gap for one in _THUMBNAILS)
    larger = [partial(rows, high) for high in reversed(more)]
    yield Group(rows(least), lambda: rows(least), larger=larger)


def _move(number: int, item: SheetItem, high: float, at: Setting) -> Row:
    text, style = item.text(at.language), at.type.strong
    name, large = (
        Move(number, text.name, side_word(item, at)),
        at.type.section._replace(colour=at.colours.ink),
    )
    left = at.width * _DRAWN
    drawing = thumbnail(item, left - at.gap, high, at)
    start = left if drawing else 0
    room = at.width - start
    told = [named(name, at, room, large)]
    if form := item.form(at.language):
        told += lines(form, at.type.body, room)
    told += lines(dose_said(item, at), style, room, gap=at.gap * 0.15)
    if stops := " ".join(at.symptoms[one] for one in item.stretch.stops if one in at.symptoms):
        label = at.words("stop-if")
        indent = style.width(label) + at.gap * 0.5
        stop = stack(lines(stops, at.type.body, room - indent))
        told.append(read_as(beside([(0, lines(label, style, indent)[0]), (indent, stop)]), label, stops))
    columns = [(start, stack(told)), *([(0, drawing)] if drawing else [])]
    return beside(columns, middle=True)
