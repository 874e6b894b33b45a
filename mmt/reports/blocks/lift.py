"""The blocks of the page on shoe lifts: what was measured, both sides of the evidence, the trial, its end."""

from collections.abc import Iterator

from mmt.model.papers import LiftPage
from mmt.reports.page import Group
from mmt.reports.rows import Row, beside, lines, panel, spaced, stack, tied
from mmt.reports.setting import Setting

from .texts import bullets, heading

_GAP = 1.3
"""White above a heading, in sizes of the text: less than elsewhere, so that it stays one page."""


def title(_: LiftPage, at: Setting) -> Iterator[Group]:
    """What the page is about, and in one line what a lift is."""
    yield Group(
        [
            *lines(at.words("title"), at.type.title, at.width, gap=at.gap),
            *lines(at.words("summary"), at.type.lead, at.width, gap=at.gap / 4),
        ]
    )


def difference(page: LiftPage, at: Setting) -> Iterator[Group]:
    """Which leg measured shorter, by how much, with what error, and how common that is."""
    measured = at.words(f"shorter-{page.shorter}", size=at.words.millimetres(page.apart))
    error = at.words("difference-error", size=at.words.millimetres(page.error))
    told = lines(" ".join((error, *at.words.rows("difference-lines"))), at.type.body, at.width)
    rows = [*lines(measured, at.type.strong, at.width, gap=at.gap * 0.4), *told]
    yield Group(tied([*heading("difference", at, _GAP), *rows]))


def evidence(_: LiftPage, at: Setting) -> Iterator[Group]:
    """What speaks for a lift on the left, what speaks against it on the right: neither is set larger."""
    between = at.gap * 2
    half = (at.width - between) / 2
    columns = [
        (
            start,
            stack(
                [
                    *lines(at.words(side), at.type.section, half),
                    *spaced(bullets(at.words.rows(f"{side}-list"), half, at), at.gap * 0.4),
                ]
            ),
        )
        for start, side in ((0.0, "for"), (half + between, "against"))
    ]
    yield Group([beside(columns)._replace(gap=at.gap * _GAP)])


def trial(page: LiftPage, at: Setting) -> Iterator[Group]:
    """How a trial goes, step by step, in the numbers of the rule."""
    words, size = at.words, at.words.millimetres
    told = (
        words(f"wear-{page.shorter}"),
        words("first", size=size(page.first)),
        words("add", size=size(page.step), least=page.weeks_least, most=page.weeks_most),
        words("end", low=size(page.low), high=size(page.high)),
        words("limit", size=size(page.limit)),
        words("recheck", weeks=page.recheck_weeks),
    )
    indent = at.gap * 1.6
    strong = at.type.strong._replace(colour=at.colours.accent)
    rows: list[Row] = []
    for number, text in enumerate(told, start=1):
        step = stack(lines(text, at.type.body, at.width - indent))
        row = beside([(0, lines(str(number), strong, indent)[0]), (indent, step)])
        rows.append(row._replace(gap=at.gap * 0.3))
    yield Group(tied([*heading("trial", at, _GAP), *rows]))


def stop(page: LiftPage, at: Setting) -> Iterator[Group]:
    """When to take the lift out and call: a dark band, and what is meant."""
    room = at.width - 2 * at.gap
    band = panel(
        stack(lines(at.words("stop"), at.type.label, room)),
        at.width,
        at.gap * 0.5,
        indent=at.gap,
        fill=at.colours.stop,
    )
    told = lines(" ".join(at.words.rows("stop-lines", days=page.stop_days)), at.type.body, room)
    body = panel(stack(told), at.width, at.gap * 0.8, indent=at.gap, stroke=at.colours.stop, thick=2)
    yield Group([stack([band, body])._replace(gap=at.gap * _GAP)])
