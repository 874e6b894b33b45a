"""Whole histories as hypothesis draws them from the tests, questions and patterns of the shipped protocol."""

import datetime
from functools import cache, lru_cache
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.at_home import DONE, FELT
from mmt.model.base import SIDES, Side, other
from mmt.model.exam_tests import (
    AnyTest,
    LegLengthTest,
    LengthTest,
    MuscleTest,
    ReflexTest,
    SignTest,
    TouchTest,
)
from mmt.model.observation import FLAGS, NOT_TESTED, TOUCHES, Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.visit import Answer, History, Override, Prescribed, Signature, Visit
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
FIRST_DAY = datetime.date(2026, 1, 5)
ASKED = [one.id for one in PROTOCOL.safety_questions.values() if not one.from_record]
SIGNS = [name for name in ASKED if PROTOCOL.safety_questions[name].kind == "sign"]
CODES = [one.id for one in PROTOCOL.precautions.values() if one.asked]
LEG_LENGTHS = [name for name, one in PROTOCOL.tests.items() if isinstance(one, LegLengthTest)]
NUMBERS: dict[str, st.SearchStrategy[float]] = {
    "degrees": st.integers(-30, 130).map(float),
    "millimetres": st.integers(-40, 200).map(lambda halves: halves / 2),
    "count": st.integers(0, 30),
    "seconds": st.integers(0, 240).map(float),
    "newtons": st.integers(0, 500).map(float),
}


@lru_cache(maxsize=None, typed=True)
def among(*values: Any) -> st.SearchStrategy[Any]:
    """One of these values, made once: Hypothesis looks through each new strategy before it draws from it."""
    return st.sampled_from(values)


ANY_TEST = among(*PROTOCOL.tests) | among(*PROTOCOL.rules.motor_alarm.muscles) | among(*LEG_LENGTHS)
ANGLE = st.none() | st.integers(10, 90)


@cache
def _perhaps(*values: str) -> st.SearchStrategy[str | None]:
    return st.none() | among(*values)


def sides_of(test: AnyTest) -> tuple[Side | None, ...]:
    """The sides on which a test is done."""
    return SIDES if test.sides == "each" else (None,)


@cache
@st.composite
def observations(
    draw: st.DrawFn, scale: str, name: str | None = None, side: Side | None = None
) -> Observation:
    """One thing seen under a scale: any test, or the one named, with whatever its kind allows."""
    test = PROTOCOL.tests[name or draw(ANY_TEST)]
    seen = Observation(
        test=test.id,
        side=side or draw(among(*sides_of(test))),
        trial=draw(among(1, 1, 1, 2, 3)),
    )
    if draw(st.integers(0, 9)) == 9:
        return replace(seen, not_tested=draw(among(*NOT_TESTED)))
    measure = draw(among(*([one for one in test.measures if one != "degrees"] or ["degrees"])))
    if measure == "result":
        angle = draw(ANGLE) if "degrees" in test.measures else None
        return replace(seen, result=draw(among("positive", "negative")), degrees=angle)
    if measure == "touch":
        return replace(seen, touch=draw(among(*TOUCHES)))
    if measure == "grade":
        return replace(seen, grade=draw(among(*PROTOCOL.scales[scale].codes)), **draw(_flagged(test.id)))
    return replace(seen, **{measure: draw(_number(test, measure))})


def _number(test: AnyTest, measure: str) -> st.SearchStrategy[float]:
    if isinstance(test, ReflexTest):
        return st.integers(0, 4)
    if isinstance(test, LegLengthTest):
        low, high = (1660, 1740) if test.side_means == "this-leg" else (0, 60)
        return st.integers(low, high).map(lambda halves: halves / 2)
    most = test.most if isinstance(test, LengthTest) and measure == "degrees" else None
    if most is not None:
        return st.integers(-min(30, int(most)), min(130, int(most))).map(float)
    return NUMBERS[measure]


