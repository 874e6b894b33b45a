"""What findings ask for, and how a sheet is put together: the map and the rule of the fact sheet."""

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.exam_tests import MuscleTest
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Prescription
from mmt.model.stretches import Answers, Gate
from mmt.model.visit import Answer, History, Prescribed, Visit
from mmt.paths import shipped
from mmt.reasoning import as_offered, barred, review

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
Seen = tuple[str, Mapping[str, Any]]


def prescription(
    seen: list[Seen], story: Mapping[str, Any] | None = None, protocol: Protocol = PROTOCOL
) -> Prescription:
    """What is prescribed for a left side with these values and no condition."""
    visit = Visit(
        date=datetime.date(2026, 3, 2),
        examiner="A",
        scale="MRC-8",
        story=dict(story or {}),
        precautions={one.id: False for one in PROTOCOL.precautions.values() if one.asked},
        observations=tuple(
            Observation(test=test, side=_side(test), **value)  # type: ignore[arg-type]
            for test, value in seen
        ),
    )
    return review(History(patient=PATIENT, visits=(visit,)), protocol).prescription


def with_limits(**limits: int) -> Protocol:
    """The shipped protocol with other limits of a sheet."""
    selection = replace(PROTOCOL.rules.selection, **limits)
    return replace(PROTOCOL, rules=replace(PROTOCOL.rules, selection=selection))


def chosen(found: Prescription) -> list[str]:
    return [one.stretch for one in found.offered]


def _side(test: str) -> str | None:
    return "left" if PROTOCOL.tests[test].sides == "each" else None


def asked_for(found: Prescription) -> set[str]:
    """The stretches that a finding or an answer asks for, offered or not."""
    plain = {one.stretch for one in found.offered if [why.rule for why in one.because] == ["default"]}
    offers = {one.stretch for one in (*found.offered, *found.more)}
    return (offers - plain) | {one.stretch for one in found.withheld if one.wanted}


SHORT = {"degrees": 5.0}
POSITIVE = {"result": "positive"}
WEAK = {"grade": "4"}

FINDING_MAP = [
    ("L-THO", {"degrees": 8.0}, "E06 E18 E02"),
    ("L-RF", {"degrees": 50.0}, "E06 E18"),
    ("L-ELY", POSITIVE, "E18"),
    ("L-OBER", {"degrees": -5.0}, "E16"),
    ("L-TFLa", POSITIVE, "E16"),
    ("L-PIR", POSITIVE, "E01 E04"),
    ("L-HIPIR", {"degrees": 20.0}, "E01 E04"),
    ("SPIR", POSITIVE, "E01 E04"),
    ("APIR", POSITIVE, "E01 E04"),
    ("FAIR", POSITIVE, "E01 E04"),
    ("FREIBERG", POSITIVE, "E01 E04"),
    ("PACE", POSITIVE, "E01 E04"),
    ("L-SLR", {"degrees": 50.0}, "E03 E07"),
    ("L-PKE", {"degrees": 42.0}, "E03 E07"),
    ("SLR", POSITIVE, "E14"),
    ("SLUMP", POSITIVE, "E14"),
    ("L-GAS", SHORT, "E17"),
    ("L-SOL", SHORT, "E17"),
    ("L-LUNGE", {"millimetres": 50.0}, "E17"),
    ("L-ADD", {"degrees": 30.0}, "E15"),
    ("L-PMI", {"millimetres": 40.0}, "E21"),
    ("GMAX", WEAK, "E11 E13"),
    ("GMED", WEAK, "E12"),
    ("HER", WEAK, "E12"),
    ("TREND", POSITIVE, "E12"),
    ("LAB", WEAK, "E10 E25"),
    ("UAB", WEAK, "E10 E25"),
    ("BEX", WEAK, "E13"),
    ("GAS", WEAK, "E26"),
    ("QUAD", WEAK, "E29"),
    ("TA", WEAK, "E30 E31"),
    ("EDL", WEAK, "E30 E31"),
    ("EHL", WEAK, "E32"),
    ("SOL", WEAK, "E26"),
    ("HEEL-RAISE", {"count": 19}, "E26"),
    ("HEEL-RAISE", {"count": 20}, ""),
    ("LT", WEAK, "E24"),
    ("MT", WEAK, "E24"),
    ("RH", WEAK, "E24"),
    ("SA", WEAK, "E24"),
    ("DNF", WEAK, "E22"),
]

