"""The terminal's own cursor, which magnifiers and screen readers follow: it goes to the mark of the line that
the keys are for. The program keeps it out of sight; the mark is what is seen."""

from collections.abc import Iterable

from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

SIGN = "▶"


def led(widget: Widget, y: int, line: Strip) -> Strip:
    """A line of a widget that is being painted: a mark at its start takes the cursor along, except where a
    line of text has the focus and leads it itself."""
    marked = line.text.lstrip().startswith(SIGN)
    if marked and widget.screen.is_active and not isinstance(widget.screen.focused, Input):
        _put(widget, 0, y)
    return line


def follow(widget: Widget, rows: Iterable[str]) -> None:
    """Put the cursor at the last mark among the rows of a widget; without one it stays where it is."""
    marks = [(row.index(SIGN), y) for y, row in enumerate(rows) if SIGN in row]
    if marks and widget.screen.is_active:
        _put(widget, *marks[-1])


def _put(widget: Widget, x: int, y: int) -> None:
    widget.app.cursor_position = widget.content_region.offset + Offset(x, y)
