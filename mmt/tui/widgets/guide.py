"""The guidance of a test, fitted to the space there is."""

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from mmt.tui.station.guidance import Line

LABEL = 11


class Guide(Widget):
    """Lines of guidance under their labels; what does not fit is named as left out."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines."""
        self._lines = lines
        self.refresh(layout=True)

    def render(self) -> Content:
        return fitted(self._lines, self.size.width, self.size.height)


def fitted(lines: tuple[Line, ...], across: int, down: int) -> Content:
    """As many lines, wrapped, as go into the space; the last says how many were left out."""
    painted: list[Content] = []
    for index, line in enumerate(lines):
        rows = wrapped(line, across)
        last = index == len(lines) - 1
        if len(painted) + len(rows) > down - (not last):
            left = len(lines) - index
            painted.append(Content.styled(f" … {left} more on F1", "dim"))
            break
        painted += rows
    return Content("\n").join(painted[: max(1, down)])


def wrapped(line: Line, across: int) -> list[Content]:
    """One line of guidance wrapped beside its label."""
    room = max(10, across - LABEL - 2)
    rows: list[str] = [""]
    for word in line.text.split():
        longer = f"{rows[-1]} {word}".strip()
        if cell_len(longer) > room and rows[-1]:
            rows.append(word)
        else:
            rows[-1] = longer
    label = Content.styled(f" {line.label:<{LABEL}}", "bold")
    blank = Content(" " * (LABEL + 1))
    return [(label if index == 0 else blank) + Content(row) for index, row in enumerate(rows)]
