"""Shoe lifts: weighed for a difference of the bones beyond error only, with the warnings on both sides."""

import datetime

import pytest
from made import told

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Category, LegLength, Reading
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import no_lift, review
from mmt.reasoning.lift import lift

PROTOCOL: Protocol = load([shipped("protocols")]).protocol


def test_a_difference_of_the_bones_says_how_a_trial_would_go_and_what_speaks_against_it() -> None:
    said = told(lift("structural", "mild", 14.0, PROTOCOL.rules.lift))
    assert "NICE advises against" in said[0]
    assert "begin with 3 mm" in said[1]
    assert "to some 7 to 10 mm in the end" in said[1]
    assert "10 mm at most" in said[1]
    assert "may come back when the lift is taken out" in said[2]
    assert "pain of feet, knees or other joints" in said[2]
    assert said[3].startswith("Refer instead")
    assert (
        "to some 22 to 32 mm in the end"
        in told(lift("structural", "likely-to-matter", 45.0, PROTOCOL.rules.lift))[1]
    )


@pytest.mark.parametrize(
    ("reading", "category", "size", "why"),
    [
        ("none", "common", 4.0, "within the error"),
        ("structural", "common", 5.0, "within the error"),
        ("structural", "mild", None, "within the error"),
        ("functional", "mild", 12.0, "a difference of position"),
        ("structural-compensated", "common", 0.0, "the pelvis is level"),
        ("inconclusive", "mild", 12.0, "do not settle"),
    ],
)
def test_no_lift_is_said_with_its_reason(
    reading: Reading, category: Category, size: float | None, why: str
) -> None:
    (said,) = told(lift(reading, category, size, PROTOCOL.rules.lift))
    assert said.startswith("No shoe lift")
    assert why in said


def measured(**lengths: tuple[float | None, float | None]) -> LegLength | None:
    """The leg length of a visit with these millimetres (right, left) by method."""
    seen = [
        Observation(test=f"LL-{name.upper()}", side=side, millimetres=value)  # type: ignore[arg-type]
        for name, values in lengths.items()
        for side, value in zip(("right", "left"), values, strict=True)
        if value is not None
    ]
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=tuple(seen))
    patient = Patient(birth_date=datetime.date(1979, 5, 2))
    return review(History(patient=patient, visits=(visit,)), PROTOCOL).leg_length


@pytest.mark.parametrize(
    ("legs", "why"),
    [
        (None, "was not measured"),
        (measured(prone=(12, None)), "was not measured"),
        (measured(true=(862, 846), block=(12, None)), "do not settle"),
        (measured(true=(862, 846)), "do not settle"),
        (measured(true=(850, 848), block=(None, 12)), "a difference of position"),
        (measured(true=(850, 848)), "within the error"),
    ],
)
def test_why_there_is_no_lift_is_told_until_the_methods_agree_on_the_bones(
    legs: LegLength | None, why: str
) -> None:
    assert why in told(no_lift(legs))
    assert no_lift(measured(true=(862, 846), block=(None, 12))) is None
