"""What an earlier visit told is not taken away in silence."""

import datetime
from typing import Any

import pytest
from made import PATIENT, PROTOCOL, SECOND, THIRD, history, seen, visit
from msgspec.structs import replace

from mmt.model.base import SIDES
from mmt.model.questions import Combination, Part
from mmt.model.visit import Visit
from mmt.reasoning import review
from mmt.reasoning.wording import worded
from mmt.reasoning.words import ENGLISH

ASK = PROTOCOL.precautions["OST"].ask


def told(*visits: Visit, rule: str) -> list[str]:
    return [
        worded(one.said, PROTOCOL) for one in review(history(*visits), PROTOCOL).alerts if one.rule == rule
    ]


def test_a_condition_that_cannot_end_and_was_denied_since_is_told_until_it_is_answered_yes() -> None:
    yes, no = visit(precautions={"OST": True}), visit(precautions={"OST": False}, date=SECOND)
    line = f"{ASK} Yes on 2026-03-02, no on 2026-03-16: a yes of this kind stays true and goes on counting."
    assert told(yes, no, rule="answer-taken-back") == [line]
    found = review(history(yes, no), PROTOCOL).alerts
    whys = [one.because for one in found if one.rule == "answer-taken-back"]
    assert [[(why.precaution, why.question) for why in one] for one in whys] == [[("OST", None)] * 2]
    assert told(yes, no, visit(date=THIRD), rule="answer-taken-back") == [line]
    again = visit(precautions={"OST": True}, date=THIRD)
    assert told(yes, no, again, rule="answer-taken-back") == []
    assert told(no, visit(precautions={"OST": True}, date=THIRD), rule="answer-taken-back") == []


def test_an_urgent_answer_that_is_gone_is_told_until_somebody_writes_what_was_done() -> None:
    urgent = visit(safety={"fever": True})
    gone, later = visit(safety={"fever": False}, date=SECOND), visit(date=THIRD)
    line = f"Urgent on 2026-03-02, and no action was written. {PROTOCOL.safety['infection'].says}"
    assert told(urgent, gone, rule="infection") == [line]
    assert told(urgent, gone, later, rule="infection") == [line]
    (left,) = [
        one for one in review(history(urgent, gone, later), PROTOCOL).alerts if one.rule == "infection"
    ]
    assert left.level == "caution", "somebody looked again, if not today"
    done = visit(safety={"fever": False}, action="Telephoned", date=SECOND)
    assert told(urgent, done, rule="infection") == []
    owed = f"{PROTOCOL.safety['infection'].says} {ENGLISH['result-owed'].format(date='2026-03-16')}"
    assert told(urgent, done, later, rule="infection") == [owed]


def test_what_nobody_asked_or_tested_again_presses_as_before_and_still_says_what_to_do() -> None:
    first = visit(safety={"fever": True})
    second = visit(seen("TA", grade="5"), date=SECOND)
    infection = next(
        one for one in review(history(first, second), PROTOCOL).alerts if one.rule == "infection"
    )
    assert (infection.level, len(infection.action), infection.missing) == ("urgent", 2, ())
    assert review(history(first, second), PROTOCOL).prescription.status == "blocked-until-action"
    denied = visit(safety={"fever": False}, date=THIRD)
    assert review(history(first, second, denied), PROTOCOL).prescription.status == "offered"


def test_what_the_story_tells_otherwise_was_asked_again_and_presses_as_a_caution() -> None:
    first = visit(safety={"anticoagulants": True}, story={"injury": True})
    found = review(history(first, visit(story={"injury": False}, date=SECOND)), PROTOCOL)
    assert [one.level for one in found.alerts if one.rule == "bleeding"] == ["caution"]


def test_an_emergency_that_is_gone_says_so_once() -> None:
    first = visit(safety={"bladder": True})
    second = visit(safety={"bladder": True}, date=SECOND)
    lines = told(first, second, visit(safety={"bladder": False}, date=THIRD), rule="cauda-equina")
    left = ENGLISH["undone-emergency"].format(date="2026-03-16")
    assert lines == [f"{left} {PROTOCOL.safety['cauda-equina'].says}"]


def test_an_urgent_weakness_that_is_gone_is_told_unless_it_stands_or_pain_may_have_lowered_it() -> None:
    low = visit(seen("EHL", grade="3"))
    risen, later = visit(seen("EHL", grade="4-"), date=SECOND), visit(seen("EHL", grade="4"), date=THIRD)
    left = ENGLISH["undone-urgent"].format(date="2026-03-02")
    assert [line for line in told(low, risen, rule="motor-deficit") if line.startswith(left)]
    assert [line for line in told(low, risen, later, rule="motor-deficit") if line.startswith(left)]
    still = visit(seen("EHL", grade="3"), date=SECOND)
    assert not [line for line in told(low, still, rule="motor-deficit") if left in line]
    pained = visit(seen("EHL", grade="3", flags=("pain",)))
    assert not [line for line in told(pained, risen, rule="motor-deficit") if left in line]
    done = visit(seen("EHL", grade="4-"), action="Telephoned", date=SECOND)
    assert told(low, done, rule="motor-deficit") == []


