"""Motor alarms over several visits: what each says, what it rests on, and what an action closes."""

import datetime

import pytest
from made import FIRST, PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.review import Alert, Level, Reason
from mmt.model.visit import History, Visit
from mmt.reasoning import both_legs, review
from mmt.reasoning.alarms import alarms, course
from mmt.reasoning.words import ENGLISH

TA = PROTOCOL.tests["TA"].name
RULE = PROTOCOL.rules.motor_alarm
CAUDA = PROTOCOL.safety["cauda-equina"]
NEW = "New or not yet acted on weakness of a key muscle."


def graded(grade: str, date: datetime.date = FIRST, action: str = "", pain: bool = False) -> Visit:
    """A visit with one grade of the left tibialis anterior."""
    return visit(seen("TA", grade=grade, flags=("pain",) if pain else ()), date=date, action=action)


def alarm(text: str, action: str, *because: Reason, level: Level = "urgent", test: str = "TA") -> Alert:
    return Alert(
        rule="motor-deficit",
        level=level,
        test=test,
        side="left",
        said=text,
        action=action,
        because=because,
        sources=PROTOCOL.cite(RULE.sources),
        evidence=RULE.evidence,
    )


def found(*visits: Visit) -> list[Alert]:
    return told([*alarms(history(*visits), PROTOCOL)])


def said(*visits: Visit) -> list[str]:
    return [one.said for one in found(*visits)]


OPEN = ENGLISH["motor-not-confirmed"]


def test_a_low_grade_alarms_until_an_action_is_written() -> None:
    low = quote("TA", "left", grade="3")
    assert found(graded("3")) == [alarm(f"{TA}, left: grade 3. {NEW}", ENGLISH["motor-action"], low)]
    kept = found(graded("3"), visit(date=SECOND))
    text = f"{TA}, left: grade 3 on 2026-03-02, and no action is recorded yet."
    assert kept == [alarm(text, ENGLISH["motor-action"], quote("TA", "left", grade="3", date="2026-03-02"))]
    assert said(graded("3+")) == []


def test_a_fall_names_the_grade_that_it_fell_from() -> None:
    (fell,) = found(graded("5"), graded("4", SECOND))
    assert fell == replace(
        alarm(
            f"{TA}, left: fell from 5 to 4. {OPEN}",
            ENGLISH["motor-not-confirmed-action"],
            quote("TA", "left", grade="4"),
            quote("TA", "left", grade="5", date="2026-03-02"),
        ),
        state="not-confirmed",
        sources=PROTOCOL.cite((*RULE.sources, "L7", "L8")),
    )
    assert said(graded("5"), graded("4+", SECOND)) == []
    assert said(graded("4"), graded("5", SECOND)) == []
    assert said(graded("4+"), graded("5", SECOND), graded("4", THIRD)) == [
        f"{TA}, left: fell from 5 to 4. {OPEN}"
    ]


def test_a_fall_that_waits_is_kept_as_an_alarm() -> None:
    assert said(graded("5"), graded("4", SECOND), visit(date=THIRD)) == [
        f"{TA}, left: grade 4 on 2026-03-16, and no action is recorded yet."
    ]


def test_below_gravity_the_least_step_down_is_a_fall() -> None:
    assert said(graded("2", action="Telephoned"), graded("2-", SECOND)) == [f"{TA}, left: fell from 2 to 2-."]
    assert said(graded("2", action="Telephoned"), graded("2", SECOND)) == [
        f"{TA}, left: grade 2, known and acted on 2026-03-02."
    ]
    assert said(graded("2-", action="Telephoned"), graded("2", SECOND)) == [
        f"{TA}, left: grade 2, known and acted on 2026-03-02."
    ]
    steps = graded("3-", action="Telephoned"), graded("2", SECOND), graded("2-", THIRD)
    assert said(*steps) == [f"{TA}, left: fell from 3- to 2-."]


