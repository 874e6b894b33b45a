"""Type: the few sizes and weights that a document is set in, all from the size of its running text."""

from typing import NamedTuple

from mmt.model.template import Colours

from .typeface import BOLD, REGULAR, width


class Style(NamedTuple):
    """How a line is set: face, size and distance to the next line in points, colour as `#rrggbb`."""

    face: str
    size: float
    leading: float
    colour: str

    def width(self, text: str) -> float:
        """How wide `text` prints in this style, in points."""
        return width(text, self.face, self.size)


class Type(NamedTuple):
    """The styles of one document. All but `small` are as large as the running text or larger."""

    body: Style
    strong: Style
    quiet: Style
    lead: Style
    section: Style
    name: Style
    title: Style
    number: Style
    label: Style
    """White on dark."""
    small: Style
    """For clinicians' papers only."""


def type_for(size: float, colours: Colours) -> Type:
    """The styles for running text of this size in points."""

    def style(face: str, factor: float, leading: float, colour: str) -> Style:
        return Style(face, round(size * factor, 2), round(size * factor * leading, 2), colour)

    return Type(
        body=style(REGULAR, 1, 1.22, colours.ink),
        strong=style(BOLD, 1, 1.22, colours.ink),
        quiet=style(REGULAR, 1, 1.22, colours.quiet),
        lead=style(REGULAR, 1.17, 1.35, colours.ink),
        section=style(BOLD, 1.25, 1.3, colours.accent),
        name=style(BOLD, 1.5, 1.25, colours.ink),
        title=style(BOLD, 2.2, 1.15, colours.accent),
        number=style(BOLD, 2.4, 1.05, colours.accent),
        label=style(BOLD, 1.5, 1.2, "#FFFFFF"),
        small=style(REGULAR, 0.8, 1.3, colours.quiet),
    )