STORY_MAP = [
    ({"extension": "centralises"}, "E02"),
    ({"sitting_hours": 6}, "E02 E20"),
    ({"sitting_hours": 5}, ""),
    ({"flexion": "centralises", "extension": "peripheralises"}, "E05 E08 E10 E27"),
    ({"eases": ("bending",), "worsens": ("arching", "standing")}, "E05 E08 E10 E27"),
    ({"flexion": "centralises", "extension": "no-change"}, "E05 E08"),
    ({"flexion": "centralises", "extension": "centralises"}, "E02 E05"),
    ({"flexion": "no-change", "extension": "no-change", "nprs_back": 1}, "E09"),
    ({"flexion": "no-change", "extension": "no-change", "nprs_back": 0}, ""),
    ({"worsens": ("sitting",)}, "E01 E04"),
    ({"nprs_leg": 8}, "E27 E28"),
    ({"nprs_leg": 7}, ""),
]

TOOK_OVER = {
    "TFL": "E16",
    "HF": "E06",
    "SAR": "E06",
    "QUAD": "E18",
    "HAMM": "E07",
    "HAML": "E07",
    "ADD": "E15",
    "QL": "E19",
    "OBL": "E19",
    "BEX": "E05 E08",
    "GMAX": "E01 E04 E05",
    "HER": "E01 E04",
    "LAT": "E08",
    "GAS": "E17",
    "SOL": "E17",
    "UT": "E23",
    "PMC": "E21",
    "PMS": "E21",
    "PMI": "E21",
}
"""The muscles that have a stretch, and what is a candidate where one of them took over."""


@pytest.mark.parametrize(("test", "value", "items"), FINDING_MAP, ids=[row[0] for row in FINDING_MAP])
def test_each_finding_asks_for_what_the_map_says(test: str, value: dict[str, Any], items: str) -> None:
    assert asked_for(prescription([(test, value)])) == set(items.split())


@pytest.mark.parametrize(("test", "item"), [("L-QL", "E19"), ("L-UT", "E23")])
def test_a_clearly_shorter_side_asks_for_its_stretch(test: str, item: str) -> None:
    measure = PROTOCOL.tests[test].measures[0]
    both = tuple(
        Observation(test=test, side=side, **{measure: value})  # type: ignore[arg-type]
        for side, value in (("left", 10.0), ("right", 60.0))
    )
    visit = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", observations=both)
    found = review(History(patient=PATIENT, visits=(visit,)), PROTOCOL).prescription
    assert {(one.stretch, one.side) for one in found.withheld if one.wanted} == {(item, "left")}


@pytest.mark.parametrize(("story", "items"), STORY_MAP)
def test_each_answer_asks_for_what_the_map_says(story: dict[str, Any], items: str) -> None:
    assert asked_for(prescription([], story)) == set(items.split())


def test_no_stretch_is_without_a_finding_that_asks_for_it() -> None:
    mapped = " ".join([*(row[2] for row in FINDING_MAP), *(items for _, items in STORY_MAP), "E19 E23"])
    assert set(mapped.split()) == set(PROTOCOL.stretches)


def test_the_crossed_patterns_ask_for_what_belongs_to_them() -> None:
    lower = [("L-ADD", {"degrees": 30.0}), ("L-OBER", {"degrees": -5.0}), ("GMED", WEAK), ("GMAX", WEAK)]
    upper = [("L-PMI", {"millimetres": 40.0}), ("L-UT", {"degrees": 20.0}), ("DNF", WEAK), ("LT", WEAK)]
    assert {"E06", "E08", "E10"} <= asked_for(prescription(lower))
    assert not {"E06", "E08", "E10"} & asked_for(prescription(lower[1:]))
    crossed = [one for one in PROTOCOL.stretches["E20"].answers if one.rule == "pattern-upper-crossed"]
    assert crossed
    assert "E20" not in asked_for(prescription(upper[2:]))


