"""The course of a patient: what each visit found and gave, one row a visit."""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

from mmt.model.base import SIDES
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import at_most, rank
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import LEVELS, Alert, LegLength, Told
from mmt.model.visit import Answer, History, Prescribed, Visit

from . import leg_length, seen
from .change import changes
from .reviewing import told


class Score(NamedTuple):
    """A score of the story at a visit, of a `side` where it was told which, with the verdict against the one
    before; None where it has none."""

    question: str
    side: Answer | None
    value: float
    verdict: Told | None


class Weak(NamedTuple):
    """A weak muscle: its best grade, with the verdict against the visit before; None where it has none."""

    seen: Observation
    verdict: Told | None


class CourseRow(NamedTuple):
    """One visit in the course: scores, weak muscles (weakest first), those of the visit before that are
    `strong` now and those `not_tested` now, what the leg-length methods say, the gravest `alert` of it, the
    moves given, and what the visit after it said was `done` of them, in one answer or of each stretch
    (`home`)."""

    visit: Visit
    scores: tuple[Score, ...]
    weak: tuple[Weak, ...]
    strong: tuple[Weak, ...]
    not_tested: tuple[Observation, ...]
    legs: LegLength | None
    alert: Alert | None
    given: tuple[Prescribed, ...]
    done: Answer | None
    home: Mapping[str, tuple[str, ...]]


def course_row(history: History, at: int, protocol: Protocol) -> CourseRow:
    """The visit with this index as a row of the course."""
    past, visit = history.up_to(at), history.visits[at]
    verdicts = {(one.test, one.side): one.told for one in changes(past, protocol) if one.told != "same"}
    rule = protocol.rules.given_before
    later = history.visits[at + 1 :]
    after = next((one for one in later if one.prescription is not None or one.story or one.home), None)
    low = weak(visit, protocol)
    before = next((weak(one, protocol) for one in reversed(past.visits[:-1]) if one.signed), ())
    since = [(one, seen.best(visit, *one.cell)) for one in before if one.cell not in {it.cell for it in low}]
    return CourseRow(
        visit=visit,
        scores=tuple(
            Score(question.id, _side(question, past), float(value), verdicts.get((question.id, None)))
            for question in protocol.story.values()
            if question.more and isinstance(value := visit.story.get(question.id), int | float)
        ),
        weak=tuple(Weak(one, verdicts.get(one.cell)) for one in low),
        strong=tuple(Weak(now, verdicts.get(now.cell)) for _, now in since if now),
        not_tested=tuple(one for one, now in since if now is None),
        legs=leg_length.leg_length(past, protocol),
        alert=_gravest(past, protocol),
        given=visit.prescription or (),
        done=after.story.get(rule.done) if after and rule else None,
        home=after.home if after else {},
    )


def _side(question: StoryQuestion, past: History) -> Answer | None:
    """The side that a score tells of, as it was told last by then."""
    told = (one.story for one in reversed(past.visits) if question.side in one.story)
    return next((story[question.side] for story in told), None)


def weak(visit: Visit, protocol: Protocol) -> tuple[Observation, ...]:
    """The muscles that are weak by their best grade, weakest first."""
    limit = protocol.rules.weakness.present
    tests = (one.id for one in protocol.of(MuscleTest))
    found = (seen.best(visit, *cell) for cell in product(tests, (*SIDES, None)))
    return tuple(
        sorted((one for one in found if one and at_most(one.code, limit)), key=lambda one: rank(one.code))
    )


def _gravest(past: History, protocol: Protocol) -> Alert | None:
    """The gravest alert that the last visit of a history gives by itself; that not all was asked is no alert
    of the patient."""
    found = (one for one in told(past, protocol) if one.rule != "red-flags-not-asked")
    return min(found, key=lambda one: LEVELS.index(one.level), default=None)
