"""The list of all tests with both sides, beside the board on wide screens."""

from itertools import groupby

from textual.content import Content

from mmt.model.base import SIDES, Side
from mmt.model.exam import BodyPosition, Cell
from mmt.tui.visit.keeper import Keeper
from mmt.tui.visit.values import short
from mmt.tui.widgets.clicks import clicks

from .entry import Entry

NAME, VALUE = 26, 8


def listed(entry: Entry, keeper: Keeper, down: int) -> list[Content]:
    """So many lines of the list of all tests, with the cursor among them."""
    lines, at = rows(entry, keeper)
    start = max(0, min(at - down // 2, len(lines) - down))
    return lines[start : start + down]


def rows(entry: Entry, keeper: Keeper) -> tuple[list[Content], int]:
    """The lines of the list, what is folded last, and the index of the line with the cursor.

    The right side stands in the first column whichever way a test is seen.
    """
    lines: list[Content] = []
    at = 0
    for position, group in groupby(entry.exam.cells, key=lambda cell: cell.position):
        cells = list(group)
        order = SIDES if any(cell.side for cell in cells) else (None,)
        lines.append(_heading(position, order))
        for name in dict.fromkeys(cell.test for cell in cells):
            here = [cell for cell in cells if cell.test == name]
            if entry.exam.at in here:
                at = len(lines)
            lines.append(_row(entry, keeper, here, order))
    if entry.away:
        lines.append(Content.styled(" FOLDED, NOT TESTED (F)", "bold"))
        lines += [Content.styled(f" {entry.tests[name].name}", "dim") for name in entry.away]
    return lines, at


def _heading(position: BodyPosition, order: tuple[Side | None, ...]) -> Content:
    sides = "".join(f"{side or '':^{VALUE}}" for side in order)
    return Content.assemble((f" {position.upper():<{NAME}}", "bold"), (sides, "dim"))


def _row(entry: Entry, keeper: Keeper, here: list[Cell], order: tuple[Side | None, ...]) -> Content:
    current = entry.exam.at in here
    named = Content(f"{'▶' if current else ' '}{entry.tests[here[0].test].name}").truncate(
        NAME, ellipsis=True
    )
    parts = [named.pad_right(NAME + 1 - named.cell_length).stylize("bold" if current else "")]
    cells = {cell.side: cell for cell in here}
    sides = (None,) if None in cells else order
    return Content("").join([*parts, *(_cell(entry, keeper, cells.get(side)) for side in sides)])


def _cell(entry: Entry, keeper: Keeper, cell: Cell | None) -> Content:
    if cell is None:
        return Content(" " * VALUE)
    held = entry.exam.value(cell.test, cell.side)
    waits = held is not None and keeper.waits(held.key)
    text = short(held) + ("!" if waits else "")
    style = "reverse bold" if cell == entry.exam.at else "bold" if held else "dim"
    shown = Content(f"{text:^{VALUE}}"[:VALUE]).stylize(style)
    return clicks(shown, "jump_to", cell.test, cell.side or "")