def test_a_fall_below_gravity_stands_until_something_is_done_about_it() -> None:
    acted = graded("2+", action="Telephoned"), graded("2", SECOND)
    assert said(*acted, graded("2", THIRD)) == [f"{TA}, left: fell from 2+ to 2."]
    (kept,) = found(*acted, visit(date=THIRD))
    assert kept.because == (quote("TA", "left", grade="2", date="2026-03-16"),)
    assert said(*acted, graded("2+", THIRD)) == [f"{TA}, left: grade 2+, known and acted on 2026-03-02."]
    again = acted[0], graded("2", SECOND, action="Telephoned again")
    assert said(*again, graded("2", THIRD)) == [f"{TA}, left: grade 2, known and acted on 2026-03-16."]


def test_across_gravity_any_step_down_is_a_fall_unless_it_hurts() -> None:
    assert said(graded("3", action="Telephoned"), graded("3-", SECOND)) == [f"{TA}, left: fell from 3 to 3-."]
    assert said(graded("3", action="Telephoned"), graded("3-", SECOND, pain=True)) == [
        f"{TA}, left: grade 3- with pain. Pain may have limited the effort."
    ]


def test_an_acted_weakness_is_shown_with_what_was_done() -> None:
    assert found(graded("3", action="Telephoned the neurologist"), graded("3", SECOND)) == [
        alarm(
            f"{TA}, left: grade 3, known and acted on 2026-03-02.",
            ENGLISH["known-action"],
            quote("TA", "left", grade="3"),
            Reason(said="Telephoned the neurologist", date="2026-03-02"),
            level="caution",
        )
    ]
    better = graded("3", action="Telephoned"), graded("4", SECOND)
    assert said(*better) == [f"{TA}, left: grade 4, known and acted on 2026-03-02."]
    assert said(graded("3", action="Telephoned"), graded("4+", SECOND)) == []


def test_falls_are_measured_from_the_action_on() -> None:
    acted = graded("5"), graded("4", SECOND, action="Telephoned")
    assert said(*acted, graded("4", THIRD)) == [f"{TA}, left: grade 4, known and acted on 2026-03-16."]
    assert said(*acted, graded("4-", THIRD)) == [f"{TA}, left: grade 4-, known and acted on 2026-03-16."]
    assert said(*acted, graded("3+", THIRD)) == [f"{TA}, left: fell from 4 to 3+. {OPEN}"]
    assert said(*acted, graded("3+", THIRD, pain=True)) == [
        f"{TA}, left: grade 3+, known and acted on 2026-03-16."
    ]
    assert said(*acted, graded("3", THIRD)) == [f"{TA}, left: fell from 4 to 3."]


def test_a_visit_of_the_time_before_that_rule_measures_full_grades() -> None:
    rules = replace(PROTOCOL.rules, motor_alarm=replace(PROTOCOL.rules.motor_alarm, acted_steps=None))
    acted = graded("5"), graded("4", SECOND, action="Telephoned"), graded("3+", THIRD)
    found = alarms(history(*acted), replace(PROTOCOL, rules=rules))
    assert [one.level for one in found] == ["caution"]


def test_a_weakness_that_came_back_after_the_action_alarms_anew() -> None:
    recovered = graded("3", action="Telephoned"), graded("3+", SECOND), graded("3", THIRD)
    assert said(*recovered) == [f"{TA}, left: grade 3. {NEW}"]


def test_an_action_at_a_visit_without_an_alarm_closes_nothing_to_come() -> None:
    assert said(graded("5", action="Talked about work"), graded("3", SECOND)) == [
        f"{TA}, left: fell from 5 to 3."
    ]
    assert said(visit(action="Talked about work"), graded("3", SECOND)) == [f"{TA}, left: grade 3. {NEW}"]


