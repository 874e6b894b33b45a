"""What came of the care so far, for the patient, an insurer or a colleague: only what really changed."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from mmt.model.base import grouped
from mmt.model.papers import ComparedChange, ProgressReport
from mmt.model.protocol import Protocol
from mmt.model.review import LEVELS, SeenOnce
from mmt.model.visit import History
from mmt.model.wording import COUNTED, plain, sentence
from mmt.reasoning import comparison, goals
from mmt.reasoning.answers import latest
from mmt.reasoning.basis import name_of, name_said, story_answer, story_said
from mmt.reasoning.course_rules import episode
from mmt.reasoning.door import at_home
from mmt.reasoning.wording import worded
from mmt.reports.blocks.changes import SUMMARY, sources, summary, title
from mmt.reports.blocks.filed import IDENTITY, SIGNATURE, identity, signature
from mmt.reports.blocks.progress import alerts, changed, goals_told, grades, home, legs, plan, unlike
from mmt.reports.blocks.scores import scores
from mmt.reports.document import Block, Document, Question
from mmt.reports.facts import letter_alert, score_courses
from mmt.reports.record import Record

from .comparison import NO_EARLIER, SIDES, TITLE, VERDICTS, cited, compared_head, items

SMALLEST = 8.5
"""Points: a report is set no smaller than this to come onto fewer pages."""

_CHARTS, _MANY = 4, 12
"""So many scores are drawn, pain first: half of them where more values than these changed."""

_ASKS = (
    Question(
        words="For whom is the report?",
        hint="Enter goes on; empty leaves a line to write on. Esc makes none.",
        addressee=True,
    ),
    Question(
        words="Under which claim number?",
        hint="Enter goes on; empty leaves a line to write on. Esc makes none.",
    ),
    Question(
        words="What is planned next?",
        hint="In your own words. Enter makes it; empty tells moves and next visit alone. Esc makes none.",
    ),
)
_TOLD_LEVELS = LEVELS[: LEVELS.index("caution")]


def _fill(record: Record, head: dict[str, Any]) -> ProgressReport:
    history, protocol, visit = record.history, record.protocol, record.visit
    first = _first(record)
    compared = comparison(history, protocol, first, len(history.visits) - 1)
    shared = compared_head(record, compared, head)
    changes = sorted(_named(shared.pop("changes"), history, protocol), key=lambda one: _rank(one, protocol))
    return ProgressReport(
        **{**shared, "only_then": _names(compared.only_then, protocol), "only_now": ""},
        changes=tuple(changes),
        sources=", ".join(cited(compared)),
        courses=_courses(history, protocol)[: _CHARTS // 2 if _moved(changes) > _MANY else _CHARTS],
        visits=len(history.visits) - first,
        to=record.wanted.answer(0),
        claim=record.wanted.answer(1),
        alerts=tuple(
            letter_alert(one, protocol) for one in record.review.alerts if one.level in _TOLD_LEVELS
        ),
        goals=tuple(worded([one], protocol) for one in goals(history, protocol)),
        done=_done(history, first, protocol),
        home=tuple(_home(record)),
        moves=tuple(
            name_of(protocol, one.stretch) + (f" ({one.side})" if one.side else "")
            for one in visit.prescription or ()
        ),
        action=visit.action,
        planned=record.wanted.answer(2),
    )


def _first(record: Record) -> int:
    """The visit since which it tells: the one wanted, else the first of this course of care."""
    rule, last = record.protocol.rules.re_examination, len(record.history.visits) - 1
    if record.wanted.since is not None:
        return record.wanted.since
    seen = episode(record.history, rule.pause) if rule else [0]
    return seen[0] if seen else last - 1


def _named(
    changes: Iterable[ComparedChange], history: History, protocol: Protocol
) -> Iterator[ComparedChange]:
    """The changes, a score of a goal by the patient's own words for it."""
    rule, told = protocol.rules.goal_reached, latest(history, "story")
    goal = {score: told[words][1] for words, score, _ in rule.goals if words in told} if rule else {}
    for one in changes:
        named = goal.get(one.change.test)
        yield replace(one, name=f"{named}, 0 to 10") if named else one


