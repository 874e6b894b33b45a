"""Rows: the bricks that pages are laid of. A row knows its height, draws itself, and is never cut."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .pen import Pen
from .right_to_left import FROM_RIGHT, begins_right, turns
from .style import Style

Draw = Callable[[Pen, float, float], None]
"""Draws a row with its left edge at `x` and its upper edge at `y`."""


_HYPHENATED = re.compile("[^-]*-+|[^-]+")
"""The parts of a word, each with the hyphen that ends it."""


class Row(NamedTuple):
    """A strip of a page. `gap` is white above it, left out at the top of a page; `keep` ties it to the next
    row. Its `parts` are the rows under each other that stand for it where it is too high for a page."""

    height: float
    draw: Draw
    gap: float = 0
    keep: bool = False
    parts: tuple["Row", ...] = ()

    @property
    def extent(self) -> float:
        return self.gap + self.height


def rule(length: float, colour: str, thick: float = 0.75) -> Row:
    """A line across."""
    return Row(thick, lambda pen, x, y: pen.across(x, y + thick / 2, length, colour, thick))


@lru_cache(maxsize=2048)
def wrapped(text: str, style: Style, room: float) -> tuple[str, ...]:
    """The lines of `text` in this style within `room` points. A word wider than that is broken, at its
    hyphens where they are near enough. Remembered: a sheet asks it of each step in every form it tries."""
    between = style.width(" ")
    lines: list[str] = []
    for paragraph in text.split("\n"):
        way = FROM_RIGHT if turns(paragraph) and begins_right(paragraph) else ""
        line, used = "", 0.0
        for space, word, wide in _words(paragraph, style, room):
            gap = between if space and line else 0.0
            if line and used + gap + wide > room:
                lines.append(way + line)
                line, used, gap = "", 0.0, 0.0
            line += space + word if line else word
            used += gap + wide
        lines.append(way + line)
    return tuple(lines)


def _words(paragraph: str, style: Style, room: float) -> Iterator[tuple[str, str, float]]:
    """Each word with the space before it and its width; a part of a broken word with no space."""
    for word in paragraph.split(" "):
        space, wide = " ", style.width(word)
        if wide <= room:
            yield space, word, wide
            continue
        for part in _HYPHENATED.findall(word):
            for piece, wide in _pieces(part, style, room):
                yield space, piece, wide
                space = ""


def _pieces(word: str, style: Style, room: float) -> Iterator[tuple[str, float]]:
    """The word with its width, in pieces where it is wider than the room."""
    piece, used = "", 0.0
    for char in word:
        wide = style.width(char)
        if piece and used + wide > room:
            yield piece, used
            piece, used = "", 0.0
        piece += char
        used += wide
    yield piece, used


def lines(
    text: str, style: Style, room: float, *, gap: float = 0, most: int = 0, centred: bool = False
) -> list[Row]:
    """`text` as one row a line, tied so that no first or last line stands alone on a page.

    Where `most` is given, a longer text ends in an ellipsis on that line. A `centred` line stands in the
    middle of its room; several lines that are read from the right end there.
    """
    texts: Sequence[str] = wrapped(text, style, room)
    if 0 < most < len(texts):
        texts = [*texts[: most - 1], _cut(texts[most - 1], style, room)]
    last = len(texts) - 1

    def indent(one: str) -> float:
        return (room - style.width(one)) * (0.5 if centred else last > 0 and one.startswith(FROM_RIGHT))

    return [
        Row(
            style.leading,
            _line(one, style, indent(one)),
            gap if index == 0 else 0,
            index < last and (index == 0 or index == last - 1),
        )
        for index, one in enumerate(texts)
    ]


def strung(texts: Iterable[str], style: Style, room: float, *, between: str = " ") -> list[Row]:
    """The texts on lines, none parted where a line can hold it; no line begins or ends with `between`."""
    told: list[str] = []
    for text in filter(None, texts):
        longer = f"{told[-1]}{between}{text}" if told else text
        told[-1:] = [longer] if style.width(longer) <= room else [*told[-1:], text]
    return [row for line in told for row in lines(line, style, room)]


def _cut(text: str, style: Style, room: float) -> str:
    while text and style.width(text + "…") > room:
        text = text[:-1]
    return text + "…"


def _line(text: str, style: Style, indent: float) -> Draw:
    drop = (style.leading + style.size * 0.72) / 2
    return lambda pen, x, y: pen.text(x + indent, y + drop, text, style)


def stack(rows: Sequence[Row]) -> Row:
    """Rows under each other as one row; the first one's gap becomes its own."""
    first = rows[0].gap if rows else 0

    def draw(pen: Pen, x: float, y: float) -> None:
        y -= first
        for row in rows:
            row.draw(pen, x, y + row.gap)
            y += row.extent

    return Row(high(rows) - first, draw, first, parts=tuple(rows))


