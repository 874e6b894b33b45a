"""What helps beside the moves: how to sit, what to expect, showing it back before going home, coming back."""

from collections.abc import Iterator

from mmt.model.papers import Paper, Sheet
from mmt.reports.page import Group
from mmt.reports.rows import beside, lines, panel, stack, tied
from mmt.reports.setting import Setting

from .head import blank
from .texts import bullets, halves, heading


def sitting(_: Sheet, at: Setting) -> Iterator[Group]:
    """Sitting advice in two columns."""
    texts = at.words.rows("sitting-tips")
    split = (len(texts) + 1) // 2
    tips = halves([bullets(some, at.half, at) for some in (texts[:split], texts[split:])], at)
    yield Group(tied([*heading("sitting", at), tips._replace(gap=at.gap / 2)]))


def course(sheet: Sheet, at: Setting) -> Iterator[Group]:
    """What to expect, without a promise: of all moves, then of each that says so."""
    first, *others = at.words.rows("course-lines")
    told = " ".join((first, at.words("course-soon" if sheet.usual_course else "course-slow"), *others))
    rows = [*heading("course", at), *lines(told, at.type.body, at.width, gap=at.gap / 2)]
    for item in sheet.items:
        text = item.text(sheet.language)
        if text.course:
            name = stack(lines(text.name, at.type.strong, at.width * 0.36 - at.gap))
            course = stack(lines(text.course, at.type.body, at.width * 0.64))
            rows.append(beside([(0, name), (at.width * 0.36, course)])._replace(gap=at.gap / 2))
    yield Group(tied(rows))


def teach_back(_: Sheet, at: Setting) -> Iterator[Group]:
    """The line that asks the patient to show the moves before going home."""
    text = stack(lines(at.words("teach-back"), at.type.strong, at.width - 2 * at.gap))
    box = panel(text, at.width, at.gap, fill=at.colours.tint, radius=at.gap / 4)
    yield Group([box._replace(gap=at.gap * 1.8)])


def next_visit(paper: Paper, at: Setting) -> Iterator[Group]:
    """The next visit on the left, the clinic's telephone on the right; never on a page of its own.

    Where an early review is asked for and no visit was written down, the last day for it stands there.
    """
    back = paper.next_visit
    if not back and isinstance(paper, Sheet) and paper.back_by:
        back = at.words("next-visit-by", day=at.words.day(paper.back_by))
    left = [
        *lines(at.words("next-visit"), at.type.section, at.half),
        *lines(back or blank(at.type.lead, at.half), at.type.lead, at.half, gap=at.gap / 4),
    ]
    right = [
        *lines(at.words("call"), at.type.section, at.half),
        *lines(
            paper.letterhead.telephone or blank(at.type.lead, at.half), at.type.lead, at.half, gap=at.gap / 4
        ),
    ]
    yield Group([halves([left, right], at)._replace(gap=at.gap * 1.8)], follows=True)
