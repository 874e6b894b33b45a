"""How a pattern is weighed and told: its score, what speaks against it, and when one muscle is enough."""

import datetime
from typing import Any

import pytest
from made import PATIENT, PROTOCOL, history, quote, seen, told, visit
from msgspec.structs import replace

from mmt.model.born import BirthDate, Incomplete
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import NextTest, PatternMatch, Reason, Review
from mmt.model.signoff import SignOffs, Standing
from mmt.reasoning import review

RULE = PROTOCOL.rules.patterns
LEG_RAISE = seen("SLR", result="positive")
NAMES = {name: one.name for name, one in PROTOCOL.tests.items()}


def reviewed(*observations: Observation, protocol: Protocol = PROTOCOL) -> Review:
    return review(history(visit(*observations)), protocol)


def with_rule(**weights: Any) -> Protocol:
    """The shipped protocol with other weights."""
    rules = replace(PROTOCOL.rules, patterns=replace(RULE, **weights))
    return replace(PROTOCOL, rules=rules)


def match(name: str, *observations: Observation, protocol: Protocol = PROTOCOL) -> PatternMatch | None:
    found = reviewed(*observations, protocol=protocol).patterns
    return told(next((one for one in found if one.id == name), None), protocol)


def score(name: str, *observations: Observation, protocol: Protocol = PROTOCOL) -> float | None:
    found = match(name, *observations, protocol=protocol)
    return found.score if found else None


def weak(*names: str, grade: str = "4") -> list[Observation]:
    return [seen(name, grade=grade) for name in names]


def strong(*names: str) -> list[Observation]:
    return [seen(name, grade="5") for name in names]


def reason(name: str, grade: str) -> Reason:
    return quote(name, "left", grade=grade)


def test_a_pattern_tells_what_fits_what_speaks_against_it_and_what_was_not_tested() -> None:
    seen_here = [*weak("TA", "EHL", grade="3"), *weak("HAMM", "EDL"), *strong("GMED", "QUAD")]
    pattern = PROTOCOL.patterns["L5"]
    missing = ("TP", "PER", "TFL", "REFLEX-MEDHAM", "SLR", "SLUMP")
    assert match("L5", *seen_here) == PatternMatch(
        id="L5",
        side="left",
        hits=3,
        expected=10,
        contradictions=1,
        not_tested=missing,
        because=(reason("TA", "3"), reason("EHL", "3"), reason("HAMM", "4"), reason("EDL", "4")),
        against=(reason("GMED", "5"),),
        missing=missing,
        score=1.25 + 1.25 + 1 + 0.5 - 1,
        said=f"Consistent with {pattern.name}, left: 3 of 10 expected findings."
        f" Fits: {NAMES['TA']}, {NAMES['EHL']}, {NAMES['HAMM']}. May go with it: {NAMES['EDL']}."
        f" Speaks against {pattern.name}: {NAMES['GMED']}."
        f" Not tested: {', '.join(NAMES[name] for name in missing)}.",
        sources=PROTOCOL.cite((*pattern.sources, *RULE.sources)),
        evidence=pattern.evidence,
    )


def test_where_pain_is_felt_is_a_reason_beside_a_reflex_alone() -> None:
    story = {"leg_pain_side": "left", "pain_where": ("front-thigh",)}
    less = [seen("REFLEX-PATELLAR", count=1), seen("REFLEX-PATELLAR", "right", count=2)]
    for seen_here, told_of in ((less, True), (weak("QUAD", "ADD", grade="3"), False)):
        found = review(history(visit(*seen_here, story=story)), PROTOCOL).patterns
        (l3,) = (one for one in found if one.id == "L3")
        assert any(why.story for why in l3.because) is told_of


def test_a_full_picture_says_nothing_against_and_nothing_missing() -> None:
    found = match("obturator", *weak("ADD", grade="2"), *strong("QUAD", "HF", "TA"))
    assert found is not None
    name = PROTOCOL.patterns["obturator"].name
    assert found.said == f"Consistent with {name}, left: 1 of 1 expected findings. Fits: {NAMES['ADD']}."
    assert (found.against, found.missing, found.score) == ((), (), 1.5)


