"""What every block of a document is set with: the words, the type, the colours and the room on the page."""

from typing import NamedTuple

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

from mmt.model.papers import Paper
from mmt.model.template import Colours, Template

from .style import Type, type_for
from .words import Words


class Setting(NamedTuple):
    """`width` is the room between the margins, `gap` the usual white between things, both in points."""

    words: Words
    type: Type
    colours: Colours
    page: tuple[float, float]
    left: float
    top: float
    bottom: float
    width: float
    gap: float
    language: str
    logo: float
    """The most height of the clinic's logo, in points."""


def setting_for(paper: Paper, template: Template, size: float = 0) -> Setting:
    """The setting of a paper by its template; `size` of the running text in points where it is not that."""
    page = A4 if paper.size == "a4" else LETTER
    margins = template.page.margins
    size = size or text_size(paper, template)
    language = template.language(paper.language)
    return Setting(
        words=Words(template.wording[language], language),
        type=type_for(size, template.colours),
        colours=template.colours,
        page=page,
        left=margins.left * mm,
        top=margins.top * mm,
        bottom=margins.bottom * mm,
        width=page[0] - (margins.left + margins.right) * mm,
        gap=size,
        language=language,
        logo=template.page.logo * mm,
    )


def text_size(paper: Paper, template: Template) -> float:
    """The size of the running text in points."""
    return template.page.large_text if paper.large_print else template.page.text
