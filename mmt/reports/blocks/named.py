"""What names a move: its number on a dark square, its name, and the side in white letters on black."""

from typing import NamedTuple

from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style


class Move(NamedTuple):
    """The number of a move on its sheet, its name, and the word for its side, empty where it has none."""

    number: int
    name: str
    side: str

    @property
    def told(self) -> str:
        """All of it in a line."""
        return " ".join(filter(None, (str(self.number), self.name, self.side)))


def named(move: Move, at: Setting, room: float, style: Style) -> Row:
    """The heading of a move within this room, its name in this style and its badges as large."""
    label = at.type.label._replace(size=style.size)
    box = label.size * 1.45
    pill = label.width(move.side) + at.gap * 1.2 if move.side else 0
    indent = box + at.gap * 0.7
    wide = room - indent - (pill + at.gap if move.side else 0)
    columns = [
        (0, _badge(str(move.number), box, box, at.colours.accent, label)),
        (indent, stack(lines(move.name, style, wide))),
    ]
    if move.side:
        columns.append((room - pill, _badge(move.side, pill, box, at.colours.ink, label)))
    return beside(columns, middle=True)


def _badge(text: str, length: float, height: float, fill: str, style: Style) -> Row:
    indent = (length - style.width(text)) / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, length, height, fill=fill, radius=height / 8)
        pen.text(x + indent, y + (height + style.size * 0.72) / 2, text, style)

    return Row(height, draw)
