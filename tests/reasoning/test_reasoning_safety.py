"""Safety answers to alerts: what each rests on, what was not asked, and whether a sheet may leave."""

import datetime

import pytest
from made import FIRST, PATIENT, PROTOCOL, SECOND, THIRD, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Level, Reason
from mmt.model.said import said
from mmt.model.visit import History, Override, Visit
from mmt.reasoning import alert_name, review, watch
from mmt.reasoning.safety import alerts, group_alert, status
from mmt.reasoning.wording import quiet_said
from mmt.reasoning.words import ENGLISH

CAUDA = PROTOCOL.safety["cauda-equina"]
OLD = replace(PATIENT, birth_date=datetime.date(1950, 1, 1))


def fired(group: str, past: History) -> Alert:
    alert = group_alert(PROTOCOL.safety[group], past, PROTOCOL)
    assert alert is not None
    return told(alert)


def test_an_alert_says_which_signs_and_factors_hold_and_what_was_not_asked() -> None:
    then = visit(safety={"osteoporosis": True})
    now = visit(safety={"minor-trauma": True, "long-steroids": False}, date=SECOND)
    fracture = PROTOCOL.safety["fracture"]
    assert fired("fracture", history(then, now)) == Alert(
        rule="fracture",
        level="urgent",
        said=fracture.says,
        action=fracture.action,
        because=(
            Reason(question="minor-trauma", answer=True),
            Reason(question="osteoporosis", answer=True, date="2026-03-02"),
        ),
        missing=("major-trauma", "spine-bruise", "height-loss"),
        sources=PROTOCOL.cite(fracture.sources),
        evidence=fracture.evidence,
    )


def test_a_factor_from_the_record_says_so() -> None:
    past = History(
        patient=replace(OLD, birth_date=datetime.date(1958, 1, 1)),
        visits=(visit(safety={"minor-trauma": True}),),
    )
    assert fired("fracture", past).because[1:] == (
        Reason(question="over-65", answer=True, said="from the record"),
    )


def test_a_condition_of_an_earlier_visit_stands_for_the_factor() -> None:
    then = visit(precautions={"OST": True})
    now = visit(safety={"minor-trauma": True}, date=SECOND)
    assert fired("fracture", history(then, now)).because[1:] == (
        Reason(precaution="OST", answer=True, date="2026-03-02"),
    )


def test_a_factor_that_was_answered_no_since_holds_no_longer_where_it_can_end() -> None:
    then = visit(safety={"long-steroids": True, "osteoporosis": True})
    now = visit(safety={"minor-trauma": True, "long-steroids": False, "osteoporosis": False}, date=SECOND)
    why = fired("fracture", history(then, now)).because
    assert [one.question for one in why] == ["minor-trauma", "osteoporosis"]
    then = visit(safety={"long-steroids": True})
    assert group_alert(PROTOCOL.safety["fracture"], history(then, now), PROTOCOL) is None


def test_two_signs_that_need_support_support_each_other() -> None:
    cancer = PROTOCOL.safety["cancer"]
    young = replace(PATIENT, birth_date=datetime.date(1999, 1, 1))
    one = History(patient=young, visits=(visit(safety={"constant-night-pain": True}),))
    both = {"constant-night-pain": True, "no-relief-lying": True}
    two = History(patient=young, visits=(visit(safety=both),))
    assert group_alert(cancer, one, PROTOCOL) is None
    assert [why.question for why in fired("cancer", two).because] == list(both)


def test_the_level_is_that_of_the_most_serious_sign_that_fires() -> None:
    assert fired("infection", history(visit(safety={"fever": True}))).level == "urgent"
    both = history(visit(safety={"fever": True, "fever-neuro": True}))
    assert fired("infection", both).level == "emergency"


def test_a_sign_with_an_action_of_its_own_asks_for_that_and_another_beside_it_for_that_of_the_group() -> None:
    group, both = PROTOCOL.safety["infection"], history(visit(safety={"fever": True, "fever-neuro": True}))
    signs = (replace(one, level="emergency") if one.id == "fever" else one for one in group.questions)
    graver = {**PROTOCOL.safety, "infection": replace(group, questions=tuple(signs))}
    for protocol, asks in (
        (PROTOCOL, ["question-action"]),
        (replace(PROTOCOL, safety=graver), ["question-action", "group-action"]),
    ):
        (found,) = [one for one in review(both, protocol).alerts if one.rule == "infection"]
        assert [one.key for one in found.action] == asks


