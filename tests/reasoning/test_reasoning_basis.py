"""What was seen or answered is named as a clinician would say it."""

import pytest

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Answer, Dose
from mmt.paths import shipped
from mmt.reasoning.basis import answer_said, dose_said, name_of, observed, place_said

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
ASK = {name: one.ask for name, one in PROTOCOL.story.items()}


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Observation(test="GMED", grade="4"), "4"),
        (
            Observation(test="GMED", grade="4", flags=("pain", "substitution"), substitution="TFL"),
            "4 (pain) (substitution: TFL)",
        ),
        (Observation(test="GMED", grade="4", flags=("substitution",)), "4 (substitution)"),
        (Observation(test="GMED", not_tested="cast"), "NT (cast)"),
        (Observation(test="HEEL-RAISE", count=12), "12"),
        (Observation(test="LL-TRUE", millimetres=861.5), "861.5 mm"),
        (Observation(test="SORENSEN", seconds=90.0), "90 s"),
        (Observation(test="QUAD", newtons=210.0), "210 N"),
        (Observation(test="L-PKE", degrees=35.0), "35°"),
    ],
)
def test_a_value_is_read_with_its_unit_and_flags(seen: Observation, said: str) -> None:
    assert observed(seen) == said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "not asked"),
        (True, "yes"),
        (False, "no"),
        (("back", "foot"), "back, foot"),
        ("all", "all"),
        (2.5, "2.5"),
    ],
)
def test_an_answer_is_read_aloud(answer: Answer | None, said: str) -> None:
    assert answer_said(answer) == said


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (
            Dose(hold_s=30, reps=2, per_day=1, days_per_week=7, weeks=6),
            "hold 30 s, 2 times, once a day, 7 days a week, 6 weeks",
        ),
        (
            Dose(reps=10, sets=2, per_day=1, days_per_week=3, weeks=8),
            "10 times, 2 sets, once a day, 3 days a week, 8 weeks",
        ),
        (
            Dose(minutes=5, per_day=2, days_per_week=7, weeks=1),
            "5 minutes, 2 times a day, 7 days a week, 1 week",
        ),
    ],
)
def test_a_dose_is_read_as_a_clinician_says_it(dose: Dose, said: str) -> None:
    assert dose_said(dose) == said


def test_a_place_is_named_by_the_library_or_else_by_its_id() -> None:
    assert place_said(PROTOCOL, "TA", "left") == "Tibialis anterior, left"
    assert place_said(PROTOCOL, "UAB", None) == PROTOCOL.tests["UAB"].name
    assert name_of(PROTOCOL, "night_pain") == ASK["night_pain"]
    assert name_of(PROTOCOL, "GONE") == "GONE"
