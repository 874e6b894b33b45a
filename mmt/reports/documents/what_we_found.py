"""For the patient: what was found, by side, in everyday words, and the plan to consent to."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, get_args

from mmt.model.base import SIDES, Side
from mmt.model.papers import Paper, SheetItem
from mmt.model.rules import Area, AreaKind
from mmt.model.wording import plain, sentence, sentences
from mmt.reasoning import AreasFound, areas_found
from mmt.reports.blocks.body import Mark, beside_body, body, listed, marks
from mmt.reports.blocks.head import blank
from mmt.reports.blocks.texts import bullets, halves, heading, side_word, titled
from mmt.reports.document import Block, Document
from mmt.reports.page import Group
from mmt.reports.record import Record
from mmt.reports.rows import Row, lines, rule, spaced, stack, tied
from mmt.reports.setting import Setting

from .hand_out import DOCUMENT as HAND_OUT
from .hand_out import STANDS

_SMALLEST, _SMALLEST_LARGE = 12, 16
"""Points: what a patient reads is never set smaller."""

_TALL = 15.5
"""The height of the figure, in sizes of the text."""

_BESIDE = 10
"""So many lines of a side stand beside the figure; more stand below it."""

_GAP = 1.1
"""White above a heading, in sizes of the text: less than elsewhere, so that it stays one page."""


class WhatWeFound(Paper, frozen=True, kw_only=True):
    """What is told of the tests and of the legs, and what is planned for home.

    `legs` names what is told of the leg length; `apart` is in mm, where one leg measured shorter.
    """

    areas: AreasFound
    legs: str
    apart: float = 0
    items: tuple[SheetItem, ...] = ()


def _legs(record: Record) -> tuple[str, float]:
    """What is told of the leg length, and the difference in mm."""
    found = record.review.leg_length
    if found is None:
        return "legs-not-tested", 0
    aside = any(
        key.startswith("leg-length:") and one.verdict == "set-aside"
        for key, one in record.visit.decisions.items()
    )
    if found.reading == "none" and not aside:
        return "legs-none", 0
    if aside or found.shorter is None or found.size is None:
        return "legs-unsure", 0
    return f"legs-{found.shorter}", round(found.size)


def _fill(record: Record, head: dict[str, Any]) -> WhatWeFound:
    legs, apart = _legs(record)
    known = record.protocol.stretches
    items = tuple(
        SheetItem(prescribed=one, stretch=known[one.stretch])
        for one in record.visit.prescription or ()
        if one.stretch in known
    )
    areas = areas_found(record.visit, record.review, record.protocol)
    return WhatWeFound(**head, areas=areas, legs=legs, apart=apart, items=items)


def _refused(record: Record) -> str:
    """It tells of a sheet as the sheet itself may leave; without one an alert alone holds it back."""
    if record.visit.prescription:
        return HAND_OUT.refused(record)
    return STANDS.get(record.review.prescription.status, "")


def _lacking(record: Record) -> str:
    if areas_found(record.visit, record.review, record.protocol).sides or record.review.leg_length:
        return ""
    return "No page on what was found: nothing that a patient is told of was tested at this visit."


def title(_: WhatWeFound, at: Setting) -> Iterator[Group]:
    """What the page is about."""
    yield titled(at.words("title"), at.words("summary"), at)


def sides(page: WhatWeFound, at: Setting) -> Iterator[Group]:
    """The two sides of the body: what was found, and where nothing was found or tested."""
    told = marks(page.areas.found)
    columns = [_listed(side, told, page, at) for side in SIDES]
    first = [one[:_BESIDE] for one in columns]
    yield Group([body(told, at.gap * _TALL, first, at)._replace(gap=at.gap)])
    rows: list[Row] = []
    for both in zip_longest(*(one[_BESIDE:] for one in columns)):
        rows.append(halves([[one] if one else [] for one in both], at)._replace(gap=at.gap * 0.35))
    rows += listed([one for one in told if one.side is None], at.width, at)
    legs = at.words(page.legs, size=at.words.millimetres(page.apart))
    rows += lines(legs, at.type.strong, at.width, gap=at.gap * 0.7)
    if page.areas.quiet:
        names = ", ".join(at.words(f"area-{one}").lower() for one in page.areas.quiet)
        rows += lines(at.words("quiet", areas=names), at.type.body, at.width, gap=at.gap * 0.3)
    rows += lines(at.words("not-here"), at.type.body, at.width, gap=at.gap * 0.3)
    yield Group(rows)


def _listed(side: Side, told: Sequence[Mark], page: WhatWeFound, at: Setting) -> list[Row]:
    """The lines of a side, or that nothing is marked there, or that it was not tested."""
    empty = at.words("nothing" if side in page.areas.sides else "side-not-tested")
    room = beside_body(at)
    return listed([one for one in told if one.side == side], room, at) or lines(empty, at.type.body, room)


def plan(page: WhatWeFound, at: Setting) -> Iterator[Group]:
    """What is planned here and at home, and that the patient may stop at any time."""
    rows = [*heading("plan", at, _GAP)]
    names = []
    for item in page.items:
        side = side_word(item, at)
        names.append(item.text(at.language).name + (f" ({side})" if side else ""))
    line = blank(at.type.body, at.width * 0.7)
    home = at.words("plan-home", moves=", ".join(names)) if names else at.words("plan-home", moves=line)
    for text in (at.words("plan-here", blank=line), home):
        rows += lines(text, at.type.body, at.width, gap=at.gap * 0.3)
    if page.next_visit:
        rows += lines(at.words("plan-next", day=page.next_visit), at.type.body, at.width, gap=at.gap * 0.3)
    rows += spaced(bullets(at.words.rows("plan-lines"), at.width, at), at.gap * 0.3)
    yield Group(tied(rows))


def consent(_: WhatWeFound, at: Setting) -> Iterator[Group]:
    """What the patient signs, with the place for name and day."""
    rows = lines(" ".join(at.words.rows("agree")), at.type.strong, at.width, gap=at.gap)
    columns = [
        [rule(at.half, at.colours.ink), *lines(at.words(key), at.type.quiet, at.half)]
        for key in ("agree-name", "agree-day")
    ]
    yield Group(tied([*rows, halves([[stack(one)] for one in columns], at)._replace(gap=at.gap * 2)]))


_SIDES = {
    **plain("head-right", "head-left", "nothing", "side-not-tested", "not-here"),
    **plain(*(f"area-{one}" for one in get_args(Area)), *(f"kind-{one}" for one in get_args(AreaKind))),
    **plain("legs-none", "legs-unsure", "legs-not-tested"),
    **{f"legs-{side}": sentence("size") for side in ("left", "right")},
    "quiet": sentence("areas"),
}
_PLAN = {
    **plain("plan", "side-right", "side-left", "side-both"),
    "plan-here": sentence("blank"),
    "plan-home": sentence("moves"),
    "plan-next": sentence("day"),
    "plan-lines": sentences(),
}

DOCUMENT = Document(
    id="what-we-found",
    title="What we found, and consent, for the patient",
    key="9",
    for_patients=True,
    items=lambda record: ("rules:patient-areas",) if record.protocol.rules.patient_areas else (),
    may_wait=True,
    blocks={
        "title": Block(title, plain("title", "summary")),
        "sides": Block(sides, _SIDES),
        "plan": Block(plan, _PLAN),
        "consent": Block(consent, {**plain("agree-name", "agree-day"), "agree": sentences()}),
    },
    fill=_fill,
    smallest=lambda page: _SMALLEST_LARGE if page.large_print else _SMALLEST,
    refused=_refused,
    lacking=_lacking,
)
