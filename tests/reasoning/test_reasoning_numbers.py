"""What counts and forces tell by themselves hangs on the rules of the protocol."""

import datetime
from typing import Any

import pytest
from made import PATIENT, PROTOCOL, SECOND, THIRD, history, seen, told, visit
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.review import Alert
from mmt.model.visit import Visit
from mmt.reasoning import review


def knee(newtons: float, **more: Any) -> Observation:
    return seen("QUAD", newtons=newtons, **more)


STRONG, WEAK = visit(knee(200.0)), visit(knee(90.0), date=SECOND)
FELL = "Quadriceps, left: fell from 200 N on 2026-03-02 to 90 N."
UNGRADED = "and no grade tells how weak it is."
NONE = f"Quadriceps, left: {{}} N, next to no force, {UNGRADED}"
REST, PHONE, GRADE = "Test it again now after a rest", "Phone a specialist", "Grade it by hand now."


def motor(*visits: Visit) -> list[Alert]:
    return [told(one) for one in review(history(*visits), PROTOCOL).alerts if one.rule == "motor-deficit"]


@pytest.mark.parametrize(
    ("visits", "level", "state", "says", "asks"),
    [
        ((STRONG, WEAK), "urgent", "not-confirmed", "One trial alone found it: not confirmed yet.", REST),
        (
            (STRONG, visit(knee(90.0, flags=("pain",)), date=SECOND)),
            *("caution", None, "Pain may have limited the effort.", REST),
        ),
        (
            (STRONG, visit(knee(90.0), seen("QUAD", grade="5", trial=2), date=SECOND)),
            *("caution", None, "By hand it held full pressure: age or the way of measuring may explain it."),
            REST,
        ),
        (
            (STRONG, visit(knee(90.0), knee(85.0, trial=2), date=SECOND)),
            *("urgent", "confirmed-by-trial", "Confirmed by trial 2: 85 N.", PHONE),
        ),
        (
            (STRONG, visit(knee(90.0, confirmed=True), date=SECOND)),
            *("urgent", "confirmed-by-examiner", "Confirmed by the examiner without another trial.", PHONE),
        ),
        (
            (STRONG, WEAK, visit(date=SECOND), visit(knee(90.0), date=THIRD)),
            *("urgent", "confirmed-by-visit"),
            "Confirmed by the visit of 2026-03-16: 90 N, and nothing was done about it.",
            PHONE,
        ),
        (
            (STRONG, visit(knee(90.0, flags=("pain",)), date=SECOND), visit(knee(90.0), date=THIRD)),
            *("urgent", "not-confirmed", "One trial alone found it: not confirmed yet.", REST),
        ),
    ],
)
def test_a_fall_of_force_says_from_what_and_what_stands_behind_it(
    visits: tuple[Visit, ...], level: str, state: str | None, says: str, asks: str
) -> None:
    (found,) = motor(*visits)
    assert (found.level, found.state, found.said) == (level, state, f"{FELL} {says}")
    assert str(found.action).startswith(asks)
    assert [(one.date, one.seen and one.seen.shown) for one in found.because][:2] == [
        *((None, "90 N"), ("2026-03-02", "200 N")),
    ]


def test_a_fall_is_held_against_the_best_since_the_last_action_measured_the_same_way() -> None:
    trials = knee(150.0), knee(200.0, trial=2), knee(180.0, trial=3)
    between = visit(knee(160.0), date=SECOND)
    (found,) = motor(visit(*trials), between, visit(knee(90.0), date=THIRD))
    assert str(found.said).startswith(FELL)
    acted = replace(between, action="Phoned the neurologist")
    (found,) = motor(visit(*trials), acted, visit(knee(75.0), date=THIRD))
    assert "fell from 160 N on 2026-03-16 to 75 N" in str(found.said)
    assert motor(STRONG, visit(knee(90.0, variant="knee"), date=SECOND)) == []


def test_of_several_trials_the_best_without_pain_counts() -> None:
    sore = knee(180.0, flags=("pain",))
    (found,) = motor(STRONG, visit(sore, knee(80.0, trial=2), knee(90.0, trial=3), date=SECOND))
    assert str(found.said).startswith(FELL)
    assert motor(visit(replace(sore, newtons=200.0), knee(150.0, trial=2)), WEAK) == []
    assert [len(motor(STRONG, visit(knee(now), date=SECOND))) for now in (100.0, 100.5)] == [1, 0]


def test_a_hold_that_fell_names_no_muscle_to_grade_and_its_unit() -> None:
    held = [seen("SORENSEN", None, seconds=seconds) for seconds in (100, 40)]
    (found,) = motor(visit(held[0], date=SECOND), visit(held[1], date=THIRD))
    assert found.said == "Biering-Sørensen hold, midline: fell from 100 s on 2026-03-16 to 40 s."
    assert str(found.action).startswith("Test it again without pain")
    assert (found.level, found.state) == ("caution", None)


def test_counts_that_fell_ask_for_the_muscle_by_hand() -> None:
    raises = [seen("HEEL-RAISE", count=count) for count in (22, 10)]
    calf = seen("GAS", grade="4+")
    (found,) = motor(visit(raises[0]), visit(raises[1], calf, date=SECOND))
    assert str(found.said).startswith("Single-leg heel raises, left: fell from 22 on 2026-03-02 to 10.")
    assert str(found.action).startswith(REST)
    assert found.because[-1].seen == calf


