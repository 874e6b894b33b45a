"""The walk through an exam: order, cursor, amendments."""

import datetime

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.base import SIDES
from mmt.model.base_test import Position, Substitution, Variant
from mmt.model.exam import Cell, Exam, begun, sound_side, walk
from mmt.model.exam_tests import MuscleTest, done_as
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
CODES = ("0", "1", "2", "3", "4-", "4", "4+", "5")


def muscle(name: str, position: Position) -> MuscleTest:
    return MuscleTest(
        id=name,
        name=name,
        position=position,
        action="moves",
        nerve="a nerve",
        roots=("L5",),
        primary_roots=("L5",),
        against_gravity="up",
        gravity_eliminated="flat",
        fix="the pelvis",
        resist="down",
        substitutions=(Substitution(id="TFL", text="rolls back"),),
        antagonists=("ADD",),
        sources=("DW",),
        evidence="textbook",
    )


TESTS = [
    muscle("GAS", "standing"),
    muscle("GMED", "side-lying"),
    muscle("ADD", "side-lying-on-test-side"),
    muscle("TA", "sitting"),
    muscle("HF", "sitting"),
    muscle("GMAX", "prone"),
]


def test_the_walk_follows_the_body_and_turns_it_once_each_way() -> None:
    cells = [(cell.test, cell.side, cell.position) for cell in walk(TESTS)]
    assert cells == [
        ("TA", "right", "sitting"),
        ("TA", "left", "sitting"),
        ("HF", "right", "sitting"),
        ("HF", "left", "sitting"),
        ("GMED", "left", "lying on the right side"),
        ("ADD", "right", "lying on the right side"),
        ("GMED", "right", "lying on the left side"),
        ("ADD", "left", "lying on the left side"),
        ("GMAX", "right", "prone"),
        ("GMAX", "left", "prone"),
        ("GAS", "right", "standing"),
        ("GAS", "left", "standing"),
    ]


def test_the_sound_side_goes_first_where_the_pain_is_on_one_side() -> None:
    assert sound_side("right") == "left"
    assert sound_side("left") == "right"
    assert sound_side("both") == "right"
    assert sound_side(None) == "right"
    assert walk(TESTS[3:4], first="left")[0].side == "left"


def test_a_variant_is_done_in_its_own_position_and_graded_by_the_scale() -> None:
    flat = Variant(text="on the back", position="supine", seen_from="front", resist="the sole")
    raises = replace(TESTS[0], criteria={"5": "25 raises"}, seen_from="behind", variants={"flat": flat})
    cells = walk([raises, TESTS[3]], variant="flat")
    assert [(one.test, one.position, one.variant) for one in cells[1:3]] == [
        ("TA", "sitting", None),
        ("GAS", "supine", "flat"),
    ]
    done = done_as(raises, "flat")
    assert isinstance(done, MuscleTest)
    assert (done.against_gravity, done.resist) == ("on the back", "the sole")
    assert (done.seen_from, done.criteria) == ("front", {})
    assert done_as(raises, None) is raises
    assert done_as(raises, "other") is raises


def test_a_variant_without_a_position_keeps_what_earns_a_grade() -> None:
    lever = replace(TESTS[0], criteria={"5": "25 raises"}, variants={"long": Variant(text="far out")})
    done = done_as(lever, "long")
    assert isinstance(done, MuscleTest)
    assert (done.position, done.criteria, done.resist) == ("standing", {"5": "25 raises"}, "down")


def test_turns_left_are_counted_from_the_cursor() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    assert exam.turns_left == 4
    assert exam.moved(8).turns_left == 1
    assert exam.moved(99).turns_left == 0
    assert exam.moved(99).at is None


def test_the_cursor_stays_within_the_exam() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    assert exam.moved(-5).cursor == 0
    assert exam.moved(99).moved(-1).at == exam.cells[-1]


def test_jumping_finds_a_test_and_leaves_the_cursor_where_there_is_none() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    assert exam.jumped("GMAX").at == exam.cells[8]
    assert exam.jumped("GMAX", "left").at == exam.cells[9]
    assert exam.moved(3).jumped("none").cursor == 3


def test_a_sign_amends_the_grade_that_was_given_last() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    assert exam.amended("+") is None
    graded = exam.record(Observation(test="TA", side="right", grade="4")).moved(1)
    amended = graded.amended("+")
    assert amended is not None
    assert (amended.test, amended.side, amended.grade) == ("TA", "right", "4+")
    assert graded.record(Observation(test="TA", side="left", grade="3")).amended("+") is None


def test_a_corrected_cell_counts_once_and_the_latest_trial_is_shown() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    exam = exam.record(Observation(test="TA", side="right", grade="4"))
    exam = exam.record(Observation(test="TA", side="right", grade="3"))
    exam = exam.record(Observation(test="TA", side="right", grade="5", trial=2))
    assert exam.filled == 1
    held = exam.value("TA", "right")
    assert held is not None
    assert held.grade == "5"
    assert exam.value("TA", "left") is None


