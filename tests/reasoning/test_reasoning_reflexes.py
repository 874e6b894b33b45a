"""Reflexes: each that is lost is named, and a lost one with a sign lets a root be considered."""

import datetime

from made import PATIENT, PROTOCOL, SECOND, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.born import Incomplete
from mmt.model.observation import Observation
from mmt.model.review import Finding, PatternMatch
from mmt.model.visit import History
from mmt.reasoning import review
from mmt.reasoning.reflexes import common, findings
from mmt.reasoning.words import ENGLISH

ACHILLES = PROTOCOL.tests["REFLEX-ACHILLES"]
OLD = replace(PATIENT, birth_date=datetime.date(1966, 3, 2))
"""60 years old at the first visit."""

YOUNGER = replace(PATIENT, birth_date=datetime.date(1966, 3, 3))
"""A day short of it."""


def jerk(count: int, side: Side = "left", test: str = "REFLEX-ACHILLES") -> Observation:
    return seen(test, side, count=count)


def found(*values: Observation, patient: object = PATIENT) -> list[Finding]:
    return told(list(findings(History(patient=patient, visits=(visit(*values),)), PROTOCOL)))  # type: ignore[arg-type]


def test_a_reflex_lost_on_one_side_is_present() -> None:
    assert found(jerk(0), jerk(2, "right")) == [
        Finding(
            rule="reflex",
            test="REFLEX-ACHILLES",
            side="left",
            strength="present",
            said=f"{ACHILLES.name}, left: absent (0); right 2.",
            because=(
                quote("REFLEX-ACHILLES", "left", count=0),
                quote("REFLEX-ACHILLES", "right", count=2),
            ),
            sources=PROTOCOL.cite(ACHILLES.sources),
            evidence=ACHILLES.evidence,
        )
    ]
    assert found(jerk(2), jerk(2, "right")) == found(jerk(3), jerk(4, "right")) == []


def test_one_side_alone_or_both_alike_is_possible_and_says_why() -> None:
    (alone,) = found(jerk(1))
    assert (alone.strength, alone.missing) == ("possible", (ENGLISH["other-side"],))
    assert alone.said == f"{ACHILLES.name}, left: weaker than usual (1); the right side was not tested."
    both = found(jerk(0), jerk(0, "right"))
    assert [one.strength for one in both] == ["possible", "possible"]
    apart = found(jerk(1), jerk(0, "right"))
    assert [(one.side, one.strength) for one in apart] == [("right", "present"), ("left", "possible")]


def test_what_is_common_with_age_or_at_any_age_is_said_of_both_sides_only() -> None:
    def texts(*values: Observation, patient: object = OLD) -> list[str]:
        return [one.said for one in found(*values, patient=patient)]

    assert all(text.endswith(ENGLISH["reflex-age"]) for text in texts(jerk(0), jerk(0, "right")))
    assert not any(ENGLISH["reflex-age"] in text for text in texts(jerk(0), jerk(2, "right")))
    assert not any(
        ENGLISH["reflex-age"] in text for text in texts(jerk(0), jerk(0, "right"), patient=YOUNGER)
    )
    inner = "REFLEX-MEDHAM"
    hamstring = texts(jerk(0, test=inner), jerk(0, "right", inner), patient=PATIENT)
    assert all(text.endswith(ENGLISH["reflex-any-age"]) for text in hamstring)
    knee = "REFLEX-PATELLAR"
    knees = texts(jerk(0, test=knee), jerk(0, "right", knee))
    assert all(text.endswith("0.") for text in knees)


def test_what_explains_it_beside_age_is_said_instead_of_age() -> None:
    both = (jerk(0), jerk(0, "right"))
    feet = (seen("EHL", grade="4"), seen("TA", "right", grade="4", flags=("pain",)))

    def texts(*values: Observation, **safety: bool) -> list[str]:
        past = History(patient=OLD, visits=(visit(*values, safety=safety),))
        return [one.said for one in told(list(findings(past, PROTOCOL)))]

    assert all(text.endswith(ENGLISH["reflex-age-weak"]) for text in texts(*both, *feet))
    assert all(text.endswith(ENGLISH["reflex-age"]) for text in texts(*both, feet[0], diabetes=False))
    assert all(
        text.endswith("not put down to it after a yes: Diabetes?") for text in texts(*both, diabetes=True)
    )
    older = replace(PROTOCOL, rules=replace(PROTOCOL.rules, both_legs=None))
    past = History(patient=OLD, visits=(visit(*both, *feet),))
    assert all(ENGLISH["reflex-age"] in one.said for one in told(list(findings(past, older))))


