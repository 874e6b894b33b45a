"""Root against nerve: the published pictures come out first, and what is not known counts for nothing."""

import datetime

import pytest
from made import told

from mmt.library.load import load
from mmt.model.exam_tests import MuscleTest, ReflexTest, SignTest
from mmt.model.grades import at_most
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Review
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import review

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
NAMED = tuple(dict.fromkeys(name for one in PROTOCOL.patterns.values() for name in one.named))
BY_WEAKNESS = [one.id for one in PROTOCOL.patterns.values() if one.rests_on == "weakness" and not one.roots]


def seen(name: str, *, abnormal: bool, grade: str = "4") -> Observation:
    test = PROTOCOL.tests[name]
    if isinstance(test, MuscleTest):
        return Observation(test=name, side="left", grade=grade if abnormal else "5")
    if isinstance(test, ReflexTest):
        return Observation(test=name, side="left", count=0 if abnormal else 2)
    return Observation(test=name, side="left", result="positive" if abnormal else "negative")


def reviewed(*observations: Observation) -> Review:
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=observations)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    return review(History(patient=patient, visits=(visit,)), PROTOCOL)


def enough(name: str, grade: str) -> bool:
    """Whether the picture is more than one muscle that is slightly weak."""
    pattern = PROTOCOL.patterns[name]
    return len(pattern.expected) > 1 or at_most(grade, pattern.alone)


def picture(name: str, possible: str, grade: str, *, signs: bool = True) -> list[Observation]:
    """All that a pattern expects on the left, the rest normal; what may be weak is as `possible` says."""
    pattern = PROTOCOL.patterns[name]
    told = [one for one in NAMED if signs or isinstance(PROTOCOL.tests[one], MuscleTest)]
    return [
        seen(one, abnormal=one in pattern.expected or one in pattern.possible, grade=grade)
        for one in told
        if one not in pattern.possible or possible == "weak"
    ] + [seen(one, abnormal=False) for one in told if one in pattern.possible and possible == "normal"]


@pytest.mark.parametrize("grade", ["4", "3", "1"])
@pytest.mark.parametrize("possible", ["weak", "normal", "untested"])
@pytest.mark.parametrize("name", BY_WEAKNESS)
def test_the_published_picture_comes_out_first(name: str, possible: str, grade: str) -> None:
    found = reviewed(*picture(name, possible, grade)).patterns
    if not enough(name, grade):
        assert name not in [one.id for one in found]
        return
    assert found[0].id == name
    assert found[0].side == "left"
    assert found[0].contradictions == 0
    assert found[0].hits == found[0].expected


@pytest.mark.parametrize("grade", ["4", "3", "1"])
@pytest.mark.parametrize("name", BY_WEAKNESS)
def test_the_muscles_alone_bring_the_picture_out_first(name: str, grade: str) -> None:
    found = [one.id for one in reviewed(*picture(name, "normal", grade, signs=False)).patterns]
    assert found[:1] == ([name] if enough(name, grade) else [])


@pytest.mark.parametrize("name", BY_WEAKNESS)
def test_the_picture_in_pain_shows_nothing(name: str) -> None:
    pained = [
        Observation(test=one.test, side="left", grade=one.grade, flags=("pain",))
        for one in picture(name, "weak", "3", signs=False)
    ]
    assert reviewed(*pained).patterns == ()


@pytest.mark.parametrize("name", BY_WEAKNESS)
def test_normal_muscles_show_nothing_whatever_the_signs_while_no_reflex_is_gone(name: str) -> None:
    found = reviewed(*[seen(one, abnormal=isinstance(PROTOCOL.tests[one], SignTest))
                       for one in PROTOCOL.patterns[name].expected])  # fmt: skip
    assert [one.id for one in found.patterns if one.id != "deep-gluteal"] == []


def test_one_weak_muscle_among_untested_ones_shows_nothing() -> None:
    assert reviewed(seen("TA", abnormal=True)).patterns == ()


def test_a_fuller_picture_of_two_shows_both_when_they_explain_equally_well() -> None:
    found = reviewed(
        *[seen(one, abnormal=one in ("TA", "EHL", "PER")) for one in ("TA", "EHL", "PER", "QUAD")]
    )
    assert {"L5", "common-peroneal"} <= {one.id for one in found.patterns}
    named = [one.test for one in found.next_tests]
    assert {"GMED", "TP"} <= set(named)
    assert "85.7" in next(told(one).said for one in found.next_tests if one.test == "GMED")


def test_hip_abduction_and_inversion_decide_a_foot_drop() -> None:
    drop = [seen(one, abnormal=True, grade="2") for one in ("TA", "EHL", "PER")]
    peroneal = reviewed(*drop, seen("GMED", abnormal=False), seen("TP", abnormal=False))
    assert [one.id for one in peroneal.patterns] == ["common-peroneal", "sciatic"]
    root = reviewed(*drop, seen("GMED", abnormal=True), seen("TP", abnormal=True))
    assert root.patterns[0].id == "L5"
    assert "common-peroneal" not in [one.id for one in root.patterns]


def test_the_deep_gluteal_pattern_rests_on_its_signs() -> None:
    signs = [seen("SPIR", abnormal=True), seen("APIR", abnormal=True)]
    assert [one.id for one in reviewed(*signs).patterns] == ["deep-gluteal"]
    assert reviewed(signs[0]).patterns == ()


def test_signs_of_the_cord_leave_no_other_reading() -> None:
    found = reviewed(*picture("L5", "weak", "3"), seen("BABINSKI", abnormal=True))
    assert [one.id for one in found.patterns] == ["upper-motor-neuron"]
    assert found.next_tests == ()


def test_a_reflex_that_is_low_on_both_sides_says_nothing() -> None:
    both = [Observation(test="REFLEX-ACHILLES", side=side, count=1) for side in ("left", "right")]
    weak = [seen(one, abnormal=True) for one in ("GAS", "HAML")]
    found = reviewed(*weak, *both).patterns[0]
    assert "REFLEX-ACHILLES" not in [one.test for one in (*found.because, *found.against)]


def test_a_painful_grade_is_neither_untested_nor_counted() -> None:
    painful = Observation(test="GMED", side="left", grade="3", flags=("pain",))
    weak = (seen(name, abnormal=True, grade="3") for name in ("TA", "EHL"))
    found = told(next(one for one in reviewed(painful, *weak).patterns if one.id == "L5"))
    assert "GMED" not in found.not_tested
    assert "GMED: painful, not counted" in found.missing
    untested, _, painful_said = found.said.partition("Painful, not counted: ")
    assert painful_said == "Gluteus medius."
    assert "Gluteus medius" not in untested
