"""What each key of the examination does, without a screen."""

from msgspec.structs import replace

from mmt.model.exam import Exam, walk
from mmt.model.exam_tests import (
    AnyTest,
    CountTest,
    HoldTest,
    LengthTest,
    MuscleTest,
    ReflexTest,
    SignTest,
    Substitution,
    Variant,
)
from mmt.model.observation import Observation
from mmt.tui.exam.entry import Entry
from mmt.tui.exam.jump import matches
from mmt.tui.exam.menus import choices
from mmt.tui.exam.press import press
from mmt.tui.visit.pressed import Pressed

CODES = ("0", "1", "2", "3", "4-", "4", "4+", "5")
SOURCED = {"sources": ("DW",), "evidence": "textbook"}
SUBSTITUTIONS = (Substitution(id="TFL", text="rolls back"), Substitution(id="QL", text="hikes the hip"))


def muscle(name: str, title: str, position: str = "sitting") -> MuscleTest:
    return MuscleTest(
        id=name,
        name=title,
        position=position,
        action="moves",
        nerve="a nerve",
        roots=("L5",),
        primary_roots=("L5",),
        against_gravity="up",
        gravity_eliminated="flat",
        fix="the pelvis",
        resist="down",
        substitutions=SUBSTITUTIONS,
        antagonists=("ADD",),
        **SOURCED,
    )


TA = muscle("TA", "Tibialis anterior")
GMED = muscle("GMED", "Glutéus medius", "side-lying")
SLR = SignTest(
    id="SLR",
    name="Straight leg raise",
    position="supine",
    steps=("raise",),
    positive="pain",
    group="nerve",
    degrees=True,
    most=150,
    **SOURCED,
)
PKE = LengthTest(
    id="L-PKE",
    name="Passive knee extension",
    position="supine",
    measure="degrees",
    most=120,
    muscles="hamstrings",
    steps=("bend",),
    usual="17",
    **SOURCED,
)
HOLD = HoldTest(id="HOLD", name="Hold", position="supine", sides="midline", steps=("hold",), **SOURCED)
RAISES = CountTest(id="RAISES", name="Heel raises", position="standing", steps=("rise",), error=6, **SOURCED)
REFLEX = ReflexTest(
    id="REFLEX", name="Reflex", position="supine", steps=("tap",), roots=("S1",), expected=2, **SOURCED
)
TESTS: dict[str, AnyTest] = {test.id: test for test in (TA, SLR, PKE, REFLEX, GMED, HOLD, RAISES)}


def entry(*names: str) -> Entry:
    tests = [TESTS[name] for name in names]
    return Entry(exam=Exam(cells=walk(tests), codes=CODES), tests=TESTS)


def after(state: Entry, keys: str) -> tuple[Entry, list[Pressed[Entry]]]:
    """The state after keys, one letter each (`!` is Enter, `<` Backspace), and all that happened."""
    done = []
    for key in keys:
        done.append(press(state, {"!": "enter", "<": "backspace"}.get(key, key)))
        state = done[-1].state
    return state, done


def seen(state: Entry) -> list[str]:
    return [f"{one.test} {one.side} {one.trial} {one.shown}" for one in state.exam.observations]


def test_one_key_grades_and_the_cursor_goes_right_left_next() -> None:
    state, done = after(entry("TA", "GMED"), "43")
    assert seen(state) == ["TA right 1 4", "TA left 1 3"]
    assert [one.keep and one.keep.grade for one in done] == ["4", "3"]
    assert state.exam.at == state.exam.cells[2]


def test_an_exam_that_asks_for_a_variant_keeps_it_with_each_grade_and_shows_how_it_is_done() -> None:
    flat = replace(TA, variants={"flat": Variant(text="on the back", position="supine")})
    exam = Exam(cells=walk([flat], variant="flat"), codes=CODES, variant="flat")
    state, done = after(Entry(exam=exam, tests={"TA": flat}), "44<5")
    assert [one.keep.variant for one in done if one.keep] == ["flat", "flat", "flat"]
    again = state.walked(("TA",), "left")
    again = again.at(again.exam.moved(-9))
    assert isinstance(again.test, MuscleTest)
    assert (again.test.against_gravity, again.exam.at and again.exam.at.position) == ("on the back", "supine")


