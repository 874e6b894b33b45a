"""What earlier visits tell is worked out once, and anew as soon as one of them is another."""

import datetime
import sys
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
from histories import histories
from hypothesis import given, settings
from made import FIRST, PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit
from mmt.reasoning import course_row, review, watch
from mmt.reasoning.remembered import (
    carried,
    remembered,
    remembered_each,
    remembered_of_seen,
    remembered_of_told,
    remembered_of_visit,
)

LEG = ("TA", "EHL", "QUAD", "SAR", "ADD", "HAMM", "SOL")


def test_the_very_same_visits_are_asked_of_once_and_others_anew() -> None:
    asked: list[int] = []

    @remembered
    def grades(one: History, _: Protocol) -> list[str]:
        asked.append(len(one.visits))
        return [seen.code for visit in one.visits for seen in visit.observations]

    first, second = visit(seen("TA", grade="4")), visit(seen("TA", grade="5"), date=SECOND)
    both = history(first, second)
    assert grades(both.up_to(0), PROTOCOL) == grades(both.up_to(0), PROTOCOL) == ["4"]
    assert asked == [1]
    assert grades(both, PROTOCOL) == ["4", "5"]
    corrected = history(replace(first, observations=(seen("TA", grade="3"),)))
    assert grades(corrected, PROTOCOL) == ["3"]
    grades(both.up_to(0), replace(PROTOCOL, exams={}))
    assert asked == [1, 2, 1, 1], "another protocol may tell otherwise"


def test_what_is_written_of_a_visit_is_not_asked_of_what_was_seen_again() -> None:
    asked: list[str] = []

    @remembered_of_seen
    def grade(one: History, _: Protocol) -> str:
        asked.append(one.visits[-1].observations[0].code)
        return asked[-1]

    one = visit(seen("TA", grade="4"))
    grade(history(one), PROTOCOL)
    grade(history(replace(one, action="Sent on", note="Asked about work")), PROTOCOL)
    assert asked == ["4"]
    for told in ({"safety": {"fever": True}}, {"scale": "MRC-5"}, {"observations": (seen("TA", grade="3"),)}):
        grade(history(replace(one, **told)), PROTOCOL)  # type: ignore[arg-type]
    assert asked == ["4", "4", "4", "3"]


def test_what_was_told_is_not_asked_of_again_for_what_is_tested() -> None:
    asked: list[bool | None] = []

    @remembered_of_told
    def fever(one: History, _: Protocol) -> bool | None:
        asked.append(one.visits[-1].safety.get("fever"))
        return asked[-1]

    one = visit(seen("TA", grade="4"))
    assert fever(history(one), PROTOCOL) is fever(history(one.recorded(seen("EHL", grade="1"))), PROTOCOL)
    assert asked == [None]
    assert fever(history(replace(one, safety={"fever": True})), PROTOCOL)
    earlier = replace(one, date=SECOND)
    fever(history(one, earlier), PROTOCOL)
    fever(history(one.recorded(seen("EHL", grade="1")), earlier), PROTOCOL)
    assert asked == [None, True, None, None], "an earlier visit that is another may tell otherwise"


def test_a_question_about_one_visit_is_asked_once_a_visit() -> None:
    asked: list[str] = []

    @remembered_of_visit
    def grade(one: Visit, _: Protocol) -> str:
        asked.append(one.observations[0].code)
        return asked[-1]

    first, second = visit(seen("TA", grade="4")), visit(seen("TA", grade="5"))
    assert [grade(one, PROTOCOL) for one in (first, second, first)] == ["4", "5", "4"]
    assert asked == ["4", "5"]


@settings(max_examples=6)
@given(histories())
def test_one_key_after_another_says_what_is_said_afresh(drawn: History) -> None:
    *before, last = drawn.visits
    now = replace(last, observations=(), safety={}, story={})
    steps: list[Callable[[Visit], Visit]] = [
        *(partial(Visit.recorded, observation=one) for one in last.observations),
        lambda one: replace(one, safety=last.safety),
        lambda one: replace(one, story=last.story),
        *(
            partial(Visit.withdrawn, test=one.test, side=one.side, trial=one.trial)
            for one in last.observations
        ),
    ]
    for step in steps:
        now = step(now)
        as_kept = replace(drawn, visits=(*before, now))
        assert watch(as_kept, PROTOCOL) == watch(deepcopy(as_kept), PROTOCOL)


