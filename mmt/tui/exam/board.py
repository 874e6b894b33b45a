"""The two sides of the test under the cursor, in letters and digits for two metres."""

from textual.content import Content

from mmt.tui.widgets.big import big, drawable, width
from mmt.tui.widgets.clicks import clicks

from .columns import Column
from .sides import HEADINGS

WORD_SIZES = ((24, 4, 2), (14, 2, 1), (0, 1, 0))
"""From so many rows on the side is written in dots of so many columns and rows; 0 is half a row."""


def paint(columns: tuple[Column, ...], across: int, down: int) -> list[Content]:
    """The board drawn into so many columns and rows; as large as these allow, on three lines or one."""
    if not columns:
        return [Content("")] * down
    one = (across - len(columns) + 1) // len(columns)
    blocks = [
        [clicks(line, "jump_to", column.test, column.side or "") for line in _column(column, one, down)]
        for column in columns
    ]
    return [Content("│").join(block[row] for block in blocks) for row in range(down)]


def _column(column: Column, across: int, down: int) -> list[Content]:
    heading = _heading(column, across)
    rest = down - 1
    if rest < 3:
        return _filled([heading], across, down)
    notes = [_note(line, across) for line in column.lines]
    if rest < 8:
        return _filled([heading, *_strip(column, across, rest), *notes], across, down)
    notes = notes[: max(2, rest - 20)]
    body = _tall(column, across, rest - max(2, len(notes)))
    return _filled([heading, *body, *notes], across, down)


def _heading(column: Column, across: int) -> Content:
    """The side with its value, as text: letters of blocks say nothing to whoever listens to a screen."""
    text = f" {HEADINGS[column.side]}  {column.value}"
    if column.current:
        return _line(f"▶{text}", across, "bold reverse")
    return _line(f" {text}", across, "dim")


def _strip(column: Column, across: int, down: int) -> list[Content]:
    """Side and value beside each other on three lines."""
    words = column.word if column.current else ""
    text = f"{words} {column.value}".strip()
    if not drawable(text) or width(text) > across - 2:
        text = column.value if drawable(column.value) and column.value.strip("_") else words
    return [_line(f"  {line}", across, "bold") for line in big(text, 1, 0)][:down]


def _tall(column: Column, across: int, down: int) -> list[Content]:
    """Side above value, both as large as the space allows."""
    word = column.word
    sizes = ((dots, high) for least, dots, high in WORD_SIZES if down >= least)
    dots, high = next(size for size in sizes if width(word, size[0]) <= across - 4 or not size[1])
    word_lines = big(word, dots, high)
    lines = word_lines if column.current else [""] * len(word_lines)
    drawn = _value(column.value, across - 4, down - len(lines))
    gap = [""] if len(lines) + len(drawn) < down else []
    return [_line(f"  {line}", across, "bold") for line in (*lines, *gap, *drawn)]


def _value(text: str, across: int, down: int) -> list[str]:
    """The value in the largest dots that fit, as plain text where none do."""
    if not text:
        return []
    if drawable(text):
        for dots, high in ((4, 2), (2, 1), (1, 1), (1, 0)):
            if (5 * high or 3) <= down and width(text, dots) <= across:
                return big(text, dots, high)
    return [text]


def _note(text: str, across: int) -> Content:
    return _line(f"  {text}", across, "bold reverse" if text == "NOT SAVED" else "")


def _line(text: str, across: int, style: str) -> Content:
    line = Content(text).truncate(across, ellipsis=True)
    return line.pad_right(across - line.cell_length).stylize(style)


def _filled(lines: list[Content], across: int, down: int) -> list[Content]:
    return [*lines, *[Content(" " * across)] * (down - len(lines))][:down]
