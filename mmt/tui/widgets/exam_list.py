"""The list of all tests with both sides, beside the board on wide screens."""

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from mmt.model.base import Side
from mmt.model.exam import BodyPosition, Cell
from mmt.model.exam_tests import AnyTest
from mmt.tui.station.entry import Entry
from mmt.tui.station.keeper import Keeper
from mmt.tui.station.sides import columns
from mmt.tui.station.values import short

NAME, VALUE = 26, 8


class TestList(Widget):
    """All tests in the order of the walk. A click on a cell moves the cursor there."""

    __test__ = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Entry, Keeper] | None = None

    def show(self, entry: Entry, keeper: Keeper) -> None:
        """Show the cells of this exam, the one under the cursor marked."""
        self._shown = (entry, keeper)
        self.refresh()

    def render(self) -> Content:
        lines, at = rows(*self._shown) if self._shown else ([], 0)
        height = max(1, self.size.height)
        start = max(0, min(at - height // 2, len(lines) - height))
        return Content("\n").join(lines[start : start + height])


def rows(entry: Entry, keeper: Keeper) -> tuple[list[Content], int]:
    """The lines of the list, and the index of the line with the cursor."""
    lines: list[Content] = []
    at = 0
    position: BodyPosition | None = None
    cells = entry.exam.cells
    shown: set[tuple[str, BodyPosition]] = set()
    for cell in cells:
        if cell.position != position:
            position = cell.position
            lines.append(_heading(entry.tests[cell.test], position))
        if (cell.test, cell.position) not in shown:
            shown.add((cell.test, cell.position))
            here = [one for one in cells if (one.test, one.position) == (cell.test, cell.position)]
            lines.append(_row(entry, keeper, here))
        if cell == entry.exam.at:
            at = len(lines) - 1
    return lines, at


def _heading(test: AnyTest, position: BodyPosition) -> Content:
    sides = "".join(f"{side or '':^{VALUE}}" for side in columns(test))
    return Content.assemble((f" {position.upper():<{NAME}}", "bold"), (sides, "dim"))


def _row(entry: Entry, keeper: Keeper, here: list[Cell]) -> Content:
    test = entry.tests[here[0].test]
    current = entry.exam.at in here
    name = Content(f"{'▶' if current else ' '}{test.name}").truncate(NAME, ellipsis=True)
    cells = {cell.side: cell for cell in here}
    parts = [name.pad_right(NAME + 1 - name.cell_length).stylize("bold" if current else "")]
    parts += [_cell(entry, keeper, cells.get(side)) for side in columns(test)]
    return Content("").join(parts)


def _cell(entry: Entry, keeper: Keeper, cell: Cell | None) -> Content:
    if cell is None:
        return Content(" " * VALUE)
    held = entry.exam.value(cell.test, cell.side)
    waits = held is not None and keeper.waits((held.cell, held.trial))
    text = short(held) + ("!" if waits else "")
    style = "reverse bold" if cell == entry.exam.at else "bold" if held else "dim"
    side: Side | str = cell.side or ""
    jump = Style.from_meta({"@click": ("screen.jump_to", (cell.test, side))})
    return Content(f"{text:^{VALUE}}"[:VALUE]).stylize(style).stylize(jump)