def test_a_grade_in_pain_asks_for_another_test_until_something_was_done() -> None:
    low = quote("TA", "left", grade="3", flags=("pain",))
    assert found(graded("3", pain=True)) == [
        alarm(
            f"{TA}, left: grade 3 with pain. Pain may have limited the effort.",
            ENGLISH["motor-retest-action"],
            low,
        )
    ]
    assert said(graded("3", pain=True), visit(date=SECOND)) == [
        f"{TA}, left: grade 3 with pain on 2026-03-02, and not tested again yet."
    ]
    assert said(graded("3", pain=True, action="Will test on Friday"), visit(date=SECOND)) == [
        f"{TA}, left: graded before (3 on 2026-03-02), not tested at this visit."
    ]
    (two,) = found(graded("2", pain=True))
    assert (two.said, two.action) == (
        f"{TA}, left: grade 2 with pain. Pain may have limited the effort.",
        ENGLISH["motor-pained-action"],
    )
    assert said(graded("3+", pain=True)) == []


def test_a_muscle_that_was_graded_before_is_asked_for() -> None:
    assert found(graded("5"), visit(date=SECOND)) == [
        alarm(
            f"{TA}, left: graded before (5 on 2026-03-02), not tested at this visit.",
            ENGLISH["motor-untested-action"],
            quote("TA", "left", grade="5", date="2026-03-02"),
            level="caution",
        )
    ]


def test_an_alarm_has_a_kind_beside_its_words() -> None:
    untested = alarms(history(graded("5"), visit(date=SECOND)), PROTOCOL)
    low = alarms(history(graded("3")), PROTOCOL)
    assert [one.kind for one in (*untested, *low)] == ["motor-untested", "motor-low"]


def test_of_several_trials_the_worst_alarm_without_pain_counts() -> None:
    trials = [
        seen("TA", grade="2", flags=("pain",)),
        seen("TA", grade="3", trial=2),
        seen("TA", grade="4", trial=3),
    ]
    assert said(visit(*trials)) == [f"{TA}, left: grade 3. {NEW} Of 3 trials the lowest is 2, the best 4."]
    assert said(visit(seen("TA", grade="4"), seen("TA", grade="5", trial=2)), graded("4", SECOND)) == []


def test_a_count_at_its_limit_alarms_by_the_worst_trial() -> None:
    name = PROTOCOL.tests["HEEL-RAISE"].name
    trials = [seen("HEEL-RAISE", count=9), seen("HEEL-RAISE", count=1, trial=2)]
    assert found(visit(*trials)) == [
        alarm(
            f"{name}, left: 1 raises. Of 2 trials the lowest is 1, the best 9.",
            ENGLISH["motor-count-ungraded-action"],
            quote("HEEL-RAISE", "left", trial=2, count=1),
            test="HEEL-RAISE",
        )
    ]
    (sore,) = found(visit(seen("HEEL-RAISE", count=1, flags=("pain",))))
    assert sore.said == f"{name}, left: 1 raises with pain. Pain may have limited them."
    assert said(visit(seen("HEEL-RAISE", count=2))) == []
    assert said(visit(seen("HEEL-RAISE", not_tested="pain"))) == []


def both(left: Observation, right: Observation) -> list[Alert]:
    return found(visit(left, right))


def asked(*visits: Visit) -> list[Alert]:
    return told([*both_legs.alerts(history(*visits), PROTOCOL)])


def test_alarms_in_both_legs_are_an_emergency() -> None:
    first, *rest = both(seen("TA", grade="3"), seen("EHL", "right", grade="3"))
    assert first == Alert(
        rule="motor-deficit",
        level="emergency",
        said=ENGLISH["motor-both"],
        action=ENGLISH["motor-both-action"],
        because=(quote("TA", "left", grade="3"), quote("EHL", "right", grade="3")),
        sources=PROTOCOL.cite(RULE.sources),
        evidence=RULE.evidence,
    )
    assert [one.level for one in rest] == ["urgent", "urgent"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (seen("TA", grade="3"), seen("BIC", "right", grade="3")),
        (seen("BIC", grade="3"), seen("TA", "right", grade="3")),
        (seen("TA", grade="3"), seen("EHL", grade="3")),
        (seen("TA", grade="3"), seen("EHL", "right", grade="3", flags=("pain",))),
        (seen("TA", grade="3"), seen("EHL", "right", grade="4")),
    ],
)
def test_alarms_of_one_leg_an_arm_or_in_pain_are_none(left: Observation, right: Observation) -> None:
    assert "emergency" not in [one.level for one in both(left, right)]


