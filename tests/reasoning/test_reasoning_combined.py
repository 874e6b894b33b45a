"""What alerts together: which reasons count, how often, and what an action quiets."""

from typing import Any

from made import PATIENT, PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import SIDES
from mmt.model.protocol import Protocol
from mmt.model.questions import Combination, LongStanding, Part, Told
from mmt.model.review import Alert, Reason
from mmt.model.visit import History, Visit
from mmt.reasoning.combined import Held, combined, standing
from mmt.reasoning.safety import group_alert

CANCER = PROTOCOL.safety["cancer"]


def needing(*needs: Part, **more: Any) -> Protocol:
    """The protocol with one combination, in the name of the group of cancer."""
    one = Combination(
        id="own",
        group="cancer",
        level="urgent",
        says="Together.",
        action="Refer.",
        needs=needs,
        sources=("derived",),
        evidence="derived",
        **more,
    )
    return replace(PROTOCOL, combinations={"own": one})


def held(protocol: Protocol, *visits: Visit) -> Held | None:
    found = combined("cancer", history(*visits), protocol)
    assert combined("infection", history(*visits), protocol) == []
    return found[0] if found else None


def because(protocol: Protocol, *visits: Visit) -> tuple[Reason, ...]:
    one = held(protocol, *visits)
    return one.because if one else ()


def test_what_was_denied_today_is_a_reason() -> None:
    no = needing(Part(denied=("fever",)))
    assert because(no, visit(safety={"fever": False})) == (Reason(question="fever", answer=False),)
    assert held(no, visit(safety={"fever": False}), visit(date=SECOND)) is None


def test_each_part_has_to_hold() -> None:
    both = needing(Part(answers=("diabetes",)), Part(answers=("fever", "night-sweats")))
    diabetes, sweats = {"diabetes": True}, {"night-sweats": True}
    assert held(both, visit(safety=diabetes)) is None
    assert held(both, visit(safety=sweats)) is None
    assert because(both, visit(safety=diabetes | sweats)) == (
        Reason(question="diabetes", answer=True),
        Reason(question="night-sweats", answer=True),
    )


def test_a_factor_stands_and_a_sign_counts_on_its_day() -> None:
    both = needing(Part(answers=("diabetes",)), Part(answers=("night-sweats",)))
    first = visit(safety={"diabetes": True, "night-sweats": True})
    assert held(both, first, visit(date=SECOND)) is None
    again = visit(safety={"night-sweats": True}, date=SECOND)
    assert because(both, first, again)[0] == Reason(question="diabetes", answer=True, date="2026-03-02")


def test_a_condition_counts_once_and_not_beside_its_own_question() -> None:
    two = needing(Part(answers=("osteoporosis", "long-steroids"), least=2))
    assert held(two, visit(precautions={"OST": True})) is None
    assert held(two, visit(precautions={"OST": True}, safety={"osteoporosis": True})) is None
    assert held(two, visit(safety={"osteoporosis": True, "long-steroids": True})) is not None
    one = needing(Part(answers=("osteoporosis", "long-steroids")))
    assert because(one, visit(precautions={"OST": True})) == (Reason(precaution="OST", answer=True),)


def test_a_name_that_the_clinic_took_away_holds_nothing() -> None:
    gone = needing(Part(answers=("no-such-question",), story=(Told(question="no-such", most=3),)))
    assert held(gone, visit(story={"no-such": 5})) is None
    assert held(gone, visit(story={"no-such": 3})) is not None


def test_conditions_and_signs_on_both_sides() -> None:
    code = needing(Part(precautions=("DVT",)))
    assert because(code, visit(precautions={"DVT": True})) == (Reason(precaution="DVT", answer=True),)
    assert held(code, visit(precautions={"DVT": False})) is None
    walk = [seen("HEEL-WALK", side, result="positive") for side in ("right", "left")]  # type: ignore[arg-type]
    both, either = (needing(Part(signs=("HEEL-WALK",), both_sides=on)) for on in (True, False))
    assert held(both, visit(walk[0])) is None
    assert held(both, visit(walk[0], seen("HEEL-WALK", "left", result="negative"))) is None
    assert len(because(both, visit(*walk))) == 2
    assert because(either, visit(walk[1])) == (quote("HEEL-WALK", "left", result="positive"),)
    assert held(either, visit(walk[1]), visit(date=SECOND)) is None, "not tested at this visit"


