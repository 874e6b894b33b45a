"""What keeps a stretch back: each bar says what it rests on, what would open it, and in which words."""

from typing import Any

import pytest
from made import FIRST, PROTOCOL, SECOND, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.grades import Code
from mmt.model.review import Alert, Level, Reason, Withheld
from mmt.model.said import said
from mmt.model.stretches import Gate, Stretch
from mmt.model.visit import History
from mmt.reasoning.gates import Gates

NAMES = {code: one.name for code, one in PROTOCOL.precautions.items()}
ASK = PROTOCOL.story["flexion"].ask
SLR = PROTOCOL.tests["SLR"].name


def own(**fields: Any) -> Stretch:
    """A stretch as one clinic guards it."""
    return replace(PROTOCOL.stretches["E02"], **{"precautions": {}, "gates": (), **fields})


def barred(stretch: Stretch, past: History, *ticked: str) -> list[Withheld]:
    return told(list(Gates(past, PROTOCOL, []).bars(stretch, frozenset(ticked))))


def shut(gate: Gate, past: History, side: Side | None = "left", *alerts: Alert) -> list[Withheld]:
    return told(list(Gates(past, PROTOCOL, alerts).shut(own(gates=(gate,)), side)))


def held(code: str, needs: str | None, text: str, *because: Reason) -> Withheld:
    return Withheld(stretch="E02", code=code, needs=needs, because=because, said=text)


def test_a_condition_forbids_asks_for_a_tick_or_was_never_asked() -> None:
    stretch = own(precautions={"PRG": "X", "OST": "!", "HYP": "!", "THA": "X", "BAL": "X"})
    then = visit(precautions={"PRG": True}, date=FIRST)
    now = visit(precautions={"OST": True, "HYP": True, "BAL": False}, date=SECOND)
    past = history(then, now)
    prg = held(
        "PRG",
        None,
        f"PRG: {NAMES['PRG']}. Not offered.",
        Reason(precaution="PRG", answer=True, date="2026-03-02"),
    )
    ost = held(
        "OST",
        "tick",
        f"OST: {NAMES['OST']}. Only after your tick. The sheet then says: Stay low. Rest on your forearms.",
        Reason(precaution="OST", answer=True),
    )
    hyp = held(
        "HYP", "tick", f"HYP: {NAMES['HYP']}. Only after your tick.", Reason(precaution="HYP", answer=True)
    )
    tha = held("THA", "ask", "THA: not asked. Not asked is not absent.", Reason(precaution="THA"))
    assert barred(stretch, past) == [prg, ost, hyp, tha]
    assert barred(stretch, past, "OST", "PRG") == [prg, hyp, tha]
    assert barred(replace(stretch, default=True), past) == [prg, ost, hyp, tha]
    assert [one.code for one in barred(replace(stretch, text={}), past, "HYP")] == ["PRG", "OST", "THA"]


def test_a_tick_stands_for_the_condition_asked_since_or_not_and_opens_nothing_forbidden() -> None:
    stretch = own(precautions={"HYP": "!", "THA": "X"})
    past = history(visit())
    assert [(one.code, one.needs) for one in barred(stretch, past)] == [("HYP", "ask"), ("THA", "ask")]
    assert [(one.code, one.needs) for one in barred(stretch, past, "HYP", "THA")] == [("THA", "ask")]


def test_what_was_taken_back_sooner_than_it_goes_waits_for_a_tick() -> None:
    stretch = own(precautions={"PRG": "X"})
    past = history(visit(precautions={"PRG": True}), visit(precautions={"PRG": False}, date=SECOND))
    assert [(one.code, one.needs) for one in barred(stretch, past)] == [("PRG", "tick")]
    assert barred(stretch, past, "PRG") == []


def test_signs_from_the_cord_hold_every_stretch_back() -> None:
    past = history(visit(seen("REFLEX-ACHILLES", count=4)), visit(date=SECOND))
    why = quote("REFLEX-ACHILLES", "left", count=4, date="2026-03-02")
    assert barred(own(), past) == [held("UMN", None, "Held back. Signs from spinal cord or brain.", why)]
    assert barred(own(default=True), past) == []


def test_a_protocol_without_the_rule_of_a_fresh_root_holds_no_bending_back() -> None:
    past = history(visit(seen("EHL", grade="4"), seen("SLR", result="positive")))
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, fresh_root=None))
    assert "FLX" in Gates(past, PROTOCOL, []).present
    assert "FLX" not in Gates(past, older, []).present