def test_weakness_of_both_legs_asks_the_cauda_equina_questions() -> None:
    (alert,) = asked(visit(seen("TA", grade="4"), seen("GMED", "right", grade="4-")))
    assert alert == Alert(
        rule="cauda-equina-questions",
        level="caution",
        said=f"Weakness on both sides ({TA} left 4, {PROTOCOL.tests['GMED'].name} right 4-): "
        "one root does not explain both legs.",
        action=f"{ENGLISH['weak-both-action']} {ENGLISH['ask-cauda']}",
        because=(quote("TA", "left", grade="4"), quote("GMED", "right", grade="4-")),
        missing=tuple(one.id for one in CAUDA.questions),
        sources=PROTOCOL.cite(CAUDA.sources),
        evidence=CAUDA.evidence,
    )
    answered = {one.id: False for one in CAUDA.questions}
    (told_all,) = asked(visit(seen("TA", grade="4"), seen("GMED", "right", grade="4"), safety=answered))
    assert (told_all.level, told_all.missing) == ("caution", ())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (seen("TA", grade="4"), seen("GMED", "right", grade="4+")),
        (seen("TA", grade="4"), seen("GMED", "right", grade="4", flags=("pain",))),
        (seen("TA", grade="4"), seen("BIC", "right", grade="4")),
        (seen("TA", grade="4"), seen("SOL", "right", grade="4")),
        (seen("TA", grade="4"), seen("GMED", grade="4")),
    ],
)
def test_mild_or_painful_weakness_or_one_elsewhere_asks_nothing(
    left: Observation, right: Observation
) -> None:
    assert both(left, right) == asked(visit(left, right)) == []


def test_weakness_of_both_legs_is_read_from_the_worst_trial_without_pain() -> None:
    trials = [seen("GMED", "right", grade="4"), seen("GMED", "right", grade="5", trial=2)]
    (alert,) = asked(visit(seen("TA", grade="4"), *trials))
    assert alert.rule == "cauda-equina-questions"


def test_a_course_tells_the_last_grade_and_its_visit() -> None:
    side: Side = "left"
    past: History = history(graded("4"), graded("5", SECOND), visit(date=THIRD))
    went = course(past, PROTOCOL, "TA", side)
    assert went is not None
    assert (went.visit, went.last.grade, went.alarming) == (past.visits[1], "5", False)
    assert course(past, PROTOCOL, "EHL", side) is None


ADD = PROTOCOL.tests["ADD"].name
LEG = PROTOCOL.rules.leg_weakness


def adductors(grade: str, date: datetime.date = FIRST, *flags: str, action: str = "") -> Visit:
    """A visit with one grade of the left adductors, which are not in the alarm set."""
    return visit(seen("ADD", grade=grade, flags=flags), date=date, action=action)


def test_any_muscle_of_the_leg_that_does_not_work_against_gravity_is_urgent() -> None:
    assert LEG is not None
    (alert,) = found(adductors("2"))
    assert (alert.level, alert.test, alert.side, alert.action) == (
        "urgent",
        "ADD",
        "left",
        ENGLISH["motor-action"],
    )
    assert alert.said.startswith(f"{ADD}, left: grade 2. A muscle of the leg")
    assert alert.sources == PROTOCOL.cite(LEG.sources)
    assert (
        found(adductors("2+")) == found(adductors("3")) == found(adductors("5"), adductors("3", SECOND)) == []
    )
    trunk = visit(seen("BEX", None, grade="2"))
    assert found(trunk) == []


