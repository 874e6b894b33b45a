"""What is measured at two visits or more, for `docs/change.py`: true values, and how they are seen."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from math import sqrt
from random import Random
from typing import Any, NamedTuple

from simulate import AT_THE_LINE, NORMAL, PROTOCOL, WEAK, Grader, course, error_of, graded, grader

from mmt.model.exam_tests import AnyTest, CountTest, HoldTest, LegLengthTest, LengthTest, ReflexTest
from mmt.model.measuring import Examiners
from mmt.model.observation import UNITS, Observation
from mmt.model.questions import StoryQuestion
from mmt.model.visit import History

EXAMINERS: tuple[Examiners, Examiners] = ("one", "two")
MUSCLES = ("TA", "TP", "GMED", "QUAD")
"""Muscles of the same strength that are graded at one visit, each with an error of its own."""

USUAL: dict[str, tuple[float, float]] = {
    "HEEL-RAISE": (12, 30),
    "SORENSEN": (40, 120),
    "L-RF": (50, 90),
    "L-SLR": (50, 85),
    "L-PKE": (10, 45),
    "L-LUNGE": (60, 140),
    "REFLEX-PATELLAR": (0, 4),
    "REFLEX-MEDHAM": (0, 4),
    "REFLEX-ACHILLES": (0, 4),
    "LL-TRUE": (-15, 15),
    "LL-APPARENT": (-15, 15),
    "LL-BLOCK": (-15, 15),
}
"""Between which true values patients lie: of legs the difference in mm, right shorter above 0."""

STEPS = {"psfs": 1 / 3, "odi": 2}
"""The steps of scores that are not all the whole numbers: a mean of three, ten sections by fifty."""


class Measure(NamedTuple):
    """One row of the table. `limit` and `size` are in words: from when a change is told, and the true change.

    `start` gives the true value of a patient at this share (0 to 1) of all, `move` the value after a true
    change, `see` what a visit records of it. There are `visits` before the change and after it, and so many
    values at `each` visit.
    """

    name: str
    examiners: Examiners
    limit: str
    size: str
    start: Callable[[float], float]
    move: Callable[[float, Random], float]
    see: Callable[[float, Random], dict[str, Any]]
    scale: str = "MRC-8"
    visits: tuple[int, int] = (1, 1)
    each: int = 1

    def draw(self, share: float, random: Random, *, changed: bool) -> History:
        """The visits of one patient."""
        before = self.start(share)
        after = self.move(before, random) if changed else before
        values = [before] * self.visits[0] + [after] * self.visits[1]
        return course(
            *(self.see(value, random) for value in values), scale=self.scale, two=self.examiners == "two"
        )


def measures() -> Iterator[Measure]:
    """Every measure whose error is known, in the order of the table."""
    yield from _grades()
    yield from _legs()
    yield from _numbers()
    yield from _signs()
    yield from _scores()


def limits(possible: float | None, likely: float | None, unit: str) -> str:
    """From when a change is possible, and from when it is more than that, in words."""
    if possible == likely:
        return f"{possible:g}{unit}"
    told = f"possible from {possible:g}{unit}"
    return f"{told}, likely from {likely:g}{unit}" if likely else told


def _between(least: float, most: float, share: float) -> float:
    return least + share * (most - least)


def _either_way(size: float, true: float, random: Random) -> float:
    return true + random.choice((-size, size))


def _grades() -> Iterator[Measure]:
    strata = {
        "sound": (NORMAL, lambda _true, _random: 4.0),
        "mildly weak": (WEAK, partial(_either_way, 1.0)),
        "at the line of gravity": (AT_THE_LINE, partial(_either_way, 1.0)),
    }
    for scale, who, (name, (usual, move)) in product(PROTOCOL.scales, EXAMINERS, strata.items()):
        see = partial(_see_grades, grader(scale, who))
        rule = PROTOCOL.rules.change
        limit = limits(rule.possible / 2, rule.likely / 2 if who == "one" else None, " grade")
        yield Measure(
            f"Grade by {scale}, {name}",
            who,
            limit,
            "1 grade",
            partial(_between, *usual),
            move,
            see,
            scale,
            each=len(MUSCLES),
        )


def _see_grades(by: Grader, true: float, random: Random) -> dict[str, Any]:
    return {"observations": tuple(graded(muscle, by.read(true, random)) for muscle in MUSCLES)}


def _legs() -> Iterator[Measure]:
    for test, who in product(PROTOCOL.of(LegLengthTest), EXAMINERS):
        error = error_of(test.id, who)
        if error is None or error.sem is None or error.size is None:
            continue
        for readings in range(1, test.readings + 1):
            told = (
                {1: f"{test.name}, one reading", 2: f"{test.name}, mean of two"} if test.readings > 1 else {}
            )
            least = test.error_of(readings, other=who == "two")
            likely = test.likely_other if who == "two" else None
            yield Measure(
                told.get(readings, test.name),
                who,
                limits(least, likely or least, " mm"),
                f"{error.size:g} mm",
                partial(_between, *USUAL[test.id]),
                partial(_either_way, error.size),
                partial(_see_legs, test, error.sem, readings),
            )


def _see_legs(test: LegLengthTest, sem: float, readings: int, true: float, random: Random) -> dict[str, Any]:
    seen: list[Observation] = []
    for trial in range(1, readings + 1):
        found = round(true + random.gauss(0, sem))
        sides = {"right": 900 - found, "left": 900}
        if test.side_means != "this-leg":
            sides = {"right" if found >= 0 else "left": abs(found)}
        seen += [
            Observation(test=test.id, side=side, trial=trial, millimetres=float(size))  # type: ignore[arg-type]
            for side, size in sides.items()
        ]
    return {"observations": tuple(seen)}


def _numbers() -> Iterator[Measure]:
    for test, who in product(PROTOCOL.tests.values(), EXAMINERS):
        error = error_of(test.id, who)
        if not isinstance(test, CountTest | HoldTest | LengthTest | ReflexTest) or error is None:
            continue
        if error.sem is None or error.size is None:
            continue
        unit, limit = UNITS.get(test.measures[0], ""), test.error or 0
        if isinstance(test, LengthTest) and who == "two":
            limit = max(limit, test.error_other or 0)
        yield Measure(
            test.name,
            who,
            f"over {limit:g}{unit}",
            f"{error.size:g}{unit}",
            partial(_between, *USUAL[test.id]),
            partial(_either_way, error.size),
            partial(_see_number, test, error.sem),
        )


def _see_number(test: AnyTest, sem: float, true: float, random: Random) -> dict[str, Any]:
    measure, found = test.measures[0], round(true + random.gauss(0, sem))
    if isinstance(test, ReflexTest):
        found = min(4, found)
    number = float(found) if measure in ("degrees", "millimetres") else max(0, found)
    side = None if test.sides == "midline" else "left"
    return {"observations": (Observation(test=test.id, side=side, **{measure: number}),)}


def _signs() -> Iterator[Measure]:
    ways = {  # trials a visit, visits before a change, visits after it
        "once then, once now": (1, 1, 1),
        "once then, at two visits since": (1, 1, 2),
        "at two visits then, at two since": (1, 2, 2),
        "on both trials then and now": (2, 1, 1),
    }
    for error in PROTOCOL.errors.values():
        if error.kappa is None:
            continue
        wrong = (1 - sqrt(error.kappa)) / 2
        for name, (trials, before, after) in ways.items():
            yield Measure(
                f"{PROTOCOL.tests[error.of[0]].name}, {name}",
                error.examiners,
                "seen twice",
                "the other answer",
                round,
                lambda true, _random: 1 - true,
                partial(_see_sign, error.of[0], wrong, trials),
                visits=(before, after),
            )


def _see_sign(test: str, wrong: float, trials: int, true: float, random: Random) -> dict[str, Any]:
    """A yes/no test that is wrong so often; half of the patients are positive."""
    found = [(true > 0) != (random.random() < wrong) for _ in range(trials)]
    return {
        "observations": tuple(
            Observation(test=test, side="left", trial=at, result="positive" if one else "negative")
            for at, one in enumerate(found, 1)
        )
    }


def _scores() -> Iterator[Measure]:
    for error in PROTOCOL.errors.values():
        question = PROTOCOL.story.get(error.of[0])
        if question is None or error.sem is None or error.size is None:
            continue
        least, most = question.least or 0, question.most or 0
        room = (least + error.size, most - error.size)
        yield Measure(
            error.name,
            error.examiners,
            score_limit(question),
            f"{error.size:g}",
            partial(_between, *room),
            partial(_either_way, error.size),
            partial(_see_score, question, error.sem),
        )


def score_limit(question: StoryQuestion) -> str:
    """From when a change of a score is told, in words."""
    percent = f"; better: and {question.change_percent:g} %" if question.change_percent else ""
    return limits(question.change_possible or question.change, question.change, "") + percent


def _see_score(question: StoryQuestion, sem: float, true: float, random: Random) -> dict[str, Any]:
    """A number within the limits of the score, in its steps; these are a part of the published error."""
    step = STEPS.get(question.id, 1)
    found = round((true + random.gauss(0, sqrt(sem**2 - step**2 / 12))) / step) * step
    return {"story": {question.id: min(max(found, question.least or 0), question.most or 0)}}
