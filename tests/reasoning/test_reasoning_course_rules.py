"""What the course tells, beside the golden cases: earlier protocols, one visit, alarms that stay."""

import datetime
from typing import Any

import pytest
from made import PROTOCOL, SECOND, THIRD, history, seen, told, visit
from msgspec.structs import replace

from mmt.model.review import Reason
from mmt.model.visit import Signature
from mmt.reasoning import review

SIGNED = Signature(by="A", at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC), digest="")
NAMES = (
    *("better_but_weaker", "worse_running", "worse_than_best", "no_real_change"),
    *("expected_time", "goal_reached", "at_home"),
)
HISTORY = history(
    visit(seen("TA", grade="5"), story={"nprs_leg": 8}, signature=SIGNED),
    visit(seen("TA", grade="4"), story={"nprs_leg": 3}, date=SECOND),
)


def test_less_pain_with_less_strength_names_the_muscle() -> None:
    [found] = [one for one in review(HISTORY, PROTOCOL).findings if one.rule == "better-but-weaker"]
    assert told(found.said)[0].startswith(
        "Less pain than on 2026-03-02 (Leg pain now, 0 to 10), yet weaker or less felt: "
        "Tibialis anterior, left."
    )


def test_less_pain_beside_more_of_another_names_both() -> None:
    first = visit(seen("TA", grade="5"), story={"nprs_back": 8, "nprs_leg": 5}, signature=SIGNED)
    low = visit(seen("TA", grade="5"), story={"nprs_back": 3, "nprs_leg": 2}, signature=SIGNED, date=SECOND)
    now = visit(seen("TA", grade="4"), story={"nprs_back": 2, "nprs_leg": 5}, date=THIRD)
    [found] = [
        one for one in review(history(first, low, now), PROTOCOL).findings if one.rule == "better-but-weaker"
    ]
    less, more, _ = told(found.said)
    assert less.startswith("Less pain than on 2026-03-02 (Back pain now, 0 to 10), yet weaker")
    assert more == "More since 2026-03-16: Leg pain now, 0 to 10."


def test_weaker_than_at_the_visit_before_counts_though_it_is_no_weaker_than_at_first() -> None:
    first = visit(seen("TA", grade="4"), story={"nprs_leg": 8}, signature=SIGNED)
    strong = visit(seen("TA", grade="5"), story={"nprs_leg": 8}, signature=SIGNED, date=SECOND)
    now = visit(seen("TA", grade="4"), story={"nprs_leg": 3}, date=THIRD)
    found = review(history(first, strong, now), PROTOCOL).findings
    assert "better-but-weaker" in {one.rule for one in found}


def test_a_protocol_of_an_earlier_day_tells_nothing_of_the_course_and_the_same_alarms() -> None:
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, **dict.fromkeys(NAMES)))
    now, then = review(HISTORY, PROTOCOL), review(HISTORY, old)
    assert then.alerts == now.alerts
    assert then.alerts[0].level == "urgent"
    assert {one.rule for one in now.findings} - {one.rule for one in then.findings} == {"better-but-weaker"}


def test_without_the_question_of_the_sheet_nothing_counts_as_done() -> None:
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, given_before=None))
    later = visit(date=datetime.date(2026, 4, 6), story={"nprs_leg": 8, "sheet_done": "all"})
    slow = history(visit(story={"nprs_leg": 8}, signature=SIGNED), later)
    assert "no-real-change" in {one.rule for one in review(slow, PROTOCOL).findings}
    assert "no-real-change" not in {one.rule for one in review(slow, old).findings}


def test_the_usual_time_runs_from_the_first_visit_and_what_was_done_from_the_last_long_enough_ago() -> None:
    first = visit(story={"nprs_leg": 8}, signature=SIGNED)
    now = visit(date=datetime.date(2026, 4, 27), story={"nprs_leg": 8, "sheet_done": "all"})
    found = review(history(first, replace(first, date=SECOND), now), PROTOCOL).findings
    since = {one.rule: dict(one.said[0].given)["date"] for one in found if one.said[0].key.startswith("slow")}
    assert since == {"no-real-change": "2026-03-16", "expected-time": "2026-03-02"}


@pytest.mark.parametrize(("words", "counts"), [(("pain",), True), (("none",), False)])
def test_how_it_felt_alone_does_not_tell_how_much_was_done(words: tuple[str, ...], counts: bool) -> None:
    home = {"E04": ("all",), "E11": words, "E15": words}
    later = visit(date=datetime.date(2026, 4, 6), story={"nprs_leg": 8}, home=home)
    found = review(history(visit(story={"nprs_leg": 8}, signature=SIGNED), later), PROTOCOL).findings
    assert ("no-real-change" in {one.rule for one in found}) is counts


