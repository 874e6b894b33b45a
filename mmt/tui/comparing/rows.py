"""A comparison as rows: one a test with both sides, then legs, pain and scores, and what was seen once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from mmt.model.base import SIDES, grouped
from mmt.model.exam_tests import LegLengthTest, MuscleTest
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Comparison, SeenOnce
from mmt.model.visit import Visit
from mmt.reasoning.basis import name_said
from mmt.reasoning.comparison import SHOWN, Shown, graded
from mmt.reasoning.judged import beside
from mmt.reasoning.leg_length import leg_shown
from mmt.reasoning.wording import once_said, sentence
from mmt.reasoning.words import TOLD
from mmt.tui.visit.values import day
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.sheet import NOTHING as NO_TEXT
from mmt.tui.widgets.wrap import Hanging, wrapped

from .bars import FIVE, butterfly, difference, millimetres

NAME, CELL = 23, 26
"""Columns for a test's name, where there is no room for more, and for a side; each keeps one free."""

LONGEST = 37
"""Columns for a name where there is room."""

ROOMY = 120
"""Columns from which bars and notes stand beside the values."""

BESIDE = 5
"""Columns of a screen that rows leave to the mark, the edges and the bar to scroll by."""

RIGHT, LEFT = "PATIENT'S RIGHT", "PATIENT'S LEFT"
KEY = "█ both times  ▒ gained  ░ lost"

NOTHING: dict[Shown, str] = {
    "changed": "Nothing changed beyond what error explains.",
    "weak": "No muscle that was graded at both visits was weak.",
    "all": "Nothing was seen at both visits.",
    "not-comparable": "All that was seen at both visits can be compared.",
}


class Page(NamedTuple):
    """How a comparison is shown: which values, in how many columns, and whether grades stand as bars."""

    shown: Shown
    across: int
    bars: bool = False

    @property
    def roomy(self) -> bool:
        """Whether bars and notes stand beside the values."""
        return self.across >= ROOMY

    @property
    def paired(self) -> bool:
        """Whether both sides find room in one row."""
        return self.across >= NAME + 2 * CELL

    @property
    def name(self) -> int:
        """Columns for a name."""
        return min(LONGEST, NAME + max(0, self.across - ROOMY))

    def laid(self, name: str, parts: Iterable[Content], middle: Content = NO_TEXT) -> Content:
        """A name and the parts beside it, each wrapped in its own column; `middle` stands between them."""
        room = max(CELL, self.across - BESIDE - self.name - middle.cell_length)
        names = [Content(row) for row in wrapped(plain(name).plain, self.name - 1)]
        rows = [row for part in parts for row in part.wrap(room)]
        lines = []
        for left, right in zip_longest(names, rows, fillvalue=NO_TEXT):
            lines.append((_padded(left, self.name) + middle + right).rstrip())
            middle = Content(" " * middle.cell_length)
        return Content("\n").join(lines)


def heads(page: Page) -> Content:
    """What stands above the columns, where there are such."""
    if not page.paired:
        return NO_TEXT
    if page.bars and not page.roomy:
        sides = f"{RIGHT:>{FIVE + 12}} │ {LEFT}"
    else:
        sides = f"{RIGHT:<{CELL}}{LEFT:<{CELL}}"
    more = f"{'right':>{FIVE}}│left" if page.roomy else ""
    return Content.styled(f"   {'':<{page.name}}{sides}{more}", "dim")


def comparison_rows(found: Comparison, protocol: Protocol, page: Page) -> list[Row]:
    """All rows of the page, the worst of each part first."""
    order, wanted = list(TOLD), SHOWN[page.shown]
    tests = grouped((one.test, one) for one in found.changes).values()
    kept = [ones for ones in tests if any(wanted(one, protocol) for one in ones)]
    kept.sort(key=lambda ones: min(order.index(one.told) for one in ones))
    parts = grouped((_part(ones[0].test, protocol), ones) for ones in kept)
    strength, legs = parts.pop("Grades", []), parts.pop("Leg length", [])
    rows = [
        *_section("Grades", strength, found, protocol, page),
        *_section("Other tests", parts.pop("Other tests", []), found, protocol, page),
        *_legs(legs, found, protocol, page),
        *_section("Pain and function", parts.pop("Pain and function", []), found, protocol, page),
    ] or [Row(Content(NOTHING[page.shown if tests else "all"]), "none")]
    return rows if page.shown == "weak" else [*rows, *_once(found, protocol)]


def _part(test: str, protocol: Protocol) -> str:
    known = protocol.tests.get(test)
    if isinstance(known, MuscleTest):
        return "Grades"
    if isinstance(known, LegLengthTest) and known.measure != "result":
        return "Leg length"
    return "Other tests" if known else "Pain and function"


