"""Drawings with the steps that they show, in the way that suits the room."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from mmt.model.stretches import Part
from mmt.reports.rows import Row, beside, high, lines, spaced, stack
from mmt.reports.setting import Setting

from .pictures import PLAIN, Shown, Size, beginnings, in_rows, of_parts, one_by_one, upright
from .steps import beside_each_other, columns_of, steps, under_drawings

STORY = 0.5
"""Share of the width that a drawing takes beside its own steps."""


def illustrated(
    drawn: Sequence[Shown], parts: Sequence[Part], at: Setting, size: Size, *, one_a_row: bool = False
) -> list[Row]:
    """The drawings with the steps, the first of the ways that is hardly higher than the lowest one."""
    if one_a_row:
        return _one_a_row(drawn, parts, at, size)
    ways = list(_ways(drawn, parts, at, size))
    most = min(map(high, ways)) + size.spare * at.type.body.size
    return next(way for way in ways if high(way) <= most)


def _ways(drawn: Sequence[Shown], parts: Sequence[Part], at: Setting, size: Size) -> Iterator[list[Row]]:
    """Part by part; each drawing beside its own steps, over its own steps, or all steps beside or under all
    drawings."""
    if len(parts) > 1 and all(each := of_parts(drawn, len(parts))):
        yield _part_by_part(each, parts, at, size)
        yield _part_by_part(each, parts, at, size._replace(spare=PLAIN.spare))
    row = in_rows(drawn, at, size)
    if firsts := beginnings(drawn, parts):
        yield _storyboard(drawn, firsts, parts[0], at, size)
        if len(row) == 1:
            yield [*row, _below(under_drawings(parts[0].steps, firsts, at), at)]
    if len(parts) == 1 and (tall := upright(drawn, at, size)):
        wide, pictures = tall
        told = stack(steps(parts[0].steps, at.width - wide - at.gap * 1.5, at))
        yield [beside([(0, told), (at.width - wide, pictures)])._replace(gap=at.gap * 0.5)]
    yield [*row, _below(beside_each_other(parts, at), at)]


def _one_a_row(drawn: Sequence[Shown], parts: Sequence[Part], at: Setting, size: Size) -> list[Row]:
    """Each drawing beside its own steps, or all under each other beside all steps; of several parts, part by
    part."""
    if len(parts) > 1 and all(each := of_parts(drawn, len(parts))):
        return _part_by_part(each, parts, at, size, one_a_row=True)
    if firsts := beginnings(drawn, parts):
        return _storyboard(drawn, firsts, parts[0], at, size)
    wide = at.width * STORY
    room = at.width - wide - at.gap
    told = [row for part in parts for row in steps(part.steps, room, at, title=part.title)]
    pictures = stack(one_by_one(drawn, wide, at, size))
    return [beside([(0, pictures), (wide + at.gap, stack(told))])._replace(gap=at.gap * 0.5)]


def _part_by_part(
    each: Sequence[Sequence[Shown]],
    parts: Sequence[Part],
    at: Setting,
    size: Size,
    *,
    one_a_row: bool = False,
) -> list[Row]:
    rows: list[Row] = []
    for part, own in zip(parts, each, strict=True):
        told = illustrated(own, [replace(part, title="")], at, size, one_a_row=one_a_row)
        rows += spaced([*lines(part.title, at.type.strong, at.width), *told], at.gap * 0.6)
    return rows


def _storyboard(
    drawn: Sequence[Shown], firsts: Sequence[int], part: Part, at: Setting, size: Size
) -> list[Row]:
    wide = at.width * STORY
    told = columns_of(part.steps, firsts, at.width - wide - at.gap, at)
    return [
        beside([(0, picture), (wide + at.gap, own)])._replace(gap=at.gap * 0.5)
        for picture, own in zip(one_by_one(drawn, wide, at, size), told, strict=True)
    ]


def _below(told: Row, at: Setting) -> Row:
    return told._replace(gap=at.gap * 0.35)