IRRITABLE = own(precautions={"IRR": "X"})


@pytest.mark.parametrize(
    ("degrees", "result", "irritable"),
    [
        (29.0, "positive", True),
        (30.0, "positive", False),
        (None, "positive", False),
        (29.0, "negative", False),
    ],
)
def test_a_leg_raise_under_its_angle_is_irritable(
    degrees: float | None, result: str, irritable: bool
) -> None:
    for side in ("left", "right"):
        past = history(visit(seen("SLR", side, result=result, degrees=degrees)))
        why = quote("SLR", side, result="positive", degrees=degrees)
        text = f"IRR: {NAMES['IRR']}. Not offered."
        assert barred(IRRITABLE, past) == ([held("IRR", None, text, why)] if irritable else [])


@pytest.mark.parametrize(
    ("question", "answer", "irritable"),
    [
        ("night_pain", True, True),
        ("night_pain", False, False),
        ("nprs_leg", 8, True),
        ("nprs_leg", 7, False),
        ("nprs_leg", 7.5, True),
    ],
)
def test_pain_at_night_or_much_leg_pain_is_irritable(question: str, answer: Any, irritable: bool) -> None:
    past = history(visit(story={question: answer}), visit(date=SECOND))
    found = barred(IRRITABLE, past)
    why = Reason(story=question, answer=answer, date="2026-03-02")
    assert [one.because for one in found] == ([(why,)] if irritable else [])


@pytest.mark.parametrize(
    ("answers", "answer"), [({"FLR": True}, True), ({"OST": False}, None), ({"FLR": False}, False)]
)
def test_a_floor_that_is_hard_to_reach_or_was_not_asked_asks_for_another_form(
    answers: dict[str, bool], answer: bool | None
) -> None:
    past = history(visit(precautions=answers, date=FIRST), visit(date=SECOND))
    floor = own(precautions={"FLR": "form"}, text={})
    says = said("other-form", told=("E02", "FLR"))
    why = Reason(precaution="FLR", answer=answer, date="2026-03-02" if answer else None, said=says)
    gates = Gates(past, PROTOCOL, ())
    assert gates.forms(floor) == ({} if answer is False else {"FLR": (why,)})
    assert gates.forms(own(precautions={"FLR": "!"})) == {}
    assert barred(floor, past) == []


@pytest.mark.parametrize(
    ("flexion", "extension", "irritable"),
    [
        ("peripheralises", "peripheralises", True),
        ("peripheralises", "no-change", False),
        ("centralises", "peripheralises", False),
        ("peripheralises", None, False),
    ],
)
def test_both_directions_that_send_the_pain_down_are_irritable(
    flexion: str, extension: str | None, irritable: bool
) -> None:
    told = {"flexion": flexion, **({"extension": extension} if extension else {})}
    found = barred(IRRITABLE, history(visit(story=told), visit(date=SECOND)))
    why = tuple(Reason(story=one, answer="peripheralises", date="2026-03-02") for one in told)
    assert [one.because for one in found] == ([why] if irritable else [])


def test_a_calm_day_ends_what_was_told_before_and_what_a_leg_raise_tells() -> None:
    calm = visit(date=SECOND, story={"nprs_leg": 1, "night_pain": False})
    told = visit(story={"flexion": "peripheralises", "extension": "peripheralises"})
    assert barred(IRRITABLE, history(told, calm)) == []
    found = seen("SLR", result="positive", degrees=20.0)
    assert barred(IRRITABLE, history(visit(found), calm)) == []
    assert barred(IRRITABLE, history(visit(found, story=calm.story))) == []
    assert barred(IRRITABLE, history(visit(story={**told.story, **calm.story}))) != [], "told today"
    for story in ({"nprs_leg": 2, "night_pain": False}, {"nprs_leg": 1}, {"nprs_leg": 1, "night_pain": True}):
        assert barred(IRRITABLE, history(visit(found, story=story))) != []


@pytest.mark.parametrize("kind", ["stretch", "strength", "nerve", "movement", "rest", "walking"])
def test_an_irritable_nerve_lets_all_but_rest_and_walking_wait_for_a_tick(kind: str) -> None:
    past = history(visit(story={"night_pain": True}))
    needs = [one.needs for one in barred(own(kind=kind), past)]
    assert needs == ([] if kind in ("rest", "walking") else ["tick"])
    assert barred(own(kind=kind), past, "IRR") == []
    assert barred(own(kind=kind), history(visit(story={"night_pain": False}))) == []


