"""Change between two visits: what is compared, how sure it is, and what it says."""

import datetime
from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.exam_tests import AnyTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.visit import Signature, Visit
from mmt.reasoning.change import changes, compare

TOUCH = seen("TOUCH-L5", touch="less")
SIGNED = Signature(by="A", at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC), digest="0")


def changed(
    then: list[Observation], now: list[Observation], other: str = "A", protocol: Protocol = PROTOCOL
) -> Change:
    """The one change between two visits, the later one by the examiner `other`."""
    (one,) = compare(history(visit(*then), visit(*now, date=SECOND, examiner=other)), protocol, 0)
    return told(one, protocol)


def judged(one: Change) -> tuple[str, str | None]:
    return one.verdict, one.confidence


def with_test(name: str, **fields: Any) -> Protocol:
    """The shipped protocol with one test that a clinic changed."""
    changed_test: AnyTest = replace(PROTOCOL.tests[name], **fields)
    return replace(PROTOCOL, tests={**PROTOCOL.tests, name: changed_test})


def test_a_change_says_what_it_compares_and_what_it_rests_on() -> None:
    found = changed([seen("TA", grade="3-")], [seen("TA", grade="4", flags=("pain",))], other="B")
    assert found == Change(
        test="TA",
        side="left",
        from_="3-",
        to="4",
        since="2026-03-02",
        verdict="better",
        confidence="likely",
        why=("crosses the line of full range against gravity", "pain limited the effort", "another examiner"),
        examiner_then="A",
        limit=1,
        better="more",
        counts="more is better; possible from 1 grade; likely across 3",  # type: ignore[arg-type]
        marks=("another examiner", "pain now"),  # type: ignore[arg-type]
        said="3- then, 4 now: better. (crosses the line of full range against gravity; "
        "pain limited the effort; another examiner)",
        because=(
            quote("TA", "left", said="3-", date="2026-03-02"),
            quote("TA", "left", said="4"),
        ),
        sources=PROTOCOL.cite(PROTOCOL.tests["TA"].sources),
        evidence=PROTOCOL.rules.change.evidence,
    )


def test_an_alarm_that_a_better_trial_lifted_is_not_told_beside_the_verdict() -> None:
    trials = [seen("TA", grade="4"), seen("TA", grade="4+", trial=2)]
    found = changed([seen("TA", grade="5")], trials, other="B")
    assert (found.verdict, found.why) == ("not-comparable", ("another examiner",))


def test_without_a_doubt_a_change_says_no_more_than_its_verdict() -> None:
    found = changed([seen("TA", grade="5")], [seen("TA", grade="4-")])
    assert (found.said, found.why) == ("5 then, 4- now: worse.", ())
    assert judged(found) == ("worse", "likely")


def test_a_full_grade_is_possible_as_error_alone_can_make_it() -> None:
    found = changed([seen("TA", grade="5")], [seen("TA", grade="4")])
    assert judged(found) == ("worse", "possible")
    assert found.said == "5 then, 4 now: worse. (error alone can be as large)"
    assert judged(changed([seen("TA", grade="5")], [seen("TA", grade="4+")])) == ("within-noise", None)
    other = changed([seen("TA", grade="5")], [seen("TA", grade="4-")], other="B")
    assert (judged(other), other.why) == (("worse", "possible"), ("another examiner",))


def test_another_examiner_makes_a_small_move_no_comparison() -> None:
    small = [seen("TA", grade="5")], [seen("TA", grade="4+")]
    assert judged(changed(*small)) == ("within-noise", None)
    other = changed(*small, other="B")
    assert judged(other) == ("not-comparable", None)
    assert other.said == "5 then, 4+ now: not comparable. (another examiner)"


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (visit(seen("GAS", grade="4-")), [seen("GAS", grade="3")], ("the alert goes by the grade itself",)),
        (visit(seen("GAS", grade="4")), [seen("GAS", grade="3"), seen("GAS", grade="4-", trial=2)], ()),
        (visit(seen("GAS", grade="2"), action="Telephoned"), [seen("GAS", grade="2-")], ()),
    ],
    ids=["low by itself", "a trial is lower than the one compared", "known to be low, and lower"],
)
def test_within_noise_the_grade_is_what_alerts_only_where_it_is_low_and_new(
    then: Visit, now: list[Observation], why: tuple[str, ...]
) -> None:
    (found,) = told(list(compare(history(then, visit(*now, date=SECOND)), PROTOCOL, 0)))
    assert (found.verdict, found.why) == ("within-noise", why)


