"""No abnormal value goes unsaid: each is a reason of a finding, a pattern, an alert or the leg length."""

import pytest
from histories import PROTOCOL, histories
from hypothesis import given
from made import history, seen, visit

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest, CountTest, LegLengthTest, LengthTest, ReflexTest, TouchTest
from mmt.model.observation import Observation
from mmt.model.review import Review
from mmt.model.visit import History
from mmt.reasoning import review
from mmt.reasoning import seen as trials
from mmt.reasoning.length import limit_for

Cell = tuple[str, Side | None]


def abnormal(past: History) -> set[Cell]:
    """The cells of the last visit whose value, the one that counts, is not the usual one."""
    visit = past.visits[-1]
    places = [(test, side) for test in PROTOCOL.tests.values() for side in (*SIDES, None)]
    return {(test.id, side) for test, side in places if visit.seen(test.id, side) and _off(test, side, past)}


def _off(test: AnyTest, side: Side | None, past: History) -> bool:
    last = past.visits[-1]
    if (graded := trials.best(last, test.id, side)) is not None and graded.code[0] < "5":
        return True
    if isinstance(test, ReflexTest):
        found = trials.last(last, test.id, side, "count")
        return found is not None and found.count != test.expected
    if isinstance(test, TouchTest):
        felt = trials.last(last, test.id, side, "touch")
        return felt is not None and felt.touch != "normal"
    if isinstance(test, CountTest):
        counted = trials.highest(last, test.id, side)
        return counted is not None and test.conventions[0].grade(counted.number) != "5"
    if isinstance(test, LengthTest) and test.measure != "result":
        value = trials.mean(last, test.id, side, test.measure)
        limit = limit_for(test.short, past.patient.sex) if test.short else None
        if value is None or limit is None or test.short is None:
            return False
        return value > limit if test.short.direction == "over" else value < limit
    result = trials.last(last, test.id, side, "result")
    return result is not None and result.result == "positive" and not isinstance(test, LegLengthTest)


def named(found: Review) -> set[Cell]:
    """The cells that some conclusion rests on."""
    told = (*found.alerts, *found.findings, *found.patterns)
    return {(one.test, one.side) for each in told for one in each.because if one.test and not one.date}


@given(histories())
def test_every_abnormal_value_is_named_by_a_conclusion(past: History) -> None:
    assert abnormal(past) - named(review(past, PROTOCOL)) == set()


@pytest.mark.parametrize(
    "value",
    [
        seen("REFLEX-ACHILLES", count=1),
        seen("REFLEX-MEDHAM", count=0),
        seen("REFLEX-PATELLAR", count=3),
        seen("TOUCH-L5", touch="less"),
        seen("TOUCH-SADDLE", touch="more"),
        seen("QL", result="positive"),
        seen("HEEL-WALK", result="positive"),
        seen("TREND", result="positive"),
        seen("L-PIR", result="positive"),
        seen("L-PKE", degrees=60.0),
        seen("HEEL-RAISE", count=24),
        seen("ADD", grade="4+"),
        seen("BABINSKI", result="positive"),
    ],
    ids=lambda one: one.test,
)
def test_each_kind_of_test_has_a_voice(value: Observation) -> None:
    past = history(visit(value))
    assert abnormal(past) == {value.cell}
    assert abnormal(past) <= named(review(past, PROTOCOL))
