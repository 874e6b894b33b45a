"""What was answered over several visits: the latest answer stands, and what is present says why."""

import datetime

import pytest
from made import FIRST, PATIENT, PROTOCOL, SECOND, history, visit
from msgspec.structs import replace

from mmt.model.born import BirthDate, Incomplete
from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.stretches import Stretch
from mmt.model.visit import Answer, History
from mmt.reasoning.answers import earlier_yes, from_record, holding, latest, precautions
from mmt.reasoning.folds import unasked
from mmt.reasoning.gates import Gates

ASKED_CODES = {one.id for one in PROTOCOL.precautions.values() if one.asked}


def test_the_latest_answer_stands_until_it_is_asked_again() -> None:
    then = visit(safety={"fever": True, "rash": True}, date=FIRST)
    now = visit(safety={"fever": False}, date=SECOND)
    past = history(then, now)
    assert latest(past, "safety") == {"fever": (now, False), "rash": (then, True)}
    assert holding(past, "safety", "rash") == then
    assert holding(past, "safety", "fever") is None
    assert holding(past, "safety", "kidney") is None


def test_an_urgent_yes_stands_until_it_is_asked_again() -> None:
    then = visit(safety={"weight-loss": True, "bladder": True, "past-cancer": True}, date=FIRST)
    now = visit(safety={"bladder": False}, date=SECOND)
    assert [(one.id, when) for one, when in earlier_yes(history(then, now), PROTOCOL)] == [
        ("weight-loss", then)
    ]


@pytest.mark.parametrize(
    ("born", "over_65", "under_16"),
    [
        (datetime.date(1961, 3, 2), True, False),
        (datetime.date(1961, 3, 3), False, False),
        (datetime.date(2010, 3, 2), False, False),
        (datetime.date(2010, 3, 3), False, True),
        (Incomplete(year=1961), True, False),
        (Incomplete(year=1961, month=4), False, False),
        (Incomplete(year=1960), True, False),
        (Incomplete(year=2010, month=2), False, False),
        (Incomplete(year=2010), False, True),
    ],
)
def test_the_record_answers_by_the_age_at_the_visit(born: BirthDate, over_65: bool, under_16: bool) -> None:
    past = History(patient=replace(PATIENT, birth_date=born), visits=(visit(date=datetime.date(2026, 3, 2)),))
    asked = PROTOCOL.safety_questions
    assert from_record(asked["over-65"], past) is over_65
    assert from_record(asked["under-16"], past) is under_16


def test_the_record_answers_by_the_sex_as_well() -> None:
    for sex in ("female", "male"):
        question = replace(PROTOCOL.safety_questions["over-65"], over_age=20, sex=sex)
        assert from_record(question, history(visit())) is (sex == PATIENT.sex)


def test_what_is_present_names_each_answer_that_says_so() -> None:
    then = visit(
        precautions={"OST": True, "THA": True, "SHO": True, "KNE": True},
        safety={"osteoporosis": True},
        date=FIRST,
    )
    now = visit(
        precautions={"THA": False, "KNE": False, "HYP": True},
        safety={"height-loss": True, "spine-bruise": False},
        story={"flexion": "peripheralises", "extension": "no-change"},
        date=SECOND,
    )
    assert precautions(history(then, now), PROTOCOL) == {
        "OST": (
            Reason(precaution="OST", answer=True, date="2026-03-02"),
            Reason(question="height-loss", answer=True),
            Reason(question="osteoporosis", answer=True, date="2026-03-02"),
        ),
        "THA": (Reason(precaution="THA", answer=True, date="2026-03-02"),),
        "SHO": (Reason(precaution="SHO", answer=True, date="2026-03-02"),),
        "HYP": (Reason(precaution="HYP", answer=True),),
        "FLX": (Reason(story="flexion", answer="peripheralises"),),
    }


def test_an_answer_of_the_story_stands_with_its_date() -> None:
    then = visit(story={"flexion": "peripheralises"}, date=FIRST)
    assert precautions(history(then, visit(date=SECOND)), PROTOCOL) == {
        "FLX": (Reason(story="flexion", answer="peripheralises", date="2026-03-02"),)
    }


def implying(over: float) -> Protocol:
    """The shipped protocol with leg pain over a number for a precaution, as a clinic may set it."""
    asked = PROTOCOL.story["nprs_leg"]
    (implied, *_) = PROTOCOL.story["flexion"].implies
    own = replace(asked, implies=(replace(implied, precaution="HYP", equals=None, over=over),))
    return replace(PROTOCOL, story={**PROTOCOL.story, "nprs_leg": own})


@pytest.mark.parametrize(("pain", "present"), [(7, False), (8, True), (7.5, True)])
def test_a_number_of_the_story_counts_above_its_limit(pain: float, present: bool) -> None:
    found = precautions(history(visit(story={"nprs_leg": pain})), implying(7))
    assert found == ({"HYP": (Reason(story="nprs_leg", answer=pain),)} if present else {})


def test_what_was_never_asked_is_not_absent() -> None:
    past = history(visit(precautions={"OST": False}), visit(precautions={"THA": True}, date=SECOND))
    assert unasked(past, PROTOCOL) == ASKED_CODES - {"OST", "THA"}


def bars(stretch: Stretch, story: dict[str, Answer], codes: dict[str, bool]) -> set[tuple[str, str | None]]:
    past = history(visit(story=story, precautions=codes))
    gates = Gates(past, PROTOCOL, [])
    return {(one.code, one.needs) for one in gates.bars(stretch, frozenset())}


def test_a_story_that_implies_a_precaution_bars_what_it_speaks_against() -> None:
    codes = dict.fromkeys(ASKED_CODES, False)
    assert bars(PROTOCOL.stretches["E08"], {}, codes) == set()
    assert bars(PROTOCOL.stretches["E08"], {"flexion": "peripheralises"}, codes) == {("FLX", None)}