@pytest.mark.parametrize(
    ("seen_here", "name", "expected"),
    [
        (weak("TA", "EHL", "PER"), "common-peroneal", 3.0),
        (weak("TA", "EHL", "PER", "EDL"), "common-peroneal", 3.5),
        ([*weak("TA", "EHL"), *weak("EDL", grade="2")], "deep-peroneal", 2.75),
        ([*weak("TA", "EHL"), *strong("PER")], "deep-peroneal", 2.0),
        ([*weak("TA", "EHL"), seen("EDL", grade="4-", flags=("substitution",))], "deep-peroneal", 2.281),
        ([*weak("TA", "EHL", "TP", "GMED"), *strong("PER")], "L5", 4 - RULE.spared_root_mild),
        ([*weak("TA", "EHL", "TP", "GMED", grade="3"), *strong("PER")], "L5", 5 - RULE.spared_root),
        ([*weak("QUAD", "TA"), seen("REFLEX-PATELLAR", count=2)], "L4", 2 - RULE.quiet),
        ([*weak("QUAD", "TA"), seen("REFLEX-PATELLAR", count=0)], "L4", 3.0),
        ([*weak("QUAD", "TA"), seen("TREND", result="positive")], "L4", 2.0),
        ([*weak("TA", "EHL", "PER"), seen("SLR", result="positive")], "common-peroneal", 3 - RULE.stray),
        ([*weak("TA", "EHL", "PER"), seen("SLR", result="negative")], "L5", 3 - RULE.quiet),
        ([*weak("TA", "EHL"), *strong("GMED"), LEG_RAISE], "L5", 3 - RULE.spared_root_mild),
        ([*weak("TA", "EHL"), *strong("GMED")], "L5", 2 - 1),
        ([*weak("TA", "TP"), *strong("EHL", "GMED"), LEG_RAISE], "L5", 3 - RULE.spared_root_mild - 1),
    ],
)
def test_each_piece_of_evidence_has_its_weight(
    seen_here: list[Observation], name: str, expected: float
) -> None:
    assert score(name, *seen_here, protocol=with_rule(margin=2)) == expected


def test_a_strong_muscle_of_a_nerve_contradicts_it_and_two_rule_it_out() -> None:
    wide = with_rule(margin=2)
    one = match("common-peroneal", *weak("TA", "EHL", grade="3"), *strong("PER"), protocol=wide)
    assert one is not None
    assert (one.contradictions, one.score) == (1, 1.5)
    two = [*weak("TA", "GAS", "TP", grade="2"), *strong("PER", "EHL")]
    assert match("sciatic", *two, protocol=wide) is None


def test_strong_muscles_that_a_partial_lesion_spares_cast_a_doubt_only() -> None:
    found = match("sciatic", *weak("TA", "EHL", "PER"), *strong("TP", "GAS"), protocol=with_rule(margin=3))
    assert found is not None
    assert (found.contradictions, [one.test for one in found.against]) == (0, ["TP", "GAS"])
    assert found.score == 3 - 2 * RULE.spared_part


def test_a_muscle_that_gave_way_counts_half_and_not_less_with_a_substitution() -> None:
    def half(name: str, *flags: str) -> Observation:
        return seen(name, grade="4", flags=("gives-way", *flags))

    wide = with_rule(margin=3)
    plain = weak("TA", "PER")
    assert score("common-peroneal", half("EHL"), *plain, protocol=wide) == 2.5
    assert score("common-peroneal", half("EHL", "substitution"), *plain, protocol=wide) == 2.5
    assert match("common-peroneal", half("TA"), half("EHL"), half("PER")) is None


def test_what_counts_nothing_against_is_not_said_against() -> None:
    found = match("L4", *weak("QUAD", "TA"), seen("REFLEX-PATELLAR", count=2), protocol=with_rule(quiet=0))
    assert found is not None
    assert (found.against, found.score, found.contradictions) == ((), 2.0, 0)
    some = match("L4", *weak("QUAD", "TA"), seen("REFLEX-PATELLAR", count=2))
    assert some is not None
    assert [one.test for one in some.against] == ["REFLEX-PATELLAR"]
    assert some.contradictions == 0


def test_depth_makes_no_second_piece_of_evidence() -> None:
    assert match("tibial", *weak("FHL", grade="0")) is None
    assert match("tibial", *weak("FHL", "TP")) is not None
    assert match("deep-peroneal", *weak("TA", "EDL", grade="0")) is None
    assert match("deep-peroneal", *weak("TA", "EHL", grade="4")) is not None