def test_on_another_scale_what_did_not_change_is_no_surer_or_less_sure() -> None:
    same = seen("TA", grade="4")
    past = history(visit(same), visit(same, date=SECOND, scale="MRC-6"))
    assert [judged(one) for one in compare(past, PROTOCOL, 0)] == [("within-noise", None)]


def test_another_position_lowers_what_a_change_is_worth() -> None:
    found = changed([seen("TA", grade="5", variant="long lever")], [seen("TA", grade="3+")])
    assert judged(found) == ("worse", "possible")
    assert found.why == ("another lever or position",)


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (0, 2, ("better", "possible")),
        (4, 2, ("better", "possible")),
        (2, 0, ("worse", "possible")),
        (3, 0, ("worse", "possible")),
        (0, 3, ("better", "possible")),
        (1, 4, ("worse", "possible")),
        (1, 2, ("within-noise", None)),
        (1, 3, ("within-noise", None)),
        (0, 4, ("within-noise", None)),
    ],
)
def test_a_reflex_gets_worse_away_from_what_is_expected(
    then: int, now: int, verdict: tuple[str, str | None]
) -> None:
    name = "REFLEX-ACHILLES"
    assert judged(changed([seen(name, count=then)], [seen(name, count=now)])) == verdict


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        ("absent", "normal", ("better", "possible")),
        ("normal", "absent", ("worse", "possible")),
        ("less", "normal", ("within-noise", None)),
        ("normal", "more", ("within-noise", None)),
        ("less", "more", ("within-noise", None)),
    ],
)
def test_a_touch_is_possibly_another_from_two_steps_and_says_that_no_error_is_known(
    then: Any, now: Any, verdict: tuple[str, str | None]
) -> None:
    found = changed([seen("TOUCH-L5", touch=then)], [seen("TOUCH-L5", touch=now)])
    assert judged(found) == verdict
    assert (found.from_, found.to) == (then, now)
    assert ("no error limit is known for this test" in found.why) is (verdict[1] is not None)


def test_of_a_touch_the_last_trial_counts() -> None:
    twice = [seen("TOUCH-L5", touch="normal"), seen("TOUCH-L5", touch="less", trial=2)]
    assert changed([seen("TOUCH-L5", touch="normal")], twice).to == "less"


def test_a_length_is_compared_by_the_mean_of_its_trials() -> None:
    then = [seen("L-LUNGE", millimetres=value, trial=at) for at, value in ((1, 50.0), (2, 61.25), (3, 40.0))]
    now = [seen("L-LUNGE", millimetres=value, trial=at) for at, value in ((1, 90.0), (2, 70.0))]
    found = changed(then, now)
    assert (found.from_, found.to) == ("50.4 mm", "80 mm")


def test_a_length_without_a_limit_of_error_is_shown_without_a_verdict() -> None:
    free = with_test("L-PKE", error=None)
    moved = changed([seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=20.0)], protocol=free)
    assert judged(moved) == ("not-comparable", None)
    assert moved.why == ("no error limit is known for this test",)
    same = changed([seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=60.0)], protocol=free)
    assert same.why == ()


def test_a_length_that_is_never_short_is_better_where_there_is_more() -> None:
    trials = [seen("L-PKE", degrees=20.0)], [seen("L-PKE", degrees=60.0)]
    assert [changed(*trials, protocol=one).verdict for one in (PROTOCOL, with_test("L-PKE", short=None))] == [
        "worse",
        "better",
    ]


@pytest.mark.parametrize(
    ("degrees", "verdict"), [(20.5, "worse"), (20.25, "within-noise"), (19.25, "better")]
)
def test_a_change_counts_only_beyond_the_error_even_a_small_one(degrees: float, verdict: str) -> None:
    fine = with_test("L-PKE", error=0.5)
    found = changed([seen("L-PKE", degrees=19.9)], [seen("L-PKE", degrees=degrees)], protocol=fine)
    assert found.verdict == verdict


