"""The left-right chart of the comparison: one row a test, grades as bars that grow outward from its name."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mmt.model.base import Side, grouped
from mmt.model.grades import halves
from mmt.model.papers import ComparedChange, ComparisonSheet
from mmt.model.review import Change, Told
from mmt.reasoning.words import TOLD
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack
from mmt.reports.setting import Setting
from mmt.reports.style import Style

from .texts import ruled


class Column(NamedTuple):
    """Where a column starts and how wide it is, as shares of the width."""

    start: float
    wide: float


class Half(NamedTuple):
    """The columns of one side of the body."""

    verdict: Column
    values: Column
    bar: Column


_HALVES: dict[Side, Half] = {
    "right": Half(Column(0, 0.18), Column(0.18, 0.1), Column(0.28, 0.095)),
    "left": Half(Column(0.82, 0.18), Column(0.725, 0.095), Column(0.625, 0.095)),
}
_NAME = Column(0.375, 0.25)

_TOGETHER = 3
"""So many tests at least stand under the heads of the columns."""

_FIVE = 10
"""The grade 5 in half grades: where a bar is full."""

_VERDICT_SIZE = 0.92
"""Verdicts are set a little smaller than the text, so that each takes one line."""

_MARKED = (0, 3, 5)
"""The grades that have a line through the chart: none, full range against gravity, full strength."""


def sides(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """The patient's right on the left, the left on the right; each value then and now, with its verdict.

    What stood on both sides at both visits is left to `unchanged`.
    """
    tests = [ones for ones in by_test(sheet.changes) if not is_same(ones)]
    yield from chart(tests, [], at)


def chart(tests: Sequence[Sequence[ComparedChange]], head: Sequence[Row], at: Setting) -> Iterator[Group]:
    """The chart of some tests under a heading, each with the changes of its sides. What counts of a grade
    stands in its key, what counts of another value under the name of its test."""
    if not tests:
        return
    graded = next((one for ones in tests for one in ones if one.graded), None)
    rows = ruled((_test(ones, at) for ones in tests), at.width, at, at.gap * 0.25)
    key = [at.words("sides-bars", counts=graded.counts)] if graded else []
    told = lines(" ".join((*key, at.words("sides-key"))), at.type.small, at.width, gap=at.gap * 0.5)
    held = [*head, *_head(graded is not None, at), *rows]
    begin, last = len(held) - len(rows) + 2 * _TOGETHER - 1, len(held) - 1
    tied_at = {*range(begin), last}
    whole = [row._replace(keep=row.keep or place in tied_at) for place, row in enumerate(held)] + told
    yield Group(whole, parted=lambda: whole)


def by_test(changes: Sequence[ComparedChange]) -> list[list[ComparedChange]]:
    """The changes of tests that have sides, together by test."""
    sided = (one for one in changes if one.change.side is not None)
    return list(grouped((one.change.test, one) for one in sided).values())


def is_same(ones: Sequence[ComparedChange]) -> bool:
    """Whether a test gave one value on both sides at both visits."""
    values = {value for one in ones for value in (one.change.from_, one.change.to)}
    return len(ones) == 2 and len(values) == 1


def verdict(one: ComparedChange, room: float, at: Setting, *, full: bool = False) -> list[Row]:
    """The verdict as a sign and a word, and how sure it is; the same and within error by its sign alone where
    it is not told in `full`."""
    told = TOLD[one.told][0]
    if full or one.told not in ("same", "within-noise"):
        told = f"{told} {at.words(f'verdict-{one.told}')}"
    if one.change.confidence:
        told = f"{told}, {at.words(f'confidence-{one.change.confidence}')}"
    return lines(told, style_of(one.told, at), room)


def style_of(one: Told, at: Setting) -> Style:
    """How a verdict is set: in its colour and bold where something changed."""
    colour = {"better": at.colours.go, "worse": at.colours.stop}.get(one)
    style = at.type.strong._replace(colour=colour) if colour else at.type.quiet
    return style._replace(size=style.size * _VERDICT_SIZE)


def values(one: ComparedChange, room: float, at: Setting) -> list[Row]:
    """The value then and now."""
    return lines(f"{one.change.from_} → {one.change.to}", at.type.strong, room)


def _head(graded: bool, at: Setting) -> list[Row]:
    """What stands in the columns, and the grades above the bars."""
    style = at.type.strong
    left = at.words("sides-left")
    columns = [
        (0.0, stack(lines(at.words("sides-right"), style, at.width))),
        _cell(_NAME, lines(at.words("sides-test"), style, _NAME.wide * at.width, centred=True), at),
        (at.width - style.width(left), stack(lines(left, style, at.width))),
    ]
    if graded:
        columns += [_cell(half.bar, [_scale(side, at)], at) for side, half in _HALVES.items()]
    return [beside(columns)._replace(gap=at.gap * 1.2)]


def _cell(column: Column, rows: Sequence[Row], at: Setting) -> tuple[float, Row]:
    return column.start * at.width, stack(rows)


def _test(ones: Sequence[ComparedChange], at: Setting) -> Row:
    room = _NAME.wide * at.width
    name = lines(ones[0].name, at.type.body, room, centred=True)
    told = "" if ones[0].graded else ones[0].counts
    counts = lines(told, at.type.small, room, centred=True) if told else []
    columns = [_cell(_NAME, [*name, *counts], at)]
    for one in ones:
        if one.change.side is not None:
            columns += _side(one, one.change.side, at)
    return beside(columns, middle=True)


def _side(one: ComparedChange, side: Side, at: Setting) -> Iterator[tuple[float, Row]]:
    """The verdict, the values, and the bar of a grade; other values take the room of the bar as well."""
    half = _HALVES[side]
    yield _cell(half.verdict, verdict(one, half.verdict.wide * at.width - at.gap / 2, at), at)
    place = half.values
    if one.graded:
        yield _cell(half.bar, [_bar(one.change, side, at)], at)
    else:
        place = Column(0.18 if side == "right" else 0.635, 0.185)
    yield _cell(place, values(one, place.wide * at.width - at.gap / 2, at), at)


def _bar(change: Change, side: Side, at: Setting) -> Row:
    """The grade now as a bar, the grade then as a ring."""
    high = at.type.body.leading * 0.9
    thick = high * 0.42
    none, now, then = (
        _along(side, half_grades, at) for half_grades in (0, halves(change.to), halves(change.from_))
    )
    colour = style_of(change.told, at).colour

    def draw(pen: Pen, x: float, y: float) -> None:
        for grade in _MARKED:
            pen.down(x + _along(side, 2 * grade, at), y, high, at.colours.rule)
        pen.box(x + min(none, now), y + (high - thick) / 2, abs(now - none), thick, fill=colour)
        pen.disc(x + then, y + high / 2, thick * 0.75, at.colours.ink)
        pen.disc(x + then, y + high / 2, thick * 0.45, "#FFFFFF")

    return Row(high, draw)


def _scale(side: Side, at: Setting) -> Row:
    """The numbers of the grades that have a line."""
    style = at.type.small

    def draw(pen: Pen, x: float, y: float) -> None:
        for grade in _MARKED:
            left = _along(side, 2 * grade, at) - style.width(str(grade)) / 2
            pen.text(x + left, y + at.type.body.leading * 0.8, str(grade), style)

    return Row(at.type.body.leading, draw)


def _along(side: Side, half_grades: int, at: Setting) -> float:
    """How far from the left end of its column a grade stands: bars grow outward from the test's name."""
    room = _HALVES[side].bar.wide * at.width
    inset = at.gap * 0.45
    far = inset + (room - 2 * inset) * half_grades / _FIVE
    return room - far if side == "right" else far
