"""What mmt ships: complete, sourced, walkable with the fewest turns."""

import re

import pytest

from mmt.library.load import Library
from mmt.model.exam_tests import LegLengthTest, MuscleTest, SignTest
from mmt.model.grades import CODES
from mmt.model.questions import SafetyQuestion

QUICK = ["HF", "QUAD", "TA", "EHL", "PER", "TP", "GMED", "GMAX", "HAML", "GAS", "SLR", "SPIR", "L-PKE"]

GROUPS = [
    "cauda-equina",
    "motor-deficit",
    "upper-motor-neuron",
    "fracture",
    "cancer",
    "infection",
    "aorta",
    "dvt",
    "limb-ischaemia",
    "inflammatory",
    "hip",
    "visceral",
]

STORY = [
    "nprs_back",
    "nprs_leg",
    "leg_pain_side",
    "night_pain",
    "sitting_hours",
    "bending_twisting",
    "one_sided_work",
    "injury",
    "half_training",
    "extension",
    "flexion",
    "treatment_medicine",
    "treatment_physical_therapy",
    "treatment_adjustment",
    "treatment_lifts",
    "eases",
    "psfs",
    "groc",
    "sheet_done",
]

PRECAUTIONS = [
    "FLX",
    "EXT",
    "OST",
    "IRR",
    "PRG",
    "THA",
    "KNE",
    "SHO",
    "CRV",
    "HTN",
    "DVT",
    "HYP",
    "BAL",
    "FLR",
    "DRP",
    "CLF",
    "HAM",
    "CST",
    "UMN",
    "NWB",
    "HIP",
    "SPI",
    "WLK",
]


def muscles(library: Library) -> list[MuscleTest]:
    return [one for one in library.protocol.tests.values() if isinstance(one, MuscleTest)]


def questions(library: Library) -> list[SafetyQuestion]:
    return list(library.protocol.safety_questions.values())


def test_the_ids_that_everyone_builds_on_are_there(library: Library) -> None:
    protocol = library.protocol
    assert set(QUICK) | {"LL-TRUE", "LL-BLOCK", "LL-PRONE"} <= protocol.tests.keys()
    assert set(GROUPS) <= protocol.safety.keys()
    assert "saddle-numbness" in protocol.safety_questions
    assert set(STORY) <= protocol.story.keys()
    assert set(PRECAUTIONS) == protocol.precautions.keys()
    assert {"MRC-6", "MRC-8", "DW", "Kendall-12", "full-14"} == protocol.scales.keys()
    assert set(protocol.exams["sciatica-quick"].tests) == set(QUICK)


FREE = ("notes", "brief", "variants", "reviewed", "seen_from", "sides")
"""What a test may do without."""


def test_what_is_no_muscle_has_a_name_in_words_for_a_line_of_many(library: Library) -> None:
    others = [one for one in library.protocol.tests.values() if not isinstance(one, MuscleTest)]
    assert [one.id for one in others if not one.brief] == ["FAIR"], "its usual name"


def test_every_muscle_test_is_complete(library: Library) -> None:
    for test in muscles(library):
        for name in test.__struct_fields__:
            if name in (*FREE, "criteria", "minor_roots"):
                continue
            assert getattr(test, name), f"{test.id} lacks {name}"
        for text in (test.against_gravity, test.gravity_eliminated, test.fix, test.resist):
            assert text.endswith("."), f"{test.id}: {text}"


def test_a_grade_that_no_hand_resists_says_what_earns_it(library: Library) -> None:
    for name in ("GAS", "SOL", "UAB", "LAB", "OBL", "BEX"):
        test = library.protocol.tests[name]
        assert isinstance(test, MuscleTest)
        assert {"5", "4", "3", "2", "1", "0"} <= test.criteria.keys()


def test_a_muscle_without_a_numeric_grade_is_answered_weak_or_strong(library: Library) -> None:
    assert library.protocol.tests["QL"].measures[0] == "result"
    assert library.protocol.tests["TA"].measures[0] == "grade"


def test_every_scale_has_a_criterion_and_a_word_a_grade(library: Library) -> None:
    for scale in library.protocol.scales.values():
        assert all(step.word and step.criterion.endswith(".") for step in scale.steps)
    full = library.protocol.scales["full-14"]
    assert full.codes == CODES
    kendall = {step.code: step.kendall for step in full.steps}
    assert (kendall["3"], kendall["5"], kendall["1+"], kendall["5-"]) == ("5", "10", "", "")