def test_a_sign_changes_the_last_grade_not_the_cell_under_the_cursor() -> None:
    state, done = after(entry("TA"), "4+")
    assert seen(state) == ["TA right 1 4+"]
    assert done[1].keep == state.last
    assert state.exam.cursor == 1
    assert seen(after(state, "+")[0]) == ["TA right 1 4"]
    assert seen(after(state, "-")[0]) == ["TA right 1 4-"]


def test_a_sign_that_the_scale_lacks_is_refused_with_a_word() -> None:
    state, done = after(entry("TA"), "5+")
    assert done[1].refused
    assert done[1].word == "This scale has no 5+."
    assert done[1].keep is None
    assert seen(state) == ["TA right 1 5"]
    assert after(entry("TA"), "+")[1][0].refused


def test_six_to_eight_are_refused_and_change_nothing() -> None:
    state, done = after(entry("TA"), "678")
    assert [one.refused for one in done] == [True, True, True]
    assert state == entry("TA")


def test_nine_asks_why_and_a_digit_answers() -> None:
    state, done = after(entry("TA"), "94")
    assert done[0].keep is None
    assert done[1].keep == Observation(test="TA", side="right", not_tested="declined")
    assert state.exam.cursor == 1
    assert after(entry("TA"), "9")[0].mode == "reason"
    assert choices(after(entry("TA"), "9")[0])[0] == ("1", "pain")


def test_a_digit_that_is_no_reason_is_refused_and_the_menu_stays() -> None:
    state, done = after(entry("TA"), "98")
    assert done[1].refused
    assert state.mode == "reason"
    assert after(state, "!")[0].mode == "cell"


def test_flags_go_to_the_last_grade_by_digit_and_come_off_again() -> None:
    state, done = after(entry("TA"), "4.1")
    assert done[2].keep == Observation(test="TA", side="right", grade="4", flags=("pain",))
    assert state.exam.cursor == 1
    state, _ = after(state, ".4")
    assert state.last is not None
    assert state.last.flags == ("pain", "range-limited")
    assert after(state, ".1")[0].last == replace(state.last, flags=("range-limited",))
    assert after(state, ".0")[0].last == replace(state.last, flags=())


def test_a_substitution_is_named_by_a_second_digit() -> None:
    state, done = after(entry("TA"), "4.2")
    assert done[2].keep is None
    assert choices(state) == (("1", "rolls back"), ("2", "hikes the hip"))
    state, done = after(state, "2")
    assert done[0].keep is not None
    assert (done[0].keep.flags, done[0].keep.substitution) == (("substitution",), "QL")
    cleared = after(state, ".2")[0].last
    assert cleared is not None
    assert (cleared.flags, cleared.substitution) == ((), None)


def test_another_way_of_testing_is_chosen_by_digit_and_taken_back_by_nought() -> None:
    ways = {"flat": Variant(text="on the back", position="supine"), "knee": Variant(text="at the knee")}
    levers = replace(TA, variants=ways)
    exam = Exam(cells=walk([levers]), codes=CODES)
    state, done = after(Entry(exam=exam, tests={"TA": levers}), "4..")
    assert choices(state) == (("0", "✓ the usual way"), ("1", "on the back"), ("2", "at the knee"))
    refused, _ = after(state, "3")
    assert refused.mode == "variant"
    state, done = after(state, "2")
    assert done[0].keep == Observation(test="TA", side="right", grade="4", variant="knee")
    assert choices(after(state, "..")[0])[2] == ("2", "✓ at the knee")
    assert after(state, "..0")[0].last == Observation(test="TA", side="right", grade="4")
    assert after(state, "..!")[0].last == state.last


def test_a_muscle_that_is_tested_one_way_only_offers_no_other() -> None:
    state, done = after(entry("TA"), "4..")
    assert done[2].refused
    assert state.mode == "flags"


def test_flags_need_a_value_in_hand() -> None:
    state, done = after(entry("TA"), ".1")
    assert done[1].refused
    assert [key for key, _ in choices(state)] == ["8", "9"]
    state, done = after(entry("TA"), "91.1")
    assert done[3].refused
    assert [key for key, _ in choices(state)] == ["6", "8", "9", "-"]
    assert seen(state) == ["TA right 1 NT"]


