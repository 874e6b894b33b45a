"""The course of a measure: which values, on which ruler, and what stands against comparing them."""

import datetime
from typing import Any

import pytest
from made import PROTOCOL, SECOND, THIRD, history, seen, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.observation import TOUCHES
from mmt.model.visit import History
from mmt.reasoning.series import Series, series


def found(one: History) -> dict[str, Series]:
    return {each.measure: each for each in series(one, PROTOCOL)}


def shown(one: Series) -> dict[str | None, list[tuple[float, str]]]:
    return {track.side: [(point.height, point.shown) for point in track.points] for track in one.tracks}


def test_grades_stand_on_the_steps_of_their_scale_and_each_side_is_a_track() -> None:
    ehl = seen("EHL", grade="5"), seen("GMED", "right", grade="5"), seen("GMED", grade="5")
    first = visit(seen("TA", grade="4-"), seen("TA", "right", grade="5"), *ehl)
    second = visit(seen("TA", grade="4+"), seen("TA", "right", grade="5"), ehl[-1], date=SECOND)
    told = found(history(first, second))
    assert shown(told["TA"]) == {"right": [(5, "5"), (5, "5")], "left": [(3.5, "4-"), (4.5, "4+")]}
    assert told["TA"].steps == tuple((height, code) for code, height in (
        ("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4-", 3.5), ("4", 4), ("4+", 4.5), ("5", 5)
    ))  # fmt: skip
    assert "EHL" not in told, "one value is no course"
    assert list(shown(told["GMED"])) == ["left"]


def test_of_several_trials_a_grade_counts_the_best_and_a_length_the_mean() -> None:
    first = visit(
        *(seen("TA", grade=grade, trial=at) for at, grade in enumerate(("3", "4"), start=1)),
        *(seen("L-PKE", degrees=degrees, trial=at) for at, degrees in enumerate((20, 30), start=1)),
    )
    second = visit(seen("TA", grade="5"), seen("L-PKE", degrees=26), date=SECOND)
    told = found(history(first, second))
    assert shown(told["TA"])["left"][0] == (4, "4")
    assert shown(told["L-PKE"])["left"] == [(25, "25°"), (26, "26°")]


@pytest.mark.parametrize(("now", "changed"), [(5, False), (4, True)])
def test_what_changed_since_its_first_value_stands_ahead(now: int, changed: bool) -> None:
    """A leg pain of 6 has to fall by 2 before it may have changed; the back stays."""
    first = visit(story={"nprs_back": 5, "nprs_leg": 6})
    second = visit(date=SECOND, story={"nprs_back": 5, "nprs_leg": now})
    ahead, other = series(history(first, second), PROTOCOL)
    assert (ahead.measure, other.measure) == (
        ("nprs_leg", "nprs_back") if changed else ("nprs_back", "nprs_leg")
    )
    assert (ahead.changed, other.changed) == (changed, False)
    assert ahead.ends == (0, 10)


def test_another_examiner_another_scale_and_pain_are_marked() -> None:
    first = visit(seen("TA", grade="4"))
    second = visit(seen("TA", grade="5", flags=("pain",)), date=SECOND, examiner="B", scale="MRC-6")
    (track,) = found(history(first, second))["TA"].tracks
    assert [[one.key for one in point.marks] for point in track.points] == [
        [],
        ["another-examiner", "another-scale", "flag-pain"],
    ]


def test_yes_or_no_touches_and_reflexes_are_told_in_steps() -> None:
    first = visit(
        seen("SLR", result="positive"), seen("TOUCH-L5", touch="less"), seen("REFLEX-ACHILLES", count=1)
    )
    second = visit(
        seen("SLR", result="negative"),
        seen("TOUCH-L5", touch="normal"),
        seen("REFLEX-ACHILLES", count=2),
        date=SECOND,
    )
    told = found(history(first, second))
    assert [height for height, _ in shown(told["SLR"])["left"]] == [1, 0]
    assert told["SLR"].steps == ((0, "negative"), (1, "positive"))
    assert [height for height, _ in shown(told["TOUCH-L5"])["left"]] == [1, 2]
    assert told["TOUCH-L5"].steps == tuple(enumerate(TOUCHES))
    assert told["REFLEX-ACHILLES"].steps == tuple((at, str(at)) for at in range(5))