def test_landing_on_a_filled_cell_takes_it_in_hand() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    exam = exam.record(Observation(test="TA", side="right", grade="4")).moved(1)
    exam = exam.record(Observation(test="TA", side="left", grade="3")).moved(1)
    assert exam.last == ("TA", "left")
    assert exam.moved(-2).last == ("TA", "right")
    assert exam.moved(-2).moved(1).moved(1).last == ("TA", "left")


def test_a_withdrawn_value_is_gone_and_no_longer_in_hand() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES).record(Observation(test="TA", side="right", grade="4"))
    again = exam.record(Observation(test="TA", side="right", grade="5", trial=2))
    assert again.withdrawn("TA", "right", 2).last == ("TA", "right")
    assert exam.withdrawn("TA", "right", 1).last is None
    assert exam.withdrawn("TA", "right", 1).filled == 0


def test_a_draft_resumes_at_the_first_open_cell_from_where_it_was_left() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    for side in SIDES:
        exam = exam.record(Observation(test="TA", side=side, grade="4"))
    assert exam.resumed("exam:TA:right").at == exam.cells[2]
    assert exam.resumed("exam:GMED:right").at == Cell(
        test="GMED", side="right", position="lying on the left side"
    )
    assert exam.resumed("safety").at == exam.cells[2]
    assert exam.resumed("exam:").at is None
    assert exam.moved(99).place == "exam:"
    assert exam.moved(3).place == "exam:HF:left"


def test_reordering_the_sides_keeps_the_cursor_on_its_cell() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES).moved(3)
    turned = exam.with_cells(walk(TESTS, first="left"))
    assert turned.at == exam.at
    assert turned.cells[0].side == "left"


def test_passing_a_cell_keeps_the_last_grade_in_hand() -> None:
    exam = Exam(cells=walk(TESTS), codes=CODES)
    exam = exam.record(Observation(test="TA", side="right", grade="4")).moved(1)
    assert exam.passed().at == exam.cells[2]
    assert exam.passed().last == ("TA", "right")
    assert exam.moved(99).passed().cursor == len(exam.cells)


def visit(exam: str, *observations: Observation, place: str = "", scale: str = "DW") -> Visit:
    return Visit(
        date=datetime.date(2026, 3, 2),
        examiner="A",
        scale=scale,
        exam=exam,
        observations=observations,
        place=place,
    )


def test_an_exam_begins_with_its_plan_and_whatever_else_was_seen() -> None:
    plan = PROTOCOL.exams["sciatica-quick"]
    serratus = Observation(test="SA", side="left", grade="3+")
    exam = begun(visit(plan.id, serratus, place="exam:GMAX:left"), PROTOCOL)
    assert {cell.test for cell in exam.cells} == {*plan.tests, "SA"}
    assert exam.last == ("SA", "left")
    assert exam.place == "exam:GMAX:left"
    assert exam.codes == PROTOCOL.scales["DW"].codes
    assert exam.cells[0].side == "right"
    assert begun(visit(plan.id), PROTOCOL, first="left").cells[0].side == "left"


def test_what_comes_ahead_leads_its_position_and_costs_no_turn() -> None:
    plan = PROTOCOL.exams["sciatica-quick"]
    usual = begun(visit(plan.id), PROTOCOL)
    late = [cell.test for cell in usual.cells if cell.position == "supine" and cell.side == "right"][-1]
    led = begun(visit(plan.id), PROTOCOL, ahead=(late,))
    assert [cell.test for cell in led.cells if cell.position == "supine"][:2] == [late, late]
    assert {*led.cells} == {*usual.cells}
    assert [cell.position for cell in led.cells] == [cell.position for cell in usual.cells]
    assert begun(visit(plan.id), PROTOCOL, folded=(late,), ahead=(late,)).cells == tuple(
        cell for cell in usual.cells if cell.test != late
    )


def test_leg_length_that_the_plan_measures_is_no_cell_of_the_exam() -> None:
    tape = Observation(test="LL-TRUE", side="left", millimetres=850)
    grade = Observation(test="TA", side="left", grade="4")
    exam = begun(visit("sciatica-quick", grade, tape), PROTOCOL)
    assert exam.observations == (grade,)
    assert exam.last == grade.cell
    assert "LL-TRUE" not in {cell.test for cell in exam.cells}


def test_a_visit_without_a_plan_is_walked_by_what_was_seen() -> None:
    known = Observation(test="TA", side="left", grade="4")
    strange = Observation(test="GONE", side="left", grade="4")
    exam = begun(visit("", known, strange, scale="gone"), PROTOCOL)
    assert [(cell.test, cell.side) for cell in exam.cells] == [("TA", "right"), ("TA", "left")]
    assert exam.codes == ()
    assert begun(visit(""), PROTOCOL).at is None


def test_a_new_value_passes_over_what_is_filled_already() -> None:
    exam = Exam(cells=walk([muscle("HF", "sitting"), muscle("TA", "sitting")]), codes=CODES)
    exam = exam.record(Observation(test="HF", side="left", grade="4"))
    assert exam.passed().at == Cell(test="TA", side="right", position="sitting")
    for cell in exam.cells:
        exam = exam.record(Observation(test=cell.test, side=cell.side, grade="5"))
    assert exam.passed().at is None
