"""What must never be hidden: no answer opens what was closed, and no alarm goes for a lesser reason."""

import re

import pytest
from histories import CODES, FIRST_DAY, PROTOCOL, SIGNS, histories, observations, with_last
from hypothesis import assume, given
from hypothesis import strategies as st
from made import PATIENT
from msgspec.structs import replace

from mmt.model.base import Side, other
from mmt.model.exam_tests import ReflexTest
from mmt.model.observation import TOUCHES, Observation
from mmt.model.review import LEVELS, Review
from mmt.model.visit import History, Visit
from mmt.reasoning import review, seen, watch
from mmt.reasoning.reflexes import common
from mmt.reasoning.wording import worded
from mmt.reasoning.words import ENGLISH

STATUSES = ("offered", "no-sheet", "blocked-until-action", "locked")


def reviewed(history: History) -> Review:
    return review(history, PROTOCOL)


@given(histories(), st.sampled_from(SIGNS))
def test_a_yes_never_opens_what_was_closed(history: History, question: str) -> None:
    before = reviewed(history)
    asked = history.visits[-1].safety
    after = reviewed(with_last(history, safety={**asked, question: True}))
    assert STATUSES.index(after.prescription.status) >= STATUSES.index(before.prescription.status)
    for one in before.alerts:
        if one.rule not in ("red-flags-not-asked", "cauda-equina-questions"):
            levels = [LEVELS.index(alert.level) for alert in after.alerts if alert.rule == one.rule]
            assert min(levels) <= LEVELS.index(one.level)


EMERGENCIES = [
    one.id
    for one in PROTOCOL.safety_questions.values()
    if one.id in SIGNS and one.level == "emergency" and not one.needs_factor
]


@given(histories(), st.sampled_from(EMERGENCIES))
def test_an_emergency_answer_locks_whatever_else_is_known(history: History, question: str) -> None:
    asked = history.visits[-1].safety
    locked = with_last(history, safety={**asked, question: True}, override=None)
    assert reviewed(locked).prescription.status == "locked"


@given(histories(least=2), st.data())
def test_no_alarm_hangs_on_examiner_scale_or_signature(history: History, data: st.DataObject) -> None:
    def another(visit: Visit) -> Visit:
        return replace(
            visit,
            examiner=data.draw(st.sampled_from("ABC")),
            scale=data.draw(st.sampled_from(list(PROTOCOL.scales))),
            signature=data.draw(st.sampled_from((None, visit.signature))),
        )

    changed = replace(history, visits=tuple(map(another, history.visits)))
    assert reviewed(changed).alerts == reviewed(history).alerts


@given(histories(), st.data())
def test_a_further_trial_takes_no_alarm_away_but_a_lifted_one_that_is_told(
    history: History, data: st.DataObject
) -> None:
    last = history.visits[-1]
    assume(any(one.grade is not None for one in last.observations))
    one = data.draw(st.sampled_from([one for one in last.observations if one.grade is not None]))
    more = data.draw(observations(last.scale, one.test, one.side))
    again = last.recorded(replace(more, trial=9))
    before, after = reviewed(history), reviewed(history.with_visit(again))
    lifted = {(alert.test, alert.side) for alert in after.alerts if alert.state == "lifted"}
    assert (more.grade and not more.pained) or not lifted & {one.cell}
    for level in ("emergency", "urgent"):
        stood = {(alert.test, alert.side) for alert in before.alerts if alert.level == level}
        gone = stood - {
            (alert.test, alert.side) for alert in after.alerts if alert.level in ("emergency", level)
        }
        assert gone <= lifted | {(None, None) for _ in lifted}


def meant_for(code: str) -> set[str]:
    """What is offered where a condition is told, and what fits anybody."""
    told = {
        one.id
        for one in PROTOCOL.stretches.values()
        if any(answer.precaution == code for answer in one.answers)
    }
    # the rest position stands where all else waits
    return told | {one.id for one in PROTOCOL.stretches.values() if one.default or one.kind == "rest"}