def test_so_is_one_of_arm_shoulder_and_neck_with_an_early_opinion() -> None:
    deltoid, neck = found(visit(seen("MD", grade="2"), seen("NEX", None, grade="1"), seen("SA", grade="3")))
    assert (deltoid.level, deltoid.test, deltoid.side) == ("urgent", "MD", "left")
    assert (neck.level, neck.test, neck.side) == ("urgent", "NEX", None)
    assert "a root, a nerve, a torn tendon or the muscle itself" in deltoid.said
    assert deltoid.action == neck.action == ENGLISH["motor-early-action"]
    (pained,) = found(visit(seen("MD", grade="2", flags=("pain",))))
    assert pained.action == ENGLISH["motor-retest-action"]
    older = replace(PROTOCOL.rules, leg_weakness=replace(LEG, regions=("leg",)))
    assert alarms(history(visit(seen("MD", grade="2"))), replace(PROTOCOL, rules=older)) == ()
    (key_muscle,) = found(visit(seen("BIC", grade="3")))
    assert key_muscle.action == ENGLISH["motor-action"]


def test_with_pain_it_is_to_be_tested_again_or_explained() -> None:
    (alert,) = found(adductors("2", FIRST, "pain"))
    assert (alert.level, alert.action) == ("urgent", ENGLISH["motor-retest-action"])
    assert alert.said == f"{ADD}, left: grade 2 with pain. Pain may have limited the effort."
    assert found(adductors("2+", FIRST, "pain")) == []
    (fell,) = found(adductors("5"), adductors("2", SECOND, "pain"))
    assert (fell.said, fell.action) == (f"{ADD}, left: fell from 5 to 2.", ENGLISH["motor-pained-action"])


def test_out_of_the_alarm_set_what_was_done_closes_it_until_it_falls_further() -> None:
    acted = adductors("2", action="Telephoned")
    assert said(adductors("2"), visit(date=SECOND)) == [
        f"{ADD}, left: grade 2 on 2026-03-02, and no action is recorded yet."
    ]
    assert said(acted, adductors("2", SECOND)) == [f"{ADD}, left: grade 2, known and acted on 2026-03-02."]
    assert said(acted, adductors("1", SECOND)) == [f"{ADD}, left: fell from 2 to 1."]
    assert said(acted, visit(date=SECOND)) == [
        f"{ADD}, left: graded before (2 on 2026-03-02), not tested at this visit."
    ]
    assert said(adductors("5"), visit(date=SECOND)) == []
    assert said(acted, adductors("3", SECOND), visit(date=THIRD)) == []


def test_no_muscle_that_works_against_gravity_in_both_legs_is_an_emergency_out_of_the_set_too() -> None:
    first, *rest = both(seen("ADD", grade="2"), seen("HAMM", "right", grade="1"))
    assert (first.level, first.said) == ("emergency", ENGLISH["motor-both"])
    assert [one.level for one in rest] == ["urgent", "urgent"]
    hurts = both(seen("ADD", grade="2", flags=("pain",)), seen("ADD", "right", grade="2", flags=("pain",)))
    assert [one.level for one in hurts] == ["urgent", "urgent"]


def test_a_visit_of_the_time_before_that_rule_is_read_without_it() -> None:
    protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, leg_weakness=None))
    assert alarms(history(adductors("0")), protocol) == ()
    assert [one.test for one in alarms(history(graded("3")), protocol)] == ["TA"]


def test_pain_in_a_weakness_that_is_known_asks_for_no_other_test() -> None:
    known = f"{TA}, left: grade 3, known and acted on 2026-03-02."
    assert said(graded("2", action="Telephoned"), graded("3", SECOND, pain=True)) == [known]
    assert said(graded("2", action="Telephoned"), graded("2", SECOND, pain=True)) == [
        known.replace("grade 3", "grade 2")
    ]
    lower = f"{TA}, left: grade 1 with pain. Pain may have limited the effort."
    assert said(graded("2", action="Telephoned"), graded("1", SECOND, pain=True)) == [lower]


def test_what_was_written_today_stands_beside_what_is_asked_for() -> None:
    first = graded("3", action="Phoned Dr A.")
    for today in ("", "Phoned Dr B."):
        found = review(history(first, graded("2", SECOND, today)), PROTOCOL).alerts
        (fell,) = [one for one in found if one.test == "TA"]
        assert [dict(one.given)["text"] for one in fell.action if one.key == "motor-acted"] == [today] * bool(
            today
        )