def test_a_possible_tear_that_is_gone_is_told_as_the_caution_it_was() -> None:
    told_then = {"injury": True, "pain_where": ("back-thigh",)}
    torn = visit(seen("HAML", grade="3"), story=told_then)
    better = visit(seen("HAML", grade="4-"), date=SECOND)
    left = ENGLISH["undone-caution"].format(date="2026-03-02")
    assert [line for line in told(torn, better, rule="motor-deficit") if line.startswith(left)]
    still = visit(seen("HAML", grade="3"), date=SECOND)
    assert not [line for line in told(torn, still, rule="motor-deficit") if left in line]


def test_what_was_acted_on_is_told_until_each_sign_was_asked_again() -> None:
    acted = visit(safety={"fever": True, "night-sweats": True}, action="Telephoned")
    half = visit(safety={"fever": False}, date=SECOND)
    line = f"{PROTOCOL.safety['infection'].says} {ENGLISH['known-unseen'].format(date='2026-03-02')}"
    assert told(acted, visit(date=SECOND), rule="infection") == [line]
    assert told(acted, half, rule="infection") == [line]
    no = visit(safety={"night-sweats": False}, date=THIRD)
    owed = f"{PROTOCOL.safety['infection'].says} {ENGLISH['result-owed'].format(date='2026-03-02')}"
    assert told(acted, half, no, rule="infection") == [owed]
    assert told(acted, half, replace(no, action="MRI without a finding"), rule="infection") == []


def test_a_sign_that_was_negative_once_since_still_stands() -> None:
    positive, negative = (seen("HEEL-WALK", result=one) for one in ("positive", "negative"))
    once = history(visit(positive, action="Telephoned"), visit(negative, date=SECOND))
    child = replace(once, patient=replace(PATIENT, birth_date=datetime.date(2014, 5, 2)))
    line = worded([one for one in review(child, PROTOCOL).alerts if one.rule == "age"][-1].said, PROTOCOL)
    assert line.endswith(ENGLISH["known-still"].format(date="2026-03-02"))


def test_a_better_value_in_pain_takes_nothing_away_and_what_is_told_is_dated() -> None:
    acted = visit(seen("EHL", grade="3"), date=SECOND, action="Telephoned")
    sore = visit(seen("EHL", grade="5", flags=("pain",)), date=THIRD)
    found = review(history(visit(), acted, sore), PROTOCOL).alerts
    (left,) = [one for one in found if one.rule == "motor-deficit"]
    assert (left.said[-1].key, left.because[0].date) == ("known-still", "2026-03-16")


def test_a_force_alone_takes_no_grade_of_before_away() -> None:
    acted = visit(seen("EHL", grade="3"), action="Telephoned")
    (line,) = told(acted, visit(seen("EHL", newtons=90.0), date=SECOND), rule="motor-deficit")
    assert "graded before (3 on 2026-03-02)" in line


def test_a_fall_that_was_confirmed_and_is_gone_is_no_longer_called_confirmed() -> None:
    twice = visit(seen("EHL", grade="4"), seen("EHL", grade="4", trial=2), date=SECOND)
    now = visit(seen("EHL", grade="4+"), date=THIRD)
    found = review(history(visit(seen("EHL", grade="5")), twice, now), PROTOCOL).alerts
    assert [(one.level, one.state) for one in found if one.rule == "motor-deficit"] == [("caution", None)]


def test_the_grade_that_a_fall_is_measured_from_need_not_be_found_otherwise() -> None:
    strong, weak = seen("EHL", grade="5"), seen("EHL", grade="3")
    acted = visit(weak, date=SECOND, action="Telephoned")
    assert told(visit(strong), acted, visit(strong, date=THIRD), rule="motor-deficit") == []


@pytest.mark.parametrize("now", [{}, {"not_tested": "declined"}])
def test_what_was_declined_to_be_tested_again_was_not_tested(now: dict[str, str]) -> None:
    acted = visit(seen("TOUCH-SADDLE", touch="less"), action="Sent to hospital")
    later = visit(*([seen("TOUCH-SADDLE", **now)] if now else []), date=SECOND)
    (line,) = told(acted, later, rule="cauda-equina")
    assert line.endswith(ENGLISH["known-unseen"].format(date="2026-03-02"))


