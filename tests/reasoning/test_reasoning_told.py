"""What may be told to a patient by what was found: the usual course, harder forms, a sore nerve."""

import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import review, usual_course

PROTOCOL = load([shipped("protocols")]).protocol
STRETCHES = PROTOCOL.stretches
DAY = datetime.date(2026, 3, 2)


def visit(*seen: tuple[str, dict[str, Any]], day: datetime.date = DAY, **more: Any) -> Visit:
    observations = tuple(
        Observation(test=test, side="left" if PROTOCOL.tests[test].sides == "each" else None, **value)
        for test, value in seen
    )
    asked = {one.id: False for one in PROTOCOL.precautions.values() if one.asked}
    fields = {"precautions": asked, "observations": observations, **more}
    return Visit(date=day, examiner="A", scale="MRC-8", **fields)


def history(*visits: Visit) -> History:
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    return History(patient=patient, visits=visits)


@pytest.mark.parametrize(
    ("weeks", "grade", "usual"),
    [(12, "4-", True), (13, "5", False), (3, "3", False), (None, "5", False), ("some", "5", False)],
)
def test_most_people_get_better_is_told_of_new_pain_without_much_weakness(
    weeks: int | str | None, grade: str, usual: bool
) -> None:
    story: dict[str, Any] = {} if weeks is None else {"weeks": weeks}
    assert usual_course(history(visit(("TA", {"grade": grade}), story=story)), PROTOCOL) is usual


def test_it_is_not_told_while_an_implant_is_suspected() -> None:
    seen_ = visit(("TA", {"grade": "5"}), story={"weeks": 3}, safety={"groin-pain": True})
    assert usual_course(history(seen_), PROTOCOL)
    replaced = replace(seen_, precautions={**seen_.precautions, "THA": True})
    assert not usual_course(history(replaced), PROTOCOL)


def test_weeks_go_on_and_a_grade_stands_until_it_is_tested_again() -> None:
    first = visit(("TA", {"grade": "2"}), story={"weeks": 6})
    soon = visit(("TA", {"grade": "4"}), day=DAY + datetime.timedelta(days=28))
    assert not usual_course(history(first, replace(soon, observations=())), PROTOCOL)
    assert usual_course(history(first, soon), PROTOCOL)
    assert not usual_course(history(first, replace(soon, date=DAY + datetime.timedelta(days=50))), PROTOCOL)
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, usual_course=None))
    assert not usual_course(history(first, soon), older)


@pytest.mark.parametrize(
    ("seen", "harder"),
    [
        (("GMED", {"grade": "4-"}), True),
        (("GMED", {"grade": "3"}), False),
        (("GMED", {"grade": "5", "flags": ("pain",)}), False),
        (("GMED", {"not_tested": "pain"}), False),
        (("GMED", {"not_tested": "time"}), True),
        (("EHL", {"grade": "3"}), True),
    ],
)
def test_a_muscle_of_three_or_less_or_in_pain_keeps_the_harder_form_of_its_move(
    seen: tuple[str, dict[str, Any]], harder: bool
) -> None:
    assert ("E12" not in review(history(visit(seen)), PROTOCOL).prescription.plain) is harder


def test_no_harder_form_is_told_while_a_fracture_is_possible() -> None:
    risks = {"minor-trauma": True, "osteoporosis": True, "long-steroids": True}
    broken = review(history(visit(safety=risks, story={"weeks": 3})), PROTOCOL)
    assert [one.level for one in broken.alerts if one.rule == "fracture"] == ["urgent"]
    assert set(broken.prescription.plain) == set(STRETCHES)
    assert review(history(visit(story={"weeks": 3})), PROTOCOL).prescription.plain == ()
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, harder_form=None))
    assert review(history(visit(safety=risks, story={"weeks": 3})), older).prescription.plain == ()


def test_a_nerve_is_called_upset_only_where_the_leg_hurts() -> None:
    raised = ("SLR", {"result": "positive", "degrees": 25.0})
    for pain, why in ((1, "care"), (2, "sore-nerve"), (5, "sore-nerve")):
        found = review(history(visit(raised, story={"nprs_leg": pain, "flexion": "no-change"})), PROTOCOL)
        whys = {one.stretch: one.why for one in found.prescription.offered}
        assert {whys["E28"], whys["E27"]} == {why}, pain
    for stretch in ("E27", "E28"):
        assert "nerve" not in STRETCHES[stretch].text["en"].why["care"]