def test_a_weak_muscle_counts_where_pain_does_not_explain_it() -> None:
    weak = needing(Part(weakness=True))
    assert because(weak, visit(seen("TA", grade="4"))) == (quote("TA", "left", grade="4"),)
    for grade, flags in (("4+", ()), ("4", ("pain",))):
        assert held(weak, visit(seen("TA", grade=grade, flags=flags))) is None
    assert held(weak, visit(seen("MT", grade="4"))) is None
    assert held(weak, visit(seen("ADD", grade="4"))) is not None


def test_named_muscles_count_on_both_sides_where_both_are_needed() -> None:
    both, either = (needing(Part(muscles=("TRI", "INT"), both_sides=on)) for on in (True, False))
    right, left = seen("TRI", "right", grade="4"), seen("INT", "left", grade="4")
    assert held(both, visit(right)) is None
    assert because(both, visit(right, left)) == (
        quote("TRI", "right", grade="4"),
        quote("INT", "left", grade="4"),
    )
    assert because(either, visit(left)) == (quote("INT", "left", grade="4"),)


def test_muscles_of_one_side_are_weak_on_the_same_side() -> None:
    part = Part(muscles=("TRI", "INT"), least=2), Part(muscles=("TA",)), Part(answers=("diabetes",))
    same, any_side = needing(*part, one_side=True), needing(*part)
    arm = [seen("TRI", "right", grade="4"), seen("INT", "right", grade="4")]
    answered = {"diabetes": True}
    assert held(same, visit(*arm, seen("TA", "left", grade="4"), safety=answered)) is None
    assert held(any_side, visit(*arm, seen("TA", "left", grade="4"), safety=answered)) is not None
    across = visit(arm[0], seen("INT", "left", grade="4"), seen("TA", "right", grade="4"), safety=answered)
    assert held(same, across) is None
    found = because(same, visit(*arm, seen("TA", "right", grade="4"), safety=answered))
    assert [(one.test or one.question, one.side) for one in found] == [
        ("TRI", "right"), ("INT", "right"), ("TA", "right"), ("diabetes", None)
    ]  # fmt: skip
    all_four = [seen(test, side, grade="4") for test in ("TRI", "INT", "TA") for side in SIDES]
    assert len(because(same, visit(*all_four, safety=answered))) == 7


def test_a_number_of_the_story_may_have_to_be_over_one() -> None:
    long = needing(Part(story=(Told(question="weeks", over=12),)))
    assert held(long, visit(story={"weeks": 12})) is None
    assert because(long, visit(story={"weeks": 13})) == (Reason(story="weeks", answer=13),)
    later = visit(date=SECOND)
    assert held(long, visit(story={"weeks": 10}), later) is None
    assert held(long, visit(story={"weeks": 11}), later) is not None


def test_reflexes_lost_on_both_sides_count_whatever_the_age_where_both_are_needed() -> None:
    ankle = [seen("REFLEX-ACHILLES", side, count=n) for side, n in zip(SIDES, (1, 0), strict=True)]
    both, either = (needing(Part(lost=("REFLEX-ACHILLES",), both_sides=on)) for on in (True, False))
    old = replace(PATIENT, birth_date=THIRD.replace(year=1940))
    past = History(patient=old, visits=(visit(*ankle),))
    assert [len(one.because) for one in combined("cancer", past, both)] == [2]
    assert [[one.side for one in found.because] for found in combined("cancer", past, either)] == [["left"]]
    alike = [seen("REFLEX-ACHILLES", side, count=1) for side in SIDES]
    assert combined("cancer", History(patient=old, visits=(visit(*alike),)), either) == []
    assert held(both, visit(ankle[0], seen("REFLEX-ACHILLES", "left", count=2))) is None
    assert held(either, visit(ankle[1])) is not None


def known(protocol: Protocol, then: Visit, now: Visit) -> bool:
    one = held(protocol, then, replace(now, date=SECOND))
    assert one is not None
    assert one.level == ("caution" if one.acted else "urgent")
    return one.acted is not None