def test_support_alone_is_one_piece_at_half_its_weight() -> None:
    assert match("common-peroneal", *weak("TA"), *weak("EDL", grade="0")) is None
    assert match("L5", *weak("TA", "EDL", "GMIN", grade="1")) is not None
    helped = seen("EDL", grade="4", flags=("substitution",), substitution="TA")
    assert match("common-peroneal", *weak("TA"), helped) is None


def test_one_muscle_is_enough_where_it_is_all_that_is_weak_among_normal_ones() -> None:
    assert match("obturator", *weak("ADD", grade="3"), *strong("QUAD", "HF", "TA")) is not None
    assert match("obturator", *weak("ADD", grade="3"), *strong("QUAD", "HF")) is None
    assert (
        match("obturator", *weak("ADD", grade="3"), *strong("QUAD", "HF"), seen("SLR", result="negative"))
        is None
    )
    assert match("obturator", *weak("ADD", "GAS", grade="3"), *strong("QUAD", "HF", "TA")) is None


def test_a_key_muscle_with_a_sign_of_its_root_stands_ahead_of_a_nerve_that_has_no_such_sign() -> None:
    drop = [*weak("EHL", grade="3"), *weak("TA"), *strong("GMED", "TP", "PER", "GAS", "QUAD", "HF")]
    raised, quiet = (seen("SLR", result=one) for one in ("positive", "negative"))
    assert [one.id for one in reviewed(*drop, raised).patterns] == ["L5", "deep-peroneal"]
    assert [one.id for one in reviewed(*drop, quiet).patterns] == ["deep-peroneal"]
    toe = [*weak("EHL"), *strong("TA", "GMED", "TP", "PER", "GAS", "QUAD", "HF", "TFL", "HAMM")]
    assert [one.id for one in reviewed(*toe, raised).patterns] == ["L5"]
    assert [one.id for one in reviewed(*toe, quiet).patterns] == []
    calf = [*weak("GAS"), *strong("TA", "GMED", "TP", "FHL", "GMAX", "HAML", "HAMM", "QUAD", "HF")]
    assert [one.id for one in reviewed(*calf, raised).patterns] == ["S1"]
    assert [one.id for one in reviewed(*calf, quiet).patterns] == []


@pytest.mark.parametrize(
    ("beside", "named"),
    [
        ([LEG_RAISE, seen("REFLEX-ACHILLES", count=0)], True),
        ([LEG_RAISE, seen("REFLEX-ACHILLES", count=1)], False),
        ([LEG_RAISE, seen("TOUCH-S1", touch="absent")], True),
        ([LEG_RAISE, seen("TOUCH-S1", touch="less")], False),
        ([seen("REFLEX-ACHILLES", count=0), seen("TOUCH-S1", touch="absent")], False),
    ],
)
def test_where_no_muscle_is_weak_a_sign_with_what_is_gone_and_not_only_less_names_a_root(
    beside: list[Observation], named: bool
) -> None:
    found = match("S1", *beside)
    assert (found is not None) is named
    assert found is None or "no muscle that it expects weak was found so" in found.said


NERVES = [name for name, one in PROTOCOL.patterns.items() if one.kind == "nerve"]


@pytest.mark.parametrize("name", NERVES)
def test_no_nerve_is_read_from_one_muscle_that_is_slightly_weak(name: str) -> None:
    for muscle in PROTOCOL.patterns[name].weak:
        others = [one for one in ("HF", "QUAD", "GMED", "GAS", "TA", "HER") if one != muscle]
        assert match(name, *weak(muscle, grade="3+"), *strong(*others)) is None, muscle


@pytest.mark.parametrize(
    ("name", "muscle"),
    [("superior-gluteal", "GMED"), ("inferior-gluteal", "GMAX"), ("superficial-peroneal", "PER")],
)
def test_one_muscle_that_is_slightly_weak_is_no_lesion_of_a_nerve(name: str, muscle: str) -> None:
    normal = strong("QUAD", "HF", "TA", "GAS")
    assert match(name, *weak(muscle, grade="3+"), *normal) is None
    alone = PROTOCOL.patterns[name].alone
    assert match(name, *weak(muscle, grade=alone), *normal) is not None
    assert match(name, *weak(muscle, grade=f"{alone}+"), *normal) is None
    drop = seen("TREND", result="positive")
    assert (match(name, *weak(muscle), drop, *normal) is not None) == (name == "superior-gluteal")


