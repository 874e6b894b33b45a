"""What earlier visits tell is worked out once, and anew as soon as one of them is another."""

from made import PROTOCOL, SECOND, history, seen, visit
from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.visit import History
from mmt.reasoning.remembered import remembered, remembered_each


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


def test_a_question_that_is_asked_by_name_is_answered_once_a_name() -> None:
    asked: list[str] = []

    @remembered_each
    def grade(one: History, _: Protocol, test: str) -> str:
        asked.append(test)
        return next(each.code for each in one.visits[-1].observations if each.test == test)

    both = history(visit(seen("TA", grade="4"), seen("EHL", grade="5")))
    assert [grade(both, PROTOCOL, test) for test in ("TA", "EHL", "TA")] == ["4", "5", "4"]
    assert asked == ["TA", "EHL"]
