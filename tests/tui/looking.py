"""What stands on the screen of a program, without the picture that would be made of it."""

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from textual.app import App


def pieces(app: App[Any], *, whole: bool) -> Iterator[tuple[int, int, str]]:
    """Each piece of text with its column and row; `whole` joins neighbours of the same look."""
    compositor, below = app.screen._compositor, app._background_screens  # noqa: SLF001
    update: Any = compositor.render_update(full=True, screen_stack=below, simplify=whole)
    for row, strips in enumerate(update.strips):
        column = 0
        for segment in (one for strip in strips for one in strip if not one.control):
            if segment.text.strip(" "):
                yield column, row, segment.text
            column += cell_len(segment.text)