def test_slash_and_backspace_step_back_and_a_digit_there_corrects() -> None:
    for key in "/<":
        state, _ = after(entry("TA"), f"4.1{key}3")
        assert seen(state) == ["TA right 1 3"]
        assert state.last is not None
        assert state.last.flags == ("pain",), "the flag belongs to the effort, not to the slip"
    assert after(entry("TA"), "/")[1][0].refused


def test_a_corrected_grade_stays_in_hand_although_the_next_cell_is_filled() -> None:
    state, _ = after(entry("TA"), "45//3+")
    assert seen(state) == ["TA left 1 5", "TA right 1 3"], "3+ is not in the scale, 5 is left alone"
    assert seen(after(state, "//4-")[0])[-1] == "TA right 1 4-"


def test_a_value_passes_over_filled_cells_and_a_correction_leads_back_to_where_one_was() -> None:
    state, _ = after(entry("TA", "GMED"), "!4")
    assert seen(state) == ["TA left 1 4"]
    state, _ = after(state.at(state.exam.moved(-2)), "5")
    assert state.exam.at == state.exam.cells[2], "the left side is done: on to the next test"
    state, _ = after(state, "//34")
    assert seen(state) == ["TA left 1 4", "TA right 1 3", "GMED left 1 4"], "the 4 corrects nothing unseen"


def test_a_value_that_took_the_place_of_another_says_which() -> None:
    assert after(entry("TA"), "5")[0].was == ""
    state, _ = after(entry("TA"), "5/3")
    assert state.was == "5"
    assert after(state, "4")[0].was == "", "only as long as it is in hand"
    assert after(entry("SLR"), "0/145!")[0].was == "negative"
    assert after(entry("TA"), "5.63")[0].was == "", "a new trial leaves the earlier one"


def test_backspace_in_a_number_erases_and_never_walks_back() -> None:
    state, done = after(entry("SLR", "L-PKE"), "00" + "12<<<<")
    assert [one.refused for one in done[-4:]] == [False, False, True, True]
    assert state.exam.at is not None
    assert state.exam.at.test == "L-PKE"
    assert after(state, "/")[0].exam.at == state.exam.cells[1]
    angle, done = after(entry("SLR"), "14<<<")
    assert angle.angle
    assert done[-1].refused


def test_a_number_that_cannot_be_is_cleared_by_a_key_of_the_keypad() -> None:
    for typed in ("5555555", "5/", "1..2", "5" * 16):
        state, done = after(entry("L-PKE"), typed + "!")
        assert done[-1].refused
        assert "/ clears it" in done[-1].word
        assert after(state, "/")[0].typed == ""
        assert seen(after(state, "/33!")[0]) == ["L-PKE right 1 33°"]


def test_an_angle_does_not_begin_with_nought() -> None:
    state, done = after(entry("SLR"), "100!")
    assert [one.refused for one in done] == [False, True, True, False]
    assert seen(state) == ["SLR right 1 positive"], "no 0 degrees"


def test_not_tested_takes_the_place_of_a_grade_without_its_flags() -> None:
    state, _ = after(entry("TA"), "4.1/91")
    assert state.exam.observations == (Observation(test="TA", side="right", not_tested="pain"),)


def test_enter_goes_on_and_leaves_the_cell_not_done() -> None:
    state, _ = after(entry("TA"), "!!")
    assert state.exam.at is None
    assert state.exam.observations == ()
    assert after(state, "4")[1][0].refused


def test_a_new_trial_only_by_its_own_key() -> None:
    state, _ = after(entry("TA"), "4t5")
    assert seen(state) == ["TA right 1 4", "TA right 2 5"]
    assert state.exam.cursor == 1
    assert seen(after(state, "+")[0])[-1] == "TA right 2 5"
    assert after(entry("TA"), "t")[1][0].refused


def test_a_value_can_be_taken_back() -> None:
    state, done = after(entry("TA"), "4/x")
    assert done[2].withdraw == Observation(test="TA", side="right", grade="4")
    assert state.exam.observations == ()
    assert after(entry("TA"), "x")[1][0].refused