def test_a_contradiction_a_spared_muscle_or_one_sign_is_not_enough_among_normal_ones() -> None:
    normal, wide = strong("QUAD", "HF", "TA"), with_rule(margin=2)
    assert match("obturator", *weak("ADD", grade="0"), *normal, protocol=wide) is not None
    assert match("obturator", *weak("ADD", grade="0"), *weak("GAS"), *normal, protocol=wide) is None
    others = strong("TA", "EHL", "GAS")
    assert match("L2", *weak("HF", grade="2"), *others, protocol=wide) is not None
    assert match("L2", *weak("HF", grade="2"), *strong("SAR"), *others, protocol=wide) is None
    assert match("deep-gluteal", seen("SPIR", result="positive"), *normal) is None


def test_one_muscle_is_not_enough_where_half_the_others_are_untested_or_one_is_spared() -> None:
    normal = strong("QUAD", "HF", "GAS")
    assert match("superficial-peroneal", *weak("PER", grade="3"), *normal) is not None
    assert match("superior-gluteal", *weak("GMED", grade="2"), *normal) is not None
    assert match("superior-gluteal", *weak("GMED", grade="2"), *strong("GMIN", "QUAD", "HF")) is None
    assert match("common-peroneal", *weak("TA", grade="3"), *normal) is None
    assert match("deep-peroneal", *weak("TA", grade="3"), *normal) is not None
    lone = PROTOCOL.patterns["tibial"]
    spared = replace(PROTOCOL, patterns={"tibial": replace(lone, kind="root")})
    others = [*strong("QUAD", "HF", "TA"), *weak("GAS")]
    roots = {name: PROTOCOL.patterns[name] for name in ("L2", "L3", "L4")}
    all_named = replace(spared, patterns={**spared.patterns, **roots})
    assert match("tibial", *others, protocol=all_named) is None
    assert match("tibial", *others, *weak("TP"), protocol=all_named) is not None


def test_of_patterns_those_close_to_the_best_are_shown_best_first() -> None:
    found = reviewed(*weak("TA", "EHL", "PER")).patterns
    assert [(one.id, one.score) for one in found] == [
        ("common-peroneal", 3.0),
        ("sciatic", 3.0),
        ("L5", 3.0),
    ]
    more = reviewed(*weak("TA", "EHL", "PER", "GMED")).patterns
    assert [one.id for one in more] == ["L5"]
    apart = reviewed(*weak("TA", "EHL", "PER", "GMED"), protocol=with_rule(margin=2.5)).patterns
    assert apart[0].id == "L5"
    assert len(apart) > 1


def test_of_two_that_explain_as_well_the_one_with_less_left_to_find_goes_first() -> None:
    full = replace(PROTOCOL.patterns["deep-peroneal"], weak=("TA", "EHL"), may_be_weak=())
    part = replace(full, id="part", weak=("TA", "HAMM"), may_be_weak=("EHL",))
    rules = with_rule(possible=1).rules
    for patterns in ((full, part), (part, full)):
        own = replace(PROTOCOL, patterns={one.id: one for one in patterns}, rules=rules)
        found = reviewed(*weak("TA", "EHL"), protocol=own).patterns
        assert [(one.id, one.score) for one in found] == [("deep-peroneal", 2.0), ("part", 2.0)]


def test_a_test_that_the_library_lacks_is_named_by_its_id() -> None:
    own = replace(PROTOCOL.patterns["L5"], signs=("SLR", "SLUP"))
    found = match("L5", *weak("TA", "EHL", "PER"), protocol=replace(PROTOCOL, patterns={"L5": own}))
    assert found is not None
    assert found.said.endswith(f"{NAMES['SLR']}, SLUP.")
    both = replace(PROTOCOL, patterns={**PROTOCOL.patterns, "L5": own})
    asked = told_apart(*weak("TA", "EHL", "PER"), protocol=both)
    assert asked
    assert "SLUP" not in asked


def test_the_two_sides_are_read_apart_the_right_one_after_the_left_where_equal() -> None:
    both = [*weak("ADD", grade="3"), *strong("QUAD", "HF", "TA")]
    mirrored = [replace(one, side="right") for one in both]
    found = [one.side for one in reviewed(*both, *mirrored).patterns if one.id == "obturator"]
    assert found == ["left", "right"]