def test_what_was_done_before_the_time_that_is_judged_does_not_count() -> None:
    before = visit(story={"nprs_leg": 8}, home={"E04": ("none",), "E11": ("none",)}, signature=SIGNED)
    later = visit(date=datetime.date(2026, 4, 6), story={"nprs_leg": 8}, home={"E04": ("all",)})
    found = review(history(before, later), PROTOCOL).findings
    assert "no-real-change" in {one.rule for one in found}


@pytest.mark.parametrize(
    ("score", "known", "value", "slow"),
    [
        ("nprs_leg", {}, 1, False),
        ("nprs_leg", {}, 2, True),
        ("nprs_leg", {"least": None}, 1, True),
        ("nprs_leg", {"change": None, "change_possible": None}, 1, True),
        ("lefs", {}, 80, False),
        ("lefs", {}, 60, True),
    ],
)
def test_a_score_had_room_to_become_better_by_its_limit_or_where_no_end_or_limit_is_known(
    score: str, known: Any, value: int, slow: bool
) -> None:
    own = {**PROTOCOL.story, score: replace(PROTOCOL.story[score], **known)}
    later = visit(date=datetime.date(2026, 4, 6), story={score: value, "sheet_done": "all"})
    past = history(visit(story={score: value}, signature=SIGNED), later)
    found = review(past, replace(PROTOCOL, story=own)).findings
    assert ("no-real-change" in {one.rule for one in found}) is slow


def test_of_two_scores_the_one_that_went_back_is_told() -> None:
    pains = (
        ({"nprs_back": 5, "nprs_leg": 7}, 2),
        ({"nprs_back": 5, "nprs_leg": 2}, 16),
        ({"nprs_back": 5, "nprs_leg": 7}, 30),
    )
    past = history(
        *(visit(story=story, date=datetime.date(2026, 3, day), signature=SIGNED) for story, day in pains)
    )
    found = [one for one in review(past, PROTOCOL).findings if one.said[0].key == "relapse"]
    assert [dict(one.said[0].given)["measures"] for one in found] == [(("nprs_leg", None),)]


def test_a_goal_that_is_reached_rests_on_its_words_its_score_and_its_aim() -> None:
    first = visit(story={"goal_1": "Climb the stairs", "goal_1_now": 2, "goal_1_aim": 8}, signature=SIGNED)
    past = history(first, visit(story={"goal_1_now": 8}, date=SECOND))
    (found,) = [one for one in review(past, PROTOCOL).findings if one.rule == "goal-reached"]
    assert found.because == (
        Reason(story="goal_1", answer="Climb the stairs"),
        Reason(story="goal_1_now", answer=8),
        Reason(story="goal_1_aim", answer=8),
    )


@pytest.mark.parametrize(("score", "slow"), [(7, True), (8, False)])
def test_who_reached_a_goal_is_not_told_that_nothing_changed(score: int, slow: bool) -> None:
    goal = {"goal_1": "Climb the stairs", "goal_1_now": 2, "goal_1_aim": 8}
    now = {"nprs_leg": 8, "goal_1_now": score, "sheet_done": "all"}
    first = visit(story={"nprs_leg": 8, **goal}, signature=SIGNED)
    past = history(first, visit(date=datetime.date(2026, 4, 6), story=now))
    assert ("no-real-change" in {one.rule for one in review(past, PROTOCOL).findings}) is slow


@pytest.mark.parametrize("left_out", ["goal_1", "goal_1_now", "goal_1_aim"])
def test_a_goal_is_reached_where_its_words_its_score_and_its_aim_are_told(left_out: str) -> None:
    goal = {"goal_1": "Climb the stairs", "goal_1_now": 2, "goal_1_aim": 8}
    now = {"goal_1_now": 8, "goal_1_aim": 8}
    told_of = [{name: one for name, one in each.items() if name != left_out} for each in (goal, now)]
    past = history(visit(story=told_of[0], signature=SIGNED), visit(story=told_of[1], date=SECOND))
    assert "goal-reached" not in {one.rule for one in review(past, PROTOCOL).findings}


@pytest.mark.parametrize(("words", "reached"), [("climb the stairs ", True), ("Ride a bicycle", False)])
def test_a_goal_of_other_words_starts_at_the_score_it_has_then(words: str, reached: bool) -> None:
    goal = {"goal_1": "Climb the stairs", "goal_1_now": 2, "goal_1_aim": 8}
    told_of = (goal, {"goal_1": words, "goal_1_now": 8}, {"goal_1_now": 8})
    days = (datetime.date(2026, 3, 2), SECOND, THIRD)
    past = history(
        *(visit(story=story, date=day, signature=SIGNED) for story, day in zip(told_of, days, strict=True))
    )
    assert ("goal-reached" in {one.rule for one in review(past, PROTOCOL).findings}) is reached
