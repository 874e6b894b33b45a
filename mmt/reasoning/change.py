"""Change between two visits, judged against measurement error."""

from collections.abc import Iterator
from statistics import fmean

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest, LegLengthTest, ReflexTest, TouchTest
from mmt.model.grades import crosses_gravity, halves, rank
from mmt.model.observation import FLAGS, TOUCHES, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.said import Sentences, said
from mmt.model.visit import History, Visit

from . import seen
from .alarms import fell, low
from .flips import flip
from .judged import ERROR_AS_LARGE, OTHER_EXAMINER, Judged, change
from .leg_length import leg_shown, method_reading
from .remembered import remembered_each
from .ruler import NO_LIMIT, Ruler, of_legs, of_test
from .scores import other_goals, scores

_FLAGS = {
    "pain": said("pain-limited"),
    "substitution": said("taken-over"),
    "range-limited": said("range-limited"),
}
_SCALE = said("another-scale")
_VARIANT = said("another-variant")
_ANGLE = said("angle-not-judged")
_SINGLE = said("single-reading")
_FORCE_ERROR = said("force-error")
_OTHER_LEG = said("other-leg")
_BY_ALL = said("alarm-by-all")
_BY_GRADE = said("alarm-by-grade")
_TWO_UNKNOWN = said("two-examiners-unknown")

_BEST: tuple[Measure, ...] = ("grade", "count")
"""The measures of which the best trial counts, and alarms look at the lowest."""

Trials = tuple[Observation, ...]


def changes(history: History, protocol: Protocol) -> tuple[Change, ...]:
    """The last visit against the signed visit before it; empty where there is none."""
    earlier = history.signed_before
    return compare(history, protocol, earlier[-1]) if earlier else ()


@remembered_each
def compare(history: History, protocol: Protocol, since: int) -> tuple[Change, ...]:
    """The last visit of a history against the one with index `since`.

    One entry for each test and side seen at both, for each leg-length method and each score of the story.
    """
    then, now = history.visits[since], history.visits[-1]
    asked = scores(then, now, protocol, other_goals(history, since, protocol))
    return (*_tests(history, since, protocol), *_legs(then, now, protocol), *asked)


def _tests(history: History, since: int, protocol: Protocol) -> Iterator[Change]:
    then, now = history.visits[since], history.visits[-1]
    both = {one.test for one in then.observations} & {one.test for one in now.observations}
    for test in protocol.tests.values():
        if test.id not in both or (isinstance(test, LegLengthTest) and test.measure != "result"):
            continue
        sides: tuple[Side | None, ...] = SIDES if test.sides == "each" else (None,)
        for side in sides:
            found = _values(then.seen(test.id, side), now.seen(test.id, side), test)
            if found is not None:
                yield _test(history, since, test, found, protocol)


def _test(
    history: History,
    since: int,
    test: AnyTest,
    found: tuple[Measure, Observation, Observation],
    protocol: Protocol,
) -> Change:
    """A test and side that were seen at both visits, by the values that are compared."""
    then, now = history.visits[since], history.visits[-1]
    measure, one, two = found
    other = then.examiner != now.examiner
    ruler = of_test(test, measure, protocol, other=other)
    if measure == "result":
        then, one, two, judged = flip(history, since, test.id, one.side)
        if judged.confidence and test.id not in protocol.agreeing:
            judged = judged.at_most_possible(NO_LIMIT)
    else:
        judged = _judge(one, two, measure, test, ruler, protocol, other=other)
    if (
        judged.verdict == "not-comparable"
        and measure == "grade"
        and one.code != two.code
        and fell(history, protocol, two)
    ):
        judged = judged._replace(why=(*judged.why, _BY_ALL))
    if judged.verdict == "within-noise" and measure == "grade" and low(history, protocol, two):
        judged = judged._replace(why=(*judged.why, _BY_GRADE))
    if then.scale != now.scale and measure == "grade":
        judged = judged.lowered(_SCALE)
    marks, shown = _marks(then, now, (one, two), measure), (one.shown, two.shown)
    told = change(test.id, one.side, shown, then, judged, ruler, test.sources, protocol, marks)
    apart = seen.spread(now.seen(test.id, two.side), measure) if measure in _BEST else ()
    return replace(told, said=(*told.said, *apart))


def _marks(then: Visit, now: Visit, pair: tuple[Observation, Observation], measure: Measure) -> Sentences:
    """What differs between the two values or qualifies one of them, whatever the verdict."""
    one, two = pair
    apart = (
        (OTHER_EXAMINER, then.examiner != now.examiner),
        (_SCALE, measure == "grade" and then.scale != now.scale),
        (_VARIANT, one.variant != two.variant),
        (_ANGLE, measure == "result" and one.degrees != two.degrees),
    )
    when = {(True, True): "both", (True, False): "then", (False, True): "now"}
    flagged = ((flag, (flag in one.flags, flag in two.flags)) for flag in FLAGS)
    return (
        *(mark for mark, stands in apart if stands),
        *(said(f"flag-{when[at]}", flag=said(f"flag-{flag}")) for flag, at in flagged if any(at)),
    )


