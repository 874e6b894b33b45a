"""Change between two visits, judged against measurement error."""

from collections.abc import Iterator
from statistics import fmean

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import (
    AnyTest,
    CountTest,
    HoldTest,
    LegLengthTest,
    LengthTest,
    ReflexTest,
    TouchTest,
)
from mmt.model.grades import crosses_gravity, halves, rank
from mmt.model.observation import TOUCHES, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.said import said
from mmt.model.visit import History, Visit

from . import seen
from .flips import flip
from .judged import ERROR_AS_LARGE, NO_LIMIT, OTHER_EXAMINER, Judged, change
from .leg_length import method_reading
from .scores import scores

_FLAGS = {
    "pain": said("pain-limited"),
    "substitution": said("taken-over"),
    "range-limited": said("range-limited"),
}
_SINGLE = said("single-reading")
_TWO_UNKNOWN = said("two-examiners-unknown")

Trials = tuple[Observation, ...]


def changes(history: History, protocol: Protocol) -> tuple[Change, ...]:
    """The last visit against the signed visit before it; empty where there is none."""
    earlier = [at for at, visit in enumerate(history.visits[:-1]) if visit.signed]
    return compare(history, protocol, earlier[-1]) if earlier else ()


def compare(history: History, protocol: Protocol, since: int) -> tuple[Change, ...]:
    """The last visit of a history against the one with index `since`.

    One entry for each test and side seen at both, for each leg-length method and each score of the story.
    """
    then, now = history.visits[since], history.visits[-1]
    return (*_tests(history, since, protocol), *_legs(then, now, protocol), *scores(then, now, protocol))


def _tests(history: History, since: int, protocol: Protocol) -> Iterator[Change]:
    then, now = history.visits[since], history.visits[-1]
    both = {one.test for one in then.observations} & {one.test for one in now.observations}
    for test in protocol.tests.values():
        if isinstance(test, LegLengthTest) or test.id not in both:
            continue
        sides: tuple[Side | None, ...] = SIDES if test.sides == "each" else (None,)
        for side in sides:
            found = _values(then.seen(test.id, side), now.seen(test.id, side), test)
            if found is None:
                continue
            measure, one, two = found
            held_against = then
            if measure == "result":
                held_against, one, two, judged = flip(history, since, test.id, side)
                if judged.confidence and test.id not in protocol.agreeing:
                    judged = judged.at_most_possible(NO_LIMIT)
            else:
                judged = _judge(one, two, measure, test, protocol, other=then.examiner != now.examiner)
            if then.scale != now.scale and measure == "grade":
                judged = judged.lowered(said("another-scale"))
            yield change(test.id, side, (one.shown, two.shown), held_against, judged, test.sources, protocol)


def _values(then: Trials, now: Trials, test: AnyTest) -> tuple[Measure, Observation, Observation] | None:
    """The two values that are compared, by the first of the test's measures that both visits hold: the grade
    before newtons, yes or no before degrees."""
    for measure in test.measures if then and now else ():
        one = [each for each in then if getattr(each, measure) is not None]
        two = [each for each in now if getattr(each, measure) is not None]
        if one and two:
            return measure, _value(one, measure), _value(two, measure)
    return None


def _value(trials: list[Observation], measure: Measure) -> Observation:
    """The value of some trials: the best grade or count, the mean of lengths, the last result or touch."""
    if measure in ("result", "touch") or len(trials) == 1:
        return trials[-1]
    if measure == "grade":
        return max(trials, key=seen.worth)
    if measure in ("degrees", "millimetres"):
        mean = fmean(getattr(one, measure) for one in trials)
        return replace(trials[-1], **{measure: round(mean, 1)})
    return max(trials, key=lambda one: getattr(one, measure))


