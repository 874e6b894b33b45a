"""Questions cut into pages that fit the screen, so that nothing moves while a page is asked."""

from collections.abc import Sequence

from .questions import Section


def page_starts(
    sections: Sequence[Section], heights: Sequence[int], keys: Sequence[int], down: int
) -> tuple[int, ...]:
    """The index of the first question of each page. A section begins a page of its own.

    `heights` and `keys` are the rows of each question and of its keys, all sections together. A page holds at
    most `down` rows with the keys of any one of its questions, and at least one question.
    """
    starts, at = [], 0
    for section in sections:
        rows, spare = down + 1, 0
        for _ in section.questions:
            rows, spare = rows + heights[at], max(spare, keys[at])
            if rows + spare > down:
                starts.append(at)
                rows, spare = heights[at], keys[at]
            at += 1
    return tuple(starts)
