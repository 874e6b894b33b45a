"""The guidance of a test, fitted to the space there is."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mmt.model.exam_tests import AnyTest
from mmt.model.grades import Scale
from mmt.tui.station.guidance import Line, guidance

from .wrap import wrapped

LABEL = 11
WIDE, TALL = 120, 40
"""From this size on guidance stands below the board by itself; else it takes the board's place when asked."""


class Guide(Widget):
    """Lines of guidance under their labels; what does not fit is named as left out.

    `beside` says whether the board keeps its place while the guidance is shown.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()
        self._from = 0
        self._wanted: bool | None = None
        self.beside = False

    def toggle(self) -> None:
        """Turn the guidance on, to what did not fit, and off."""
        _, rest = fitted(self._lines[self._from :], self.size.width, self.size.height)
        if self.display and rest:
            self._from += len(self._lines[self._from :]) - rest
        else:
            self._from, self._wanted = 0, not self.display

    def fit(self, test: AnyTest | None, scale: Scale | None, screen: Size) -> None:
        """Show the guidance of a test on a screen of this size, where it is wanted."""
        self.beside = screen.width >= WIDE and screen.height >= TALL
        wanted = self.beside if self._wanted is None else self._wanted
        self.display = wanted and test is not None
        if test is None or not self.display:
            return
        lines = guidance(test, scale, brief=not self.beside)
        if lines != self._lines:
            self._lines, self._from = lines, 0
        rows = sum(len(labelled(line, self.size.width)) for line in lines) if self.beside else 0
        self.styles.height = min(rows + 1, screen.height // 2) if self.beside else "1fr"
        self.refresh()

    def render(self) -> Content:
        return fitted(self._lines[self._from :], self.size.width, self.size.height)[0]


def fitted(lines: tuple[Line, ...], across: int, down: int) -> tuple[Content, int]:
    """As many lines, wrapped, as go into the space, and how many were left out."""
    painted: list[Content] = []
    for index, line in enumerate(lines):
        rows = labelled(line, across)
        last = index == len(lines) - 1
        if painted and len(painted) + len(rows) > down - (not last):
            rest = len(lines) - index
            painted.append(Content.styled(f" … * shows {rest} more", "dim"))
            return Content("\n").join(painted), rest
        painted += rows
    return Content("\n").join(painted[: max(1, down)]), 0


def labelled(line: Line, across: int) -> list[Content]:
    """One line of guidance wrapped beside its label."""
    rows = wrapped(line.text, max(10, across - LABEL - 2))
    label = Content.styled(f" {line.label:<{LABEL}}", "bold")
    blank = Content(" " * (LABEL + 1))
    return [(label if index == 0 else blank) + Content(row) for index, row in enumerate(rows)]