def _judge(
    one: Observation, two: Observation, measure: Measure, test: AnyTest, protocol: Protocol, *, other: bool
) -> Judged:
    if measure == "grade":
        return _grades(one, two, protocol, other=other)
    if isinstance(test, ReflexTest):
        return _steps(one.number, two.number, test.expected, test.error)
    if isinstance(test, TouchTest):
        felt = _steps(one.felt, two.felt, TOUCHES.index("normal"), test.error)
        return felt.at_most_possible(NO_LIMIT) if felt.confidence else felt
    apart = float(getattr(two, measure)) - float(getattr(one, measure))
    limit = test.error if isinstance(test, CountTest | HoldTest | LengthTest) else None
    between = test.error_other if isinstance(test, LengthTest) else None
    if limit is None:
        return Judged("within-noise", why=(NO_LIMIT,) if apart else ())
    if abs(apart) <= (max(limit, between or 0) if other else limit):
        return Judged("within-noise", why=(OTHER_EXAMINER,) if abs(apart) > limit else ())
    over = isinstance(test, LengthTest) and test.short is not None and test.short.direction == "over"
    judged = Judged("worse" if (apart > 0) == over else "better", "real")
    if other and between is None:
        return judged.at_most_possible(OTHER_EXAMINER, _TWO_UNKNOWN)
    return judged.lowered(OTHER_EXAMINER) if other else judged


def _steps(then: int, now: int, expected: int, error: int) -> Judged:
    """A reflex or a touch moved by more steps than its error: worse away from the expected answer, better
    towards it."""
    off = abs(now - expected) - abs(then - expected)
    if abs(now - then) <= error or not off:
        return Judged("within-noise")
    return Judged("worse" if off > 0 else "better", "possible")


def _grades(one: Observation, two: Observation, protocol: Protocol, *, other: bool) -> Judged:
    then, now, rule = one.code, two.code, protocol.rules.change
    line, apart = crosses_gravity(then, now), abs(halves(now) - halves(then))
    if not line and apart < (rule.possible or rule.likely):
        return Judged("not-comparable", why=(OTHER_EXAMINER,)) if other else Judged("within-noise")
    judged = Judged("better" if rank(now) > rank(then) else "worse", "likely")
    if line:
        judged = Judged(judged.verdict, "real", (said("crosses-line"),))
    elif apart < rule.likely:
        judged = judged.at_most_possible(ERROR_AS_LARGE)
    flags = {*one.flags, *two.flags}
    reasons = [why for flag, why in _FLAGS.items() if flag in flags]
    reasons += [OTHER_EXAMINER] if other else []
    reasons += [said("another-variant")] if one.variant != two.variant else []
    return judged.lowered(*reasons) if reasons else judged


def _legs(then: Visit, now: Visit, protocol: Protocol) -> Iterator[Change]:
    """Leg-length differences: a change counts from the method's error upwards."""
    for test in protocol.of(LegLengthTest):
        one, two = method_reading(test, then), method_reading(test, now)
        if one is None or two is None or one.signed is None or two.signed is None:
            continue
        moved, other = abs(two.signed - one.signed), then.examiner != now.examiner
        limit = test.error_of(min(one.readings, two.readings), other=other)
        judged = _told_of_limit(moved, limit, test, other=other)
        if limit is not None and moved >= limit:
            judged = Judged("better" if abs(two.signed) < abs(one.signed) else "worse", "real")
            if other:
                judged = judged.lowered(OTHER_EXAMINER)
            if other and moved < (test.likely_other or 0):
                judged = judged.at_most_possible(ERROR_AS_LARGE)
        shown = tuple(
            f"{reading.difference:.4g} mm" + (f" ({reading.shorter} shorter)" if reading.shorter else "")
            for reading in (one, two)
        )
        yield change(test.id, None, (shown[0], shown[1]), then, judged, test.sources, protocol)


def _told_of_limit(moved: float, limit: float | None, test: LegLengthTest, *, other: bool) -> Judged:
    """A change within the limit, and why it is so where the method's usual one would have told it."""
    if limit is None or test.error is None:
        return Judged("within-noise", why=(NO_LIMIT,))
    wider = limit > test.error and moved >= test.error
    return Judged("within-noise", why=(OTHER_EXAMINER if other else _SINGLE,) if wider else ())
