"""Two visits side by side."""

from typing import Any

from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import CODES
from mmt.model.papers import ComparedChange, ComparisonSheet
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.wording import COUNTED, plain
from mmt.model.wording import sentence as words
from mmt.reasoning.basis import name_of
from mmt.reasoning.wording import once_said, sentence, worded
from mmt.reports.blocks.changes import once, others, reasons, sources, summary, title, told, unchanged
from mmt.reports.blocks.scores import scores
from mmt.reports.blocks.sides import COUNTED as VERDICTS
from mmt.reports.blocks.sides import sides
from mmt.reports.document import Block, Document
from mmt.reports.facts import goals_told, score_courses, story_told
from mmt.reports.record import Record

_NO_EARLIER = "There is no earlier visit to compare with."

SMALLEST = 9
"""Points: a comparison that needs more room than a page at this size takes a second page."""


def _fill(record: Record, head: dict[str, Any]) -> ComparisonSheet:
    history, protocol, compared = record.history, record.protocol, record.compared
    beyond = (one for one in compared.changes if one.told not in ("same", "within-noise"))
    cited = dict.fromkeys(name for one in beyond for name in one.sources)
    return ComparisonSheet(
        **head,
        since=compared.then.date,
        since_entered=compared.then.entered,
        examiner_then=compared.then.examiner,
        changes=tuple(_compared(one, protocol) for one in compared.changes),
        only_then=once_said(compared.only_then, protocol),
        only_now=once_said(compared.only_now, protocol),
        sources=protocol.cite(tuple(cited)),
        courses=score_courses(history, protocol),
        told=(*goals_told(history, protocol), *story_told(record.visit, protocol, follow_up=True)),
    )


def _compared(change: Change, protocol: Protocol) -> ComparedChange:
    of_a_muscle = isinstance(protocol.tests.get(change.test), MuscleTest)
    graded = of_a_muscle and {change.from_, change.to} <= set(CODES)
    why = tuple(worded([one], protocol) for one in change.why)
    counts = sentence(change.counts, protocol) if change.counts and not graded else ""
    name = name_of(protocol, change.test)
    return ComparedChange(name=name, change=change, why=why, counts=counts, graded=graded)


_TITLE = {"title": words("then", "now"), "examiners": words("then", "now"), "examiner": words("now")}
_SIDES = plain(
    *(f"sides-{part}" for part in ("right", "left", "test", "key")),
    *(f"verdict-{verdict}" for verdict in ("better", "worse", "not-comparable")),
    *(f"confidence-{one}" for one in ("real", "likely", "possible")),
)
_UNCHANGED = {
    **plain("unchanged"),
    **{f"unchanged-{sides}": words("value", "tests") for sides in ("both", "one")},
}


def _items(record: Record) -> tuple[str, ...]:
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
    items=_items,
    blocks={
        "title": Block(title, _TITLE),
        "summary": Block(summary, {f"count-{one}": COUNTED for one in VERDICTS}),
        "told": Block(told, {}),
        "sides": Block(sides, _SIDES),
        "others": Block(others, plain("others")),
        "scores": Block(scores, plain("scores")),
        "unchanged": Block(unchanged, _UNCHANGED),
        "once": Block(once, {f"once-{when}": words("date", "tests") for when in ("then", "now")}),
        "reasons": Block(reasons, plain("reasons", "side-right", "side-left")),
        "sources": Block(sources, plain("sources")),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    refused=lambda record: "" if len(record.history.visits) > 1 else _NO_EARLIER,
)
