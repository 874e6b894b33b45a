"""All drawings of the library on contact sheets, to be looked at by whoever writes or reviews them."""

from collections.abc import Iterator

from mmt.model.base import SIDES, Side
from mmt.model.papers import PaperSize
from mmt.model.protocol import Protocol
from mmt.model.template import Template
from mmt.reports.blocks.pictures import in_rows, shown
from mmt.reports.page import Furniture, Group, lay_out
from mmt.reports.pdf import Named, draw
from mmt.reports.rows import lines, rule, tied
from mmt.reports.setting import Setting, setting_of

TEXT = 9.0
"""Points of the running text: for the desk, not for patients."""

TITLE = "Drawings of the home stretches"


def figure_sheet(protocol: Protocol, template: Template, sheet: PaperSize, *, both: bool) -> bytes:
    """A PDF with a row of drawings for each stretch, or with `both` one for each side that it is done on."""
    at = setting_of(sheet, "en", template, TEXT)
    furniture = Furniture(
        head=[*lines(TITLE, at.type.strong, at.width), rule(at.width, at.colours.rule)],
        foot=lambda page, pages: lines(f"{page} / {pages}", at.type.small, at.width),
    )
    return draw(Named(TITLE), lay_out(at, furniture, _groups(protocol, both, at)))


def _groups(protocol: Protocol, both: bool, at: Setting) -> Iterator[Group]:
    yield Group(lines(TITLE, at.type.title, at.width))
    for stretch in sorted(protocol.figures):
        known = protocol.stretches.get(stretch)
        name, parts = (known.text["en"].name, known.text["en"].parts) if known else ("", ())
        sided = both and (known is None or known.sides == "each")
        sides: tuple[Side | None, ...] = SIDES if sided else (None,)
        for side in sides:
            title = f"{stretch}  {name}  {side.upper()}" if side else f"{stretch}  {name}"
            head = lines(title, at.type.section, at.width, gap=at.gap * 2)
            drawn = shown(protocol.drawn(stretch), parts, side, at.language)
            yield Group(tied([*head, *in_rows(drawn, at, captions=True)]))