def test_the_earliest_review_that_a_present_precaution_asks_for_counts() -> None:
    past = history(visit(story={"night_pain": True}, precautions={"PRG": True, "OST": False}))
    assert Gates(past, PROTOCOL, ()).review_days == 7
    days = {"PRG": 3, "OST": 1}
    given = {
        code: replace(one, review_days=days.get(code, one.review_days))
        for code, one in PROTOCOL.precautions.items()
    }
    assert Gates(past, replace(PROTOCOL, precautions=given), ()).review_days == 3
    assert Gates(history(visit(story={"night_pain": False})), PROTOCOL, ()).review_days is None


def test_all_that_is_irritable_is_named_after_what_was_answered() -> None:
    raises = seen("SLR", result="positive", degrees=20.0)
    past = history(visit(raises, story={"nprs_leg": 9, "night_pain": True}))
    (bar,) = barred(IRRITABLE, past)
    assert bar.because == (
        quote("SLR", "left", result="positive", degrees=20.0),
        Reason(story="night_pain", answer=True),
        Reason(story="nprs_leg", answer=9),
    )


def test_a_story_gate_wants_an_answer_other_than_the_one_that_shuts_it() -> None:
    gate = Gate(code="FLX", story="flexion", not_equals="peripheralises")
    assert shut(gate, history(visit())) == [
        held("FLX", "flexion", f"Needs the answer first: {ASK}", Reason(story="flexion"))
    ]
    then = visit(story={"flexion": "peripheralises"}, date=FIRST)
    answer = Reason(story="flexion", answer="peripheralises")
    text = f"Held back by the answer: {ASK} peripheralises."
    assert shut(gate, history(then)) == [held("FLX", None, text, answer)]
    assert shut(gate, history(then, visit(date=SECOND))) == [
        held("FLX", None, text, replace(answer, date="2026-03-02"))
    ]
    assert shut(gate, history(then, visit(story={"flexion": "no-change"}, date=SECOND))) == []


def test_a_test_gate_wants_the_test_done_and_not_positive() -> None:
    gate = Gate(code="SLR", test="SLR")
    then = visit(seen("SLR", result="positive"), date=FIRST)
    positive = quote("SLR", "left", result="positive", date="2026-03-02")
    untested = held("SLR", "SLR", f"Needs the test first: {SLR}, right.", quote("SLR", "right"))
    shut_left = held("SLR", None, f"Held back: {SLR}, left is positive.", positive)
    assert shut(gate, history(then, visit(date=SECOND))) == [untested, shut_left]
    assert shut(replace(gate, recorded=False), history(then, visit(date=SECOND))) == [shut_left]
    assert (
        shut(gate, history(visit(*(seen("SLR", one, result="negative") for one in ("right", "left"))))) == []
    )


def test_a_test_gate_of_the_same_side_looks_at_that_side_alone() -> None:
    gate = Gate(code="SLR", test="SLR", side="same", recorded=False)
    past = history(visit(seen("SLR", result="positive")))
    assert shut(gate, past, "right") == []
    assert [one.code for one in shut(gate, past, "left")] == ["SLR"]
    assert [one.code for one in shut(gate, past, None)] == ["SLR"]


def alert(level: Level, rule: str = "motor-deficit", *because: Reason) -> Alert:
    return Alert(rule=rule, level=level, said=(), because=because, sources=(), evidence="derived")


def test_an_alert_gate_is_shut_by_an_urgent_alert_of_its_rule() -> None:
    gate = Gate(code="DEF", alert="motor-deficit")
    weak, fallen = quote("TA", "left", grade="3"), quote("EHL", "left", grade="2")
    past = history(visit())
    alerts = (
        alert("urgent", "motor-deficit", weak),
        alert("emergency", "motor-deficit", weak, fallen),
        alert("caution", "motor-deficit", quote("GAS")),
        alert("urgent", "fracture", Reason(question="height-loss")),
    )
    text = f"Held back by an alert: {PROTOCOL.safety['motor-deficit'].says}"
    assert shut(gate, past, None, *alerts) == [held("DEF", None, text, weak, fallen)]
    assert shut(gate, past, None, *alerts[2:]) == []