def test_another_examiner_lowers_a_change_of_length() -> None:
    trials = [seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=20.0)]
    assert judged(changed(*trials)) == ("better", "real")
    other = changed(*trials, other="B")
    assert judged(other) == ("better", "likely")
    assert other.why == ("another examiner",)
    between = [seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=39.0)]
    assert judged(changed(*between)) == ("better", "real")
    within = changed(*between, other="B")
    assert (judged(within), within.why) == (("within-noise", None), ("another examiner",))
    assert changed([seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=52.0)], other="B").why == ()
    wall = [seen("L-LUNGE", millimetres=100.0)], [seen("L-LUNGE", millimetres=119.0)]
    assert judged(changed(*wall, other="B")) == ("within-noise", None), "no less than of one examiner"
    raises = changed([seen("HEEL-RAISE", count=20)], [seen("HEEL-RAISE", count=13)], other="B")
    assert judged(raises) == ("worse", "possible")
    one = changed([seen("HEEL-RAISE", count=20)], [seen("HEEL-RAISE", count=13)])
    assert judged(one) == ("worse", "real")
    assert raises.why == ("another examiner", "how far two examiners differ is not known")
    still = [seen("L-PKE", degrees=60.0)], [seen("L-PKE", degrees=60.0)]
    assert judged(changed(*still, other="B")) == ("within-noise", None), (
        "what did not change is no surer or less"
    )


def leg(right: float, left: float) -> list[Observation]:
    sides = (("right", right), ("left", left))
    return [seen("LL-TRUE", side, trial, millimetres=size) for side, size in sides for trial in (1, 2)]  # type: ignore[arg-type]


def test_a_leg_length_changes_from_its_error_upwards_unless_the_other_leg_is_clearly_shorter() -> None:
    found = changed(leg(900.0, 890.0), leg(900.0, 914.0))
    assert (judged(found), found.why) == (
        ("not-comparable", None),
        ("the other leg is the shorter one than before",),
    )
    assert (found.from_, found.to) == ("10 mm (left shorter)", "14 mm (right shorter)")
    assert judged(changed(leg(900.0, 891.0), leg(900.0, 914.0))) == ("worse", "real"), (
        "9 mm are none for sure"
    )
    assert judged(changed(leg(900.0, 890.0), leg(900.0, 909.0))) == ("better", "real")
    assert judged(changed(leg(900.0, 896.0), leg(900.0, 904.0))) == ("within-noise", None)
    assert judged(changed(leg(900.0, 900.0), leg(900.0, 914.0))) == ("worse", "real")
    assert judged(changed(leg(900.0, 888.0), leg(900.0, 898.0))) == ("better", "real")
    assert judged(changed(leg(900.0, 888.0), leg(900.0, 897.5))) == ("within-noise", None)
    level = changed(leg(900.0, 885.0), leg(900.0, 900.0), other="B")
    assert level.to == "0 mm"
    assert (judged(level), level.why) == (("better", "likely"), ("another examiner",))
    assert level.sources == PROTOCOL.cite(PROTOCOL.tests["LL-TRUE"].sources)
    assert level.side is None


def test_between_two_examiners_or_single_readings_a_leg_length_must_change_by_more() -> None:
    one, two = leg(900.0, 880.0), leg(900.0, 894.5)
    assert judged(changed(one, two)) == ("better", "real")
    other = changed(one, two, other="B")
    assert (judged(other), other.why) == (("within-noise", None), ("another examiner",))
    single = changed(one[::2], two[::2])
    assert (judged(single), single.why) == (("within-noise", None), ("a single reading",))
    assert changed(one[::2], leg(900.0, 882.0)[::2]).why == ()
    assert judged(changed(one[::2], leg(900.0, 895.0)[::2])) == ("better", "real")
    blocks = [[seen("LL-BLOCK", millimetres=size)] for size in (20.0, 12.0, 8.5, 8.0)]
    assert judged(changed(blocks[0], blocks[1])) == ("better", "real")
    assert judged(changed(blocks[0], blocks[2], other="B")) == ("within-noise", None)
    possible = changed(blocks[0], blocks[3], other="B")
    assert judged(possible) == ("better", "possible")
    assert possible.why == ("another examiner", "error alone can be as large")
    sure = changed([seen("LL-BLOCK", millimetres=20.0)], [seen("LL-BLOCK", millimetres=5.0)], other="B")
    assert (judged(sure), sure.why) == (("better", "likely"), ("another examiner",))


