"""Counts: the grade by the convention in use beside the others, and clearly fewer on one side."""

import datetime

from made import quote, told
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.exam_tests import CountTest
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.visit import History, Visit
from mmt.paths import shipped
from mmt.reasoning import review

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
SHIPPED = PROTOCOL.tests["HEEL-RAISE"]
assert isinstance(SHIPPED, CountTest)
SHORT_FIRST = replace(SHIPPED, conventions=SHIPPED.conventions[::-1])
"""The test as a clinic writes it that grades by the short clinical version."""


def raises(count: int, side: str = "left", flags: tuple[str, ...] = ()) -> Observation:
    return Observation(test="HEEL-RAISE", side=side, count=count, flags=flags)  # type: ignore[arg-type]


def found(*observations: Observation, test: CountTest = SHIPPED) -> list[Finding]:
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=observations)
    patient = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
    protocol = replace(PROTOCOL, tests={**PROTOCOL.tests, "HEEL-RAISE": test})
    return told(list(review(History(patient=patient, visits=(visit,)), protocol).findings), protocol)


def test_all_conventions_stand_beside_the_one_in_use() -> None:
    (one,) = found(raises(12))
    assert one.strength == "possible"
    assert "12, possibly weak; many healthy adults do no more." in one.said
    assert (
        "Grade 4 by Daniels & Worthingham (8th edition on); 4 by its 6th edition; 5 by the short" in one.said
    )


def test_a_clinic_that_puts_another_convention_first_is_graded_by_it() -> None:
    assert found(raises(12), test=SHORT_FIRST) == []
    (one,) = found(raises(3), test=SHORT_FIRST)
    assert "Grade 4 by the short clinical version; 3 by its 6th edition" in one.said


def test_the_mildest_convention_says_how_weak() -> None:
    assert [one.strength for one in found(raises(3))] == ["present"]
    assert [one.strength for one in found(raises(1))] == ["marked"]
    (none,) = found(raises(0))
    assert none.strength == "marked"
    assert "Grade under 3 by Daniels" in none.said


def test_pain_makes_it_a_possibility_and_no_difference_of_the_sides() -> None:
    pained = found(raises(1, flags=("pain",)), raises(25, "right"))
    assert [(one.rule, one.strength) for one in pained] == [("weakness", "possible")]
    assert "Pain may have limited the effort" in pained[0].said


def test_the_sides_differ_by_the_count_not_by_the_grade() -> None:
    rules = [one.rule for one in found(raises(18), raises(24, "right"))]
    assert rules == ["weakness", "weakness"]
    apart = [one for one in found(raises(17), raises(24, "right")) if one.rule == "side-difference"]
    assert [(one.test, one.side, one.strength) for one in apart] == [("HEEL-RAISE", "left", "present")]
    assert "left 17, right 24; the left side is weaker" in apart[0].said
    assert [one.rule for one in found(raises(33), raises(40, "right"))] == []
    assert [one.rule for one in found(raises(32), raises(40, "right"))] == []
    assert [one.rule for one in found(raises(31), raises(40, "right"))] == ["side-difference"]
    assert [one.rule for one in found(raises(14), raises(20, "right"))] == ["weakness"] * 2
    assert [one.rule for one in found(raises(83), raises(104, "right"))] == ["side-difference"]


def test_a_difference_names_both_counts_the_lower_one_first() -> None:
    rule, name = PROTOCOL.rules.side_difference, SHIPPED.name
    assert found(raises(31), raises(40, "right")) == [
        Finding(
            rule="side-difference",
            test="HEEL-RAISE",
            side="left",
            strength="present",
            said=f"{name}: left 31, right 40; the left side is weaker (present).",
            because=(
                quote("HEEL-RAISE", "left", count=31),
                quote("HEEL-RAISE", "right", count=40),
            ),
            sources=PROTOCOL.cite((*rule.sources, *SHIPPED.sources)),
            evidence=rule.evidence,
        )
    ]


def test_a_low_count_names_the_grade_of_each_convention() -> None:
    rule, name = PROTOCOL.rules.weakness, SHIPPED.name
    assert found(raises(1, flags=("substitution",))) == [
        Finding(
            rule="weakness",
            test="HEEL-RAISE",
            side="left",
            strength="marked",
            said=f"{name}, left: 1, markedly weak. Grade 3 by Daniels & Worthingham (8th edition on); "
            "3 by its 6th edition; 3 by the short clinical version."
            " Another muscle took over: the grade may be too high.",
            because=(quote("HEEL-RAISE", "left", count=1, flags=("substitution",)),),
            sources=PROTOCOL.cite((*rule.sources, *SHIPPED.sources)),
            evidence=rule.evidence,
        )
    ]


def test_pain_on_either_side_compares_no_counts() -> None:
    for pained in ("left", "right"):
        sides = (raises(26, flags=("pain",) if pained == "left" else ()),
                 raises(40, "right", ("pain",) if pained == "right" else ()))  # fmt: skip
        assert [one.rule for one in found(*sides)] == []


def test_of_two_trials_the_higher_one_counts() -> None:
    again = replace(raises(26), trial=2)
    assert found(raises(3), again) == []


def test_a_count_test_without_conventions_gives_no_grade() -> None:
    assert found(raises(0), test=replace(SHIPPED, conventions=())) == []