def test_signs_of_the_cord_count_with_the_muscles_that_they_weaken() -> None:
    pattern = PROTOCOL.patterns["upper-motor-neuron"]
    brisk = seen("REFLEX-PATELLAR", count=4)
    (found,) = reviewed(brisk, *weak("HF", "HAMM"), *strong("TA"), *weak("QUAD")).patterns
    found = told(found)
    assert found == PatternMatch(
        id="upper-motor-neuron",
        side="left",
        hits=3,
        expected=6,
        contradictions=0,
        not_tested=("EHL", "HAML"),
        because=(
            quote("REFLEX-PATELLAR", "left", count=4),
            reason("HF", "4"),
            reason("HAMM", "4"),
        ),
        against=(),
        said="Signs of the spinal cord or the brain, left: refer. "
        "The strength is not to be read as a root or a nerve.",
        sources=PROTOCOL.cite(pattern.sources),
        evidence=pattern.evidence,
    )


def told_apart(*observations: Observation, protocol: Protocol = PROTOCOL) -> list[str]:
    return [one.test for one in reviewed(*observations, protocol=protocol).next_tests]


def test_the_next_test_tells_the_leading_patterns_apart_with_its_published_figure() -> None:
    first = told(reviewed(*weak("TA", "EHL", "PER")).next_tests[0])
    published = PROTOCOL.rules.next_test.published[0]
    names = [PROTOCOL.patterns[name].name for name in first.tells_apart]
    assert first == NextTest(
        test="GMED",
        side="left",
        tells_apart=first.tells_apart,
        sources=PROTOCOL.cite((*PROTOCOL.rules.next_test.sources, *PROTOCOL.tests["GMED"].sources)),
        said=f"{NAMES['GMED']}, left: may help to tell apart {', '.join(names)}. {published.figure}",
    )
    assert set(first.tells_apart) == {"common-peroneal", "L5", "sciatic"}


def test_a_test_that_was_set_aside_is_not_asked_for() -> None:
    aside = Standing(decision="set-aside", name="Dr Ann Other", date=datetime.date(2026, 12, 3))
    unused = replace(PROTOCOL, signoffs=SignOffs(standing={"tests:GMED": aside}))
    whole = told_apart(*weak("TA", "EHL", "PER"))
    assert whole[0] == "GMED"
    assert "GMED" not in told_apart(*weak("TA", "EHL", "PER"), protocol=unused)


def test_a_test_without_a_published_figure_cites_its_own_sources() -> None:
    found = told(reviewed(*weak("TA", "EHL", "PER")).next_tests)
    plain = next(one for one in found if one.test not in ("GMED", "TP", "ADD"))
    assert plain.sources == PROTOCOL.cite(PROTOCOL.tests[plain.test].sources)
    assert plain.said.endswith(".")
    assert plain.said.count(". ") == 0


def test_what_was_tried_on_this_side_is_not_asked_again() -> None:
    drop = weak("TA", "EHL", "PER")
    assert "GMED" in told_apart(*drop)
    assert "GMED" not in told_apart(*drop, seen("GMED", not_tested="pain"))
    assert "GMED" not in told_apart(*drop, seen("GMED", grade="4+"))
    assert "GMED" in told_apart(*drop, seen("GMED", "right", grade="5"))


def test_a_pattern_that_leads_alone_is_held_against_the_next_one() -> None:
    alone = weak("TA", "EHL", "PER", "GMED", "TP", grade="2")
    assert [one.id for one in reviewed(*alone).patterns] == ["L5"]
    assert told_apart(*alone) == ["TFL", "GAS", "HAMM"]
    assert "GAS" not in told_apart(*alone, seen("HEEL-RAISE", count=25))
    (asked, *_) = reviewed(*alone).next_tests
    assert asked.tells_apart == ("L5", "sciatic")
    assert told_apart(*strong("TA", "EHL")) == []


def test_where_the_next_one_is_not_to_be_told_apart_a_further_one_is() -> None:
    plain = replace(PROTOCOL.patterns["L5"], lost=(), signs=(), may_be_positive=(), may_be_weak=())
    own = (
        replace(plain, id="a", weak=("TA", "EHL")),
        replace(plain, id="b", weak=("TA",)),
        replace(plain, id="c", weak=("TA", "HAMM")),
    )
    for patterns, asked in ((own, ["HAMM"]), (own[:2], [])):
        protocol = replace(PROTOCOL, patterns={one.id: one for one in patterns})
        assert told_apart(*weak("TA", "EHL"), protocol=protocol) == asked