@pytest.mark.parametrize(("muscle", "items"), TOOK_OVER.items())
def test_the_muscle_that_took_over_is_a_candidate_to_stretch(muscle: str, items: str) -> None:
    seen = {"grade": "5", "flags": ("substitution",), "substitution": muscle}
    found = prescription([("EDL", seen)])
    assert asked_for(found) == set(items.split())
    for one in (*found.offered, *found.more):
        if one.stretch in items.split():
            assert one.because[-1].rule == "substitution"


def test_every_substitution_row_names_a_muscle_of_the_list() -> None:
    rows = {
        one.test
        for stretch in PROTOCOL.stretches.values()
        for one in stretch.answers
        if one.rule == "substitution"
    }
    assert rows == set(TOOK_OVER)
    assert all(isinstance(PROTOCOL.tests[name], MuscleTest) for name in rows)


def test_the_sheet_stands_in_the_order_of_the_rule() -> None:
    seen: list[Seen] = [
        ("L-ADD", {"degrees": 30.0}),
        ("SLUMP", POSITIVE),
        ("GMED", WEAK),
        ("LT", WEAK),
        ("L-OBER", {"degrees": -5.0}),
    ]
    found = prescription(seen, {"extension": "centralises", "nprs_leg": 3, "weeks": 8})
    assert chosen(found) == ["E02", "E14", "E12", "E27"]
    assert [one.stretch for one in found.more] == ["E24", "E15", "E16"]


def test_a_weak_key_muscle_goes_before_another_weak_one() -> None:
    assert chosen(prescription([("BEX", WEAK), ("GAS", WEAK)])) == ["E26", "E13", "E27"]
    assert chosen(prescription([("BEX", WEAK)])) == ["E13", "E27"]


def test_an_item_stands_where_its_best_reason_puts_it() -> None:
    seen: list[Seen] = [
        ("L-THO", {"degrees": 8.0}),
        ("L-RF", {"degrees": 50.0}),
        ("L-ADD", {"degrees": 30.0}),
    ]
    assert chosen(prescription(seen)) == ["E06", "E15", "E27"]
    pain = {"extension": "centralises", "sitting_hours": 9}
    assert chosen(prescription(seen, pain)) == ["E02", "E06", "E27"]
    assert chosen(prescription([("GMED", WEAK)], pain)) == ["E02", "E12", "E20", "E27"]


def test_a_clinic_sets_how_many_items_a_sheet_holds() -> None:
    seen: list[Seen] = [("GMED", WEAK), ("L-ADD", {"degrees": 30.0}), ("L-OBER", {"degrees": -5.0})]
    assert chosen(prescription(seen)) == ["E12", "E15", "E16", "E27"]
    fewer = prescription(seen, protocol=with_limits(first=3))
    assert chosen(fewer) == ["E12", "E15", "E27"]
    assert [one.stretch for one in fewer.more] == ["E16"]
    rule = replace(PROTOCOL.rules.selection, first=None, most=3)
    own = replace(PROTOCOL, rules=replace(PROTOCOL.rules, selection=rule))
    assert chosen(prescription(seen, protocol=own)) == ["E12", "E15", "E27"], "most, where first is absent"
    assert chosen(prescription([("LAB", WEAK)], protocol=with_limits(fewest=3))) == ["E10", "E27"]


def test_a_sheet_holds_one_nerve_glide() -> None:
    glide = PROTOCOL.stretches["E14"]
    stretches = {**PROTOCOL.stretches, "E14B": replace(glide, id="E14B")}
    found = prescription([("SLUMP", POSITIVE)], protocol=replace(PROTOCOL, stretches=stretches))
    assert chosen(found) == ["E14", "E27"]
    assert [one.stretch for one in found.more] == ["E14B"]


def test_sitting_that_hurts_puts_the_lying_form_first() -> None:
    plain = prescription([("SPIR", POSITIVE)])
    hurts = prescription([("SPIR", POSITIVE)], {"worsens": ("sitting",)})
    assert chosen(plain) == ["E01", "E27"]
    assert chosen(hurts) == ["E04", "E27"]
    assert hurts.offered[0].why == "sitting"