def test_a_leg_length_method_without_an_error_is_shown_without_a_verdict() -> None:
    free = with_test("LL-TRUE", error=None)
    found = changed(leg(900.0, 850.0), leg(900.0, 900.0), protocol=free)
    assert judged(found) == ("not-comparable", None)
    assert found.why == ("no error limit is known for this test",)
    assert judged(changed(leg(900.0, 900.0), leg(900.0, 900.0), protocol=free)) == ("within-noise", None)


def test_what_one_visit_lacks_is_not_compared() -> None:
    one_side = [seen("LL-TRUE", "right", millimetres=900.0)]
    for then, now in (([], leg(900.0, 890.0)), (one_side, leg(900.0, 890.0)), (leg(900.0, 890.0), one_side)):
        assert compare(history(visit(*then), visit(*now, date=SECOND)), PROTOCOL, 0) == ()
    right: Side = "right"
    other_side = history(visit(seen("TA", right, grade="4")), visit(seen("TA", grade="2"), date=SECOND))
    assert compare(other_side, PROTOCOL, 0) == ()


def scored(question: str, then: float, now: float, protocol: Protocol = PROTOCOL) -> Change:
    (one,) = compare(
        history(visit(story={question: then}), visit(story={question: now}, date=SECOND)), protocol, 0
    )
    return told(one, protocol)


def test_a_score_gets_better_by_points_and_percent_and_worse_by_points_alone() -> None:
    asked = PROTOCOL.story["nprs_leg"]
    assert (asked.change, asked.change_possible, asked.change_percent) == (4, 2, 30)
    assert asked.more == "worse"
    found = scored("nprs_leg", 8, 4)
    assert found.said == "8 then, 4 now: better."
    assert (found.test, found.side, judged(found)) == ("nprs_leg", None, ("better", "likely"))
    assert found.sources == PROTOCOL.cite(asked.sources)
    possible = scored("nprs_leg", 8, 5)
    assert possible.said == "8 then, 5 now: better. (error alone can be as large)"
    assert judged(possible) == ("better", "possible")
    assert judged(scored("nprs_leg", 8, 6)) == ("within-noise", None)
    assert judged(scored("nprs_leg", 10, 7)) == ("better", "possible")
    assert judged(scored("nprs_leg", 10, 7.02)) == ("within-noise", None)
    assert judged(scored("nprs_leg", 3, 2)) == ("within-noise", None)
    assert judged(scored("nprs_leg", 6, 4)) == ("better", "possible")
    assert judged(scored("nprs_leg", 6, 8)) == ("worse", "possible")
    assert judged(scored("nprs_leg", 8, 10)) == ("worse", "possible"), "less than 30 per cent"
    assert judged(scored("nprs_leg", 6, 9)) == ("worse", "possible")
    assert judged(scored("nprs_leg", 6, 10)) == ("worse", "likely")
    assert judged(scored("nprs_leg", 6, 7)) == ("within-noise", None)


def test_a_score_whose_error_is_not_known_is_possible_at_most() -> None:
    found = scored("vas_leg", 90, 10)
    assert (judged(found), found.why) == (("better", "possible"), ("no error limit is known for this test",))
    assert judged(scored("vas_leg", 90, 76)) == ("within-noise", None)


def test_a_score_may_change_by_less_than_a_point() -> None:
    fine = replace(PROTOCOL.story["odi"], change=0.5, change_possible=None, change_percent=None)
    own = replace(PROTOCOL, story={**PROTOCOL.story, "odi": fine})
    assert judged(scored("odi", 60, 60.5, own)) == ("worse", "likely")
    assert judged(scored("odi", 60, 59.5, own)) == ("better", "likely")


def test_the_last_visit_is_compared_with_the_signed_one_before_it() -> None:
    grades = ("5", "3", "4", "2")
    days = (FIRST, SECOND, THIRD, datetime.date(2026, 4, 13))
    visits = [visit(seen("TA", grade=grade), date=day) for grade, day in zip(grades, days, strict=True)]
    signed = [replace(one, signature=SIGNED) for one in visits[:2]]
    (found,) = changes(history(*signed, *visits[2:]), PROTOCOL)
    assert (found.from_, found.since) == ("3", "2026-03-16")
    assert changes(history(*visits), PROTOCOL) == ()
    assert changes(history(replace(visits[0], signature=SIGNED)), PROTOCOL) == ()


