"""What every block of a document is set with: the words, the type, the colours and the room on the page."""

from typing import NamedTuple

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

from mmt.model.papers import Paper
from mmt.model.template import Colours, Template

from .rows import Row, lines
from .style import Style, Type, type_for
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

    def lines(self, key: str, style: Style | None = None, room: float = 0, **fills: object) -> list[Row]:
        """The sentence of this key as rows of the running text, over the full width unless told."""
        return lines(self.words(key, **fills), style or self.type.body, room or self.width)


def setting_for(paper: Paper, template: Template) -> Setting:
    """The setting of a paper by its template: size of sheet, large print, language."""
    page = A4 if paper.size == "a4" else LETTER
    margins = template.page.margins
    size = template.page.large_text if paper.large_print else template.page.text
    language = template.language(paper.language)
    return Setting(
        words=Words(template.wording[language]),
        type=type_for(size, template.colours),
        colours=template.colours,
        page=page,
        left=margins.left * mm,
        top=margins.top * mm,
        bottom=margins.bottom * mm,
        width=page[0] - (margins.left + margins.right) * mm,
        gap=size,
        language=language,
    )