def test_every_emergency_is_asked_at_every_visit(library: Library) -> None:
    for question in questions(library):
        if question.level == "emergency" and question.kind == "sign":
            assert question.every_visit, question.id


def test_a_factor_never_alerts_by_the_record_alone(library: Library) -> None:
    for question in questions(library):
        if question.from_record and question.id != "under-16":
            assert question.kind == "factor", question.id


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("calf-swollen", "DVT"),
        ("leg-swollen", "DVT"),
        ("unsteady-clumsy", "UMN"),
        ("major-trauma", "OST"),
        ("osteoporosis", "OST"),
        ("pregnant", "PRG"),
        ("cannot-bear-weight", "NWB"),
        ("stress-fracture-risk", "NWB"),
    ],
)
def test_safety_answers_reach_the_stretches(question: str, code: str, library: Library) -> None:
    assert library.protocol.safety_questions[question].precaution == code


def test_cord_signs_withhold_everything(library: Library) -> None:
    withholding = [one.id for one in library.protocol.precautions.values() if one.withholds_all]
    assert withholding == ["NWB", "HIP", "SPI", "UMN"]


def test_what_a_possible_fracture_of_the_hip_spares_is_done_lying_or_sitting(library: Library) -> None:
    hip = library.protocol.precautions["NWB"]
    assert library.protocol.story[hip.until].answer == "yes-no"
    spared = [library.protocol.stretches[name] for name in hip.spares]
    assert not [one.id for one in spared if one.default or one.precautions.get("THA")]


def test_an_irritable_nerve_lets_everything_but_rest_and_walking_wait(library: Library) -> None:
    waiting = {one.id: one.review_days for one in library.protocol.precautions.values() if one.ticks_all}
    assert waiting == {"IRR": 7, "CST": None}
    kinds = {name: library.protocol.stretches[name].kind for name in ("E27", "E28")}
    assert kinds == {"E27": "walking", "E28": "rest"}


def test_only_tape_and_blocks_vote_on_leg_length(library: Library) -> None:
    methods = [one for one in library.protocol.tests.values() if isinstance(one, LegLengthTest)]
    limits = {one.id: one.error for one in methods if one.error is not None}
    assert limits["LL-TRUE"] == 10
    assert limits["LL-BLOCK"] == 8
    assert {one.method for one in methods if one.error is not None} <= {"true", "apparent", "block"}


def test_accuracy_is_quoted_where_it_is_published(library: Library) -> None:
    for name in ("SLR", "SPIR"):
        test = library.protocol.tests[name]
        assert isinstance(test, SignTest)
        assert "specificity" in test.accuracy


def test_extension_and_flexion_close_the_stretches_that_they_worsen(library: Library) -> None:
    gates = {name: library.protocol.stretches[name].gates for name in ("E02", "E03", "E14")}
    assert [(one.code, one.story, one.not_equals) for one in gates["E02"]] == [
        ("EXT", "extension", "peripheralises"),
        ("EXT", "extension", "no-change"),
        ("EXT", "worsens", "arching"),
    ]
    assert {(one.story, one.test, one.side, one.recorded) for one in gates["E03"]} >= {
        ("flexion", "", "either", True),
        ("", "SLR", "either", True),
    }
    assert "motor-deficit" in {one.alert for one in gates["E14"]}