@pytest.mark.parametrize("before", ["right", "left"])
def test_leg_pain_on_both_sides_after_one_asks_the_cauda_equina_questions(before: str) -> None:
    then = visit(story={"leg_pain_side": before}, date=FIRST)
    now = visit(story={"leg_pain_side": "both"}, safety={"bladder": False}, date=SECOND)
    other = visit(story={"leg_pain_side": "left" if before == "right" else "right"}, date=FIRST)
    past = history(visit(date=FIRST), other, then, now)
    (alert,) = [one for one in told(alerts(past, PROTOCOL)) if one.said == ENGLISH["pain-both"]]
    assert alert == Alert(
        rule="cauda-equina-questions",
        level="caution",
        said=ENGLISH["pain-both"],
        action=ENGLISH["ask-cauda"],
        because=(
            Reason(story="leg_pain_side", answer="both"),
            Reason(story="leg_pain_side", answer=before, date="2026-03-02"),
        ),
        missing=tuple(one.id for one in CAUDA.questions if one.id != "bladder"),
        sources=PROTOCOL.cite(CAUDA.sources),
        evidence=CAUDA.evidence,
    )


def test_with_a_sign_leg_pain_on_both_sides_is_an_emergency() -> None:
    then = visit(story={"leg_pain_side": "left"}, date=FIRST)
    answers = {one.id: one.id == "bladder" for one in CAUDA.questions}
    between = visit(date=SECOND)
    now = visit(story={"leg_pain_side": "both"}, safety=answers, date=THIRD)
    (alert,) = [
        one for one in told(alerts(history(then, between, now), PROTOCOL)) if one.said == ENGLISH["pain-both"]
    ]
    assert (alert.level, alert.action, alert.missing) == ("emergency", CAUDA.action, ())
    assert alert.because[2:] == (Reason(question="bladder", answer=True),)


def test_leg_pain_on_both_sides_from_the_start_has_not_grown() -> None:
    for earlier in ({"leg_pain_side": "both"}, {"leg_pain_side": "none"}, {}):
        then = visit(story=earlier)
        now = visit(story={"leg_pain_side": "both"}, date=SECOND)
        assert ENGLISH["pain-both"] not in [one.said for one in told(alerts(history(then, now), PROTOCOL))]


BOTH = {"leg_pain_side": "both"}
ONSET = "both-legs-pain"


def onset(*visits: Visit, protocol: Protocol = PROTOCOL) -> list[Alert]:
    return [one for one in told(alerts(history(*visits), protocol)) if one.said == ENGLISH["pain-both-onset"]]


def test_leg_pain_on_both_sides_asks_for_its_onset_until_that_was_answered() -> None:
    (alert,) = onset(visit(story=BOTH, safety={"bladder": False}))
    assert (alert.rule, alert.level, alert.action) == (
        "cauda-equina-questions",
        "caution",
        ENGLISH["ask-cauda"],
    )
    assert alert.because == (Reason(story="leg_pain_side", answer="both"),)
    assert ONSET in alert.missing
    assert "bladder" not in alert.missing
    assert onset(visit(story=BOTH, safety={ONSET: False})) == []
    assert onset(visit(story={"leg_pain_side": "left"})) == onset(visit()) == []


def test_an_onset_that_was_told_stands_while_the_pain_stays_on_both_sides() -> None:
    then = visit(story=BOTH, safety={ONSET: False})
    again = visit(story=BOTH, date=THIRD)
    assert onset(then, visit(date=SECOND), again) == []
    gone = visit(story={"leg_pain_side": "none"}, date=SECOND)
    assert len(onset(then, gone, again)) == 1
    assert len(onset(visit(safety={ONSET: False}, story={"leg_pain_side": "none"}), again)) == 1


def test_new_pain_in_both_legs_is_the_emergency_itself() -> None:
    past = history(visit(story=BOTH, safety={ONSET: True}))
    assert [one.level for one in told(alerts(past, PROTOCOL)) if one.rule == "cauda-equina"] == ["emergency"]


def test_a_visit_of_the_time_before_that_rule_asks_for_no_onset() -> None:
    old = replace(PROTOCOL, rules=replace(PROTOCOL.rules, both_legs=None))
    assert onset(visit(story=BOTH), protocol=old) == []


def test_what_was_not_asked_is_counted_and_named() -> None:
    asked = [one.id for one in PROTOCOL.safety_questions.values() if not one.from_record]
    (alert,) = told(alerts(history(visit(safety=dict.fromkeys(asked[2:], False))), PROTOCOL))
    assert alert == Alert(
        rule="red-flags-not-asked",
        level="caution",
        said=f"Red-flag questions not asked: 2 of {len(asked)}.",
        action=ENGLISH["ask-now"],
        because=(Reason(rule="red-flags-not-asked"),),
        missing=tuple(asked[:2]),
        sources=PROTOCOL.cite(PROTOCOL.rules.motor_alarm.sources),
        evidence="derived",
    )
    assert alerts(history(visit(safety=dict.fromkeys(asked, False))), PROTOCOL) == ()


