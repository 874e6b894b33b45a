"""Two visits side by side."""

from collections.abc import Sequence
from typing import Any

from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import CODES
from mmt.model.papers import ComparedChange, ComparisonSheet
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.wording import COUNTED, sentence
from mmt.reasoning.basis import name_of
from mmt.reasoning.wording import worded
from mmt.reports.blocks.changes import others, reasons, sources, summary, title, told, unchanged
from mmt.reports.blocks.scores import scores
from mmt.reports.blocks.sides import sides
from mmt.reports.document import Block, Document
from mmt.reports.facts import score_courses, story_told
from mmt.reports.record import Record

SMALLEST = 9
"""Points: a comparison that needs more room than a page at this size takes a second page."""


def _refused(record: Record) -> str:
    return "" if len(record.history.visits) > 1 else "There is no earlier visit to compare with."


def _fill(record: Record, head: dict[str, Any]) -> ComparisonSheet:
    history, protocol = record.history, record.protocol
    then = history.visits[record.since]
    return ComparisonSheet(
        **head,
        since=then.date,
        examiner_then=then.examiner,
        changes=tuple(_compared(one, protocol) for one in record.changes),
        sources=protocol.cite(_cited(record.changes)),
        courses=score_courses(history, protocol),
        told=story_told(record.visit, protocol, follow_up=True),
    )


def _compared(change: Change, protocol: Protocol) -> ComparedChange:
    of_a_muscle = isinstance(protocol.tests.get(change.test), MuscleTest)
    graded = of_a_muscle and {change.from_, change.to} <= set(CODES)
    why = tuple(worded([one], protocol) for one in change.why)
    return ComparedChange(name=name_of(protocol, change.test), change=change, why=why, graded=graded)


def _cited(changes: Sequence[Change]) -> tuple[str, ...]:
    """What the verdicts beyond noise rest on, each source once."""
    beyond = (one for one in changes if one.verdict != "within-noise")
    return tuple(dict.fromkeys(name for one in beyond for name in one.sources))


_SIDES = {
    **{f"sides-{part}": sentence() for part in ("right", "left", "test")},
    "sides-key": sentence(),
    **{f"verdict-{verdict}": sentence() for verdict in ("better", "worse", "not-comparable")},
    **{f"confidence-{one}": sentence() for one in ("real", "likely", "possible")},
}
_UNCHANGED = {
    "unchanged": sentence(),
    **{f"unchanged-{sides}": sentence("value", "tests") for sides in ("both", "one")},
}

DOCUMENT = Document(
    id="comparison",
    title="Comparison",
    key="2",
    compares=True,
    blocks={
        "title": Block(
            title,
            {
                "title": sentence("then", "now"),
                "examiners": sentence("then", "now"),
                "examiner": sentence("now"),
            },
        ),
        "summary": Block(
            summary,
            {f"count-{one}": COUNTED for one in ("better", "worse", "within-noise", "not-comparable")},
        ),
        "told": Block(told, {}),
        "sides": Block(sides, _SIDES),
        "others": Block(others, {"others": sentence()}),
        "scores": Block(scores, {"scores": sentence()}),
        "unchanged": Block(unchanged, _UNCHANGED),
        "reasons": Block(reasons, {"reasons": sentence(), "side-right": sentence(), "side-left": sentence()}),
        "sources": Block(sources, {"sources": sentence()}),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    refused=_refused,
)
