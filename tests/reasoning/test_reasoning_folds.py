"""Which questions are folded; a folded one is neither asked nor answered nor a reason to withhold."""

import datetime
from typing import Any

import pytest
from made import FIRST, PATIENT, PROTOCOL, SECOND, told, visit
from msgspec.structs import replace

from mmt.model.born import born_of
from mmt.model.people import Sex
from mmt.model.questions import OnlyIf
from mmt.model.visit import History, Visit
from mmt.reasoning.folds import Folds, folded, unasked
from mmt.reasoning.gates import Gates
from mmt.reasoning.safety import alerts

PREGNANT = {("safety", "pregnant"), ("precautions", "PRG")}
NO_HIP: Folds = {("story", "hip_imaged"): None}
NOTHING_IMAGED: Folds = {**NO_HIP, ("story", "spine_imaged"): None}
THIRD = datetime.date(2026, 6, 1)


def person(*visits: Visit, sex: Sex = "female", born: int = 1979) -> History:
    return History(patient=replace(PATIENT, sex=sex, birth_date=datetime.date(born, 1, 1)), visits=visits)


@pytest.mark.parametrize(
    ("sex", "born", "asked"),
    [
        ("male", 1979, False),
        ("female", 1946, False),
        ("female", 1966, False),
        ("female", 1967, True),
        ("female", 2005, True),
        ("unknown", 1979, True),
        ("other", 1979, True),
        ("unknown", 1946, False),
    ],
)
def test_pregnancy_is_asked_only_where_it_can_be(sex: Sex, born: int, asked: bool) -> None:
    past = person(visit(), sex=sex, born=born)
    assert (folded(past, PROTOCOL).keys() & PREGNANT) == (set() if asked else PREGNANT)
    assert ("PRG" in unasked(past, PROTOCOL)) is asked
    cobra = PROTOCOL.stretches["E02"]
    withheld = {one.code for one in Gates(past, PROTOCOL, ()).bars(cobra, frozenset())}
    assert ("PRG" in withheld) is asked, "what cannot be there withholds nothing"
    assert "FLX" not in cobra.precautions or "FLX" in withheld, "all else that was not asked still withholds"


@pytest.mark.parametrize("fields", [{"precautions": {"PRG": True}}, {"safety": {"pregnant": True}}])
def test_a_yes_that_the_record_speaks_against_is_asked_again_and_withholds(fields: dict[str, Any]) -> None:
    (topic, given), *_ = ((topic, name) for topic, names in fields.items() for name in names)
    past = person(visit(**fields), visit(date=SECOND), sex="male")
    assert (topic, given) not in folded(past, PROTOCOL)
    assert "PRG" in {
        one.code for one in Gates(past, PROTOCOL, ()).bars(PROTOCOL.stretches["E02"], frozenset())
    }
    now = person(visit(**fields), sex="male")
    assert (topic, given) not in folded(now, PROTOCOL), "what was answered today is not folded"


def test_a_lasting_yes_is_folded_from_then_on_and_stands_and_a_no_is_asked_again() -> None:
    yes = {"past-cancer": True, "anticoagulants": True, "weight-loss": True}
    first = visit(safety=yes, precautions={"THA": True, "KNE": True, "OST": False}, date=FIRST)
    past = person(first, visit(date=SECOND), visit(date=THIRD))
    assert folded(past, PROTOCOL) == {
        ("safety", "past-cancer"): first,
        ("precautions", "THA"): first,
        **NO_HIP,
    }
    assert "THA" in Gates(past, PROTOCOL, ()).present
    denied = person(first, visit(safety={"past-cancer": False}, date=SECOND), visit(date=THIRD))
    assert ("safety", "past-cancer") not in folded(denied, PROTOCOL)
    no = person(visit(safety={"past-cancer": False}), visit(date=SECOND))
    assert folded(no, PROTOCOL) == NOTHING_IMAGED


def test_the_count_of_what_was_not_asked_holds_only_what_is_put() -> None:
    def said(past: History) -> str:
        return next(one.said for one in told(alerts(past, PROTOCOL)) if one.rule == "red-flags-not-asked")

    assert said(person(visit())) == "Red-flag questions not asked: 58 of 58."
    assert said(person(visit(), sex="male")) == "Red-flag questions not asked: 57 of 57."
    cancer = visit(safety={"past-cancer": True})
    assert said(person(cancer, visit(date=SECOND))) == "Red-flag questions not asked: 57 of 57."


def test_whom_a_question_can_apply_to_is_told_by_completed_years() -> None:
    day = datetime.date(2026, 3, 2)
    for born, fits in (
        ("2016-03-03", False),
        ("2015-03-02", True),
        ("2016-03", True),
        ("2016-04", False),
        ("1967-03-02", True),
        ("1966-03-02", False),
        ("1966", True),
        ("1965", False),
    ):
        patient = replace(PATIENT, birth_date=born_of(born))
        assert OnlyIf(over_age=10, under_age=60).fits(patient, day) is fits, born


def test_what_ends_a_precaution_is_asked_while_that_one_stands() -> None:
    hip, asked = visit(safety={"cannot-bear-weight": True}), ("story", "hip_imaged")
    assert asked in folded(person(visit()), PROTOCOL)
    assert asked not in folded(person(hip), PROTOCOL)
    better = visit(safety={"cannot-bear-weight": False}, story={"hip_imaged": False}, date=SECOND)
    assert asked not in folded(person(hip, better), PROTOCOL)
    imaged = visit(story={"hip_imaged": True}, date=SECOND)
    assert asked not in folded(person(hip, imaged), PROTOCOL), "what was answered today is not folded"
    assert asked in folded(person(hip, imaged, visit(date=THIRD)), PROTOCOL)