STRETCHED = own(precautions={"HAM": "X"})
TORN = {"injury": True, "pain_where": ("buttock", "back-thigh")}


@pytest.mark.parametrize("test", ["HAMM", "HAML"])
@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize(
    ("grade", "flags", "hurt"),
    [("3", (), True), ("3+", (), False), ("5", ("pain",), True), ("5", ("substitution",), False)],
)
def test_a_weak_or_painful_hamstring_is_not_lengthened(
    test: str, side: Side, grade: str, flags: tuple[str, ...], hurt: bool
) -> None:
    past = history(visit(seen(test, side, grade=grade, flags=flags)), visit(date=SECOND))
    assert [one.code for one in barred(STRETCHED, past)] == (["HAM"] if hurt else [])
    again = visit(seen(test, side, grade="5"), date=SECOND)
    assert barred(STRETCHED, history(*past.visits[:1], again)) == []


def test_of_several_trials_the_one_that_hurts_counts() -> None:
    past = history(visit(seen("HAMM", grade="4", flags=("pain",)), seen("HAMM", grade="5", trial=2)))
    (bar,) = barred(STRETCHED, past)
    assert bar.because == (quote("HAMM", "left", grade="4", flags=("pain",)),)


@pytest.mark.parametrize(
    ("story", "hurt"),
    [
        (TORN, True),
        ({**TORN, "injury": False}, False),
        ({**TORN, "pain_where": ("buttock", "back")}, False),
        ({"injury": True}, False),
        ({"pain_where": ("back-thigh",)}, False),
    ],
)
def test_pain_at_the_back_of_the_thigh_after_an_injury_is_not_lengthened(
    story: dict[str, Any], hurt: bool
) -> None:
    past = history(visit(story=story))
    assert [one.code for one in barred(STRETCHED, past)] == (["HAM"] if hurt else [])


def test_an_answer_of_another_visit_counts_with_its_date() -> None:
    past = history(visit(story={"injury": True}), visit(story={"pain_where": ("back-thigh",)}, date=SECOND))
    (bar,) = barred(STRETCHED, past)
    assert bar.because == (
        Reason(story="injury", answer=True, date="2026-03-02"),
        Reason(story="pain_where", answer=("back-thigh",)),
    )


def test_a_thigh_that_is_weak_or_hurts_tells_the_form_off_the_floor() -> None:
    for graded, present in (({"grade": "3"}, True), ({"grade": "4-"}, False), ({"not_tested": "pain"}, True)):
        found = Gates(history(visit(seen("QUAD", **graded))), PROTOCOL, ())
        assert ("FLR" in found.present) is present


def test_a_visit_of_the_time_before_that_rule_knows_no_hamstring() -> None:
    protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, hamstrings=None))
    found = Gates(history(visit(seen("HAMM", grade="2"))), protocol, ())
    assert "HAM" not in found.present


def test_of_two_equal_grades_a_gate_names_the_same_one_whichever_came_first() -> None:
    gate = Gate(code="QUAD", test="QUAD", side="either", above="3", recorded=False)
    kinds = ({"flags": ("pain",)}, {})
    for first, second in (kinds, kinds[::-1]):
        past = history(visit(seen("QUAD", grade="2", **first), seen("QUAD", grade="2", trial=2, **second)))
        (bar,) = shut(gate, past)
        assert [one.seen.flags for one in bar.because if one.seen] == [("pain",)]


@pytest.mark.parametrize(("grade", "shuts"), [("2", True), ("3", True), ("3+", False), ("5", False)])
def test_a_gate_may_want_a_grade_above_one(grade: Code, shuts: bool) -> None:
    gate = Gate(code="QUAD", test="QUAD", side="either", above="3", recorded=False)
    past = history(visit(seen("QUAD", "right", grade=grade), date=FIRST), visit(date=SECOND))
    why = quote("QUAD", "right", grade=grade, date="2026-03-02")
    text = f"Held back: {PROTOCOL.tests['QUAD'].name}, right is 3 or less."
    assert shut(gate, past) == ([held("QUAD", None, text, why)] if shuts else [])
    assert shut(replace(gate, side="same"), past) == []
    needs = [one.needs for one in shut(replace(gate, recorded=True), past)]
    assert needs == ([None, "QUAD"] if shuts else ["QUAD"])