def test_yes_no_tests_take_one_and_zero() -> None:
    state, done = after(entry("SLR"), "02")
    assert seen(state) == ["SLR right 1 negative"]
    assert done[1].refused


def test_a_positive_leg_raise_may_be_given_its_angle() -> None:
    state, done = after(entry("SLR"), "145!")
    assert seen(state) == ["SLR right 1 positive 45°"]
    assert done[0].keep == Observation(test="SLR", side="right", result="positive")
    assert state.exam.cursor == 1
    assert seen(after(entry("SLR"), "1!0")[0]) == ["SLR right 1 positive", "SLR left 1 negative"]


def test_a_flag_put_on_before_the_angle_is_kept_with_it() -> None:
    state, _ = after(entry("SLR"), "1.145!")
    assert state.last == Observation(test="SLR", side="right", result="positive", degrees=45, flags=("pain",))


def test_a_number_is_text_until_enter() -> None:
    state, done = after(entry("L-PKE"), "3<42.5!")
    assert seen(state) == ["L-PKE right 1 42.5°"]
    assert [one.keep is None for one in done] == [True] * 6 + [False]


def test_minus_turns_an_angle_and_rubbish_is_refused() -> None:
    assert seen(after(entry("L-PKE"), "10-!")[0]) == ["L-PKE right 1 -10°"]
    state, done = after(entry("L-PKE"), "1/2!")
    assert done[-1].refused
    assert state.typed == "1/2"
    assert after(entry("L-PKE"), "181!")[1][-1].word.startswith("181 degrees is more than can be.")


def test_more_degrees_than_the_test_can_reach_are_refused_with_the_limit() -> None:
    for test, keys, limits in (("SLR", "1155!", "0 to 150°"), ("L-PKE", "121-!", "-120 to 120°")):
        state, done = after(entry(test), keys)
        assert done[-1].refused
        assert f"cannot be: {test} goes from {limits}." in done[-1].word
        assert all(one.degrees is None for one in state.exam.observations)
    assert seen(after(entry("L-PKE"), "120!")[0]) == ["L-PKE right 1 120°"]


def test_the_value_in_hand_is_taken_back_by_keypad_from_the_menu_of_flags() -> None:
    state, done = after(entry("TA"), "43.-")
    assert seen(state) == ["TA right 1 4"]
    assert done[-1].withdraw == Observation(test="TA", side="left", grade="3")
    assert done[-1].word == "3 taken back: not done."
    assert state.exam.at is not None
    assert state.exam.at.side == "left", "the next digit grades it anew"
    assert after(entry("TA"), ".-")[1][-1].refused


def test_an_empty_number_field_leaves_signs_and_flags_to_the_grade_before() -> None:
    state, _ = after(entry("TA", "L-PKE"), "44+.1")
    assert state.exam.at is not None
    assert state.exam.at.test == "L-PKE"
    assert state.last == Observation(test="TA", side="left", grade="4+", flags=("pain",))


def test_a_number_cell_is_marked_not_tested_by_n_or_through_the_flags() -> None:
    assert seen(after(entry("L-PKE"), "n6")[0]) == ["L-PKE right 1 NT"]
    assert seen(after(entry("TA", "L-PKE"), "44.96")[0])[-1] == "L-PKE right 1 NT"


def test_a_number_cell_can_be_marked_not_tested_by_keypad_although_nothing_is_graded_yet() -> None:
    assert seen(after(entry("L-PKE"), ".96")[0]) == ["L-PKE right 1 NT"]


def test_a_further_trial_can_be_taken_by_keypad() -> None:
    state, _ = after(entry("TA"), "4.65")
    assert seen(state) == ["TA right 1 4", "TA right 2 5"]
    assert state.mode == "cell"


def test_the_clock_of_a_held_test_starts_and_stops_by_one_key() -> None:
    for stop in ("0", "enter"):
        state = press(entry("HOLD"), "0", 100.0).state
        assert state.timing
        done = press(state, stop, 112.34)
        assert done.keep == Observation(test="HOLD", seconds=12.3)
        assert done.state.exam.at is None
        assert not done.state.timing


