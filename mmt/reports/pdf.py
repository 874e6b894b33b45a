"""Laid out pages to the bytes of a PDF."""

import datetime
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from .page import Laid, below_head
from .pen import Pen
from .rows import stack

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_NUMBER = re.compile(r"\+?[0-9(][0-9 ()./-]*[0-9]")
_FEWEST = 3
"""Digits of a telephone number."""


class Named(NamedTuple):
    """What a viewer shows of the file, never the patient's name: title, who made it, the `day` of the visit
    as that of its creation; and what is linked where it is written, by what is written."""

    title: str
    author: str = ""
    day: datetime.date = datetime.date(2000, 1, 1)
    links: Mapping[str, str] = {}


def draw(named: Named, *papers: Laid) -> bytes:
    """Laid out documents one after the other as a PDF, each with pages numbered from 1: the same values give
    the same bytes. All are on sheets of one size, in one language."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # pages are kept as bytes, not as letters that take a quarter more room
    setting = papers[0].setting
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=setting.page,
        invariant=1,
        pageCompression=1,
        lang=setting.language,
        initialFontName=setting.type.body.face,
    )
    canvas.setTitle(named.title)
    canvas.setAuthor(named.author)
    canvas.setSubject(named.title)
    canvas.setDateFormatter(lambda *_: f"D:{named.day:%Y%m%d}120000")
    canvas.setCreator("mmt")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.addPageLabel(0, style="ARABIC", start=1)
    for paper in papers:
        _draw_pages(canvas, paper, named.links)
    canvas.save()
    return file.getvalue()


def _draw_pages(canvas: "Canvas", paper: Laid, links: Mapping[str, str]) -> None:
    setting, furniture, pages, _ = paper
    head = stack(furniture.head)
    for number, rows in enumerate(pages, start=1):
        pen = Pen(canvas, setting.page[1], links)
        top = setting.top
        if number > 1:
            head.draw(pen, setting.left, top)
            top += below_head(setting, furniture)
        stack(rows).draw(pen, setting.left, top)
        foot = stack(furniture.foot(number, len(pages)))
        foot.draw(pen, setting.left, setting.page[1] - setting.bottom - foot.height)
        canvas.showPage()


def telephones(*texts: str) -> dict[str, str]:
    """The address that dials each telephone number in these texts, by the number as it is written."""
    numbers = {one: re.sub("[^+0-9]", "", one) for text in texts for one in _NUMBER.findall(text)}
    return {one: f"tel:{digits}" for one, digits in numbers.items() if len(digits) >= _FEWEST}
