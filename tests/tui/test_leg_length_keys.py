"""What each key of the leg-length step does, without a screen."""

from mmt.model.exam_tests import LegLengthTest
from mmt.tui.legs.press import press
from mmt.tui.legs.readings import Legs, measured
from mmt.tui.visit.pressed import Pressed

SOURCED = {"sources": ("Mag",), "evidence": "textbook", "steps": ("look",)}
TAPE = LegLengthTest(
    id="LL-TRUE",
    name="Tape",
    position="supine",
    method="true",
    side_means="this-leg",
    error=10,
    readings=2,
    repeat_beyond=5,
    least=250,
    most=1400,
    **SOURCED,
)
BLOCK = LegLengthTest(
    id="LL-BLOCK", name="Blocks", position="standing", method="block", side_means="lower", error=6, **SOURCED
)
ALLIS = LegLengthTest(
    id="LL-ALLIS-FEMUR",
    name="Allis",
    position="supine",
    method="femur",
    side_means="shorter",
    measure="result",
    **SOURCED,
)


def after(state: Legs, keys: str) -> tuple[Legs, list[Pressed[Legs]]]:
    """The state after keys, one letter each (`!` is Enter, `<` Backspace)."""
    done = []
    for key in keys:
        name = {"!": "enter", "<": "backspace"}.get(key, key)
        done.append(press(state, name, key if len(name) == 1 else ""))
        state = done[-1].state
    return state, done


def seen(state: Legs) -> list[str]:
    return [f"{one.side} {one.trial} {one.shown}" for one in state.observations]


def test_two_readings_a_side_go_right_left_right_left() -> None:
    state, done = after(Legs(tests=(TAPE,)), "861.5!849!860!850!")
    assert seen(state) == ["right 1 861.5 mm", "left 1 849 mm", "right 2 860 mm", "left 2 850 mm"]
    assert [one.keep is not None for one in done if one.keep] == [True] * 4
    assert state.at is None


def test_inches_and_eighths_are_converted_and_said() -> None:
    state, done = after(Legs(tests=(TAPE,)), '33 1/2 in!33.5"!86cm!')
    assert seen(state) == ["right 1 850.9 mm", "left 1 850.9 mm", "right 2 860 mm"]
    assert done[8].word == ""
    assert next(one.word for one in done if one.keep) == "33 1/2 in = 850.9 mm"


def test_a_third_reading_is_asked_for_only_where_two_differ_by_the_limit() -> None:
    state, _ = after(Legs(tests=(TAPE,)), "860!849!855!850!")
    assert state.at is not None
    assert (state.at.side, state.at.trial) == ("right", 3)
    state, _ = after(state, "856!")
    assert seen(state)[-1] == "right 3 856 mm"
    assert state.at is None
    assert after(Legs(tests=(TAPE,)), "860!849!855.1!850!")[0].at is None


def test_a_difference_is_written_under_its_side() -> None:
    state, done = after(Legs(tests=(BLOCK,)), "212!")
    assert seen(state) == ["left 1 12 mm"]
    assert done[0].keep is None
    assert after(Legs(tests=(BLOCK,)), "7")[1][0].refused


def test_level_is_one_key() -> None:
    state, _ = after(Legs(tests=(BLOCK,)), "0")
    assert seen(state) == ["right 1 0 mm"]
    assert measured(state, BLOCK).shorter is None


def test_a_corrected_side_takes_the_other_one_back() -> None:
    state, done = after(Legs(tests=(BLOCK,)), "212!/18!")
    assert seen(state) == ["right 1 8 mm"]
    assert done[-1].withdraw is not None
    assert (done[-1].withdraw.side, done[-1].withdraw.millimetres) == ("left", 12)


def test_a_shorter_side_without_a_size_is_one_key() -> None:
    assert seen(after(Legs(tests=(ALLIS,)), "2")[0]) == ["left 1 positive"]
    assert seen(after(Legs(tests=(ALLIS,)), "0")[0]) == ["right 1 negative"]


def test_what_is_no_length_is_refused_and_stays_to_be_mended() -> None:
    state, done = after(Legs(tests=(TAPE,)), "8..!")
    assert done[-1].refused
    assert state.typed == "8.."
    assert seen(after(state, "<<60!")[0]) == ["right 1 860 mm"]
    assert after(Legs(tests=(TAPE,)), "z")[1][0].refused


def test_a_slip_of_the_unit_is_refused_before_it_is_kept() -> None:
    for slip in ("86.1", "8610/1", "1401", "86.1in"):
        state, done = after(Legs(tests=(TAPE,)), f"{slip}!")
        assert done[-1].refused, slip
        assert seen(state) == [], slip
    assert after(Legs(tests=(TAPE,)), "86.1!")[1][-1].word.startswith("86.1 mm is no length of a leg")
    assert seen(after(Legs(tests=(BLOCK,)), "286.1!")[0]) == ["left 1 86.1 mm"], "only where limits are known"


def test_a_keypad_writes_inches_with_a_plus() -> None:
    assert seen(after(Legs(tests=(TAPE,)), "33+7/8!")[0]) == ["right 1 860.4 mm"]


def test_enter_alone_leaves_a_reading_not_done_and_back_steps_back() -> None:
    state, done = after(Legs(tests=(TAPE,)), "!860!")
    assert seen(state) == ["left 1 860 mm"]
    assert done[0].keep is None
    assert after(state, "/")[0].at == state.fields[1]


def test_backspace_erases_and_never_walks_to_another_reading() -> None:
    state, done = after(Legs(tests=(TAPE,)), "860!84<<<<")
    assert state.at == state.fields[1]
    assert done[-1].refused
    assert "/ steps back" in done[-1].word


def test_a_length_that_cannot_be_is_cleared_without_backspace() -> None:
    state, done = after(Legs(tests=(TAPE,)), "5555555!")
    assert "/ twice clears it" in done[-1].word
    assert seen(after(state, "//860!")[0]) == ["right 1 860 mm"]


def test_a_reading_can_be_taken_back() -> None:
    state, done = after(Legs(tests=(TAPE,)), "860!/x")
    assert seen(state) == []
    assert done[-1].withdraw is not None
    assert after(Legs(tests=(TAPE,)), "x")[1][0].refused


def test_methods_follow_the_positions_and_a_draft_resumes_at_the_first_gap() -> None:
    state = Legs(tests=(BLOCK, TAPE))
    assert [one.test for one in state.fields] == ["LL-TRUE"] * 4 + ["LL-BLOCK"]
    state, _ = after(state, "860!!861!")
    assert state.moved(0).resumed().at == state.fields[1]


def test_the_difference_follows_what_is_typed() -> None:
    state, _ = after(Legs(tests=(TAPE,)), "860!85")
    assert (measured(state, TAPE).right, measured(state, TAPE).left) == (860, None), "only half typed"
    state, _ = after(state, "0")
    now = measured(state, TAPE)
    assert (now.difference, now.shorter) == (10, "left")
    state, _ = after(state, "!862!")
    assert (measured(state, TAPE).right, measured(state, TAPE).difference) == (861, 11)