def _rank(one: ComparedChange, protocol: Protocol) -> tuple[int, bool]:
    """Function first, then the other scores, then what was tested; of these what is worse first."""
    question = protocol.story.get(one.change.test)
    return 2 if question is None else int(not question.function), one.told != "worse"


def _names(found: tuple[SeenOnce, ...], protocol: Protocol) -> str:
    return ", ".join(dict.fromkeys(name_said(one.test, protocol) for one in found))


def _courses(history: History, protocol: Protocol) -> Any:
    """The scores that are drawn: those of pain first, of these what was told at most visits. The goals stand
    in words of their own."""
    function = {one.ask for one in protocol.story.values() if one.function}
    goal = {one.ask for one in protocol.story.values() if one.topic == "goals"}
    found = (one for one in score_courses(history, protocol) if one.name not in goal)
    return tuple(sorted(found, key=lambda one: (one.name in function, -len(one.points))))


def _moved(changes: Iterable[ComparedChange]) -> int:
    """How many values stand in the tables of what changed."""
    return sum(one.told in ("better", "worse") for one in changes)


def _done(history: History, first: int, protocol: Protocol) -> Any:
    """How much of the sheet was done, by answers, each with the days of the visits that told so."""
    rule = protocol.rules.given_before
    asked = rule.done if rule else ""
    told = grouped(
        (story_answer(asked, one.story[asked], protocol), one.date)
        for one in history.visits[first:]
        if asked in one.story
    )
    return tuple((answer, tuple(days)) for answer, days in told.items())


def _home(record: Record) -> Iterator[str]:
    """At how many visits most moves were done, and what else was told of the time since the visit before."""
    protocol, visit, rule = record.protocol, record.visit, record.protocol.rules.given_before
    if said := worded(at_home(record.history), protocol):
        yield said
    for one in protocol.story.values():
        if one.id in visit.story and one.topic in ("home", "follow-up") and one.id != (rule and rule.done):
            yield f"{story_said(one.id, visit.story[one.id], protocol)} {one.unit}".strip() + "."


def _refused(record: Record) -> str:
    return "" if len(record.history.visits) > 1 else NO_EARLIER


DOCUMENT = Document(
    id="progress-report",
    title="Progress report",
    key="8",
    items=items,
    blocks={
        "title": Block(title, {**TITLE, "visits": COUNTED}),
        "identity": Block(identity, {"for": sentence("to"), **IDENTITY, "claim": sentence("number")}),
        "summary": Block(summary, SUMMARY),
        "alerts": Block(
            alerts,
            {
                **plain("alerts", *(f"level-{level}" for level in _TOLD_LEVELS)),
                "action-taken": sentence("action"),
            },
        ),
        "changed": Block(changed, {**plain("changed", "possible"), **VERDICTS}),
        "goals": Block(goals_told, plain("goals")),
        "scores": Block(scores, plain("scores", "scores-key")),
        "grades": Block(grades, {**plain("grades"), **SIDES}),
        "legs": Block(legs, plain("legs")),
        "unlike": Block(
            unlike,
            {
                **plain("rest"),
                "rest-same": sentence("tests"),
                "rest-within-noise": sentence("tests"),
                "unlike": sentence("test", "why"),
                "only-then": sentence("date", "tests"),
            },
        ),
        "home": Block(home, {**plain("home"), "home-done": sentence("answer", "days")}),
        "plan": Block(
            plan,
            {
                **plain("plan"),
                "action-taken": sentence("action"),
                **{f"plan-{part}": sentence(part) for part in ("moves", "next")},
            },
        ),
        "signature": Block(signature, SIGNATURE),
        "sources": Block(sources, plain("sources")),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    asks=lambda _: _ASKS,
    refused=_refused,
)
