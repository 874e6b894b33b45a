"""The guidance of a test, fitted to the space there is."""

from textual.content import Content
from textual.geometry import Size

from mmt.model.exam_tests import AnyTest
from mmt.model.grades import Scale
from mmt.tui.widgets.wrap import wrapped

from .guidance import Line, guidance

LABEL = 11
WIDE, TALL = 120, 40
"""From this size on guidance stands below the board by itself; else it takes room from it when asked."""


class Guide:
    """Which guidance is shown: turned on and off by hand, by itself on screens that have the room."""

    def __init__(self) -> None:
        self._wanted: bool | None = None
        self._test = ""
        self._from = 0

    def shown(self, test: AnyTest | None, scale: Scale | None, screen: Size) -> tuple[Line, ...]:
        """The lines to show of a test on a screen of this size; none where it is turned off."""
        on = has_room(screen) if self._wanted is None else self._wanted
        if test is None or not on:
            return ()
        if test.id != self._test:
            self._test, self._from = test.id, 0
        return guidance(test, scale, brief=not has_room(screen))[self._from :]

    def toggle(self, shown: tuple[Line, ...], left_out: int) -> None:
        """Turn the guidance on, to what did not fit, and off."""
        if shown and left_out:
            self._from += len(shown) - left_out
        else:
            self._from, self._wanted = 0, not shown


def has_room(screen: Size) -> bool:
    """Whether guidance stands below the board by itself."""
    return screen.width >= WIDE and screen.height >= TALL


def fitted(lines: tuple[Line, ...], across: int, down: int) -> tuple[list[Content], int]:
    """As many lines, wrapped, as go into the space, and how many were left out."""
    painted: list[Content] = []
    for index, line in enumerate(lines):
        rows = labelled(line, across)
        last = index == len(lines) - 1
        if painted and len(painted) + len(rows) > down - (not last):
            rest = len(lines) - index
            painted.append(Content.styled(f" … * shows {rest} more", "dim"))
            return painted, rest
        painted += rows
    return painted[: max(1, down)], 0


def labelled(line: Line, across: int) -> list[Content]:
    """One line of guidance wrapped beside its label."""
    rows = wrapped(line.text, max(10, across - LABEL - 2))
    label = Content.styled(f" {line.label:<{LABEL}}", "bold")
    blank = Content(" " * (LABEL + 1))
    return [(label if index == 0 else blank) + Content(row) for index, row in enumerate(rows)]
