"""Questions cut into pages that fit the screen, so that nothing moves while a page is asked."""

from collections.abc import Sequence

from .questions import Section


def page_starts(
    sections: Sequence[Section], heights: Sequence[int], keys: Sequence[int], down: int
) -> tuple[int, ...]:
    """The index of the first question of each page. A section that fits on a page is never cut.

    `heights` and `keys` are the rows of each question and of its keys, all sections together. A page holds at
    most `down` rows with a title above each section and the keys of any one of its questions, and at least
    one question; below a section that stands alone it ends.
    """
    starts: list[int] = []
    at = rows = spare = 0
    for section in sections:
        here = range(at, at + len(section.questions))
        whole, most = 1 + sum(heights[one] for one in here), max((keys[one] for one in here), default=0)
        if starts and whole + most <= down < rows + whole + max(spare, most):
            rows = down
        for one in here:
            title = 1 if one == here.start or not starts else 0
            rows, spare = rows + title + heights[one], max(spare, keys[one])
            if not starts or rows + spare > down:
                starts.append(one)
                rows, spare = 1 + heights[one], keys[one]
        at = here.stop
        rows = down if section.alone else rows
    return tuple(starts)