def test_a_running_clock_refuses_other_keys_and_can_be_taken_back() -> None:
    state = press(entry("HOLD"), "0", 100.0).state
    for key in "5/.+":
        refused = press(state, key, 101.0)
        assert refused.refused
        assert refused.state == state, "the clock runs on"
    back = press(state, "backspace", 105.0)
    assert (back.keep, back.state.timing) == (None, False)
    assert back.state.exam.at == state.exam.at


def test_seconds_can_be_typed_instead() -> None:
    assert seen(after(entry("HOLD"), "42.5!")[0]) == ["HOLD None 1 42.5 s"]
    assert seen(after(entry("HOLD"), "105!")[0]) == ["HOLD None 1 105 s"], "a 0 within a number is a digit"


def test_a_count_is_kept_raw() -> None:
    state, _ = after(entry("RAISES"), "18!")
    assert state.last == Observation(test="RAISES", side="right", count=18)
    assert after(entry("RAISES"), "1.5!")[1][-1].refused


def test_a_force_stands_beside_the_grade_in_newtons() -> None:
    state, done = after(entry("TA"), "4+d213.5!")
    assert state.last == Observation(test="TA", side="right", grade="4+", newtons=213.5)
    assert done[-1].word == "213.5 N"
    assert state.exam.cursor == 1, "the cursor stays with the next cell"
    assert seen(after(state, "5")[0])[-1] == "TA left 1 5"


def test_a_force_in_another_unit_is_converted_and_the_unit_is_remembered() -> None:
    state, done = after(entry("TA"), "4.7*21.8!")
    assert state.last is not None
    assert (state.last.newtons, done[-1].word) == (213.8, "21.8 kgf = 213.8 N")
    state, done = after(state, "5d**48!")
    assert state.last is not None
    assert done[-1].word == "48 N", "the third unit after kgf is N again"
    state, done = after(state, "d<dl48!")
    assert (state.last.newtons, done[-1].word) == (213.5, "48 lbf = 213.5 N") if state.last else None


def test_a_force_needs_a_muscle_and_can_be_taken_back() -> None:
    assert after(entry("TA"), "d")[1][0].refused
    assert after(entry("SLR"), "0d")[1][1].refused
    state, done = after(entry("TA"), "4d200!dx")
    assert state.last == Observation(test="TA", side="right", grade="4")
    assert done[-1].word == "200 N taken back."
    assert after(entry("TA"), "4d99999!")[1][-1].refused


def test_a_corrected_grade_keeps_its_force_and_a_new_trial_has_none() -> None:
    state, _ = after(entry("TA"), "4d200!/3")
    assert state.last is not None
    assert (state.last.grade, state.last.newtons) == ("3", 200)
    state, _ = after(state, "/t5")
    assert state.last == Observation(test="TA", side="right", grade="5", trial=2)


def test_a_reflex_is_one_key() -> None:
    state, done = after(entry("REFLEX"), "265")
    assert seen(state) == ["REFLEX right 1 2"]
    assert [one.refused for one in done] == [False, True, True]


def test_a_name_jumps_and_accents_and_case_are_forgiven() -> None:
    state, _ = after(entry("TA", "GMED"), "jglu")
    assert [test.id for test in matches(state)] == ["GMED"]
    state, _ = after(state, "!4")
    assert seen(state) == ["GMED left 1 4"]


def test_a_test_that_the_exam_lacks_is_added_in_its_position() -> None:
    state, _ = after(entry("TA", "GMED"), "jknee1")
    assert [cell.test for cell in state.exam.cells] == ["TA", "TA", "L-PKE", "L-PKE", "GMED", "GMED"]
    assert state.test == PKE


def test_an_unknown_name_is_refused_and_can_be_erased() -> None:
    state, done = after(entry("TA"), "jzz!")
    assert done[-1].refused
    assert after(state, "<<<")[0].mode == "cell"


def test_two_hundred_keys_leave_what_the_last_ones_say() -> None:
    state, done = after(entry("TA", "GMED"), "3454" + "////3///4//5/4" * 14)
    assert seen(state) == ["TA right 1 3", "TA left 1 4", "GMED left 1 5", "GMED right 1 4"]
    assert not any(one.refused for one in done)
