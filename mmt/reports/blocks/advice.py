"""What helps beside the moves: how to sit, what to expect, showing it back before going home, coming back."""

from collections.abc import Iterator, Sequence

from mmt.model.papers import Paper, Sheet
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, panel, read_as, stack, tied
from mmt.reports.setting import Setting

from .head import blank
from .texts import bullets, halves, heading


def sitting(_: Sheet, at: Setting) -> Iterator[Group]:
    """Sitting advice in two columns."""
    texts = at.words.rows("sitting-tips")
    split = (len(texts) + 1) // 2
    tips = halves([bullets(some, at.half, at) for some in (texts[:split], texts[split:])], at)
    yield Group(tied([*heading("sitting", at), tips._replace(gap=at.gap / 2)]), loose=True)


def course(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """What to expect, without a promise: of all moves, then by its number of each that says so."""
    first, *others = at.words.rows("course-lines")
    told = " ".join((first, at.words("course-soon" if sheet.usual_course else "course-slow"), *others))
    rows = [*heading("course", at), *lines(told, at.type.body, at.width, gap=at.gap / 2)]
    strong, indent = at.type.strong._replace(colour=at.colours.accent), at.gap * 1.6
    for number, item in enumerate(sheet.items, start=1):
        if told := item.text(sheet.language).course:
            own = stack(lines(told, at.type.body, at.width - indent))
            row = beside([(0, lines(str(number), strong, indent)[0]), (indent, own)])
            rows.append(read_as(row, str(number), told)._replace(gap=at.gap / 4))
    yield Group(tied(rows), loose=True)


def teach_back(_: Sheet, at: Setting) -> Iterator[Group]:
    """The line that asks the patient to show the moves before going home."""
    text = stack(lines(at.words("teach-back"), at.type.strong, at.width - 2 * at.gap))
    box = panel(text, at.width, at.gap, fill=at.colours.tint, radius=at.gap / 4)
    yield Group([box._replace(gap=at.gap * 1.2)], loose=True)


def next_visit(paper: Paper, at: Setting) -> Iterator[Group]:
    """The next visit on the left, the clinic's telephone on the right; never on a page of its own.

    Where an early review is asked for and no visit was written down, the last day for it stands there.
    """
    back = paper.next_visit
    if not back and isinstance(paper, Sheet) and paper.back_by:
        back = at.words("next-visit-by", day=at.words.day(paper.back_by))
    told = ((at.words("next-visit"), back), (at.words("call"), paper.letterhead.telephone))
    row = _at_both_ends(told, at) or halves([_beneath_or_beside(label, said, at) for label, said in told], at)
    yield Group([row._replace(gap=at.apart)], follows=True)


def _at_both_ends(told: Sequence[tuple[str, str]], at: Setting) -> Row | None:
    """Both on one line, the second up to the right margin; None where it cannot hold them."""
    style, lead = at.type.section, at.type.lead
    wides = [style.width(label) + at.gap * 0.6 + lead.width(said) for label, said in told]
    if not all(said for _, said in told) or sum(wides) + at.gap * 2 > at.width:
        return None
    columns = []
    for start, (label, said) in zip((0, at.width - wides[1]), told, strict=True):
        columns.append((start, lines(label, style, at.width)[0]))
        columns.append((start + style.width(label) + at.gap * 0.6, lines(said, lead, at.width)[0]))
    return beside(columns, middle=True)


def _beneath_or_beside(label: str, said: str, at: Setting) -> list[Row]:
    """What is said beside its label where both fit on a line, else under it."""
    style, lead = at.type.section, at.type.lead
    start = style.width(label) + at.gap * 0.6
    said = said or blank(lead, at.half - start)
    if start + lead.width(said) > at.half:
        return [*lines(label, style, at.half), *lines(said, lead, at.half, gap=at.gap / 4)]
    return [beside([(0, lines(label, style, start)[0]), (start, lines(said, lead, at.half)[0])], middle=True)]