def test_what_was_tested_again_and_is_still_there_is_not_said_to_be_untested() -> None:
    weak = [seen("EHL", side, grade="4") for side in ("right", "left")]
    story = {"leg_pain_side": "both", "weeks": 3}
    acted = visit(*weak, story=story, action="Telephoned")
    still, unseen = (ENGLISH[key].format(date="2026-03-02") for key in ("known-still", "known-unseen"))
    for now, ends in (
        ((seen("EHL", "right", grade="5"), seen("EHL", grade="4")), still),
        ((seen("EHL", "right", grade="5"),), unseen),
    ):
        (line,) = told(acted, visit(*now, date=SECOND), rule="cauda-equina")
        assert line.endswith(ends)


def test_an_action_written_at_a_later_visit_is_the_one_that_is_told() -> None:
    first, done = visit(safety={"fever": True}), visit(action="Telephoned", date=SECOND)
    known = ENGLISH["known-unseen"].format(date="2026-03-16")
    for past in ((first, done), (first, done, visit(date=THIRD))):
        (line,) = told(*past, rule="infection")
        assert line.endswith(known)
        assert review(history(*past), PROTOCOL).prescription.status == "offered"


def test_a_milder_answer_of_today_hides_no_emergency_that_nobody_asked_about_again() -> None:
    first = visit(safety={"fever-neuro": True})
    second = visit(safety={"fever": True}, date=SECOND)
    levels = [one.level for one in review(history(first, second), PROTOCOL).alerts if one.rule == "infection"]
    assert levels == ["emergency", "urgent"]


def acted_on(first: Visit, second: Visit, part: Part) -> list[str]:
    """How what a combination told is told, after an action and a no to the question beside it."""
    one = Combination(
        id="own",
        group="cancer",
        level="urgent",
        says="Together.",
        action="Refer.",
        needs=(Part(answers=("fever",)), part),
        sources=("derived",),
        evidence="derived",
    )
    then = replace(first, safety={"fever": True}, action="Telephoned")
    now = replace(second, safety={"fever": False}, date=SECOND)
    found = review(history(then, now), replace(PROTOCOL, combinations={"own": one})).alerts
    return [alert.said[-1].key for alert in found if alert.rule == "cancer"]


@pytest.mark.parametrize(
    ("part", "test", "then", "as_bad", "better"),
    [
        (Part(muscles=("TA",)), "TA", {"grade": "3"}, [{"grade": "3"}, {"grade": "2"}], {"grade": "4"}),
        (Part(lost=("REFLEX-ACHILLES",)), "REFLEX-ACHILLES", {"count": 1}, [{"count": 0}], {"count": 2}),
        (Part(numb=("TOUCH-L5",)), "TOUCH-L5", {"touch": "less"}, [{"touch": "absent"}], {"touch": "normal"}),
    ],
    ids=["grade", "reflex", "touch"],
)
def test_what_is_worse_than_when_it_was_acted_on_goes_on_being_told(
    part: Part, test: str, then: dict[str, Any], as_bad: list[dict[str, Any]], better: dict[str, Any]
) -> None:
    first = visit(seen(test, **then))
    for now in (then, *as_bad):
        assert acted_on(first, visit(seen(test, **now)), part) == ["known-still"]
    assert acted_on(first, visit(seen(test, **better)), part) == ["result-owed"]


def test_a_force_or_a_brisk_reflex_that_came_back_is_told_no_more() -> None:
    none = visit(seen("BIC", newtons=0.0), action="Telephoned")
    assert told(none, visit(seen("BIC", newtons=200.0), date=SECOND), rule="motor-deficit") == []
    raises = [seen("HEEL-RAISE", count=count) for count in (1, 20)]
    acted = visit(raises[0], action="Telephoned")
    assert told(acted, visit(raises[1], date=SECOND), rule="motor-deficit") == []
    strong, weak = seen("BIC", newtons=200.0), seen("BIC", newtons=90.0, confirmed=True)
    fell = visit(strong), visit(weak, date=SECOND, action="Telephoned")
    for newtons, lines in ((90.0, 1), (120.0, 0)):
        now = visit(seen("BIC", newtons=newtons), date=THIRD)
        assert len(told(*fell, now, rule="motor-deficit")) == lines
    brisk = visit(
        seen("REFLEX-PATELLAR", count=4), seen("REFLEX-PATELLAR", "right", count=2), action="Telephoned"
    )
    for count, lines in ((3, 0), (4, 1)):
        both = (seen("REFLEX-PATELLAR", side, count=count) for side in SIDES)
        assert len(told(brisk, visit(*both, date=SECOND), rule="upper-motor-neuron")) == lines


def test_what_is_told_as_known_today_is_not_told_of_the_earlier_visit_as_well() -> None:
    legs = [
        *(seen("QUAD", side, grade="4") for side in SIDES),
        *(seen(name, side, count=0) for name in ("REFLEX-PATELLAR", "REFLEX-ACHILLES") for side in SIDES),
    ]
    acted = visit(*legs, action="Phoned the neurologist")
    (known,) = told(acted, visit(*legs, date=SECOND), rule="motor-deficit")
    assert known.endswith("known and acted on 2026-03-02.")
