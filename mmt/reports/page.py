"""Rows to pages: each group of rows stays on one page where it fits, and every page knows its number."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from .pen import Pen
from .rows import Row, stack
from .setting import Setting


class Group(NamedTuple):
    """Rows that belong together: never parted where they fit on one page.

    `parted` gives them in another form, fit to be parted, for a page that cannot hold them all. A group that
    `follows` brings the one before it along to the next page, so that it never stands there alone.
    """

    rows: Sequence[Row]
    parted: Callable[[], Sequence[Row]] | None = None
    follows: bool = False


class Furniture(NamedTuple):
    """What stands on every page: the head of all but the first, and the foot by number of pages."""

    head: Sequence[Row]
    foot: Callable[[int, int], Sequence[Row]]


class Info(NamedTuple):
    """What a viewer shows of the file. Never the patient's name."""

    title: str
    author: str


class Laid(NamedTuple):
    """A document laid out on pages, not drawn yet: `n of m` is known."""

    setting: Setting
    furniture: Furniture
    pages: list[list[Row]]


def lay_out(setting: Setting, furniture: Furniture, groups: Iterable[Group]) -> Laid:
    """These groups on pages, below the running head (but for the first page) and above the foot."""
    foot = stack(furniture.foot(1, 1)).height
    body = setting.page[1] - setting.top - setting.bottom - foot - setting.gap * 0.8
    return Laid(setting, furniture, paginate(groups, body, body - _below(setting, furniture)))


def draw(laid: Laid, info: Info) -> bytes:
    """The laid out document as a PDF: the same values give the same bytes."""
    setting, furniture, pages = laid
    head = stack(furniture.head)
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=setting.page,
        invariant=1,
        pageCompression=1,
        lang=setting.language,
        initialFontName=setting.type.body.face,
    )
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.title)
    canvas.setCreator("mmt")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for number, rows in enumerate(pages, start=1):
        pen = Pen(canvas, setting.page[1])
        top = setting.top
        if number > 1:
            head.draw(pen, setting.left, top)
            top += _below(setting, furniture)
        stack(rows).draw(pen, setting.left, top)
        foot = stack(furniture.foot(number, len(pages)))
        foot.draw(pen, setting.left, setting.page[1] - setting.bottom - foot.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _below(setting: Setting, furniture: Furniture) -> float:
    return stack(furniture.head).height + setting.gap * 0.8


def paginate(groups: Iterable[Group], first_room: float, room: float) -> list[list[Row]]:
    """The rows of each page. A group that no page can hold is parted between rows that are not tied."""
    pages: list[list[Row]] = [[]]
    left = first_room
    for group in _joined(groups):
        rows = group.rows
        whole = sum(row.extent for row in rows) - rows[0].gap
        if whole > room and group.parted:
            rows = group.parted()
        elif pages[-1] and rows[0].gap + whole > left and whole <= room:
            pages.append([])
            left = room
        for chain in _chains(rows):
            if pages[-1] and sum(row.extent for row in chain) > left:
                pages.append([])
                left = room
            for row in chain:
                if pages[-1] and row.extent > left:
                    pages.append([])
                    left = room
                placed = row if pages[-1] else row._replace(gap=0)
                pages[-1].append(placed)
                left -= placed.extent
    return pages


def _joined(groups: Iterable[Group]) -> list[Group]:
    """The groups, each that follows made one with the group before it."""
    joined: list[Group] = []
    for group in groups:
        if group.follows and joined:
            joined[-1] = Group([*joined[-1].rows, *group.rows])
        else:
            joined.append(group)
    return joined


def _chains(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chain: list[Row] = []
    for row in rows:
        chain.append(row)
        if not row.keep:
            yield chain
            chain = []
    if chain:
        yield chain
