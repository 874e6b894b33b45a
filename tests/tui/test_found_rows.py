"""Rows of the findings step: what is said of leg length, method by method, and of a shoe lift."""

import datetime

import pytest
from textual.content import Content

from mmt.library.load import load
from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.review import Finding, Reason, Withheld
from mmt.model.said import said
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import compare, review
from mmt.tui.results.sheet_rows import reasons_held
from mmt.tui.visit import basis_rows
from mmt.tui.visit.changed import change_rows
from mmt.tui.visit.found import alert_rows, finding_row, finding_rows, leg_rows
from mmt.tui.widgets.wrap import Hanging

PROTOCOL = load([shipped("protocols")]).protocol


def length(side: Side, millimetres: float) -> Observation:
    return Observation(test="LL-TRUE", side=side, millimetres=millimetres)


@pytest.mark.parametrize(("block", "lines"), [(12, 4), (0, 1)])
def test_a_shoe_lift_is_weighed_or_declined_below_the_methods(block: int, lines: int) -> None:
    observations = (
        length("right", 860),
        length("left", 845),
        Observation(test="LL-BLOCK", side="left", millimetres=block),
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=observations)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = review(History(patient=patient, visits=(visit,)), PROTOCOL)
    rows = leg_rows(found, visit, PROTOCOL)
    on_lift = [row for row in rows if row.key.startswith("lift:")]
    assert len(on_lift) == lines
    assert rows[-lines:] == on_lift
    assert all(row.subject is PROTOCOL.rules.lift for row in on_lift)


@pytest.mark.parametrize(("grade", "end"), [("2", "markedly weak."), ("4", "weak.  present")])
def test_how_strong_a_finding_is_stands_there_once(grade: str, end: str) -> None:
    seen = (Observation(test="TA", side="left", grade=grade),)
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=seen)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = review(History(patient=patient, visits=(visit,)), PROTOCOL)
    row = next(row for row in finding_rows(found, visit, PROTOCOL) if row.key == "weakness:TA:left")
    assert isinstance(row.text, Hanging)
    assert row.text.laid(100).plain.splitlines()[0].endswith(end)


def test_a_painful_grade_does_not_count_and_is_not_called_missing() -> None:
    seen = (
        *(Observation(test=test, side="left", grade="3") for test in ("TA", "EHL")),
        Observation(test="GMED", side="left", grade="4", flags=("pain",)),
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=seen)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = next(
        one for one in review(History(patient=patient, visits=(visit,)), PROTOCOL).patterns if one.id == "L5"
    )
    rows = list(basis_rows.said(found, PROTOCOL))
    assert ("Painful", "Gluteus medius: not counted") in rows
    assert ("Missing", "Gluteus medius") not in rows


def test_what_was_not_asked_is_named_and_not_given_in_codes() -> None:
    bars = [
        Withheld(stretch="E12", code=code, needs="ask", because=(), said=said("withheld-unasked"))
        for code in ("THA", "KNE")
    ]
    hip, knee = "hip replacement, hip precautions or groin pain", "painful kneeling or knee replacement"
    assert reasons_held(bars, PROTOCOL) == f"Not asked yet: {hip}; {knee}."


def test_a_reason_is_not_said_again_below_a_sentence_that_says_it() -> None:
    seen = (
        Observation(test="TA", side="right", grade="5"),
        Observation(test="TA", side="left", grade="4"),
        Observation(test="GMED", side="left", grade="3", flags=("pain",)),
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=seen)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = review(History(patient=patient, visits=(visit,)), PROTOCOL)
    rows = finding_rows(found, visit, PROTOCOL)
    laid = {row.key: row.text.laid(200).plain for row in rows if isinstance(row.text, Hanging)}
    assert laid["side-difference:TA:left"].count("\n") == 0
    assert laid["weakness:TA:left"].count("\n") == 0
    assert laid["weakness:GMED:left"].endswith("\n               Gluteus medius, left: 3 (pain)")


