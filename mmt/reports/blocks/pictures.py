"""The drawings of a stretch in a row, each with the numbers of the steps that it shows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mmt.figures.colours import COLOURS
from mmt.figures.reach import PoseError
from mmt.figures.scene import Scene, scene
from mmt.figures.shape import strokes
from mmt.model.base import Side
from mmt.model.figures import Picture
from mmt.model.papers import SheetItem
from mmt.model.stretches import Part
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, stack
from mmt.reports.setting import Setting

SMALLEST = 0.68
"""Points for each hundredth of the body's height: who stands is 24 mm high at least."""

USUAL = 13.0
"""Points of the type that the sizes below are for."""

CORNER = 4.0
"""Of the frame round a close-up, in points."""

MOST_WIDE = 0.6
"""Share of the page's width that drawings beside the steps may take."""


class Size(NamedTuple):
    """How large drawings are at most, in points: over the steps, beside the steps, and for each hundredth of
    the body's height, so that the bodies of a sheet are all about as large; a close-up may be larger.
    The way that shows the steps best may be so many sizes of the text higher than the lowest one."""

    over: float
    beside: float
    scale: float
    close: float
    spare: float

    def grown(self, gap: float) -> "Size":
        """The same beside type of this size in points: drawings grow with what is written."""
        more = max(1.0, gap / USUAL)
        return self._replace(
            over=self.over * more, beside=self.beside * more, scale=self.scale * more, close=self.close * more
        )


TIGHT = Size(over=77, beside=108, scale=1.2, close=1.8, spare=1.0)
"""What lets two moves stand on a page that could not hold them otherwise."""

SNUG = TIGHT._replace(over=65, beside=92)
"""The same where room is scarce: who lies or sits is hardly smaller, who stands is 23 mm high."""

PLAIN = Size(over=90, beside=130, scale=1.34, close=2.0, spare=1.2)
"""Two moves on a page: who stands is 3 cm high, 4 cm beside the steps."""

MIDDLING = Size(over=120, beside=150, scale=1.6, close=2.3, spare=18)
"""For a page with a little room left."""

ROOMY = Size(over=160, beside=180, scale=1.9, close=2.6, spare=30)
"""For a page with room left."""

LARGER = (ROOMY, MIDDLING, MIDDLING._replace(spare=6), ROOMY._replace(spare=0), PLAIN)
"""What is tried on a page with room left, in this order: how steps and drawings stand goes before size."""


class Shown(NamedTuple):
    """A drawing as a scene, the part and the numbers of its steps, what stands under it, and a few words."""

    made: Scene
    part: int
    steps: Sequence[int]
    title: str
    caption: str

    @property
    def numbers(self) -> str:
        """The numbers of the steps as a reader says them."""
        return numbers(self.steps)


def shown(given: Sequence[Picture], parts: Sequence[Part], side: Side | None, language: str) -> list[Shown]:
    """The drawings of a stretch for the patient's side, without those for which no body can pose."""
    found = []
    for one in given:
        if made := _posed(one, side or "left"):
            told, part = one.drawing, one.drawing.part
            caption = told.caption.get(language) or told.caption["en"]
            of_part = parts[part - 1].title if len(parts) >= part else ""
            found.append(Shown(made, part, told.steps, caption if told.headed else of_part, caption))
    return found


def pictured(item: SheetItem, at: Setting) -> list[Shown]:
    """The drawings of a move for the patient's side, worked out once for a paper."""
    key = ("pictured", id(item))
    if key not in at.kept:
        text = item.text(at.language)
        at.kept[key] = shown(item.drawn, text.parts, item.prescribed.side, at.language)
    found: list[Shown] = at.kept[key]
    return found