def _values(then: Trials, now: Trials, test: AnyTest) -> tuple[Measure, Observation, Observation] | None:
    """The two values that are compared, by the first of the test's measures that both visits hold: the grade
    before newtons, yes or no before degrees."""
    for measure in test.measures if then and now else ():
        one = [each for each in then if getattr(each, measure) is not None]
        two = [each for each in now if getattr(each, measure) is not None]
        if one and two:
            return measure, value_of(one, measure), value_of(two, measure)
    return None


def value_of(trials: list[Observation], measure: Measure) -> Observation:
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
    one: Observation,
    two: Observation,
    measure: Measure,
    test: AnyTest,
    ruler: Ruler,
    protocol: Protocol,
    *,
    other: bool,
) -> Judged:
    if measure == "grade":
        return _grades(one, two, protocol, other=other)
    if isinstance(test, ReflexTest):
        return _steps(one.number, two.number, test.expected, ruler)
    if isinstance(test, TouchTest):
        felt = _steps(one.felt, two.felt, TOUCHES.index("normal"), ruler)
        return felt.at_most_possible(NO_LIMIT) if felt.confidence else felt
    apart = ruler.apart(float(getattr(one, measure)), float(getattr(two, measure)))
    if ruler.limit is None:
        return Judged("not-comparable", why=(NO_LIMIT,)) if apart else Judged("within-noise")
    if not ruler.told(apart):
        usual = of_test(test, measure, protocol, other=False)
        return Judged("within-noise", why=(OTHER_EXAMINER,) if usual.told(apart) else ())
    judged = Judged("better" if (apart > 0) == (ruler.better == "more") else "worse", "real")
    if ruler.share:
        return judged.at_most_possible(*((OTHER_EXAMINER,) if other else ()), _FORCE_ERROR)
    if ruler.sure is None:
        return judged.at_most_possible(OTHER_EXAMINER, _TWO_UNKNOWN)
    return judged.lowered(OTHER_EXAMINER) if other else judged


def _steps(then: int, now: int, expected: int, ruler: Ruler) -> Judged:
    """A reflex or a touch moved by more steps than its error: worse away from the expected answer, better
    towards it."""
    off = abs(now - expected) - abs(then - expected)
    if not ruler.told(now - then) or not off:
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
    reasons += [_VARIANT] if one.variant != two.variant else []
    return judged.lowered(*reasons) if reasons else judged


def _legs(then: Visit, now: Visit, protocol: Protocol) -> Iterator[Change]:
    """Leg-length differences: a change counts from the method's error upwards."""
    for test in protocol.of(LegLengthTest):
        one, two = method_reading(test, then), method_reading(test, now)
        if one is None or two is None or one.signed is None or two.signed is None:
            continue
        moved, other = abs(two.signed - one.signed), then.examiner != now.examiner
        readings = min(one.readings, two.readings)
        ruler = of_legs(test, readings, other=other)
        if not ruler.told(moved):
            judged = _within(moved, ruler, test, other=other)
        else:
            judged = Judged("better" if abs(two.signed) < abs(one.signed) else "worse", "real")
            if other:
                judged = judged.lowered(OTHER_EXAMINER)
            if moved < (ruler.sure or 0):
                judged = judged.at_most_possible(ERROR_AS_LARGE)
            if one.signed * two.signed < 0 and ruler.told(one.signed) and ruler.told(two.signed):
                judged = Judged("not-comparable", why=(_OTHER_LEG,))
        apart = (
            (OTHER_EXAMINER, other),
            (_SINGLE, readings < test.readings),
            (said("check-sides"), _OTHER_LEG in judged.why),
        )
        marks = tuple(mark for mark, stands in apart if stands)
        shown = leg_shown(one), leg_shown(two)
        yield change(test.id, None, shown, then, judged, ruler, test.sources, protocol, marks)


def _within(moved: float, ruler: Ruler, test: LegLengthTest, *, other: bool) -> Judged:
    """A change within the limit, and why it is so where the method's usual one would have told it."""
    if ruler.limit is None:
        return Judged("not-comparable", why=(NO_LIMIT,)) if moved else Judged("within-noise")
    usual = of_legs(test, test.readings, other=False)
    return Judged("within-noise", why=(OTHER_EXAMINER if other else _SINGLE,) if usual.told(moved) else ())
