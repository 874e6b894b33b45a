"""The moves: each with name, side, why, dose, numbered steps, what to feel, what to avoid, easier, harder."""

from collections.abc import Iterator, Sequence

from mmt.model.papers import Sheet, SheetItem
from mmt.model.stretches import Part, StretchText
from mmt.reports.page import Group
from mmt.reports.pen import Pen
from mmt.reports.rows import Row, beside, lines, spaced, stack, tied
from mmt.reports.setting import Setting
from mmt.reports.typeface import width

from .dose import dose
from .side import side_word
from .texts import bullets


def moves(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """One group a move, so that a move is never parted where a page can hold it."""
    for number, item in enumerate(sheet.items, start=1):
        yield _move(number, item, item.text(sheet.language), at)


def _move(number: int, item: SheetItem, text: StretchText, at: Setting) -> Group:
    why = text.why.get(item.prescribed.why, text.why["default"])
    head = tied(
        [
            _heading(number, text.name, side_word(item, at), at)._replace(gap=at.gap * 1.5),
            *lines(why, at.type.body, at.width, gap=at.gap * 0.4),
            dose(item, at)._replace(gap=at.gap * 0.5, keep=True),
        ]
    )
    return Group([*head, *_grid(text, at)], lambda: [*head, *_single(text, at)])


def _heading(number: int, name: str, side: str, at: Setting) -> Row:
    """The number on a dark square, the name, and the side in large white letters on black."""
    label = at.type.label
    box = label.size * 1.6
    pill = width(side, label.face, label.size) + at.gap * 1.5 if side else 0
    indent = box + at.gap * 0.7
    room = at.width - indent - (pill + at.gap if side else 0)
    columns = [
        (0, _tag(str(number), box, box, at.colours.accent, at)),
        (indent, stack(lines(name, at.type.name, room))),
    ]
    if side:
        columns.append((at.width - pill, _tag(side, pill, box, at.colours.ink, at)))
    return beside(columns, middle=True)


def _tag(text: str, length: float, height: float, fill: str, at: Setting) -> Row:
    style = at.type.label
    indent = (length - width(text, style.face, style.size)) / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y, length, height, fill=fill, radius=height / 8)
        pen.text(x + indent, y + (height + style.size * 0.72) / 2, text, style)

    return Row(height, draw)


def _grid(text: StretchText, at: Setting) -> list[Row]:
    """Two columns: steps beside what to feel and avoid; two parts beside each other, the rest below."""
    between = at.gap * 2
    wide = (at.width - between) * (0.6 if len(text.parts) == 1 else 0.5)
    rooms = (wide, at.width - between - wide)

    def pair(left: Sequence[Row], right: Sequence[Row]) -> Row:
        return beside([(0, stack(left)), (wide + between, stack(right))])._replace(
            gap=at.gap * 0.8, keep=True
        )

    feel = _noted("feel", [text.feel], rooms[1], at)
    avoid = _noted("avoid", text.avoid, rooms[1], at)
    if len(text.parts) == 1:
        rows = [pair(_steps(text.parts[0], wide, at), [*feel, *spaced(avoid, at.gap * 0.5)])]
    else:
        columns = [[row for part in some for row in _steps(part, wide, at)] for some in _halves(text.parts)]
        rows = [pair(*columns), pair(_noted("avoid", text.avoid, wide, at), feel)]
    easier = _noted("easier", [text.easier], rooms[0], at)
    harder = _noted("harder", [text.harder], rooms[1], at) if text.harder else []
    return [*rows, pair(easier, harder)._replace(keep=False)]


def _halves(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    middle = (len(parts) + 1) // 2
    return parts[:middle], parts[middle:]


def _single(text: StretchText, at: Setting) -> list[Row]:
    """All in one column, for a page that cannot hold the move: the first and last two steps stay together."""
    rows: list[Row] = []
    for part in text.parts:
        steps = _steps(part, at.width, at)
        ends = len(steps) - len(part.steps) + 2
        short = len(steps) < ends + 2
        rows += spaced(
            tied(steps) if short else [*tied(steps[:ends]), *steps[ends:-2], *tied(steps[-2:])], at.gap
        )
    notes = [
        ("feel", (text.feel,)),
        ("avoid", text.avoid),
        ("easier", (text.easier,)),
        *([("harder", (text.harder,))] if text.harder else []),
    ]
    for key, told in notes:
        rows += spaced(tied(_noted(key, told, at.width, at)), at.gap * 0.6)
    return rows


def _steps(part: Part, room: float, at: Setting) -> list[Row]:
    indent = at.gap * 1.6
    rows = tied(lines(part.title, at.type.strong, room)) if part.title else []
    strong = at.type.strong._replace(colour=at.colours.accent)
    for number, step in enumerate(part.steps, start=1):
        text = stack(lines(step, at.type.body, room - indent))
        row = beside([(0, lines(str(number), strong, indent)[0]), (indent, text)])
        rows.append(row._replace(gap=at.gap * 0.3 if rows else 0))
    return rows


def _noted(key: str, texts: Sequence[str], room: float, at: Setting) -> list[Row]:
    """A label with its sentences under it; several sentences stand behind bullets."""
    label = lines(at.words(key), at.type.strong, room)
    if len(texts) > 1:
        return [*label, *bullets(texts, room, at)]
    return [*label, *(row for text in texts for row in lines(text, at.type.body, room))]
