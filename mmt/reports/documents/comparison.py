"""Two visits side by side."""

from typing import Any

from mmt.model.exam_tests import LegLengthTest, MuscleTest
from mmt.model.grades import CODES
from mmt.model.papers import ComparedChange, ComparisonSheet, VisitSigned
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Comparison
from mmt.model.wording import plain
from mmt.model.wording import sentence as words
from mmt.reasoning.basis import name_of
from mmt.reasoning.wording import once_said, sentence, worded
from mmt.reasoning.words import TOLD
from mmt.reports.blocks.changes import (
    SUMMARY,
    once,
    others,
    reasons,
    sources,
    summary,
    title,
    told,
    unchanged,
)
from mmt.reports.blocks.filed import IDENTITY, SIGNATURE, identity, signature
from mmt.reports.blocks.scores import scores
from mmt.reports.blocks.sides import sides
from mmt.reports.document import Block, Document
from mmt.reports.facts import goals_told, score_courses, story_told
from mmt.reports.record import Record

NO_EARLIER = "There is no earlier visit to compare with."

_TABLED = 2
"""A score of so many visits stands in the table, then and now: a curve of it tells nothing more."""

SMALLEST = 9
"""Points: a comparison that needs more room than a page at this size takes a second page."""


def _fill(record: Record, head: dict[str, Any]) -> ComparisonSheet:
    history, protocol = record.history, record.protocol
    return ComparisonSheet(
        **compared_head(record, record.compared, head),
        sources=protocol.cite(cited(record.compared)),
        courses=tuple(one for one in score_courses(history, protocol) if len(one.points) > _TABLED),
        told=(*goals_told(history, protocol), *story_told(record.visit, protocol, follow_up=True)),
    )


def compared_head(record: Record, compared: Comparison, head: dict[str, Any]) -> dict[str, Any]:
    """What every paper that compares two visits tells of them."""
    protocol = record.protocol
    return dict(
        **head,
        since=compared.then.date,
        since_entered=compared.then.entered,
        examiner_then=compared.then.examiner,
        changes=tuple(of_change(one, protocol) for one in compared.changes),
        only_then=once_said(compared.only_then, protocol),
        only_now=once_said(compared.only_now, protocol),
        signed=tuple(
            VisitSigned(date=one.date, signature=one.signature) for one in (compared.then, compared.now)
        ),
    )


def cited(compared: Comparison) -> tuple[str, ...]:
    """The sources of what is better, worse or not comparable, each once."""
    beyond = (one for one in compared.changes if one.told not in ("same", "within-noise"))
    return tuple(dict.fromkeys(name for one in beyond for name in one.sources))


def of_change(change: Change, protocol: Protocol) -> ComparedChange:
    of_a_muscle = isinstance(protocol.tests.get(change.test), MuscleTest)
    graded = of_a_muscle and {change.from_, change.to} <= set(CODES)
    return ComparedChange(
        name=name_of(protocol, change.test),
        change=change,
        why=tuple(worded([one], protocol) for one in change.why),
        counts=sentence(change.counts, protocol) if change.counts else "",
        graded=graded,
        legs=isinstance(protocol.tests.get(change.test), LegLengthTest),
    )


TITLE = {"title": words("then", "now"), "examiners": words("then", "now"), "examiner": words("now")}
SIDES = {
    **plain(*(f"sides-{part}" for part in ("right", "left", "test", "key"))),
    "sides-bars": words("counts"),
}
VERDICTS = plain(
    *(f"verdict-{verdict}" for verdict in TOLD),
    *(f"confidence-{one}" for one in ("real", "likely", "possible")),
    *("side-right", "side-left"),
)
_UNCHANGED = {
    **plain("unchanged"),
    **{f"unchanged-{sides}": words("value", "tests") for sides in ("both", "one")},
}


def items(record: Record) -> tuple[str, ...]:
    """The rule of change, and the tests and scores that are compared."""
    tests, story = record.protocol.tests, record.protocol.story
    found = record.compared
    lone = (*found.only_then, *found.only_now)
    compared = dict.fromkeys((*(one.test for one in found.changes), *(one.test for one in lone)))
    return (
        "rules:change",
        *(f"tests:{name}" for name in compared if name in tests),
        *(f"story:{name}" for name in compared if name in story),
    )


DOCUMENT = Document(
    id="comparison",
    title="Comparison",
    key="2",
    compares=True,
    items=items,
    blocks={
        "title": Block(title, TITLE),
        "identity": Block(identity, IDENTITY),
        "summary": Block(summary, SUMMARY),
        "told": Block(told, {}),
        "sides": Block(sides, SIDES | VERDICTS),
        "others": Block(others, plain("others")),
        "scores": Block(scores, plain("scores", "scores-key")),
        "unchanged": Block(unchanged, _UNCHANGED),
        "once": Block(once, {f"once-{when}": words("date", "tests") for when in ("then", "now")}),
        "reasons": Block(reasons, plain("reasons")),
        "signature": Block(signature, SIGNATURE),
        "sources": Block(sources, plain("sources")),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    refused=lambda record: "" if len(record.history.visits) > 1 else NO_EARLIER,
)