def test_the_age_counts_at_the_visit() -> None:
    past = History(patient=OLD, visits=(visit(jerk(0)),))
    young = History(patient=YOUNGER, visits=(visit(jerk(0)),))
    assert (common(ACHILLES, past), common(ACHILLES, young)) == (True, False)  # type: ignore[arg-type]
    since = replace(past, visits=(replace(visit(jerk(0)), date=datetime.date(1990, 3, 2)), *past.visits))
    assert common(ACHILLES, since), "not at the first one"  # type: ignore[arg-type]


def test_age_explains_nothing_while_it_is_not_sure() -> None:
    for born, explains in ((Incomplete(year=1965), True), (Incomplete(year=1966), False)):
        past = History(patient=replace(PATIENT, birth_date=born), visits=(visit(jerk(0)),))
        assert common(ACHILLES, past) is explains  # type: ignore[arg-type]


MUSCLES = ("HF", "QUAD", "ADD", "TA", "EHL", "GAS", "HAML", "GMAX")
STRONG = [seen(name, grade="5") for name in MUSCLES]


def patterns(*values: Observation) -> dict[str, PatternMatch]:
    return {one.id: told(one) for one in review(history(visit(*values, *STRONG)), PROTOCOL).patterns}


def test_a_lost_reflex_with_its_sign_lets_a_root_be_considered_among_strong_muscles() -> None:
    ankle = patterns(jerk(0), jerk(2, "right"), seen("SLR", result="positive"))
    assert list(ankle) == ["S1"]
    assert ENGLISH["pattern-signs"] in ankle["S1"].said
    knee = "REFLEX-PATELLAR"
    lumbar = patterns(jerk(0, test=knee), jerk(2, "right", knee), seen("FNST", result="positive"))
    assert set(lumbar) == {"L3", "L4"}


def test_a_reflex_or_a_sign_alone_and_a_sign_of_another_root_do_not() -> None:
    assert patterns(jerk(0), jerk(2, "right")) == {}
    assert patterns(seen("SLR", result="positive")) == {}
    assert patterns(jerk(0), jerk(2, "right"), seen("FNST", result="positive")) == {}
    assert patterns(jerk(1), jerk(2, "right"), seen("SLR", result="positive")) == {}
    assert patterns(jerk(0), jerk(0, "right"), seen("SLR", result="positive")) == {}


def test_beside_a_weak_muscle_nothing_is_said_of_reflex_and_sign_alone() -> None:
    weak = [jerk(0), jerk(2, "right"), seen("SLR", result="positive"), seen("FHL", grade="4")]
    assert ENGLISH["pattern-signs"] not in patterns(*weak)["S1"].said


def test_a_reflex_that_stays_lost_is_told_after_the_strength_came_back() -> None:
    then = visit(seen("GAS", grade="3"), jerk(0), jerk(2, "right"), action="Telephoned")
    now = visit(seen("GAS", grade="5"), jerk(0), jerk(2, "right"), date=SECOND)
    told = review(history(then, now), PROTOCOL).findings
    assert [(one.rule, one.side) for one in told] == [("reflex", "left")]


def brisk(*values: Observation, earlier: tuple[Observation, ...] = ()) -> list[Finding]:
    past = history(visit(*earlier), visit(*values, date=SECOND))
    return told(list(findings(past, PROTOCOL)))


def test_reflexes_brisk_on_both_sides_are_named_with_what_was_not_tested() -> None:
    calm = [seen(name, side, result="negative") for name in ("BABINSKI", "CLONUS") for side in SIDES]
    (one,) = brisk(jerk(3), jerk(3, "right"), *calm[1:])
    assert one == Finding(
        rule="reflex",
        test="REFLEX-ACHILLES",
        strength="possible",
        said=ENGLISH["reflex-brisk"].format(test=ACHILLES),
        because=tuple(quote("REFLEX-ACHILLES", side, count=3) for side in SIDES),
        missing=("BABINSKI",),
        sources=PROTOCOL.cite(PROTOCOL.rules.upper_motor_neuron.sources),
        evidence=PROTOCOL.rules.upper_motor_neuron.evidence,
    )
    (two,) = brisk(jerk(3), jerk(3, "right"), *calm)
    assert two.missing == ()


def test_the_other_side_may_have_been_brisk_before_and_what_was_not_tapped_again_is_not_told() -> None:
    (one,) = brisk(jerk(3), earlier=(jerk(3, "right"),))
    assert one.because[0].date == "2026-03-02"
    assert brisk(earlier=(jerk(3), jerk(3, "right"))) == []


def test_brisk_reflexes_beside_a_sign_of_the_cord_are_left_to_its_alert() -> None:
    up = seen("BABINSKI", result="positive")
    assert brisk(jerk(3), jerk(3, "right"), up) == brisk(jerk(3), jerk(4, "right")) == brisk(jerk(3)) == []