@given(histories(), st.sampled_from(CODES))
def test_a_condition_opens_no_stretch_but_what_is_meant_for_it(history: History, code: str) -> None:
    meant = meant_for(code) | {
        # a yes of today settles that it is given in its other form
        one.id
        for one in PROTOCOL.stretches.values()
        if one.precautions.get(code) == "form"
    }

    def open_to(history: History) -> set[str]:
        found = reviewed(history).prescription
        return {one.stretch for one in (*found.offered, *found.more)} - meant

    told = {**history.visits[-1].precautions, code: True}
    assert open_to(with_last(history, precautions=told)) <= open_to(history)


def as_grave(before: Review, after: Review) -> bool:
    """Whether each alert of before has one of its rule, no milder, afterwards."""
    return all(
        min(
            (LEVELS.index(one.level) for one in after.alerts if one.rule == alert.rule),
            default=len(LEVELS),
        )
        <= LEVELS.index(alert.level)
        for alert in before.alerts
    )


LASTING = [("safety", one.id) for one in PROTOCOL.safety_questions.values() if one.lasting] + [
    ("precautions", one.id) for one in PROTOCOL.precautions.values() if one.lasting
]


@given(histories(least=2), st.sampled_from(LASTING), st.data())
def test_a_lasting_yes_of_an_earlier_visit_counts_as_one_of_today(
    history: History, lasting: tuple[str, str], data: st.DataObject
) -> None:
    topic, name = lasting
    *before, last = history.visits
    at = data.draw(st.integers(0, len(before) - 1))
    before[at] = replace(before[at], **{topic: {**getattr(before[at], topic), name: True}})
    answers = getattr(last, topic)
    denied, again = (
        reviewed(replace(history, visits=(*before, replace(last, **{topic: {**answers, name: answer}}))))
        for answer in (False, True)
    )
    assert as_grave(again, denied)
    assert held_back(again) <= held_back(denied)
    assert "answer-taken-back" in {one.rule for one in denied.alerts}


def held_back(found: Review) -> set[tuple[str, str]]:
    return {(one.stretch, one.code) for one in found.prescription.withheld}


def count(visit: Visit, test: str, side: Side | None) -> int | None:
    found = seen.last(visit, test, side, "count")
    return found and found.count


OF_PATTERNS = {gate.code for one in PROTOCOL.stretches.values() for gate in one.gates if gate.pattern}


@given(histories(), st.data())
def test_a_weaker_muscle_reflex_or_touch_gives_no_fewer_and_no_milder_alerts(
    history: History, data: st.DataObject
) -> None:
    last = history.visits[-1]
    codes = PROTOCOL.scales[last.scale].codes
    worse = (
        [
            replace(one, grade=codes[codes.index(one.grade) - 1])
            for one in last.observations
            if one.grade in codes[1:]
        ]
        + [
            replace(one, count=one.number - 1)
            for one in last.observations
            if isinstance(test := PROTOCOL.tests[one.test], ReflexTest)
            and 0 < one.number <= test.expected
            # where healthy people may lack it on both sides, the same on both tells nothing
            and not (common(test, history) and count(last, test.id, other(one.side)) == one.number - 1)
        ]
        + [
            replace(one, touch=TOUCHES[one.felt - 1])
            for one in last.observations
            if one.touch in TOUCHES[1:3]
        ]
    )
    assume(worse)
    weaker = data.draw(st.sampled_from(worse))
    before, after = reviewed(history), reviewed(history.with_visit(last.recorded(weaker)))
    # beside an emergency of both legs that it was not yet, nothing asks again whether one root explains them
    worst = {one.kind for one in after.alerts if one.level == "emergency"}
    graver = worst - {one.kind for one in before.alerts if one.level == "emergency"}
    superseded = ("cauda-equina-questions",) if graver else ()
    assert as_grave(
        replace(before, alerts=tuple(one for one in before.alerts if one.rule not in superseded)), after
    )
    # what trains a muscle is held back for the side that asks for it, and for both where neither does
    open_now, shut = (*after.prescription.offered, *after.prescription.more), after.prescription.withheld
    one_sided = {one.stretch for one in (*open_now, *shut) if one.side == weaker.side}
    # a usual item waits only while nothing was found where it helps, and what waits for a nerve's sake
    # only while the exam is consistent with that nerve: another weak muscle may speak for a root instead
    passing = {"ELSEWHERE", *OF_PATTERNS}
    # and that something is missing holds a move back only while anything asks for it
    asked = {one.stretch for one in (*open_now, *(bar for bar in shut if bar.wanted))}
    held = {
        (one.stretch, one.code)
        for one in before.prescription.withheld
        if one.stretch not in one_sided
        and one.code not in passing
        and (not one.wanted or one.stretch in asked)
    }
    assert held <= held_back(after)
    assert STATUSES.index(after.prescription.status) >= STATUSES.index(before.prescription.status)