def test_an_unknown_side_of_the_pain_does_not_widen_the_side_of_a_finding() -> None:
    hurts = prescription([("SPIR", POSITIVE)], {"worsens": ("sitting",)})
    assert hurts.offered[0].side == "left"
    alone = prescription([], {"worsens": ("sitting",), "leg_pain_side": "right"})
    assert next((one.stretch, one.side) for one in alone.offered) == ("E04", "right")


def own_prescription(story: dict[str, Answer] | None = None, **changes: Any) -> Prescription:
    """The prescription of a weak left hip abductor by a library of one changed stretch and walking."""
    own = replace(PROTOCOL.stretches["E12"], precautions={}, **changes)
    protocol = replace(PROTOCOL, stretches={"E12": own, "E27": PROTOCOL.stretches["E27"]})
    weak = Observation(test="GMED", side="left", grade="4")
    visit = Visit(
        date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", story=story or {}, observations=(weak,)
    )
    return review(History(patient=PATIENT, visits=(visit,)), protocol).prescription


def test_a_stretch_may_be_done_on_the_other_side_or_on_both() -> None:
    sides = {}
    for side in ("same", "other", "both"):
        found = own_prescription(answers=(Answers(rule="weakness", test="GMED", side=side),))
        sides[side] = [one.side for one in found.offered if one.stretch == "E12"]
    assert sides == {"same": ["left"], "other": ["right"], "both": [None]}


def test_walking_that_a_clinic_asks_for_stands_last_by_its_class() -> None:
    asked = replace(PROTOCOL.stretches["E27"], default=False, answers=(Answers(rule="weakness"),))
    own = replace(PROTOCOL, stretches={**PROTOCOL.stretches, "E27": asked})
    assert chosen(prescription([("GMED", WEAK)], protocol=own))[:2] == ["E12", "E27"]


def test_what_is_asked_for_under_a_count_is_not_by_a_grade() -> None:
    found = own_prescription(answers=(Answers(rule="weakness", under=20),))
    assert [(one.stretch, one.why) for one in found.offered] == [("E27", "default")]


def test_a_number_of_the_record_is_no_answer_to_a_question_that_asks_for_words_now() -> None:
    found = own_prescription({"weeks": 3}, answers=(Answers(story={"weeks": "long"}),))
    assert chosen(found) == ["E27"]


def test_a_gate_that_need_not_be_recorded_shuts_only_on_its_answer() -> None:
    gate = Gate(code="FLX", story="flexion", not_equals="peripheralises", recorded=False)
    for answer, offered in ((None, True), ("no-change", True), ("peripheralises", False)):
        found = own_prescription({"flexion": answer} if answer else {}, gates=(gate,))
        assert ("E12" in [one.stretch for one in found.offered]) is offered
        assert [one.code for one in found.withheld] == ([] if offered else ["FLX"])


def test_a_chosen_stretch_that_no_longer_fits_is_named_with_what_holds_it() -> None:
    chosen_before = [
        Prescribed(stretch=name, dose=PROTOCOL.stretches[name].dose) for name in ("E12", "E14", "E27")
    ]
    held = barred(chosen_before, prescription([("SLUMP", POSITIVE)], {"night_pain": True}))
    codes = {name: [one.code for one in bars] for name, bars in held.items()}
    assert codes == {"E12": ["IRR"], "E14": ["IRR"]}


def test_offers_are_prescribed_as_they_stand() -> None:
    offers = [replace(one, note="Mind it") for one in prescription([("GMED", {"grade": "4"})]).offered]
    taken = as_offered(offers)
    assert taken
    assert [(one.stretch, one.side, one.dose, one.why, one.note) for one in taken] == [
        (one.stretch, one.side, one.dose, one.why, one.note) for one in offers
    ]


def test_a_sheet_is_told_for_what_is_present_and_what_nobody_asked_and_not_for_what_was_denied() -> None:
    asked = [one.id for one in PROTOCOL.precautions.values() if one.asked]
    yes, never, *noes = asked
    known = {yes: True, **dict.fromkeys(noes, False)}
    now = Visit(date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8", precautions=known)
    assert review(History(patient=PATIENT, visits=(now,)), PROTOCOL).prescription.conditions == (yes, never)
