"""The end of the sheet: when the patient comes back, and whom to call."""

from collections.abc import Iterator

from mmt.model.papers import Paper, Sheet
from mmt.reports.page import Group
from mmt.reports.rows import lines
from mmt.reports.setting import Setting

from .head import BLANK
from .texts import halves


def next_visit(paper: Paper, at: Setting) -> Iterator[Group]:
    """The next visit on the left, the clinic's telephone on the right; never on a page of its own.

    Where an early review is asked for and no visit was written down, the last day for it stands there.
    """
    back = paper.next_visit
    if not back and isinstance(paper, Sheet) and paper.back_by:
        back = at.words("next-visit-by", day=at.words.day(paper.back_by))
    left = [
        *lines(at.words("next-visit"), at.type.section, at.half),
        *lines(back or BLANK, at.type.lead, at.half, gap=at.gap / 4),
    ]
    right = [
        *lines(at.words("call"), at.type.section, at.half),
        *lines(paper.letterhead.telephone or BLANK, at.type.lead, at.half, gap=at.gap / 4),
    ]
    yield Group([halves([left, right], at)._replace(gap=at.gap * 1.8)], follows=True)
