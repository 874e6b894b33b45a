"""The opening of the sheet: title, one-line summary, the practitioner's note, and all moves at a glance."""

from collections.abc import Iterator
from functools import partial

from mmt.model.papers import Sheet, SheetItem
from mmt.reports.page import Group
from mmt.reports.rows import Row, beginning, beside, lines, read_as, stack, strung
from mmt.reports.setting import Setting
from mmt.reports.typeface import BOLD

from .dose import said as dose_said
from .named import Move, named
from .pictures import thumbnail
from .texts import ruled, side_word

_THUMBNAILS = (3.6, 4.6, 5.6, 6.6)
"""How high the small drawings may be, in sizes of the text: the most where the page has room."""

_TITLE = 0.8
"""The title in sizes of that of other papers: the room is for the moves."""

_DRAWN = 0.24
"""The share of the width for them."""

_TERSE = ((2.8, 0.14), (3.1, 0.17), (4.2, 0.22))
"""How high they may be, and their share of the width, where what stands twice is left out;
the key to the drawings stands over all but the smallest."""


def title(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """How many moves, and what to do with them in one line."""
    count = len(sheet.items)
    pull = at.words("summary-pull") if "stretch" in sheet.kinds else ""
    summary = " ".join(filter(None, (at.words.counted("summary", count), pull)))
    style = at.type.title
    small = style._replace(size=style.size * _TITLE, leading=style.leading * _TITLE)
    first, *more = lines(at.words.counted("title", count), small, at.width, gap=at.apart * 0.8)
    head = [beginning(first, at.words.counted("title", count)), *more]
    whole = [*head, *lines(summary, at.type.body, at.width, gap=at.gap * 0.15)]
    yield Group(head, larger=[lambda: whole]) if at.terse else Group(whole)


def note(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """What the practitioner adds in own words, where there is something."""
    if sheet.note:
        yield Group(lines(sheet.note, at.type.body, at.width, gap=at.gap), spills=True)


def overview(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """The plan: each move with a small drawing, its side, what to do and its dose in sentences."""
    codes = dict.fromkeys(_form_key(code) for item in sheet.items for code in item.forms)
    told = " ".join(at.words(key) for key in codes if at.words.has(key))
    said = lines(told, at.type.strong, at.width, gap=at.apart * 0.8) if told else []
    marks = at.words("drawings") if any(item.drawn for item in sheet.items) else ""
    key = lines(marks, at.type.body, at.width, gap=at.apart * 0.8) if marks else []

    def rows(drawn: tuple[float, float], at: Setting) -> list[Row]:
        moves = (_move(number, item, drawn, at) for number, item in enumerate(sheet.items, start=1))
        apart = at.gap * (0.12 if at.terse else 0.25)
        above = [*said, *(() if drawn == _TERSE[0] else key)]
        return [*(one._replace(keep=True) for one in above), *ruled(moves, at.width, at, apart)]

    usual = at._replace(terse=False)
    terse = [partial(rows, drawn, at) for drawn in _TERSE if at.terse]
    least, *more = [*terse, *(partial(rows, (high, _DRAWN), usual) for high in _THUMBNAILS)]
    yield Group(least(), least, larger=more[::-1])


def _form_key(code: str) -> str:
    return f"form-{code.lower()}"


def _move(number: int, item: SheetItem, drawn: tuple[float, float], at: Setting) -> Row:
    """A move beside its drawing, which is so high in sizes of the text and so wide a share of the page."""
    text, style = item.text(at.language), at.type.strong
    large = style if at.terse else at.type.lead._replace(face=BOLD)
    name = Move(number, text.name, side_word(item, at))
    left = at.width * drawn[1]
    drawing = thumbnail(item, left - at.gap, drawn[0] * at.gap, at)
    start = left if drawing else 0
    room = at.width - start
    told = [named(name, at, room, large)]
    said = at.terse and all(at.words.has(_form_key(code)) for code in item.forms)
    form, gist = "" if said else item.form(at.language, gist=True), item.gist(at.language)
    both = at.words("change-sides") if gist and item.each_side else ""
    if how := " ".join(filter(None, (form, gist, both))):
        told += lines(how, at.type.body, room)
    dose = dose_said(item, at)
    told.append(read_as(stack(strung(dose, style, room)), *dose)._replace(gap=at.apart * 0.3))
    columns = [(start, stack(told)), *([(0, drawing)] if drawing else [])]
    return beside(columns, middle=True)
