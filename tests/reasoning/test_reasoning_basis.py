"""The basis of a conclusion is read as a clinician would say it."""

import pytest

from mmt.library.load import load
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Reason
from mmt.model.visit import Answer
from mmt.paths import shipped
from mmt.reasoning.basis import answer_said, name_of, observed, place_said, reason_said

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
ASK = {name: one.ask for name, one in PROTOCOL.story.items()}
OST = PROTOCOL.precautions["OST"].name


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason(test="TA", side="left", grade="2"), "Tibialis anterior, left: 2"),
        (
            Reason(test="TA", side="left", grade="2", flags=("pain",), date="2026-02-02"),
            "Tibialis anterior, left: 2 (pain), 2026-02-02",
        ),
        (
            Reason(test="SLR", side="right", result="positive", degrees=45.0),
            "Straight leg raise, right: positive 45°",
        ),
        (Reason(test="SLUMP", side="right"), "Slump test, right"),
        (
            Reason(rule="weakness", test="TA", side="left", strength="marked"),
            "weakness: Tibialis anterior, left: marked",
        ),
        (Reason(rule="default", text="fits"), "default; fits"),
        (Reason(text="acted", date="2026-02-02"), "acted, 2026-02-02"),
        (Reason(question="fever", answer=True), f"{PROTOCOL.safety_questions['fever'].ask} yes"),
        (Reason(question="gone", answer=False), "gone no"),
        (Reason(story="night_pain", answer=True), f"{ASK['night_pain']} yes"),
        (Reason(story="nprs_leg", answer=7), f"{ASK['nprs_leg']}: 7"),
        (Reason(story="leg_pain_side", answer="none"), f"{ASK['leg_pain_side']} neither"),
        (Reason(story="extension"), f"{ASK['extension']} not asked"),
        (Reason(story="gone", answer="some"), "gone: some"),
        (Reason(precaution="OST", answer=True), f"OST ({OST}): present"),
        (Reason(precaution="OST", answer=False), f"OST ({OST}): not present"),
        (Reason(precaution="GONE"), "GONE (GONE): not asked"),
    ],
)
def test_a_reason_is_one_line(reason: Reason, said: str) -> None:
    assert reason_said(reason, PROTOCOL) == said


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


def test_a_place_is_named_by_the_library_or_else_by_its_id() -> None:
    assert place_said(PROTOCOL, "TA", "left") == "Tibialis anterior, left"
    assert place_said(PROTOCOL, "UAB", None) == PROTOCOL.tests["UAB"].name
    assert name_of(PROTOCOL, "night_pain") == ASK["night_pain"]
    assert name_of(PROTOCOL, "GONE") == "GONE"
