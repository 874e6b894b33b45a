"""The two sides of the test under the cursor, in letters and digits for two metres."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mmt.tui.station.board import Column
from mmt.tui.station.sides import HEADINGS, SIDE_WORDS

from .big import big, drawable, width

Part = tuple[str, str]
"""Some text of a row, and how it is set: `bold`, `dim`, `bold reverse`, or plain."""


class Board(Widget):
    """Shows the columns as large as its space allows; on three lines or one where there is no more.

    A grade waits for nothing: only the rows that changed are painted.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()
        self._rows: list[tuple[Part, ...]] = []

    def show(self, columns: tuple[Column, ...]) -> None:
        """Show these columns, from the left of the screen to its right."""
        self._columns = columns
        before, self._rows = self._rows, self._painted()
        if len(before) != len(self._rows):
            self.refresh()
        elif changed := [y for y, row in enumerate(self._rows) if row != before[y]]:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def on_resize(self) -> None:
        self._rows = self._painted()
        self.refresh()

    def _painted(self) -> list[tuple[Part, ...]]:
        ready = self._columns and self.size
        return paint(self._columns, self.size.width, self.size.height) if ready else []

    def render_line(self, y: int) -> Strip:
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        style = self.rich_style
        return Strip([Segment(text, style + Style.parse(how)) for text, how in self._rows[y]])


def paint(columns: tuple[Column, ...], across: int, down: int) -> list[tuple[Part, ...]]:
    """The board drawn into so many columns and rows."""
    one = (across - len(columns) + 1) // len(columns)
    blocks = [_column(column, one, down) for column in columns]
    if len(blocks) == 1:
        return [(part,) for part in blocks[0]]
    return [(left, ("│", ""), right) for left, right in zip(*blocks, strict=True)]


def _column(column: Column, across: int, down: int) -> list[Part]:
    heading = _heading(column, across)
    rest = down - 1
    if rest < 3:
        return _filled([_heading(column, across, column.value)], across, down)
    notes = [_note(line, across) for line in column.lines]
    if rest < 8:
        return _filled([heading, *_strip(column, across, rest), *notes], across, down)
    notes = notes[: max(2, rest - 20)]
    body = _tall(column, across, rest - max(2, len(notes)))
    return _filled([heading, *body, *notes], across, down)


def _heading(column: Column, across: int, value: str = "") -> Part:
    text = f" {HEADINGS[column.side]}  {value}"
    if column.current:
        return _line(f"▶{text}", across, "bold reverse")
    return _line(f" {text}", across, "dim")


def _strip(column: Column, across: int, down: int) -> list[Part]:
    """Side and value beside each other on three lines."""
    words = SIDE_WORDS[column.side] if column.current else ""
    text = f"{words} {column.value}".strip()
    if not drawable(text) or width(text) > across - 2:
        text = column.value if drawable(column.value) and column.value else words
    return [_line(f"  {line}", across, "bold") for line in big(text, 1, 0)][:down]


def _tall(column: Column, across: int, down: int) -> list[Part]:
    """Side above value, the value as large as the space allows."""
    word = SIDE_WORDS[column.side]
    word_down = 1 if down >= 14 and width(word, 2) <= across - 4 else 0
    word_lines = big(word, 2 if word_down else 1, word_down)
    lines = word_lines if column.current else [""] * len(word_lines)
    drawn = _value(column.value, across - 4, down - len(lines))
    gap = [""] if len(lines) + len(drawn) < down else []
    lines = [*lines, *gap, *drawn]
    return [_line(f"  {line}", across, "bold") for line in lines]


def _value(text: str, across: int, down: int) -> list[str]:
    """The value in the largest dots that fit, as plain text where none do."""
    if drawable(text):
        for dots, high in ((4, 2), (2, 1), (1, 1), (1, 0)):
            if (5 * high or 3) <= down and width(text, dots) <= across:
                return big(text, dots, high)
    return [text]


def _note(text: str, across: int) -> Part:
    return _line(f"  {text}", across, "bold reverse" if text == "NOT SAVED" else "")


def _line(text: str, across: int, how: str) -> Part:
    if cell_len(text) > across:
        text = set_cell_size(text, across - 1) + "…"
    return set_cell_size(text, across), how


def _filled(lines: list[Part], across: int, down: int) -> list[Part]:
    return [*lines, *[(" " * across, "")] * (down - len(lines))][:down]