def test_what_was_done_quiets_no_more_than_was_there() -> None:
    weak = needing(Part(weakness=True))
    four, three = visit(seen("TA", grade="4")), visit(seen("TA", grade="4-"))
    acted = replace(four, action="telephoned")
    assert known(weak, acted, four)
    assert not known(weak, acted, three)
    assert known(weak, replace(three, action="telephoned"), four)
    assert not known(weak, four, four)
    assert not known(weak, acted, visit(seen("TA", "right", grade="4")))
    assert not known(weak, acted, visit(seen("TA", grade="4"), seen("EHL", grade="4")))
    assert not known(weak, visit(action="telephoned"), four)


def test_a_sign_that_is_answered_yes_again_is_not_known() -> None:
    sweats = visit(safety={"night-sweats": True})
    sign = needing(Part(answers=("night-sweats",)))
    assert not known(sign, replace(sweats, action="telephoned"), sweats)
    diabetes = visit(safety={"diabetes": True})
    assert known(needing(Part(answers=("diabetes",))), replace(diabetes, action="telephoned"), visit())
    risks = needing(Part(answers=("diabetes", "injected-drugs")))
    assert not known(risks, replace(diabetes, action="telephoned"), visit(safety={"injected-drugs": True}))
    child = replace(PATIENT, birth_date=THIRD.replace(year=2014))
    young = needing(Part(answers=("under-16",)))
    past = History(patient=child, visits=(visit(action="telephoned"), visit(date=SECOND)))
    assert [one.acted is not None for one in combined("cancer", past, young)] == [True]


def test_what_the_story_alone_tells_is_asked_for_and_not_known_by_that() -> None:
    new = needing(Part(answers=("past-cancer",)), Part(story=(Told(question="weeks", most=6),)))
    cancer = visit(safety={"past-cancer": True}, action="telephoned")
    asked = held(new, cancer)
    assert asked is not None
    assert (asked.level, asked.unasked) == ("caution", ("weeks",))
    assert not known(new, cancer, visit(story={"weeks": 6}))
    assert held(new, visit(story={"weeks": 6})) is None
    assert held(new, cancer, visit(story={"weeks": 7}, date=SECOND)) is None
    at_night = (Told(question="night_pain", equals=True),)
    two = held(needing(Part(story=(Told(question="weeks", most=6), *at_night), least=2)), visit())
    assert two is not None
    assert two.unasked == ("weeks", "night_pain")
    for else_told in ({"answers": ("night-sweats",)}, {"signs": ("SLR",)}):
        assert held(needing(Part(story=at_night, **else_told)), visit()) is None


def alert(protocol: Protocol, *visits: Visit) -> Alert:
    found = group_alert(CANCER, history(*visits), protocol)
    assert found is not None
    return told(found, protocol)


def test_the_group_says_what_alerts_with_all_of_its_reasons() -> None:
    both = needing(Part(answers=("past-cancer",)), Part(weakness=True))
    past = {"past-cancer": True}
    weak = seen("TA", grade="4")
    alone = alert(both, visit(weak, safety=past))
    assert (alone.said, alone.action, alone.level) == ("Together.", "Refer.", "urgent")
    assert alone.because == (Reason(question="past-cancer", answer=True), quote("TA", "left", grade="4"))
    assert alone.evidence == "derived"
    signed = alert(both, visit(weak, safety=past | {"weight-loss": True}))
    assert (signed.said, signed.action) == (f"{CANCER.says} Together.", f"{CANCER.action} Refer.")
    assert [one.question for one in signed.because] == ["weight-loss", "past-cancer", None]
    assert signed.evidence == CANCER.evidence
    lost = alert(needing(Part(answers=("diabetes",))), visit(safety={"weight-loss": True}))
    assert (lost.said, lost.because) == (CANCER.says, (Reason(question="weight-loss", answer=True),))


def test_what_is_known_or_asked_says_so_and_stands_behind_what_is_urgent() -> None:
    weak = needing(Part(weakness=True))
    four = visit(seen("TA", grade="4"))
    quiet = alert(weak, replace(four, action="telephoned"), replace(four, date=SECOND))
    assert quiet.said == "Together. Known and acted on 2026-03-02."
    assert quiet.action == "Ask and test again at each visit."
    new = needing(Part(story=(Told(question="weeks", most=6),)))
    asks = alert(new, visit())
    assert asks.said == "Together. Whether it is so was not asked."
    assert asks.action == "Ask now; if it is so: Refer."
    assert asks.missing[-1] == "weeks"
    urgent = alert(new, visit(safety={"weight-loss": True}))
    assert urgent.said == CANCER.says
    assert "weeks" not in urgent.missing