def _section(
    title: str, tests: Sequence[list[Change]], found: Comparison, protocol: Protocol, page: Page
) -> Iterator[Row]:
    """A heading, of grades with what counts of them, and its rows."""
    if tests:
        counts = next((one.counts for ones in tests for one in ones if graded(one, protocol)), None)
        drawn = KEY if counts and page.paired and (page.bars or page.roomy) else ""
        told = sentence(counts, protocol) if counts and (page.roomy or not drawn) else ""
        yield heading(title, "   ".join(filter(None, (told, drawn))))
    for ones in tests:
        name, notes = name_said(ones[0].test, protocol), "; ".join(_notes(ones, found, protocol))
        below = [Content.styled(notes, "dim")] if notes else []
        right, left = ([one for one in ones if one.side == side] for side in ("right", "left"))
        both = right and left and all(graded(one, protocol) for one in ones)
        bars = [Content(butterfly(*right, *left))] if both else []
        if page.roomy:
            text = page.laid(name, [*bars, *below], _padded(_cells(ones, page), 2 * CELL))
        elif page.bars and page.paired and bars:
            text = page.laid(name, [_beside_bars(right[0], left[0], *bars), *below])
        else:
            text = page.laid(name, [_cells(ones, page), *below])
        yield Row(text, f"test:{ones[0].test}")


def _padded(text: Content, across: int) -> Content:
    return text.pad_right(max(1, across - text.cell_length))


def _cells(ones: Sequence[Change], page: Page) -> Content:
    """Both sides in their columns, below each other where one finds no room; what has no side by itself."""
    cells = {one.side: _cell(one) for one in ones}
    if None in cells:
        return cells[None]
    right, left = (cells.get(side, NO_TEXT) for side in SIDES)
    if page.paired and right.cell_length < CELL and left.cell_length <= CELL:
        return _padded(right, CELL) + left
    return Content("\n").join(Content(f"{side:<6}") + cell for side, cell in cells.items())


def _cell(one: Change) -> Content:
    """`4 → 2 ▼ worse, real`."""
    sign, word = TOLD[one.told]
    sure = f", {one.confidence}" if one.confidence else ""
    return Content.assemble((_values(one), "bold"), " ", (f"{sign} {word}{sure}", _style(one)))


def _values(one: Change) -> str:
    """`85° → 40°`, of a yes/no test in short."""
    then, now = (text.replace("positive", "pos").replace("negative", "neg") for text in (one.from_, one.to))
    return f"{then.removesuffix(' mm') if now.endswith(' mm') else then} → {now}"


def _style(one: Change) -> str:
    return "bold" if one.told in ("better", "worse") else ""


def _beside_bars(right: Change, left: Change, bars: Content) -> Content:
    """`   4 → 2 ▼ ····░░░░████│██████████ =  5 → 5`."""
    outer = f"{_values(right)} {TOLD[right.told][0]}"
    other = f"{TOLD[left.told][0]} {_values(left)}"
    return Content.assemble((f"{outer:>11} ", _style(right)), bars, (f" {other}", _style(left)))


def _notes(ones: Sequence[Change], found: Comparison, protocol: Protocol) -> Iterator[str]:
    """What counts where it is no grade, and what stands beside the values; of one side alone with its name.

    That another examiner measured stands above all rows, and again only where it made a verdict less sure.
    """
    if ones[0].counts and not graded(ones[0], protocol):
        yield sentence(ones[0].counts, protocol)
    told: dict[str, list[str]] = {}
    for one in ones:
        less = {each.key for each in one.why}
        marks = [mark for mark in beside(one) if mark.key != "another-examiner" or mark.key in less]
        said = [sentence(mark, protocol) for mark in marks]
        if one.since != found.then.date.isoformat():
            said.append(f"the value before is of {one.since}")
        for text in said:
            told.setdefault(text, []).append(one.side or "")
    for text, sides in told.items():
        yield f"{text} ({sides[0]})" if len(sides) < len(ones) else text


def _legs(tests: Sequence[list[Change]], found: Comparison, protocol: Protocol, page: Page) -> Iterator[Row]:
    """Each method with the difference then and now on a line, with its error."""
    pairs = {then.method: (then, now) for then, now in found.legs}
    per_column = millimetres(pairs[ones[0].test] for ones in tests)
    if tests:
        yield heading("Leg length", f"◂ right shorter │ left shorter ▸  a column is {per_column} mm")
    for ones in tests:
        sign, word = TOLD[ones[0].told]
        verdict = ", ".join(filter(None, (f"{sign} {word}", ones[0].confidence)))
        notes = Content.styled(f"   {'; '.join(_notes(ones, found, protocol))}", "dim")
        name = name_said(ones[0].test, protocol)
        lines = [page.laid(name, [Content.styled(verdict, _style(ones[0])) + notes])]
        for when, mark, reading in zip(("then", "now"), "○●", pairs[ones[0].test], strict=True):
            error = f"± {reading.error:g} mm" if reading.error is not None else "error not known"
            drawn = difference(reading, mark, per_column)
            lines.append(Content(f"  {when:<6}{drawn}  {leg_shown(reading)} {error}"))
        yield Row(Content("\n").join(lines), f"test:{ones[0].test}")


def _once(found: Comparison, protocol: Protocol) -> list[Row]:
    """What only one of the two visits holds."""
    sides = ((found.only_then, "then", found.then), (found.only_now, "now", found.now))
    rows = [_only(seen, when, visit, protocol) for seen, when, visit in sides if seen]
    return [heading("Seen at one of the two only"), *rows] if rows else []


def _only(seen: Sequence[SeenOnce], when: str, visit: Visit, protocol: Protocol) -> Row:
    lead = Content.styled(f"{f'only {when}, {day(visit)}':<{NAME}}", "bold")
    return Row(Hanging(lead, plain(f"{once_said(seen, protocol)}.")), f"only:{when}")