@given(histories(), st.data())
def test_what_was_not_asked_is_never_read_as_no(history: History, data: st.DataObject) -> None:
    last = history.visits[-1]
    noes = [
        (topic, name)
        for topic in ("safety", "precautions")
        for name, answer in getattr(last, topic).items()
        if answer is False
    ]
    assume(noes)
    topic, name = data.draw(st.sampled_from(noes))
    left = {one: answer for one, answer in getattr(last, topic).items() if one != name}
    before, after = reviewed(history), reviewed(with_last(history, **{topic: left}))
    told = tuple(one for one in before.alerts if one.rule != "answer-taken-back")  # of a no, not of silence
    assert as_grave(replace(before, alerts=told), after)
    offered = {one.stretch for one in (*after.prescription.offered, *after.prescription.more)}
    # without its no a condition of an earlier visit stands, and with it what is meant for it
    open_before = {one.stretch for one in (*before.prescription.offered, *before.prescription.more)}
    assert offered <= open_before | meant_for(name)


SERVICES, MILD = "emergency services", re.compile("same day|early opinion|refer today", re.IGNORECASE)
LIMBS = tuple(
    Observation(test=test, side="left", grade="4") for test in ("BIC", "WE", "TRI", "HF", "QUAD", "TA")
)


def asked_in_turn(history: History) -> None:
    """The strongest instruction stands first, an emergency is told as one, and no call waits for another."""
    alerts = watch(history, PROTOCOL).alerts
    asks = [(one.level, worded(one.action, PROTOCOL)) for one in alerts]
    emergencies = [text for level, text in asks if level == "emergency"]
    assert all(SERVICES in text or "emergency department" in text for text in emergencies)
    assert not [text for text in emergencies if MILD.search(text)]
    calls = [SERVICES in text for text in emergencies]
    assert calls == sorted(calls, reverse=True)
    waiting = [text for _, text in asks if text.startswith(ENGLISH["emergency-first"])]
    assert not [text for text in waiting if SERVICES in text]


@given(histories())
def test_the_strongest_instruction_stands_first(history: History) -> None:
    asked_in_turn(history)


@pytest.mark.parametrize("question", EMERGENCIES)
def test_the_strongest_instruction_of_two_answers_stands_first(question: str) -> None:
    for second in SIGNS:
        here = Visit(
            id=1,
            date=FIRST_DAY,
            examiner="A",
            scale="MRC-8",
            safety={question: True, second: True},
            observations=LIMBS,
        )
        asked_in_turn(History(patient=PATIENT, visits=(here,)))


def test_what_calls_the_emergency_services_says_so_in_its_data() -> None:
    named = (PROTOCOL.safety, PROTOCOL.safety_questions, PROTOCOL.combinations)
    every = [one for items in named for one in items.values()]
    assert [one.id for one in every if one.services != (SERVICES in one.action)] == []
