"""The course of one measure by the dates of the visits, with what its error makes of a change."""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest, LegLengthTest, ReflexTest
from mmt.model.grades import CODES, halves
from mmt.model.observation import TOUCHES, Measure, Observation
from mmt.model.protocol import Protocol
from mmt.model.said import Sentences, said
from mmt.model.visit import History, Visit

from .change import value_of
from .judged import OTHER_EXAMINER
from .leg_length import leg_shown, method_reading
from .ruler import Ruler, of_legs, of_score, of_test

_SCALE = said("another-scale")


class Point(NamedTuple):
    """A value at a visit: its `height` on the ruler of the measure (grades in whole ones), as it is written,
    and what stands against comparing it with the first one."""

    visit: Visit
    height: float
    shown: str
    marks: Sentences = ()


class Track(NamedTuple):
    """The values of one side, or of both where no side is named, oldest first."""

    side: Side | None
    points: tuple[Point, ...]

    def moved(self, ruler: Ruler) -> float:
        """How far the last value lies from the first, as a ruler tells it."""
        return ruler.apart(self.points[0].height, self.points[-1].height)


class Series(NamedTuple):
    """A test, leg-length method or score over the visits: a track a side, each of two values or more. `steps`
    are the heights that have a name, lowest first, where the measure is told in steps; `ends` the least and
    the highest value that there can be, where both are known."""

    measure: str
    tracks: tuple[Track, ...]
    ruler: Ruler
    steps: tuple[tuple[float, str], ...] = ()
    ends: tuple[float, float] | None = None

    @property
    def changed(self) -> bool:
        """Whether a track moved by enough to be told."""
        return any(self.ruler.told(one.moved(self.ruler)) for one in self.tracks)


def series(history: History, protocol: Protocol) -> tuple[Series, ...]:
    """Everything that was measured at two visits or more, what changed since its first visit ahead."""
    found = [*scores_over(history, protocol), *(one for one in _tests(history, protocol) if one.tracks)]
    return tuple(sorted(found, key=lambda one: not one.changed))


def _track(side: Side | None, points: Iterator[Point]) -> Iterator[Track]:
    """The track of some points, where there are enough of them."""
    held = tuple(points)
    if len(held) > 1:
        yield Track(side, held)


def scores_over(history: History, protocol: Protocol) -> Iterator[Series]:
    """Each score of pain or function that was taken at two visits or more."""
    for question in protocol.story.values():
        if question.more:
            points = (
                Point(visit, float(value), f"{value:g}")
                for visit in history.visits
                if isinstance(value := visit.story.get(question.id), int | float)
            )
            least, most = question.least, question.most
            ends = None if least is None or most is None else (least, most)
            if tracks := tuple(_track(None, points)):
                yield Series(question.id, tracks, of_score(question), ends=ends)


def _tests(history: History, protocol: Protocol) -> Iterator[Series]:
    seen_ever = {one.test for visit in history.visits for one in visit.observations}
    for test in protocol.tests.values():
        if test.id not in seen_ever:
            continue
        if isinstance(test, LegLengthTest):
            yield Series(
                test.id, tuple(_track(None, _legs(history, test))), of_legs(test, test.readings, other=False)
            )
            continue
        measure = next((one for one in test.measures if _measured(history, test, one)), None)
        if measure:
            sides: tuple[Side | None, ...] = SIDES if test.sides == "each" else (None,)
            tracks = tuple(
                track for side in sides for track in _track(side, _points(history, test, side, measure))
            )
            steps = _steps(history, test, measure, protocol)
            yield Series(test.id, tracks, of_test(test, measure, protocol, other=False), steps)


def _measured(history: History, test: AnyTest, measure: Measure) -> bool:
    """Whether a test was measured so at two visits."""
    return sum(any(getattr(one, measure) is not None for one in visit.observations if one.test == test.id)
               for visit in history.visits) > 1  # fmt: skip


def _points(history: History, test: AnyTest, side: Side | None, measure: Measure) -> Iterator[Point]:
    first: Visit | None = None
    for visit in history.visits:
        trials = [one for one in visit.seen(test.id, side) if getattr(one, measure) is not None]
        if trials:
            first = first or visit
            one = value_of(trials, measure)
            yield Point(visit, _height(one, measure), one.shown, _marks(first, visit, one, measure))


def _height(one: Observation, measure: Measure) -> float:
    """Where a value stands: grades in whole ones, a yes above a no, touches in steps."""
    if measure == "grade":
        return halves(one.code) / 2
    if measure == "result":
        return float(one.result == "positive")
    return float(one.felt if measure == "touch" else getattr(one, measure))


def _marks(first: Visit, visit: Visit, one: Observation, measure: Measure) -> Sentences:
    return (
        *([OTHER_EXAMINER] if visit.examiner != first.examiner else []),
        *([_SCALE] if measure == "grade" and visit.scale != first.scale else []),
        *(said(f"flag-{flag}") for flag in one.flags),
    )


def _legs(history: History, test: LegLengthTest) -> Iterator[Point]:
    """Differences of the legs: below nothing where the left one is shorter."""
    first: Visit | None = None
    for visit in history.visits:
        reading = method_reading(test, visit)
        if reading and reading.signed is not None:
            first = first or visit
            marks = (OTHER_EXAMINER,) if visit.examiner != first.examiner else ()
            yield Point(visit, reading.signed, leg_shown(reading), marks)


def _steps(
    history: History, test: AnyTest, measure: Measure, protocol: Protocol
) -> tuple[tuple[float, str], ...]:
    """The steps of the scales that were used, or the words of an answer; none where there is a unit."""
    if measure == "grade":
        used = {
            visit.scale for visit in history.visits if any(one.test == test.id for one in visit.observations)
        }
        codes = {code for name in used & protocol.scales.keys() for code in protocol.scales[name].codes}
        by_height: dict[float, str] = {}
        for code in CODES:
            if code in codes:
                by_height.setdefault(halves(code) / 2, code)
        return tuple(by_height.items())
    if isinstance(test, ReflexTest):
        return tuple((float(at), str(at)) for at in range(len(test.scores)))
    words = {"result": ("negative", "positive"), "touch": TOUCHES}.get(measure, ())
    return tuple((float(at), word) for at, word in enumerate(words))
