"""The moves: each with name, side, why, dose, numbered steps, what to feel, what to avoid, easier, harder."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import permutations

from msgspec.structs import replace

from mmt.model.papers import Sheet, SheetItem
from mmt.model.stretches import StretchText
from mmt.reports.page import Group
from mmt.reports.rows import Row, beginning, beside, high, lines, read_as, spaced, stack, tied
from mmt.reports.setting import Setting

from .dose import dose
from .illustrated import illustrated
from .named import Move, named
from .pictures import LARGER, MIDDLING, SNUG, TIGHT, Shown, Size, in_rows, of_parts, pictured
from .steps import in_columns, steps
from .texts import bullets, side_word

TURNED = range(3, 7)
"""Of so many moves the order may change how many pages they fill; of more every order is not tried."""

Told = tuple[str, Sequence[str]]
"""The key of a label, and its sentences."""


def moves(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """One group a move, so that a move is never parted where a page can hold it."""
    first = next((item for item in sheet.items if item.drawn and "overview" not in at.blocks), None)
    for number, item in enumerate(sheet.items, start=1):
        key = lines(at.words("drawings"), at.type.body, at.width, gap=at.gap * 0.6) if item is first else []
        made = _move(number, item, item.text(sheet.language), key, at) if key else _kept(number, item, at)
        yield made._replace(annex=number == 1 and "overview" in at.blocks)


def _kept(number: int, item: SheetItem, at: Setting) -> Group:
    """A move as it was set before under this number in type of this size."""
    name = (moves, number, id(item), at.type.body.size, at.terse)
    if name not in at.kept:
        at.kept[name] = _move(number, item, item.text(at.language), [], at)
    made: Group = at.kept[name]
    return made


def _move(number: int, item: SheetItem, text: StretchText, key: Sequence[Row], at: Setting) -> Group:
    """A move, under the `key` to its drawings where that stands on no page before."""
    why = text.why.get(item.prescribed.why, text.why["default"])
    both = at.words("change-sides") if item.each_side else ""
    form = " ".join(filter(None, (both, item.form(at.language))))
    name = Move(number, text.name, side_word(item, at))
    head = tied(
        [
            *key,
            beginning(named(name, at, at.width, at.type.name), name.told)._replace(gap=at.gap),
            *lines(why, at.type.body, at.width, gap=at.gap * 0.3),
            *(lines(form, at.type.strong, at.width, gap=at.gap * 0.3) if form else []),
            dose(item, at)._replace(gap=at.gap * 0.3, keep=True),
        ]
    )
    stops = [at.symptoms[one] for one in item.stretch.stops if one in at.symptoms]
    told = _told(item.prescribed.note, text, stops)
    drawn = pictured(item, at)
    if not drawn:
        added = _noted(*told[0], at.width, at) if item.prescribed.note else []
        return Group([*head, *added, *_grid(text, stops, at)], lambda: [*head, *_single(text, told, at)])
    notes = _notes(told, at)

    def of(size: Size, *, one_a_row: bool = at.narrow) -> list[Row]:
        pictured = illustrated(drawn, text.parts, at, size, one_a_row=one_a_row)
        return tied([*head, *pictured, *notes])

    tight = SNUG if at.terse else TIGHT
    ways = [(tight.grown(at.gap), at.narrow), (tight.grown(at.gap), False), (tight, False)]
    tried = (of(size, one_a_row=alone) for size, alone in (ways if at.narrow else ways[:1]))
    return Group(
        next((rows for rows in tried if high(rows) < at.body), of(tight, one_a_row=False)),
        lambda: [*head, *_single(text, told, at, drawn)],
        larger=[partial(of, size.grown(at.gap)) for size in (*LARGER, *((TIGHT,) if at.terse else ()))],
    )


def arranged(sheet: Sheet, settings: Sequence[Setting]) -> Sheet:
    """The sheet with its moves in the order of the fewest pages in the first of these settings, then in the
    next, where the clinician gave none; of several such orders the one nearest to that of the sheet."""
    if sheet.ordered or len(sheet.items) not in TURNED:
        return sheet
    highs = [
        {id(item): _kept(number, item, at).high for number, item in enumerate(sheet.items, start=1)}
        for at in settings
    ]

    def pages(items: Sequence[SheetItem]) -> list[int]:
        counts = []
        for at, high_of in zip(settings, highs, strict=True):
            count, left = 0, 0.0
            for item in items:
                if high_of[id(item)] > left:
                    count, left = count + 1, at.body + at.gap
                left -= high_of[id(item)]
            counts.append(count)
        return counts

    return replace(sheet, items=min(permutations(sheet.items), key=pages))


def _told(note: str, text: StretchText, stops: Sequence[str]) -> list[Told]:
    """What stands beside the steps, each under its label."""
    notes = (
        ("for-you", (note,)),
        ("feel", (text.feel,)),
        ("avoid", text.avoid),
        ("stop-if", stops),
        ("easier", (text.easier,)),
        ("harder", (text.harder,)),
    )
    return [(key, told) for key, told in notes if any(told)]


def _notes(told: Sequence[Told], at: Setting) -> list[Row]:
    """One row a label, its sentences beside it."""
    strong = at.type.strong
    labelled = [(at.words(key), " ".join(texts)) for key, texts in told]
    indent = max(strong.width(label) for label, _ in labelled) + at.gap
    rows: list[Row] = []
    for label, sentences in labelled:
        style = strong if label == at.words("stop-if") else at.type.body
        beside_it = stack(lines(sentences, style, at.width - indent))
        row = beside([(0, lines(label, strong, indent)[0]), (indent, beside_it)])
        rows.append(read_as(row, label, sentences)._replace(gap=at.gap * (0.08 if rows else 0.45)))
    return rows


def _grid(text: StretchText, stops: Sequence[str], at: Setting) -> list[Row]:
    """Two columns: steps beside what to feel and avoid; two parts beside each other, the rest below."""
    between = at.gap * 2
    wide = (at.width - between) * (0.6 if len(text.parts) == 1 else 0.5)
    rooms = (wide, at.width - between - wide)

    def pair(left: Sequence[Row], right: Sequence[Row]) -> Row:
        return beside([(0, stack(left)), (wide + between, stack(right))])._replace(
            gap=at.gap * 0.8, keep=True
        )

    feel = _noted("feel", [text.feel], rooms[1], at)
    stop = spaced(_noted("stop-if", stops, rooms[1], at), at.gap * 0.5) if stops else []
    avoid = _noted("avoid", text.avoid, rooms[1] if len(text.parts) == 1 else wide, at)
    if len(text.parts) == 1:
        one_part = steps(text.parts[0].steps, wide, at, title=text.parts[0].title)
        rows = [pair(one_part, [*feel, *spaced(avoid, at.gap * 0.5), *stop])]
    else:
        rows = [pair(*in_columns(text.parts, wide, at)), pair(avoid, [*feel, *stop])]
    if not text.easier:
        return rows
    easier = _noted("easier", [text.easier], rooms[0], at)
    harder = _noted("harder", [text.harder], rooms[1], at) if text.harder else []
    return [*rows, pair(easier, harder)._replace(keep=False)]


def _single(text: StretchText, told: Sequence[Told], at: Setting, drawn: Sequence[Shown] = ()) -> list[Row]:
    """All in one column, each part under its drawings, for a page that cannot hold the move: the first and
    last two steps stay together."""
    rows: list[Row] = []
    for part, own in zip(text.parts, of_parts(drawn, len(text.parts)), strict=True):
        title = lines(part.title, at.type.strong, at.width) if part.title else []
        pictures = in_rows(own, at, MIDDLING) if own else []
        every = [*title, *pictures, *steps(part.steps, at.width, at)]
        ends = len(every) - len(part.steps) + 2
        short = len(every) < ends + 2
        rows += spaced(
            tied(every) if short else [*tied(every[:ends]), *every[ends:-2], *tied(every[-2:])], at.gap
        )
    for key, texts in told:
        rows += spaced(tied(_noted(key, texts, at.width, at)), at.gap * 0.6)
    return rows


def _noted(key: str, texts: Sequence[str], room: float, at: Setting) -> list[Row]:
    """A label with its sentences under it; several sentences stand behind bullets."""
    label = lines(at.words(key), at.type.strong, room)
    style = at.type.strong if key == "stop-if" else at.type.body
    if len(texts) > 1:
        return [*label, *bullets(texts, room, at, style)]
    return [*label, *(row for text in texts for row in lines(text, style, room))]