def test_a_published_figure_is_told_only_of_the_patterns_that_it_is_about() -> None:
    figure = PROTOCOL.rules.next_test.published[1].figure
    rows = [*weak("QUAD", "TA"), *strong("HF", "EHL", "PER", "GAS", "ADD")]

    def said(protocol: Protocol) -> str:
        return " ".join(one.said for one in told(reviewed(*rows, protocol=protocol).next_tests, protocol))

    assert "TP" in told_apart(*rows)
    assert figure not in said(PROTOCOL)
    any_of = tuple(replace(one, tells=()) for one in PROTOCOL.rules.next_test.published)
    rules = replace(PROTOCOL.rules, next_test=replace(PROTOCOL.rules.next_test, published=any_of))
    assert figure in said(replace(PROTOCOL, rules=rules))


def test_what_some_expect_weak_and_others_allow_separates_by_half() -> None:
    root = PROTOCOL.patterns["L5"]
    plain = replace(root, lost=(), signs=(), may_be_positive=(), weak=("TA",), may_be_weak=())
    own = (
        replace(plain, id="a", weak=("TA", "HAMM"), may_be_weak=("GAS",)),
        replace(plain, id="b", may_be_weak=("HAMM", "GAS")),
        replace(plain, id="c", may_be_weak=("HAMM",)),
        replace(plain, id="d", may_be_weak=("HAMM",)),
    )
    protocol = replace(PROTOCOL, patterns={one.id: one for one in own})
    assert told_apart(*weak("TA"), protocol=protocol) == ["GAS", "HAMM"]


def test_at_most_so_many_are_named() -> None:
    for most in (1, 2, 4):
        rules = replace(PROTOCOL.rules, next_test=replace(PROTOCOL.rules.next_test, most=most))
        assert len(told_apart(*weak("TA", "EHL", "PER"), protocol=replace(PROTOCOL, rules=rules))) <= most


def test_only_the_signs_of_a_nerve_tell_less_with_age() -> None:
    signs = [seen(name, result="positive") for name in ("SPIR", "PACE")]
    past = history(visit(*signs, seen("FAIR", result="negative"), *strong("TA", "GMED")))
    old = replace(past, patient=replace(PATIENT, birth_date=datetime.date(1950, 1, 2)))
    (found,) = (one for one in review(old, PROTOCOL).patterns if one.id == "deep-gluteal")
    against = " ".join(told(found.said)).partition("Speaks against")[2]
    assert NAMES["FAIR"] in against.partition(".")[0]


@pytest.mark.parametrize(
    ("born", "little"),
    [
        (datetime.date(1966, 1, 2), True),
        (datetime.date(1967, 1, 2), False),
        (Incomplete(year=1966), True),
        (Incomplete(year=1967), False),
    ],
)
def test_from_an_age_on_a_negative_sign_is_said_to_tell_little_rather_than_to_speak_against(
    born: BirthDate, little: bool
) -> None:
    seen_here = [*weak("GMED", "EHL"), *strong("TA"), seen("SLR", result="negative")]
    patient = replace(PATIENT, birth_date=born)
    for protocol, says in ((PROTOCOL, little), (with_rule(quiet_from_age=None), False)):
        past = replace(history(visit(*seen_here)), patient=patient)
        (found,) = (one for one in review(past, protocol).patterns if one.id == "L5")
        said = " ".join(told(found.said))
        assert (f"tells little at this age: {NAMES['SLR']}." in said) is says
        against = said.partition("Speaks against")[2].partition(".")[0]
        assert NAMES["TA"] in against
        assert (NAMES["SLR"] in against) is not says


def test_a_root_that_rests_on_a_reflex_names_the_roots_that_share_it_and_no_others() -> None:
    def said_of(name: str, reflex: str, where: str) -> str:
        less = seen(reflex, count=1), seen(reflex, "right", count=2)
        story = {"weeks": 2, "leg_pain_side": "left", "pain_where": (where,)}
        found = review(history(visit(*less, story=story)), PROTOCOL).patterns
        return str(told(next(one for one in found if one.id == name)).said)

    knee = said_of("L3", "REFLEX-PATELLAR", "front-thigh")
    assert "The same reflex is lost with: L4 root." in knee
    assert "The same reflex" not in said_of("S1", "REFLEX-ACHILLES", "back-calf")
