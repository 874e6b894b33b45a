"""Laid out pages to the bytes of a PDF."""

import io

from .page import Laid, below_head
from .pen import Pen
from .rows import stack


def draw(laid: Laid, title: str, author: str = "") -> bytes:
    """The laid out document as a PDF: the same values give the same bytes.

    A viewer shows `title` and `author` of the file: never the patient's name.
    """
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # pages are kept as bytes, not as letters that take a quarter more room
    setting, furniture, pages, _ = laid
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
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("mmt")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.addPageLabel(0, style="ARABIC", start=1)
    for number, rows in enumerate(pages, start=1):
        pen = Pen(canvas, setting.page[1])
        top = setting.top
        if number > 1:
            head.draw(pen, setting.left, top)
            top += below_head(setting, furniture)
        stack(rows).draw(pen, setting.left, top)
        foot = stack(furniture.foot(number, len(pages)))
        foot.draw(pen, setting.left, setting.page[1] - setting.bottom - foot.height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