def test_a_count_at_its_limit_is_told_by_that_and_no_fall_beside_it() -> None:
    many, low = visit(seen("HEEL-RAISE", count=22)), seen("HEEL-RAISE", count=1)
    assert len(motor(many, visit(low, date=SECOND))) == 1
    best = seen("HEEL-RAISE", count=5, trial=2)
    assert len(motor(many, visit(low, best, date=SECOND))) == 2, "unless the best trial is above it"


def test_few_raises_in_pain_of_a_calf_that_holds_by_hand_ask_whether_they_are_new() -> None:
    sore, calf = seen("HEEL-RAISE", count=1, flags=("pain",)), seen("GAS", grade="5")
    (found,) = motor(visit(sore, calf))
    assert (found.level, str(found.action)) == (
        "caution",
        "Ask whether it is new, and test again at the next visit. New, it is not age.",
    )


OTHER = seen("QUAD", "right", newtons=200.0)


@pytest.mark.parametrize(
    ("visits", "level", "says", "asks"),
    [
        ((visit(knee(5.0), OTHER),), "urgent", NONE.format(5), f"{GRADE} If"),
        (
            (visit(knee(3.0, flags=("pain",)), OTHER),),
            *("caution", f"{NONE.format(3)} Pain may have limited the effort.", GRADE),
        ),
        (
            (visit(knee(3.0), action="x"), visit(knee(4.0), date=SECOND)),
            *("caution", f"{NONE.format(4)} Known, acted on 2026-03-02.", GRADE),
        ),
        (
            (visit(knee(4.0)), visit(action="x", date=SECOND), visit(knee(4.0), date=THIRD)),
            *("urgent", NONE.format(4), f"{GRADE} If"),
        ),
        (
            (visit(knee(200.0), action="x"), visit(knee(4.0), date=SECOND)),
            *("urgent", NONE.format(4), f"{GRADE} If"),
        ),
        (
            (visit(knee(20.0), OTHER),),
            "caution",
            f"Quadriceps, left: 20 N, 90 per cent less than on the other side, {UNGRADED}",
            GRADE,
        ),
    ],
)
def test_next_to_no_force_asks_for_a_grade(
    visits: tuple[Visit, ...], level: str, says: str, asks: str
) -> None:
    (found,) = motor(*visits)
    assert (found.level, found.said) == (level, says)
    assert str(found.action).startswith(asks)
    assert (found.action == GRADE) == (asks == GRADE)


def test_a_side_in_pain_or_measured_another_way_is_no_measure_of_the_other() -> None:
    for other in ({"flags": ("pain",)}, {"variant": "knee"}):
        assert motor(visit(knee(20.0), seen("QUAD", "right", newtons=200.0, **other))) == []


def test_a_protocol_of_an_earlier_day_tells_nothing_of_a_number_alone() -> None:
    alarm = replace(PROTOCOL.rules.motor_alarm, falls={"NONE-SUCH": 50})
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, motor_alarm=alarm, force=None))
    then, now = (
        (seen("HEEL-RAISE", count=22), seen("TA", newtons=200.0)),
        (
            seen("HEEL-RAISE", count=4),
            seen("TA", newtons=0.0),
        ),
    )
    after = history(visit(*then), visit(*now, date=SECOND))
    tests = [[one.test for one in review(after, each).alerts if one.test] for each in (PROTOCOL, older)]
    assert tests == [["HEEL-RAISE", "TA"], []]


def test_a_count_of_what_has_no_muscle_of_its_own_is_told_by_itself() -> None:
    alarm = replace(PROTOCOL.rules.motor_alarm, counts={"REFLEX-PATELLAR": 0})
    own = replace(PROTOCOL, rules=replace(PROTOCOL.rules, motor_alarm=alarm))
    gone = seen("REFLEX-PATELLAR", count=0)
    found = review(history(visit(gone, seen("GAS", grade="3"))), own).alerts
    (count,) = (one for one in found if one.rule == "motor-deficit" and one.because[0].seen == gone)
    assert [one.seen for one in count.because] == [gone]


def test_a_hold_that_is_not_held_at_all_has_fallen() -> None:
    held = [seen("SORENSEN", None, seconds=seconds) for seconds in (100, 0)]
    (found,) = motor(visit(held[0]), visit(held[1], date=SECOND))
    assert "fell from 100 s on 2026-03-02 to 0 s." in str(found.said)


@pytest.mark.parametrize(("born", "level"), [(1951, "caution"), (1952, "urgent")])
def test_the_age_at_the_visit_itself_doubts_a_count(born: int, level: str) -> None:
    low = visit(seen("HEEL-RAISE", count=1), seen("GAS", grade="5"), date=SECOND)
    turning = replace(PATIENT, birth_date=datetime.date(born, 3, 9))
    found = review(replace(history(visit(), low), patient=turning), PROTOCOL).alerts
    assert [one.level for one in found if one.rule == "motor-deficit"] == [level]