def test_signs_from_cord_or_brain_are_urgent_and_named_once() -> None:
    rule = PROTOCOL.rules.upper_motor_neuron
    brisk = [seen("REFLEX-PATELLAR", side, count=4) for side in ("right", "left")]
    (alert,) = [
        one for one in told(alerts(history(visit(*brisk)), PROTOCOL)) if one.rule == "upper-motor-neuron"
    ]
    assert alert == Alert(
        rule="upper-motor-neuron",
        level="urgent",
        said=f"Signs from the spinal cord or the brain: {PROTOCOL.tests['REFLEX-PATELLAR'].name}.",
        action=ENGLISH["upper-signs-action"],
        because=tuple(quote("REFLEX-PATELLAR", side, count=4) for side in ("right", "left")),
        sources=PROTOCOL.cite(rule.sources),
        evidence=rule.evidence,
    )


def test_a_sign_that_did_not_show_once_says_when_it_did_and_when_not() -> None:
    shows, not_now = seen("BABINSKI", result="positive"), seen("BABINSKI", result="negative")
    second = visit(not_now, date=SECOND)
    told_as = [
        ((visit(shows, replace(not_now, trial=2)),), "positive at trial 1, negative at trial 2"),
        ((visit(shows), second), "positive on 2026-03-02, negative today"),
        ((visit(shows), second, visit(date=THIRD)), "positive on 2026-03-02, negative on 2026-03-16"),
    ]
    for visits, line in told_as:
        (alert,) = [
            one for one in told(alerts(history(*visits), PROTOCOL)) if one.rule == "upper-motor-neuron"
        ]
        assert f"Babinski sign, left: {line}; once is within noise" in alert.said


OVERRIDE = Override(
    reason="seen by the neurologist", by="A", at=datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
)


@pytest.mark.parametrize(
    ("level", "action", "override", "expected"),
    [
        ("emergency", "", None, "locked"),
        ("emergency", "Sent to hospital", None, "locked"),
        ("emergency", "", OVERRIDE, "blocked-until-action"),
        ("emergency", "Sent to hospital", OVERRIDE, "offered"),
        ("urgent", "", None, "blocked-until-action"),
        ("urgent", "Telephoned", None, "offered"),
        ("routine", "", None, "offered"),
        ("caution", "", None, "offered"),
    ],
)
def test_an_emergency_locks_and_an_urgent_alert_waits_for_its_action(
    level: Level, action: str, override: Override | None, expected: str
) -> None:
    alert = Alert(rule="x", level=level, said=(), because=(), sources=(), evidence="derived")
    assert status([alert], history(visit(action=action, override=override)), PROTOCOL) == expected
    assert status([], history(visit()), PROTOCOL) == "offered"
    child = replace(PATIENT, birth_date=datetime.date(2012, 1, 1))
    young = History(patient=child, visits=(visit(action=action, override=override),))
    assert status([alert], young, PROTOCOL) == ("no-sheet" if expected == "offered" else expected)


def test_what_is_found_at_the_saddle_locks_again_where_one_went_on_from_what_was_told() -> None:
    told_then = visit(safety={"saddle-numbness": True})
    then = watch(history(told_then), PROTOCOL).alerts
    covers = tuple(alert_name(one) for one in then if one.level == "emergency")
    muscle = replace(then[0], rule="motor-deficit", test="TA", side="left")
    assert alert_name(muscle).startswith("motor-deficit:")
    assert alert_name(muscle).endswith(":TA:left")
    went_on = replace(told_then, override=replace(OVERRIDE, covers=covers))
    assert watch(history(went_on), PROTOCOL).status == "blocked-until-action"
    found = replace(went_on, observations=(seen("TOUCH-SADDLE", touch="less"),))
    assert watch(history(found), PROTOCOL).status == "locked"


def test_what_a_clinician_went_on_from_covers_no_later_emergency() -> None:
    alert = Alert(
        rule="x", level="emergency", said=(said("pain-both"),), because=(), sources=(), evidence="derived"
    )
    for covers, expected in (("x:pain-both::", "blocked-until-action"), ("x:motor-both::", "locked")):
        went_on = visit(override=replace(OVERRIDE, covers=(covers,)))
        assert status([alert], history(went_on), PROTOCOL) == expected


def test_a_yes_that_no_alert_rests_on_is_told() -> None:
    now = visit(safety={"no-relief-lying": True, "claudication": True, "fever": False})
    found = review(history(now), PROTOCOL)
    assert [one.rule for one in found.alerts if one.level != "caution"] == ["limb-ischaemia"]
    said = quiet_said(now, found.alerts, PROTOCOL)
    assert said == "Answered yes, by itself no alert: No relief at all from lying down?"
    assert quiet_said(visit(), (), PROTOCOL) == ""


def test_what_holds_meanwhile_is_told_of_a_group_without_a_precaution_too() -> None:
    """As a clinic's own group, or one of a protocol that was kept, may be."""
    fracture = replace(PROTOCOL.safety["fracture"], precaution="")
    bare = replace(PROTOCOL, safety={**PROTOCOL.safety, "fracture": fracture})
    then = visit(safety={"major-trauma": True}, action="Phoned")
    (alert,) = (
        one for one in review(history(then, visit(date=SECOND)), bare).alerts if one.rule == "fracture"
    )
    assert fracture.meanwhile in told(alert, bare).action