def test_a_score_that_no_change_is_known_to_count_of_is_shown_without_a_verdict() -> None:
    free = replace(PROTOCOL.story["odi"], change=None, change_possible=None, change_percent=None)
    own = replace(PROTOCOL, story={**PROTOCOL.story, "odi": free})
    assert (judged(scored("odi", 60, 60, own)), scored("odi", 60, 60, own).told) == (
        ("within-noise", None),
        "same",
    )
    moved = scored("odi", 60, 10, own)
    assert (judged(moved), moved.why) == (
        ("not-comparable", None),
        ("no error limit is known for this test",),
    )
    assert moved.counts == "less is better; no error limit is known for this test"


def test_what_qualifies_a_value_is_said_whatever_the_verdict() -> None:
    pained = seen("TA", grade="4", flags=("pain",))
    assert changed([pained], [pained]).marks == ("pain both times",)
    then = changed(
        [seen("TA", grade="4", flags=("substitution",), variant="long lever")], [seen("TA", grade="4")]
    )
    assert then.marks == ("another lever or position", "another muscle took over then")
    angle = changed(
        [seen("SLR", result="positive", degrees=40)], [seen("SLR", result="positive", degrees=80)]
    )
    assert (angle.told, angle.marks) == ("within-noise", ("the answer is compared, not the angle",))
    assert angle.counts == "negative is better; counts once seen twice"
    assert changed(leg(900, 880)[::2], leg(900, 880)[::2]).marks == ("a single reading",)
    force = changed([seen("GMAX", newtons=80.0)], [seen("GMAX", newtons=160.0)])
    assert force.counts == "more is better; possible over 25 %"
    touch = changed([seen("TOUCH-L5", touch="less")], [seen("TOUCH-L5", touch="normal")])
    assert touch.counts == "nearer to the usual is better; possible over 1 step"


def test_more_than_one_step_or_grade_is_told_as_steps_and_grades() -> None:
    rules = replace(PROTOCOL.rules, change=replace(PROTOCOL.rules.change, possible=3))
    graded = changed(
        [seen("TA", grade="4")], [seen("TA", grade="4")], protocol=replace(PROTOCOL, rules=rules)
    )
    assert str(graded.counts).startswith("more is better; counts from 1.5 grades")
    wider = changed([TOUCH, TOUCH], [TOUCH, TOUCH], protocol=with_test("TOUCH-L5", error=2))
    assert wider.counts == "nearer to the usual is better; possible over 2 steps"


def test_equal_values_are_the_same_but_not_where_the_trials_of_a_visit_disagree() -> None:
    twice = [seen("SLR", trial=at, result=one) for at, one in enumerate(("negative", "positive"), 1)]
    once, grade = seen("SLR", result="positive"), seen("TA", grade="4")
    (still_open,) = compare(history(visit(once), visit(*twice, date=SECOND)), PROTOCOL, 0)
    assert (still_open.from_, still_open.to, still_open.told) == ("positive", "positive", "within-noise")
    for pair in (
        (visit(once), visit(once, date=SECOND)),
        (visit(grade), visit(grade, date=SECOND, examiner="B")),
    ):
        assert [one.told for one in compare(history(*pair), PROTOCOL, 0)] == ["same"]


def test_a_leg_sign_that_has_no_number_is_compared_as_a_yes_or_no() -> None:
    found = changed([seen("LL-LONGSIT", result="positive")], [seen("LL-LONGSIT", result="negative")])
    assert (found.side, found.from_, found.to) == ("left", "positive", "negative")


def test_a_force_is_compared_in_per_cent_of_the_higher_one() -> None:
    def fell(to: float, examiner: str = "A") -> Change:
        return changed([seen("GMAX", newtons=200.0)], [seen("GMAX", newtons=to)], examiner)

    assert [judged(fell(to)) for to in (150.0, 149.0, 0.0)] == [
        ("within-noise", None),
        ("worse", "possible"),
        ("worse", "possible"),
    ]
    assert fell(149.0).why == ("the error is known of the knee alone",)
    assert judged(fell(130.0, "B")) == ("within-noise", None)
    assert fell(125.0, "B").why == ("another examiner", "the error is known of the knee alone")
    assert judged(changed([seen("GMAX", newtons=0.0)], [seen("GMAX", newtons=0.0)])) == ("within-noise", None)
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, force=None))
    trials = [seen("GMAX", newtons=80.0)], [seen("GMAX", newtons=160.0)]
    assert judged(changed(*trials, protocol=older)) == ("not-comparable", None)