def test_legs_stand_below_nothing_where_the_left_one_is_shorter() -> None:
    visits = [
        visit(
            seen("LL-BLOCK", side, millimetres=millimetres),
            date=date,
            examiner="B" if date == THIRD else "A",
        )
        for side, millimetres, date in (("left", 12, SECOND), ("right", 6, THIRD))
    ]
    one_leg_alone = visit(seen("LL-TRUE", "left", millimetres=880))
    told = found(history(one_leg_alone, *visits))["LL-BLOCK"]
    (track,) = told.tracks
    assert (told.ruler.limit, told.ruler.sure) == (8, 8), "the error of one examiner"
    assert [one.height for one in track.points] == [-12, 6]
    assert [one.key for one in track.points[1].marks] == ["another-examiner"]


def test_a_measure_without_steps_or_ends_has_neither() -> None:
    later = datetime.timedelta(days=7)
    first = visit(seen("HEEL-RAISE", count=10))
    told = found(history(first, replace(first, date=first.date + later)))["HEEL-RAISE"]
    assert (told.steps, told.ends, told.changed) == ((), None, False)


def test_force_alone_stands_in_newtons_and_in_no_grades() -> None:
    first = visit(seen("TA", newtons=90), seen("TA", grade="4", trial=2))
    told = found(history(first, visit(seen("TA", newtons=120), date=SECOND)))["TA"]
    assert (shown(told), told.steps) == ({"left": [(90, "90 N"), (120, "120 N")]}, ())


@pytest.mark.parametrize(
    ("known", "ends"), [({"least": 1}, (1, 10)), ({"least": None}, None), ({"most": None}, None)]
)
def test_a_score_ends_where_both_its_least_and_its_most_are_known(known: Any, ends: Any) -> None:
    own = {**PROTOCOL.story, "nprs_leg": replace(PROTOCOL.story["nprs_leg"], **known)}
    past = history(visit(story={"nprs_leg": 6}), visit(story={"nprs_leg": 5}, date=SECOND))
    assert series(past, replace(PROTOCOL, story=own))[0].ends == ends


def test_the_move_of_a_course_is_that_from_its_first_value_to_its_last() -> None:
    """A leg pain that fell and came back has not changed; in between it had."""
    scores = ((visit(), 6), (visit(date=SECOND), 2), (visit(date=THIRD), 6))
    told = found(history(*(replace(one, story={"nprs_leg": pain}) for one, pain in scores)))["nprs_leg"]
    assert not told.changed
    assert [track.moved(told.ruler) for track in told.tracks] == [0]


def test_each_test_stands_on_the_ruler_of_one_examiner_and_one_without_sides_is_one_track() -> None:
    both = seen("BEX", None, grade="4"), seen("TA", grade="4"), seen("SLR", result="positive")
    told = found(history(visit(*both), visit(*both, date=SECOND, examiner="B", scale="MRC-6")))
    assert [track.side for track in told["BEX"].tracks] == [None]
    assert (told["TA"].ruler.limit, told["TA"].ruler.sure) == (1, 1.5)
    assert [one.key for one in told["SLR"].tracks[0].points[1].marks] == ["another-examiner"], (
        "a scale is one of grades"
    )


@pytest.mark.parametrize("other", [("EHL", "left"), ("TA", "right")])
def test_nothing_twice_is_no_series(other: tuple[str, Side]) -> None:
    assert (
        series(history(visit(seen("TA", grade="4")), visit(seen(*other, grade="4"), date=SECOND)), PROTOCOL)
        == ()
    )