CODES_OF = {
    "E01": "HAM !, THA X, FLX !, IRR !, KNE !, OST !, FLR form",
    "E02": "EXT X, PRG X, OST !, THA !, SHO !, HTN !, IRR !, FLR form",
    "E03": "FLX X, IRR X, OST X, HTN X, BAL !, HYP !, THA X, HAM X",
    "E04": "HAM !, THA X, PRG !, IRR !, FLR form",
    "E05": "HAM !, FLX X, OST !, THA !, PRG !, IRR !, FLR form",
    "E06": "KNE !, EXT !, BAL !, THA !, IRR !, FLR form",
    "E07": "IRR X, PRG !, HAM X, THA !, FLR form",
    "E08": "HAM !, FLX X, OST X, KNE !, SHO !, THA X, HTN X, IRR !, FLR form",
    "E09": "FLX X, EXT form, OST X, KNE !, SHO !, IRR !, HIP !, FLR form",
    "E10": "PRG form, IRR !, FLR form",
    "E11": "EXT !, PRG !, IRR !, HIP !, HAM form, FLR form",
    "E12": "THA !, IRR !, FLR form",
    "E13": "KNE !, SHO !, BAL !, IRR !, HIP !, FLR form",
    "E14": "IRR X, HAM !, WLK X, HTN form, CRV form",
    "E15": "FLX !, THA !, IRR !, FLR form",
    "E16": "BAL !, THA !, IRR !",
    "E17": "DVT X, BAL !, IRR !, HIP !",
    "E18": "KNE !, BAL !, IRR !, THA !, FLR form",
    "E19": "SHO !, FLX !, EXT !, OST !, BAL !, IRR !",
    "E20": "HTN !, SHO !, CRV !, OST !, EXT !, IRR !",
    "E21": "SHO !",
    "E22": "CRV !",
    "E23": "CRV X",
    "E24": "SHO !, BAL !",
    "E25": "FLX !, PRG X, HTN !, IRR !, HIP !, FLR form",
    "E26": "BAL !, IRR !, HIP !, CLF form",
    "E27": "HIP form, DRP form, BAL form, SPI form",
    "E28": "FLX form, PRG form, FLR form, SPI form",
    "E29": "BAL form, KNE !, THA !, IRR !",
    "E30": "IRR !, DRP form",
    "E31": "BAL !, IRR !, HIP !",
    "E32": "IRR !",
}
"""The conditions of each item as the clinical sources list them: X forbids, ! asks for a tick."""


def test_each_stretch_carries_its_conditions_and_no_other(library: Library) -> None:
    stretches = library.protocol.stretches
    assert stretches.keys() == CODES_OF.keys()
    for name, codes in CODES_OF.items():
        wanted = dict(one.split() for one in codes.split(", ") if one)
        assert stretches[name].precautions == wanted, name


def test_the_defaults_are_the_tilt_and_walking(library: Library) -> None:
    assert {name for name, one in library.protocol.stretches.items() if one.default} == {"E10", "E27"}


def test_every_stretch_is_complete(library: Library) -> None:
    for stretch in library.protocol.stretches.values():
        assert all((stretch.name, stretch.targets, stretch.course, stretch.answers, stretch.sources)), (
            stretch.id
        )
        dose, text = stretch.dose, stretch.text["en"]
        assert dose.minutes or dose.reps, stretch.id
        assert stretch.kind != "stretch" or dose.hold_s, stretch.id
        assert all((text.feel, text.avoid, text.easier, text.harder)), stretch.id
        assert text.course or stretch.default, (
            f"{stretch.id}: only what is for anybody promises nobody a course"
        )
        assert all(4 <= len(part.steps) <= 10 for part in text.parts), stretch.id


def test_the_stretches_of_the_article_keep_their_own_point(library: Library) -> None:
    piriformis, cobra, dive = (library.protocol.stretches[name] for name in ("E01", "E02", "E03"))
    assert all("Seed" in one.sources for one in (piriformis, cobra, dive))
    crossed = piriformis.text["en"].parts[0].steps
    assert crossed.index("Lift this foot over your other knee. Put it down outside.") < crossed.index(
        "Pull it slowly to your chest."
    )
    assert "Keep your hips and legs down." in cobra.text["en"].parts[0].steps
    (down_and_up,) = dive.text["en"].parts
    told = ("Open your arms wide.", "Make your back long and flat like a table.", "Hold and breathe.")
    assert [one for one in down_and_up.steps if one in told] == list(told)
    assert down_and_up.steps[-1] == "Bend your knees. Come up with a long back."


def test_a_checked_source_says_where_it_was_read(library: Library) -> None:
    for source in library.protocol.sources.values():
        if source.url:
            assert source.url.startswith(("https://", "http://")), source.id
        elif source.evidence == "checked":
            assert source.id in {"L70", "L120b"}, (
                f"{source.id}: only these were seen on mirrors without a name"
            )


def test_what_is_urgent_names_when_and_what_is_an_emergency_calls_for_help(library: Library) -> None:
    protocol = library.protocol
    asked = [(one.level, group.action) for group in protocol.safety.values() for one in group.questions]
    asked += [(one.level, one.action) for one in protocol.combinations.values() if one.action]
    when = r"same day|same-day|today|\bnow\b|emergency"
    assert [action for level, action in asked if level == "urgent" and not re.search(when, action)] == []
    assert [text for level, text in asked if level == "emergency" and "emergency" not in text] == []
