"""Text broken into rows by words, as wide as the terminal draws them."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_NARROWEST = 24
"""Columns below which a text beside its lead cannot be read."""


def wrapped(text: str, across: int) -> list[str]:
    """`text` in rows of at most `across` columns; a longer word keeps its row to itself."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if cell_len(longer) > across and rows[-1]:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def clamped(rows: Sequence[str], most: int) -> list[str]:
    """The first rows, so many at most; where some are left out the last one ends in a sign of it."""
    if len(rows) <= most:
        return list(rows)
    return [*rows[: most - 1], f"{rows[most - 1][:-2]} …"] if most > 0 else []


class Hanging(Visual):
    """A lead and what hangs under it: further rows stand under the text, not under the lead."""

    def __init__(self, lead: Content, text: Visual) -> None:
        self._lead = lead
        self._text = text
        self._held: tuple[int, Content] | None = None

    def laid(self, across: int) -> Content:
        """The rows in so many columns, laid once for a width; where the lead leaves no room the text goes on
        behind it."""
        if self._held is None or self._held[0] != across:
            self._held = across, self._laid(across)
        return self._held[1]

    def _laid(self, across: int) -> Content:
        lead, text, indent = self._lead, self._text, self._lead.cell_length
        if isinstance(text, Hanging | Pieces):
            hung = text.laid(max(1, across - indent))
            if "\n" not in hung.plain:
                return lead + hung
            first, *rest = hung.split("\n", allow_blank=True)
            return _under(lead + first, rest, indent)
        assert isinstance(text, Content)
        if text.cell_length <= across - indent and "\n" not in text.plain:
            return lead + text
        if across - indent < _NARROWEST:
            indent = min(4, across // 2)
            first, *rest = (lead + text).wrap(max(1, across - indent))
            return _under(first, rest, indent)
        first, *rest = text.wrap(across - indent)
        return _under(lead + first, rest, indent)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.laid(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._lead.cell_length + self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.laid(width).get_height(rules, width)


class Pieces(Visual):
    """Lines of pieces beside each other: where a line is too long, it breaks between pieces if it can."""

    def __init__(self, lines: Sequence[Sequence[Content]], gap: str) -> None:
        self._lines = lines
        self._gap = Content(gap)

    def laid(self, across: int) -> Content:
        """The rows in so many columns."""
        rows: list[Content] = []
        for pieces in self._lines:
            row = pieces[0]
            for piece in pieces[1:]:
                longer = row + self._gap + piece
                if longer.cell_length > across:
                    rows += _broken(row, across)
                row = piece if longer.cell_length > across else longer
            rows += _broken(row, across)
        return Content("\n").join(rows)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.laid(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        whole = (self._gap.join(pieces) for pieces in self._lines)
        return max(line.get_optimal_width(rules, container_width) for line in whole)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self.laid(width).get_height(rules, width)


def _broken(row: Content, across: int) -> list[Content]:
    """A row as it is where it fits, else broken by words."""
    return [row] if row.cell_length <= across and "\n" not in row.plain else row.wrap(across)


def _under(first: Content, rest: list[Content], indent: int) -> Content:
    return Content("\n").join([first, *(row.pad_left(indent) for row in rest)])


class Stacked(Visual):
    """Pieces of text below each other, each wrapped in its own way."""

    def __init__(self, parts: Sequence[Visual]) -> None:
        self._parts = parts

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return [row for part in self._parts for row in part.render_strips(width, None, style, options)][
            :height
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max((part.get_optimal_width(rules, container_width) for part in self._parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(part.get_height(rules, width) for part in self._parts)
