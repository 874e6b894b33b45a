"""Change between two visits, judged against measurement error."""

from collections.abc import Iterator
from statistics import fmean
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest, CountTest, HoldTest, LegLengthTest, LengthTest, ReflexTest
from mmt.model.grades import crosses_gravity, halves, rank
from mmt.model.observation import Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import Change, Confidence, Reason, Verdict
from mmt.model.said import Said, Sentences, said
from mmt.model.visit import History, Visit

from . import seen
from .leg_length import method_reading

_WEAKER: dict[Confidence, Confidence] = {"real": "likely", "likely": "possible", "possible": "possible"}
_FLAGS = {
    "pain": said("pain-limited"),
    "substitution": said("taken-over"),
    "range-limited": said("range-limited"),
}
OTHER_EXAMINER = said("another-examiner")
_NO_LIMIT = said("no-limit")
_SINGLE = said("single-reading")

Trials = tuple[Observation, ...]


class Judged(NamedTuple):
    """What a comparison came to."""

    verdict: Verdict
    confidence: Confidence | None = None
    why: Sentences = ()


def changes(history: History, protocol: Protocol) -> tuple[Change, ...]:
    """The last visit against the signed visit before it; empty where there is none."""
    earlier = [at for at, visit in enumerate(history.visits[:-1]) if visit.signed]
    return compare(history, protocol, earlier[-1]) if earlier else ()


def compare(history: History, protocol: Protocol, since: int) -> tuple[Change, ...]:
    """The last visit of a history against the one with index `since`.

    One entry for each test and side seen at both, for each leg-length method and each score of the story.
    """
    then, now = history.visits[since], history.visits[-1]
    return (*_tests(then, now, protocol), *_legs(then, now, protocol), *scores(then, now, protocol))


def _tests(then: Visit, now: Visit, protocol: Protocol) -> Iterator[Change]:
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
            judged = _judge(one, two, measure, test, protocol, other=then.examiner != now.examiner)
            if then.scale != now.scale and measure == "grade":
                judged = _lower(judged, said("another-scale"))
            yield _change(test.id, side, (one.shown, two.shown), then, judged, test.sources, protocol)


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
    """The value of some trials: the best grade or count, the mean of lengths, the last result."""
    if measure == "result" or len(trials) == 1:
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
    if measure == "result":
        if one.result == two.result:
            return Judged("within-noise")
        return Judged("better" if two.result == "negative" else "worse", "possible", (_NO_LIMIT,))
    if isinstance(test, ReflexTest):
        return _reflex(one.number, two.number, test)
    apart = float(getattr(two, measure)) - float(getattr(one, measure))
    limit = test.error if isinstance(test, CountTest | HoldTest | LengthTest) else None
    if limit is None or abs(apart) <= limit:
        return Judged("within-noise", why=(_NO_LIMIT,) if limit is None and apart else ())
    over = isinstance(test, LengthTest) and test.short is not None and test.short.direction == "over"
    judged = Judged("worse" if (apart > 0) == over else "better", "real")
    return _lower(judged, OTHER_EXAMINER) if other else judged


def _reflex(then: int, now: int, test: ReflexTest) -> Judged:
    """A reflex moved by more than its error: worse away from the expected answer, better towards it."""
    off = abs(now - test.expected) - abs(then - test.expected)
    if abs(now - then) <= test.error or not off:
        return Judged("within-noise")
    return Judged("worse" if off > 0 else "better", "possible")


def _grades(one: Observation, two: Observation, protocol: Protocol, *, other: bool) -> Judged:
    then, now = one.code, two.code
    line = crosses_gravity(then, now)
    full = line or abs(halves(now) - halves(then)) >= protocol.rules.change.likely
    if not full:
        return Judged("not-comparable", why=(OTHER_EXAMINER,)) if other else Judged("within-noise")
    judged = Judged(
        "better" if rank(now) > rank(then) else "worse",
        "real" if line else "likely",
        (said("crosses-line"),) if line else (),
    )
    flags = {*one.flags, *two.flags}
    reasons = [why for flag, why in _FLAGS.items() if flag in flags]
    reasons += [OTHER_EXAMINER] if other else []
    reasons += [said("another-variant")] if one.variant != two.variant else []
    return _lower(judged, *reasons) if reasons else judged


def _lower(judged: Judged, *reasons: Said) -> Judged:
    """One class of confidence down, and why."""
    if judged.confidence is None:
        return judged
    return Judged(judged.verdict, _WEAKER[judged.confidence], (*judged.why, *reasons))


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
                judged = _lower(judged, OTHER_EXAMINER)
        shown = tuple(
            f"{reading.difference:.4g} mm" + (f" ({reading.shorter} shorter)" if reading.shorter else "")
            for reading in (one, two)
        )
        yield _change(test.id, None, (shown[0], shown[1]), then, judged, test.sources, protocol)


def _told_of_limit(moved: float, limit: float | None, test: LegLengthTest, *, other: bool) -> Judged:
    """A change within the limit, and why it is so where the method's usual one would have told it."""
    if limit is None or test.error is None:
        return Judged("within-noise", why=(_NO_LIMIT,))
    wider = limit > test.error and moved >= test.error
    return Judged("within-noise", why=(OTHER_EXAMINER if other else _SINGLE,) if wider else ())


def scores(then: Visit, now: Visit, protocol: Protocol) -> Iterator[Change]:
    """Scores of pain and function: better needs the change in points and, where there is one, in percent."""
    for question in protocol.story.values():
        one, two = then.story.get(question.id), now.story.get(question.id)
        if question.change is None or question.more is None:
            continue
        if not isinstance(one, int | float) or not isinstance(two, int | float):
            continue
        judged = _score(one, two, question)
        shown = (f"{one:g}", f"{two:g}")
        yield _change(question.id, None, shown, then, judged, question.sources, protocol)


def _score(one: float, two: float, question: StoryQuestion) -> Judged:
    """A score that moved by as much as counts, or as is possible; for better by enough in percent too."""
    apart, certain = two - one, question.change or 0
    if abs(apart) < (question.change_possible or certain):
        return Judged("within-noise")
    confidence: Confidence = "likely" if abs(apart) >= certain else "possible"
    if (apart > 0) == (question.more == "worse"):
        return Judged("worse", confidence)
    enough = abs(apart) * 100 >= (question.change_percent or 0) * abs(one)
    return Judged("better", confidence) if enough else Judged("within-noise")


def _change(
    test: str,
    side: Side | None,
    values: tuple[str, str],
    then: Visit,
    judged: Judged,
    sources: tuple[str, ...],
    protocol: Protocol,
) -> Change:
    rule, since = protocol.rules.change, then.date.isoformat()
    says = said(judged.verdict, then=values[0], now=values[1])
    return Change(
        test=test,
        side=side,
        from_=values[0],
        to=values[1],
        since=since,
        verdict=judged.verdict,
        confidence=judged.confidence,
        why=judged.why,
        examiner_then=then.examiner,
        said=(says, said("change-why", why=judged.why)) if judged.why else (says,),
        because=(
            Reason(test=test, side=side, said=said("as-written", text=values[0]), date=since),
            Reason(test=test, side=side, said=said("as-written", text=values[1])),
        ),
        sources=sources,
        evidence=rule.evidence,
    )
