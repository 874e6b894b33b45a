"""What every block of a document is set with: the words, the type, the colours and the room on the page."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, get_args

from mmt.model.papers import PaperSize
from mmt.model.template import Action, Colours, Template

from .style import Type, type_for
from .words import Words

_NARROW = 34
"""Sizes of the text: a line holds about twice as many letters."""


_FURNITURE = 6.3
"""Sizes of the text that running head and foot take, with the white beside them."""


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

    symptoms: Mapping[str, str]
    """What a patient may feel, each by its key."""

    listed: Mapping[Action, tuple[str, ...]]
    """What this paper lists of that, by what is to be done about it."""

    blocks: tuple[str, ...]
    """What else this paper holds, in the order of its template."""

    kept: dict[object, Any]
    """What was worked out for this paper already."""

    terse: bool = False
    """Whether what stands twice on a page is left out once, for want of room in the smallest type."""

    @property
    def apart(self) -> float:
        """White between the signs of the plan, in points: little where room is scarce."""
        return self.gap * (0.25 if self.terse else 0.5)

    @property
    def narrow(self) -> bool:
        """Whether few words fit on a line, as in large print: then things stand under each other."""
        return self.width < _NARROW * self.gap

    @property
    def body(self) -> float:
        """About the room of a page with a running head, above a foot of two lines, in points."""
        return self.page[1] - self.top - self.bottom - _FURNITURE * self.gap

    @property
    def half(self) -> float:
        """The width of each of two columns beside each other."""
        return (self.width - 2 * self.gap) / 2


def setting_of(
    sheet: PaperSize, wanted: str, template: Template, size: float, kinds: Collection[str] | None = None
) -> Setting:
    """The setting of a sheet in the wanted language, with running text of this size in points; with `kinds`
    it lists what may be felt in moves of these kinds alone."""
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.lib.units import mm

    page = A4 if sheet == "a4" else LETTER
    margins = template.page.margins
    language = template.language(wanted)
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
        blocks=template.blocks,
        kept={},
        logo=template.page.logo * mm,
        symptoms={key: one.text[language] for key, one in template.symptoms.items()},
        listed={
            action: tuple(one.text[language] for one in template.listed(action, kinds))
            for action in get_args(Action)
        },
    )
