"""Lines drawn as they are given, of which only those that changed are painted anew."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from .caret import follow

NOTHING = Content("")


class Sheet(Widget):
    """A page that `draw` makes for its size. Only lines that changed are painted, so that no key waits."""

    def __init__(self, draw: Callable[[Size], Sequence[Content]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._lines: tuple[Content, ...] = ()

    def redraw(self) -> None:
        """Draw the page anew."""
        lines = tuple(self._draw(self.size)) if self.size else ()
        pairs = enumerate(zip_longest(self._lines, lines, fillvalue=NOTHING))
        changed = [Region(0, row, self.size.width, 1) for row, (old, new) in pairs if not old.is_same(new)]
        self._lines = lines
        follow(self, (line.plain for line in lines))
        if changed:
            self.refresh(*changed)

    def on_resize(self) -> None:
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """One line of the page, as Textual asks for it."""
        across, style = self.size.width, self.visual_style
        if y >= len(self._lines):
            return Strip.blank(across, style.rich_style)
        parts = self._lines[y].render(style, end="", parse_style=_style)
        strip = Strip([Segment(text, part.rich_style) for text, part in parts])
        return strip.adjust_cell_length(across, style.rich_style)


def _style(style: str | Style) -> Style:
    return Style.parse(style) if isinstance(style, str) else style
