"""The end of the sheet: when the patient comes back, and whom to call."""

from collections.abc import Iterator

from mmt.model.papers import Paper, Sheet
from mmt.reports.page import Group
from mmt.reports.rows import beside, lines, stack
from mmt.reports.setting import Setting

from .head import BLANK


def next_visit(paper: Paper, at: Setting) -> Iterator[Group]:
    """The next visit on the left, the clinic's telephone on the right; never on a page of its own.

    Where an early review is asked for and no visit was written down, the last day for it stands there.
    """
    between = at.gap * 2
    half = (at.width - between) / 2
    back = paper.next_visit
    if not back and isinstance(paper, Sheet) and paper.back_by:
        back = at.words("next-visit-by", day=at.words.day(paper.back_by))
    left = [
        *lines(at.words("next-visit"), at.type.section, half),
        *lines(back or BLANK, at.type.lead, half, gap=at.gap / 4),
    ]
    right = [
        *lines(at.words("call"), at.type.section, half),
        *lines(paper.letterhead.telephone or BLANK, at.type.lead, half, gap=at.gap / 4),
    ]
    row = beside([(0, stack(left)), (half + between, stack(right))])
    yield Group([row._replace(gap=at.gap * 1.8)], follows=True)