def test_what_stands_until_a_question_is_answered_says_since_when() -> None:
    protocol = needing(Part(answers=("fever",)), precaution="NWB")
    first, later = visit(safety={"fever": True}), visit(date=SECOND)
    ended = visit(date=SECOND, story={PROTOCOL.precautions["NWB"].until: True})
    told_of = [
        standing(protocol.combinations["own"], history(first, one), protocol) for one in (later, ended)
    ]
    assert told_of == [(Reason(question="fever", answer=True, date="2026-03-02"),), ()]


def test_what_a_question_is_open_about_puts_no_precaution_on_the_stretches() -> None:
    needs = (Part(answers=("fever",)), Part(story=(Told(question="weeks", most=6),)))
    protocol = needing(*needs, precaution="NWB")
    for story, stands in (({}, False), ({"weeks": 7}, False), ({"weeks": 6}, True)):
        found = standing(
            protocol.combinations["own"], history(visit(safety={"fever": True}, story=story)), protocol
        )
        assert bool(found) is stands


def test_what_was_acted_on_is_known_and_another_answer_beside_it_is_new() -> None:
    scores = needing(Part(story=tuple(Told(question=one, most=10) for one in ("nprs_leg", "nprs_back"))))
    first = visit(story={"nprs_leg": 3}, action="Telephoned")
    for story, known in (({"nprs_leg": 4}, True), ({"nprs_back": 4}, False)):
        found = held(scores, first, visit(story=story, date=SECOND))
        assert found
        assert bool(found.acted) is known


OF_LONG = {"weeks": 200}
SLOW = {"weakness-growing": False, "weakness-rapid": False}


def test_a_combination_gives_way_to_the_one_that_it_names_and_is_a_caution_where_weakness_is_not_new() -> (
    None
):
    toe = seen("EHL", grade="4")
    slow = LongStanding(
        denied="weakness-growing", also_denied=("weakness-rapid",), question="weeks", over=12, least="4-"
    )
    protocol = needing(Part(weakness=True), not_new=slow)
    asked = visit(toe, story=OF_LONG, safety=SLOW)
    assert [one and one.level for one in (held(protocol, asked), held(protocol, visit(toe)))] == [
        "caution",
        "urgent",
    ]
    one = protocol.combinations["own"]
    other = replace(one, id="other", group="aorta", not_new=None, needs=(Part(long_standing=slow),))
    both = replace(protocol, combinations={"own": replace(one, unless="other"), "other": other})
    assert held(both, asked) is None
    assert held(both, visit(toe)) is not None
    sore = replace(asked, observations=(toe, seen("TA", grade="2", flags=("pain",))))
    assert held(needing(Part(long_standing=slow)), sore) is None, "a weak one in pain may be new"
    assert because(needing(Part(long_standing=slow)), asked) == (
        Reason(story="weeks", answer=200),
        *(Reason(question=one, answer=False) for one in ("weakness-growing", "weakness-rapid")),
    )


def test_what_is_kept_is_tested_on_both_sides_and_only_means_no_other_muscle() -> None:
    kept = needing(Part(kept=("HF", "REFLEX-PATELLAR")))
    hips = [seen("HF", side, grade="5") for side in SIDES]
    knees = [seen("REFLEX-PATELLAR", side, count=2) for side in SIDES]
    assert len(because(kept, visit(*hips, *knees))) == 4
    for less in ((*hips, knees[0]), (hips[0], *knees)):
        assert held(kept, visit(*less)) is None
    assert held(kept, visit(*hips, knees[0], replace(knees[1], count=1))) is None
    assert held(kept, visit(*knees, hips[0], replace(hips[1], grade="4", flags=("pain",)))) is None
    before, first = needing(Part(kept=("HF", "REFLEX-PATELLAR"), kept_before=True)), visit(*hips, *knees)
    assert len(because(before, first, visit(*hips, date=SECOND))) == 4
    lost = visit(*hips, knees[0], replace(knees[1], count=0), date=SECOND)
    assert held(before, first, lost) is None, "what was tested today speaks for itself"
    only = needing(Part(muscles=("EHL",), only=True))
    toe = seen("EHL", grade="4")
    assert held(only, visit(toe, *hips))
    assert held(only, visit(toe, seen("QUAD", grade="4", flags=("pain",)))) is None