def beside(columns: Sequence[tuple[float, Row]], *, middle: bool = False) -> Row:
    """Rows next to each other, each at its distance from the left; `middle` centres them upright."""
    tallest = max(row.height for _, row in columns)

    def draw(pen: Pen, x: float, y: float) -> None:
        for indent, row in columns:
            row.draw(pen, x + indent, y + ((tallest - row.height) / 2 if middle else 0))

    return Row(tallest, draw, parts=() if middle else _parts(columns))


def _parts(columns: Sequence[tuple[float, Row]]) -> tuple[Row, ...]:
    """The parts of the highest column, the others beside its first ones."""
    indent, highest = max(columns, key=lambda one: one[1].height)
    others = [one for one in columns if one[1] is not highest]
    label = max((row.height for _, row in others), default=0)
    for count in range(1, len(highest.parts)):
        first = stack(highest.parts[:count])
        if first.height >= label:
            head = beside([*others, (indent, first)])._replace(keep=highest.parts[count - 1].keep, parts=())
            return (head, *(_shifted(row, indent) for row in highest.parts[count:]))
    return ()


def _shifted(row: Row, indent: float) -> Row:
    return row._replace(draw=lambda pen, x, y: row.draw(pen, x + indent, y), parts=())


def in_parts(rows: Iterable[Row], most: float) -> list[Row]:
    """The rows, each that is higher than `most` in its parts."""
    found: list[Row] = []
    for row in rows:
        if row.parts and row.height > most:
            *parts, last = in_parts(spaced(row.parts, row.gap), most)
            found += [*parts, last._replace(keep=row.keep)]
        else:
            found.append(row)
    return found


def read_as(row: Row, *texts: str) -> Row:
    """The same row, read out and copied as these texts one after the other, however its lines were broken and
    set beside each other."""

    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.read_as(" ".join(filter(None, texts))):
            row.draw(pen, x, y)

    return row._replace(draw=draw)


def beginning(row: Row, title: str) -> Row:
    """The same row, which begins a part of this `title` in the list of the document's contents."""

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.entry(title, y)
        row.draw(pen, x, y)

    return row._replace(draw=draw)


def panel(
    row: Row,
    length: float,
    pad: float,
    *,
    indent: float | None = None,
    fill: str = "",
    stroke: str = "",
    thick: float = 0.75,
    radius: float = 0,
) -> Row:
    """A row on a panel of this length, with white of `pad` above and below, and beside it unless told. One
    without a line round it has strips for its parts."""
    height = row.height + 2 * pad
    inset = thick / 2 if stroke else 0
    left = pad if indent is None else indent

    def draw(pen: Pen, x: float, y: float) -> None:
        wide, high = length - 2 * inset, height - 2 * inset
        pen.box(x + inset, y + inset, wide, high, fill=fill, stroke=stroke, thick=thick, radius=radius)
        row.draw(pen, x + left, y + pad)

    return Row(height, draw, parts=() if stroke else tuple(_strips(row.parts, length, left, pad, fill)))


def _strips(rows: Sequence[Row], length: float, left: float, pad: float, fill: str) -> Iterator[Row]:
    """Rows each on a panel of its own that joins the one above."""
    for at, row in enumerate(rows):
        above, below = row.gap if at else pad, pad if at == len(rows) - 1 else 0
        strip = stack([Row(above, lambda *_: None), row._replace(gap=0), Row(below, lambda *_: None)])
        yield panel(strip._replace(parts=()), length, 0, indent=left, fill=fill)._replace(keep=row.keep)


def spaced(rows: Sequence[Row], gap: float) -> list[Row]:
    """The same rows, the first with this much white above it."""
    return [*(row._replace(gap=gap) for row in rows[:1]), *rows[1:]]


def high(rows: Iterable[Row]) -> float:
    """How high rows are under each other, each with the white above it."""
    return sum(row.extent for row in rows)


def tied(rows: Sequence[Row]) -> list[Row]:
    """The same rows, each but the last kept with the next one."""
    return [*(row._replace(keep=True) for row in rows[:-1]), *rows[-1:]]