def test_differences_and_short_muscles_stand_above_single_weaknesses_and_nothing_is_lost() -> None:
    seen = (
        Observation(test="TA", side="left", grade="4"),
        Observation(test="QUAD", side="right", grade="5"),
        Observation(test="QUAD", side="left", grade="4"),
        Observation(test="L-PKE", side="left", degrees=45),
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=seen)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = review(History(patient=patient, visits=(visit,)), PROTOCOL)
    keys = [row.key for row in finding_rows(found, visit, PROTOCOL) if row.key]
    assert sorted(keys) == sorted(one.key for one in found.findings)
    rules = [key.partition(":")[0] for key in keys]
    assert rules == ["side-difference", "weakness", "short", "weakness"]


def test_the_findings_of_one_muscle_stand_together_and_name_it_once() -> None:
    seen = (
        Observation(test="TA", side="left", grade="4"),
        Observation(test="HAMM", side="right", grade="5"),
        Observation(test="HAMM", side="left", grade="3"),
        Observation(test="QUAD", side="left", grade="5"),
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=seen)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = review(History(patient=patient, visits=(visit,)), PROTOCOL)
    rows = [row for row in finding_rows(found, visit, PROTOCOL) if row.key]
    assert [(row.key, row.text.laid(200).plain[15:]) for row in rows if isinstance(row.text, Hanging)] == [
        (
            "side-difference:HAMM:left",
            "Medial hamstrings: left 3, right 5; the left side is weaker (marked).",
        ),
        ("pair:HAMM:left", "· 3 against Quadriceps 5, left: the pair is out of balance.  marked"),
        ("weakness:HAMM:left", "· left: grade 3, markedly weak."),
        ("weakness:TA:left", "Tibialis anterior, left: grade 4, weak.  present"),
    ]
    assert [row.subject for row in rows] == [
        {one.key: one for one in found.findings}[row.key] for row in rows
    ]


@pytest.mark.parametrize(
    ("examiner", "said"), [("A", "2 Feb 2026, A"), ("B", "2 Feb 2026, A; another examiner")]
)
def test_who_examined_is_said_once_above_the_comparison(examiner: str, said: str) -> None:
    then, now = (
        Visit(
            date=datetime.date(2026, month, 2),
            examiner=who,
            scale="MRC-8",
            observations=tuple(Observation(test=test, side="left", grade=code) for test in ("TA", "EHL")),
        )
        for month, who, code in ((2, "A", "3"), (3, examiner, "4"))
    )
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    found = compare(History(patient=patient, visits=(then, now)), PROTOCOL, 0)
    head, _, *rows = change_rows(found, then, "the visit before", PROTOCOL)
    assert isinstance(head.text, Content)
    assert head.text.plain.endswith(said)
    told = [row.text.laid(100).plain for row in rows if isinstance(row.text, Hanging)]
    assert len(told) == 2
    assert [one for one in told if "examiner" in one] == []


def test_what_was_graded_before_and_is_not_tested_now_stands_in_one_row() -> None:
    both = tuple(Observation(test=test, side="left", grade="5") for test in ("TA", "EHL"))
    then = Visit(date=datetime.date(2026, 2, 2), examiner="A", scale="MRC-8", observations=both)
    now = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8")
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    rows = alert_rows(review(History(patient=patient, visits=(then, now)), PROTOCOL), now, PROTOCOL)
    row = next(row for row in rows if row.key == "alert:untested")
    assert isinstance(row.text, Hanging)
    assert row.text.laid(200).plain.endswith("left: Tibialis anterior, Extensor hallucis longus.")


def test_a_number_of_muscles_is_not_taken_for_a_grade() -> None:
    weak = Observation(test="GMAX", side="left", grade="3")
    why = (Reason(test="GMAX", side="left", seen=weak),)
    crossed = Finding(
        rule="pattern-lower-crossed",
        strength="possible",
        said=(said("crossed", crossed="lower_crossed", short=2, weak=3),),
        because=why,
        sources=("derived",),
        evidence="weak",
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8")
    row = finding_row(crossed, visit, PROTOCOL)
    assert isinstance(row.text, Hanging)
    assert "Gluteus maximus, left: 3" in row.text.laid(200).plain
