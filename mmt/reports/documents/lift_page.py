"""The patient's page on shoe lifts: what was measured, both sides of the evidence, the trial, its end."""

from collections.abc import Iterator
from typing import Any

from mmt.model.base import Side
from mmt.model.errors import PaperError
from mmt.model.papers import Paper
from mmt.model.rules import LiftRule
from mmt.model.wording import plain, sentence, sentences
from mmt.reasoning import no_lift
from mmt.reasoning.wording import worded
from mmt.reports.blocks.advice import next_visit
from mmt.reports.blocks.steps import steps
from mmt.reports.blocks.texts import bullets, halves, heading, titled, warning
from mmt.reports.document import Block, Document
from mmt.reports.page import Group
from mmt.reports.record import Record
from mmt.reports.rows import lines, spaced, tied
from mmt.reports.setting import Setting

from .hand_out import STANDS

_GAP = 1.1
"""White above a heading, in sizes of the text: less than elsewhere, so that it stays one page."""


class LiftPage(Paper, frozen=True, kw_only=True):
    """What a patient should know before a shoe lift is tried. `apart` is the measured difference, `error` the
    error of its method; all in mm. The trial goes by the `rule` and ends between `low` and `high`.
    """

    shorter: Side
    apart: float
    error: float
    low: float
    high: float
    rule: LiftRule


def _lacking(record: Record) -> str:
    """Why no lift is to be weighed; empty where one may be."""
    why = no_lift(record.review.leg_length)
    return worded([why], record.protocol) if why else ""


def _fill(record: Record, head: dict[str, Any]) -> LiftPage:
    """In the numbers of the rule and of what was measured."""
    found, rule = record.review.leg_length, record.protocol.rules.lift
    if found is None or found.shorter is None or found.size is None:
        raise PaperError(_lacking(record))
    errors = [one.error for one in found.methods if one.difference == found.size and one.error is not None]
    low, high = (
        min(round(found.size * share / 100), rule.limit) for share in (rule.share_from, rule.share_to)
    )
    return LiftPage(
        **head,
        shorter=found.shorter,
        apart=round(found.size),
        error=min(errors),
        low=low,
        high=high,
        rule=rule,
    )


def title(_: LiftPage, at: Setting) -> Iterator[Group]:
    """What the page is about, and in one line what a lift is."""
    yield titled(at.words("title"), at.words("summary"), at)


def difference(page: LiftPage, at: Setting) -> Iterator[Group]:
    """Which leg measured shorter, by how much, with what error, and how common that is."""
    measured = at.words(f"shorter-{page.shorter}", size=at.words.millimetres(page.apart))
    error = at.words("difference-error", size=at.words.millimetres(page.error))
    told = lines(" ".join((error, *at.words.rows("difference-lines"))), at.type.body, at.width)
    rows = [*lines(measured, at.type.strong, at.width, gap=at.gap * 0.4), *told]
    yield Group(tied([*heading("difference", at, _GAP), *rows]))


def evidence(_: LiftPage, at: Setting) -> Iterator[Group]:
    """What speaks for a lift on the left, what speaks against it on the right: neither is set larger."""
    columns = (
        [
            *lines(at.words(side), at.type.section, at.half),
            *spaced(bullets(at.words.rows(f"{side}-list"), at.half, at), at.gap * 0.4),
        ]
        for side in ("for", "against")
    )
    yield Group([halves(columns, at)._replace(gap=at.gap * _GAP)])


def trial(page: LiftPage, at: Setting) -> Iterator[Group]:
    """How a trial goes, step by step, in the numbers of the rule."""
    words, size, rule = at.words, at.words.millimetres, page.rule
    told = (
        words(f"wear-{page.shorter}"),
        words("first", size=size(rule.first)),
        words("add", size=size(rule.step), least=rule.weeks_least, most=rule.weeks_most),
        words("end", low=size(page.low), high=size(page.high)),
        words("limit", size=size(rule.limit)),
        words("recheck", weeks=rule.recheck_weeks),
    )
    rows = spaced(steps(told, at.width, at, apart=0.3), at.gap * 0.3)
    yield Group(tied([*heading("trial", at, _GAP), *rows]))


def stop(page: LiftPage, at: Setting) -> Iterator[Group]:
    """When to take the lift out and call: a dark band, and what is meant."""
    said = " ".join(at.words.rows("stop-lines", days=page.rule.stop_days))
    told = lines(said, at.type.body, at.width - 2 * at.gap)
    row = warning(at.words("stop"), told, at, band=0.5, body=0.8)
    yield Group([row._replace(gap=at.gap * _GAP)])


_DIFFERENCE = {
    **plain("difference"),
    **{f"shorter-{side}": sentence("size") for side in ("left", "right")},
    "difference-error": sentence("size"),
    "difference-lines": sentences(),
}
_TRIAL = {
    **plain("trial", "wear-left", "wear-right"),
    "first": sentence("size"),
    "add": sentence("size", "least", "most"),
    "end": sentence("low", "high"),
    "limit": sentence("size"),
    "recheck": sentence("weeks"),
}

DOCUMENT = Document(
    id="lift-page",
    title="About shoe lifts, for the patient",
    key="5",
    for_patients=True,
    items=lambda _: ("rules:lift", "rules:leg-length"),
    may_wait=True,
    blocks={
        "title": Block(title, plain("title", "summary")),
        "difference": Block(difference, _DIFFERENCE),
        "evidence": Block(
            evidence, {**plain("for", "against"), "for-list": sentences(), "against-list": sentences()}
        ),
        "trial": Block(trial, _TRIAL),
        "stop": Block(stop, {**plain("stop"), "stop-lines": sentences("days")}),
        "next-visit": Block(next_visit, plain("next-visit", "call")),
    },
    fill=_fill,
    refused=lambda record: STANDS.get(record.review.prescription.status, ""),
    lacking=_lacking,
)