@settings(max_examples=6)
@given(histories(least=2))
def test_what_is_remembered_says_what_is_said_afresh(drawn: History) -> None:
    *before, last = drawn.visits
    now = replace(last, action="Sent on", note="Asked about work", signature=None)
    drafted = replace(drawn, visits=(*before, replace(now, action="", override=None, prescription=None)))
    review(drafted, PROTOCOL)
    later = visit(*last.observations[:2], id=99, date=last.date + datetime.timedelta(14))
    for visits in ((*before, now), (*before, now, later)):
        again = replace(drawn, visits=visits)
        assert review(again, PROTOCOL) == review(deepcopy(again), PROTOCOL)


def test_a_question_that_is_asked_by_name_is_answered_once_a_name() -> None:
    asked: list[str] = []

    @remembered_each
    def grade(one: History, _: Protocol, test: str) -> str:
        asked.append(test)
        return next(each.code for each in one.visits[-1].observations if each.test == test)

    both = history(visit(seen("TA", grade="4"), seen("EHL", grade="5")))
    assert [grade(both, PROTOCOL, test) for test in ("TA", "EHL", "TA")] == ["4", "5", "4"]
    assert asked == ["TA", "EHL"]


def test_what_is_carried_on_is_worked_out_once_a_visit_and_a_long_course_goes_not_too_deep() -> None:
    asked: list[int] = []

    def step(before: int, one: History, _: Protocol) -> int:
        asked.append(len(one.visits))
        return before + one.visits[-1].id

    total = carried(0, step)
    long = history(*(visit(id=at + 1) for at in range(250)))
    assert total(history(), PROTOCOL) == 0
    assert total(long, PROTOCOL) == 250 * 251 / 2
    assert asked == list(range(1, 251))
    another = history(*long.visits[:-1], visit(id=1000))
    assert total(another, PROTOCOL) == 249 * 250 / 2 + 1000, "another last visit goes on from the one before"
    assert [total(long.up_to(at), PROTOCOL) for at in (0, 248)] == [1, 249 * 250 / 2]
    assert asked[250:] == [250]


def falls(at: int) -> tuple[Observation, ...]:
    """Muscles that fell since the first visit, as each later one finds again, and a reflex that is lost."""
    weak = (seen(test, grade="4" if at else "5") for test in LEG)
    return *weak, seen("REFLEX-ACHILLES", count=0)


def up_and_down(at: int) -> tuple[Observation, ...]:
    """A weak muscle that is now better, now worse."""
    return (seen("HF", grade=("4", "3")[at % 2]),)


@pytest.mark.parametrize(
    ("shows", "more"),
    [(falls, {}), (up_and_down, {"action": "sent", "safety": {"anticoagulants": True}})],
)
def test_twice_the_visits_are_twice_the_work(
    shows: Callable[[int], tuple[Observation, ...]], more: dict[str, Any]
) -> None:
    def work(visits: int) -> int:
        days = [FIRST + datetime.timedelta(days=7 * at) for at in range(visits)]
        course = history(*(visit(*shows(at), date=day, **more) for at, day in enumerate(days)))
        rows = calls(lambda: [course_row(course, at, PROTOCOL) for at in reversed(range(visits))])
        return rows + calls(lambda: review(course, PROTOCOL))

    work(2)
    assert work(20) < 2.4 * work(10)


def test_one_grade_more_is_a_small_part_of_the_first_look() -> None:
    days = [FIRST + datetime.timedelta(days=7 * at) for at in range(6)]
    course = history(*(visit(*falls(at), id=at + 1, date=day) for at, day in enumerate(days)))
    more = course.with_visit(course.visits[-1].recorded(seen("GMAX", grade="5")))
    at_first = calls(lambda: watch(course, PROTOCOL))
    assert 4 * calls(lambda: watch(more, PROTOCOL)) < at_first


def calls(do: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def called(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count