@cache
@st.composite
def _flagged(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """What may stand beside a grade."""
    test = PROTOCOL.tests[name]
    flags = tuple(one for one in FLAGS if draw(st.integers(0, 7)) == 7)
    takers = [one.id for one in test.substitutions] if isinstance(test, MuscleTest) else []
    taker = draw(_perhaps(*takers)) if takers and "substitution" in flags else None
    variants = [None, None, *(test.variants if isinstance(test, MuscleTest) else ())]
    sure = draw(st.integers(0, 7)) == 7
    return {"flags": flags, "substitution": taker, "variant": draw(among(*variants)), "confirmed": sure}


_OTHERS = [name for one in PROTOCOL.patterns.values() for name in (*one.named, *one.numb)]


@cache
def _shown(name: str) -> st.SearchStrategy[list[str]]:
    """The tests that show a pattern, and those of others."""
    one = PROTOCOL.patterns[name]
    return st.lists(among(*one.named, *one.numb, *one.expected, *_OTHERS), max_size=12)


@cache
@st.composite
def pictures(draw: st.DrawFn, scale: str) -> list[Observation]:
    """A side that looks like a root or a nerve: most of what a pattern expects abnormal, the rest normal."""
    pattern, side = PROTOCOL.patterns[draw(among(*PROTOCOL.patterns))], draw(among(*SIDES))
    own = (*pattern.named, *pattern.numb)
    done = draw(_shown(pattern.id))
    low = draw(among(*PROTOCOL.scales[scale].codes))
    seen = []
    for name in dict.fromkeys(done):
        test, abnormal = PROTOCOL.tests[name], name in own and draw(st.integers(0, 5)) > 0
        if isinstance(test, MuscleTest):
            seen.append(Observation(test=name, side=side, grade=low if abnormal else "5"))
        elif isinstance(test, ReflexTest):
            seen.append(Observation(test=name, side=side, count=0 if abnormal else test.expected))
        elif isinstance(test, SignTest):
            seen.append(Observation(test=name, side=side, result="positive" if abnormal else "negative"))
        elif isinstance(test, TouchTest):
            felt = draw(among("absent", "less", "more")) if abnormal else "normal"
            seen.append(Observation(test=name, side=side, touch=felt))
    return seen


def answers(question: StoryQuestion) -> st.SearchStrategy[Answer]:
    """Whatever a question of the story may be answered with."""
    if question.answer == "yes-no":
        return st.booleans()
    if question.answer == "number":
        least, most = int(question.least or 0), int(min(question.most or 20, 30))
        return st.integers(least, most)
    if question.answer == "choice":
        return st.sampled_from(question.choices)
    if question.answer == "words":
        return st.lists(st.sampled_from(question.choices), unique=True, max_size=3).map(tuple)
    return st.sampled_from(("walking the dog", "stairs"))


STORY: dict[str, st.SearchStrategy[Any]] = {name: answers(one) for name, one in PROTOCOL.story.items()}
_ASKED_YES = st.sampled_from((False, False, False, False, False, False, True))
SAFETY = st.dictionaries(st.sampled_from(ASKED), _ASKED_YES, max_size=8) | st.just(
    dict.fromkeys(ASKED, False)
)
HOME = st.dictionaries(
    st.sampled_from(list(PROTOCOL.stretches)),
    st.tuples(st.sampled_from(DONE)) | st.tuples(st.sampled_from(DONE), st.sampled_from(FELT)),
    max_size=3,
)
CONDITIONS = st.dictionaries(st.sampled_from(CODES), st.booleans(), max_size=6) | st.just(
    dict.fromkeys(CODES, False)
)


@cache
def _seen(scale: str) -> st.SearchStrategy[list[Observation]]:
    several = st.lists(observations(scale), max_size=10)
    return st.tuples(st.just([]) | pictures(scale), several).map(lambda both: both[0] + both[1])


@st.composite
def exams(draw: st.DrawFn, scale: str, earlier: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """What is seen at a visit: a picture or none, single tests, some on the other side or as before."""
    seen = draw(_seen(scale))
    across = [(one.test, other(one.side)) for one in seen if one.side]
    cells = [*across, *(one.cell for one in earlier)]
    again = draw(st.lists(st.sampled_from(cells), max_size=6)) if cells else []
    seen += [draw(observations(scale, test, side)) for test, side in again]
    return tuple({(one.cell, one.trial): one for one in seen}.values())


def _ticked(name: str) -> Prescribed:
    stretch = PROTOCOL.stretches[name]
    return Prescribed(stretch=name, dose=stretch.dose, ticked=tuple(stretch.precautions))


_TICKED = st.none() | st.lists(among(*PROTOCOL.stretches).map(_ticked), max_size=2).map(tuple)
_SCALE = among(*PROTOCOL.scales)
_ASKED_OF_STORY = st.lists(among(*STORY), unique=True, max_size=6)
_OVERRIDE = among(None, None, None, Override(reason="known for years", by="A", at=NOON))
_SIGNATURE = among(None, Signature(by="A", at=NOON, digest=""))


@st.composite
def visits(draw: st.DrawFn, day: datetime.date, number: int, earlier: tuple[Observation, ...]) -> Visit:
    """One visit: draft or signed, with or without an action, an override, a tick."""
    scale = draw(_SCALE)
    asked = draw(_ASKED_OF_STORY)
    return Visit(
        id=number,
        date=day,
        examiner=draw(among("A", "B")),
        scale=scale,
        safety=dict(draw(SAFETY)),
        story={name: draw(STORY[name]) for name in asked},
        precautions=dict(draw(CONDITIONS)),
        home=draw(HOME),
        observations=draw(exams(scale, earlier)),
        action=draw(among("", "", "telephoned")),
        override=draw(_OVERRIDE),
        prescription=draw(_TICKED),
        signature=draw(_SIGNATURE),
    )


@st.composite
def histories(draw: st.DrawFn, least: int = 1, most: int = 3) -> History:
    """A patient with so many visits, oldest first, two weeks apart."""
    patient = Patient(
        name="Ann Example",
        birth_date=datetime.date(draw(among(1940, 1958, 1979, 1990, 2012)), 5, 2),
        sex=draw(among("female", "male", "unknown")),
        handedness=draw(among("right", "left", "both", "unknown")),
    )
    days = [FIRST_DAY + datetime.timedelta(14 * at) for at in range(draw(st.integers(least, most)))]
    done: list[Visit] = []
    for number, day in enumerate(days, 1):
        done.append(draw(visits(day, number, done[-1].observations if done else ())))
    return History(patient=patient, visits=tuple(done))


def with_last(history: History, **changes: Any) -> History:
    """The history with its last visit changed."""
    return replace(history, visits=(*history.visits[:-1], replace(history.visits[-1], **changes)))