def thumbnail(item: SheetItem, wide: float, high: float, at: Setting) -> Row | None:
    """The drawing that tells a move best, small: the last one that shows what is felt; None without any."""
    drawn = pictured(item, at)
    whole = [one for one in drawn if not one.made.close] or drawn
    felt = [one for one in whole if any(shape.fill == "tint" for shape in one.made.shapes)]
    if not whole:
        return None
    made = (felt or whole)[-1].made
    scale = min(wide / made.size[0], high / made.size[1])
    left = (wide - made.size[0] * scale) / 2
    return Row(made.size[1] * scale, lambda pen, x, y: _ink(pen, made, x + left, y, scale))


def in_rows(some: Sequence[Shown], at: Setting, size: Size = PLAIN, *, captions: bool = False) -> list[Row]:
    """The drawings in a row, or in several where the page is too narrow, with their captions if wanted."""
    rows = next((n for n in range(1, len(some)) if _clear(some, -(-len(some) // n), at)), len(some))
    columns = -(-len(some) // rows)
    return [
        _row(some[start : start + columns], columns, at, size, captions)
        for start in range(0, len(some), columns)
    ]


def beginnings(some: Sequence[Shown], parts: Sequence[Part]) -> list[int]:
    """The first step of each drawing, where each shows steps that come after those of the one before; else
    empty."""
    firsts = [min(one.steps) for one in some]
    ends = [0, *(max(one.steps) for one in some)]
    apart = all(end < first for end, first in zip(ends, firsts, strict=False))
    return firsts if apart and len(parts) == 1 else []


def of_parts(some: Sequence[Shown], parts: int) -> list[list[Shown]]:
    """The drawings of each of so many parts."""
    return [[one for one in some if one.part == part] for part in range(1, parts + 1)]


def one_by_one(some: Sequence[Shown], wide: float, at: Setting, size: Size) -> list[Row]:
    """Each drawing by itself, as large as its room allows, all in one line under each other."""
    indent, _ = _room(some, 1, at)
    scales = [_scales([one], wide - indent, size)[0] for one in some]
    return [
        _cell(one, scale, indent, wide, one.made.size[1] * scale, at)
        for one, scale in zip(some, scales, strict=True)
    ]


def upright(some: Sequence[Shown], at: Setting, size: Size = PLAIN) -> tuple[float, Row] | None:
    """The drawings side by side, taller, and how wide they are; nothing where they leave no room for text."""
    scale = min(size.scale, *(size.beside / one.made.size[1] for one in some))
    indent, _ = _room(some, 1, at)
    wides = [indent + one.made.size[0] * scale for one in some]
    wide = sum(wides) + at.gap * (len(some) - 1)
    if wide > at.width * MOST_WIDE or any(one.made.close for one in some):
        return None
    high = max(one.made.size[1] for one in some) * scale
    starts = [sum(wides[:index]) + at.gap * index for index in range(len(some))]
    cells = [
        stack([_cell(one, scale, indent, room, high, at), *title])
        for one, room, title in zip(some, wides, _titles(some, wides, at), strict=True)
    ]
    return wide, beside(list(zip(starts, cells, strict=True)))


class _Held:
    """A picture as a key: the same one, not one that is alike, for that costs as much as to draw it."""

    __slots__ = ("picture",)

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def __hash__(self) -> int:
        return hash((id(self.picture.drawing), id(self.picture.lengths), self.picture.marked))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Held):
            return False
        one, two = self.picture, other.picture
        return one.drawing is two.drawing and one.lengths is two.lengths and one.marked == two.marked


def _posed(one: Picture, side: Side) -> Scene | None:
    """The scene of a drawing; nothing where no body can pose so, which `mmt check` tells its writer."""
    return _scene(_Held(one), side)


@lru_cache(maxsize=64)
def _scene(held: _Held, side: Side) -> Scene | None:
    """A body is posed once for the papers of a visit, which show it on several pages."""
    one = held.picture
    try:
        return scene(one.drawing, one.lengths, side, marked=one.marked)
    except PoseError:
        return None


def numbers(steps: Sequence[int]) -> str:
    """The numbers of steps that follow each other, as a reader says them: 3, or 3–5."""
    ordered = sorted(steps)
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(map(str, ordered))


def _clear(some: Sequence[Shown], columns: int, at: Setting) -> bool:
    """Whether the drawings are large enough in so many columns."""
    indent, wide = _room(some, columns, at)
    return min(_scales(some, wide - indent, PLAIN)) >= SMALLEST


def _room(some: Sequence[Shown], columns: int, at: Setting) -> tuple[float, float]:
    """The room for the numbers of a drawing, and the width of its column."""
    indent = at.gap * (1.1 + 0.62 * max(len(one.numbers) for one in some))
    return indent, (at.width - at.gap * (columns - 1)) / columns


def _row(some: Sequence[Shown], columns: int, at: Setting, size: Size, captions: bool) -> Row:
    indent, wide = _room(some, columns, at)
    scales = _scales(some, wide - indent, size)
    high = max(one.made.size[1] * scale for one, scale in zip(some, scales, strict=True))
    titles = _titles(some, [wide] * len(some), at)
    cells = []
    for index, (one, scale, title) in enumerate(zip(some, scales, titles, strict=True)):
        told = captions and one.caption != one.title
        caption = lines(one.caption, at.type.body, wide, gap=at.gap * 0.3) if told else []
        cell = stack([_cell(one, scale, indent, wide, high, at), *title, *caption])
        cells.append((index * (wide + at.gap), cell))
    return beside(cells)._replace(gap=at.gap * 0.4, keep=True)


def _titles(some: Sequence[Shown], rooms: Sequence[float], at: Setting) -> list[list[Row]]:
    """What stands under each drawing; nothing where it is the same for all."""
    if len({one.title for one in some}) == 1:
        return [[] for _ in some]
    return [lines(one.title, at.type.strong, room) for one, room in zip(some, rooms, strict=True)]


def _cell(one: Shown, scale: float, indent: float, wide: float, high: float, at: Setting) -> Row:
    """A drawing behind the numbers of its steps, in the middle of its column, on the ground of its row."""
    tag = lines(one.numbers, at.type.strong._replace(colour=at.colours.accent), indent)[0]
    left, drop = (wide - indent - one.made.size[0] * scale) / 2, high - one.made.size[1] * scale
    drawing = Row(high, lambda pen, x, y: _ink(pen, one.made, x + left, y + drop, scale))
    return beside([(0, tag), (indent, drawing)])


def _scales(some: Sequence[Shown], wide: float, size: Size) -> list[float]:
    """One scale for all whole bodies of a row; close-ups as large as they fit."""
    fits = [min(wide / one.made.size[0], size.over / one.made.size[1]) for one in some]
    whole = min((fit for fit, one in zip(fits, some, strict=True) if not one.made.close), default=size.scale)
    return [
        min(fit, size.close) if one.made.close else min(whole, size.scale)
        for fit, one in zip(fits, some, strict=True)
    ]


def _ink(pen: Pen, made: Scene, x: float, y: float, scale: float) -> None:
    """A drawing with the upper left corner of its window at a place; `scale` is points for each unit."""
    wide, high = (one * scale for one in made.size)
    left, _, _, top = made.window
    with pen.inking(x, y, wide, high, cut=CORNER if made.close else None):
        for shape in made.shapes:
            runs = [
                [(x + (px - left) * scale, y + (top - py) * scale) for px, py in run] for run in shape.runs
            ]
            pen.curve(
                runs[0][0],
                strokes(runs, round=shape.end == "round"),
                closed=shape.end != "open",
                fill=COLOURS.get(shape.fill, ""),
                stroke=COLOURS.get(shape.line, ""),
                thick=round(shape.width * scale, 2),
            )
    if made.close:
        pen.box(x, y, wide, high, stroke=COLOURS["floor"], radius=CORNER)
