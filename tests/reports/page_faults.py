"""What must hold of every page of every paper, however long what was typed is: measured from the PDF."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hostile import TELEPHONE
from pdf_reading import Drawn, Said, contents, drawn, pages, squeezed

from mmt.reports.page import Laid
from mmt.reports.pdf import Named, draw
from mmt.reports.rows import stack

SLACK = 0.6
"""Points: numbers of a page have one digit after the point."""

THIRD = 1 / 3


class Texts(NamedTuple):
    """What is typed where a name is asked for, where one may write much, and elsewhere."""

    name: str
    note: str
    line: str


def words(letters: int) -> str:
    """So many letters in words of which no two are alike."""
    told = " ".join(f"word{number}" for number in range(letters // 6))
    return told[:letters].rsplit(" ", 1)[0]


LONG = {
    "words": Texts(words(300), words(4000), words(300)),
    "unbroken": Texts("Wolfeschlegel" * 23, "w" * 4000, "Mm" * 150),
}


class Page(NamedTuple):
    """A page as it is drawn, the end of its body above the foot, and what of the text stands in the body."""

    drawn: Drawn
    foot: float
    body: Sequence[Said]


def faults(laid: Laid, texts: Texts) -> Iterator[str]:
    """What is wrong with the pages of a paper."""
    at = laid.setting
    pdf = draw(Named("Pages"), laid)
    found = [_page(page, number, laid) for number, page in enumerate(pages(pdf), start=1)]
    for number, page in enumerate(found, start=1):
        for fault in (*_outside(page, laid), *_overlapping(page), *_lone_heading(page, laid, texts)):
            yield f"page {number} of {len(found)}: {fault}"
        top, low = at.page[1] - at.top, min((one.y for one in page.body), default=at.page[1])
        low = min([low, *(y for _, y in page.drawn.corners if page.foot + SLACK < y)])
        if number < len(found) and (full := (top - low) / (top - page.foot)) < THIRD:
            yield f"page {number} of {len(found)}: only {full:.0%} full"
    yield from _lost(found, texts)
    places = [(page, -top) for _, page, top in contents(pdf)]
    if not places or any(one >= two for one, two in itertools.pairwise(places)):
        yield f"drawn in another order than it is read: {contents(pdf)}"


def _page(page: object, number: int, laid: Laid) -> Page:
    shown, at = drawn(page), laid.setting  # type: ignore[arg-type]
    foot = at.bottom + stack(laid.furniture.foot(number, len(laid.pages))).height
    return Page(shown, foot, [one for one in shown.said if one.y > foot - SLACK])


def _outside(page: Page, laid: Laid) -> Iterator[str]:
    """Text and lines beyond the margins, or in the foot."""
    at = laid.setting
    left, right = at.left - SLACK, at.left + at.width + SLACK
    low, top = at.bottom - SLACK, at.page[1] - at.top + SLACK
    for one in page.drawn.said:
        if not (left <= one.x and one.right <= right and low <= one.y and one.y + one.size * 0.7 <= top):
            yield f"outside: {one}"
    for x, y in page.drawn.corners:
        if not (left <= x <= right and low <= y <= top):
            yield f"a line outside: {x:.0f}, {y:.0f}"
    for x, y, wide, high in page.drawn.boxes:
        if y < page.foot - SLACK < y + high:
            yield f"a box that the foot cuts: {x:.0f}, {y:.0f}, {wide:.0f}, {high:.0f}"


def _overlapping(page: Page) -> Iterator[str]:
    ordered = sorted(page.drawn.said, key=lambda one: one.y)
    for at, one in enumerate(ordered):
        for two in ordered[at + 1 :]:
            if two.y - one.y > 24:
                break
            apart = two.y - one.y > 0.7 * min(one.size, two.size)
            if not (apart or one.right <= two.x + SLACK or two.right <= one.x + SLACK):
                yield f"one on the other: {one} {two}"


def _lone_heading(page: Page, laid: Laid, texts: Texts) -> Iterator[str]:
    """A heading under which nothing stands; a name and a telephone number in its type are none."""
    if not page.body:
        return
    type_ = laid.setting.type
    low = min(one.y for one in page.body)
    last = [one for one in page.body if one.y < low + 2]
    headings = {(one.face, one.size) for one in (type_.section, type_.title, type_.name)}
    below = [y for _, y in page.drawn.corners if page.foot + SLACK < y < low - 2]
    typed = squeezed(TELEPHONE + texts.name)
    heads = all((one.face, one.size) in headings and squeezed(one.text) not in typed for one in last)
    if heads and not below:
        yield f"nothing under {last[0].text}"


def _lost(found: Sequence[Page], texts: Texts) -> Iterator[str]:
    """What was typed and stands nowhere, though no sign tells that it goes on."""
    read = squeezed("".join(one.text for page in found for one in page.drawn.said))
    if squeezed(texts.name) not in read and "…" not in read:
        yield "the name is not whole"
