"""Questions answered one key each, without a screen."""

import datetime

from msgspec.structs import replace

from mmt.model.people import Patient
from mmt.model.questions import SafetyGroup, SafetyQuestion
from mmt.model.visit import History, Visit
from mmt.tui.asking.form import Answered, Form
from mmt.tui.asking.pages import page_starts
from mmt.tui.asking.press import press
from mmt.tui.asking.questions import Question, Section, carried, safety_sections
from mmt.tui.asking.words import answering, idle

YES_NO = Question(topic="safety", id="saddle", ask="Numb?")
SECOND = Question(topic="safety", id="bladder", ask="Bladder?")
SCORE = Question(topic="story", id="nprs_leg", ask="Leg pain", taken="score", least=0, most=10)
HOURS = Question(topic="story", id="sitting", ask="Sitting", taken="number", least=0, most=24, unit="hours")
GROC = Question(topic="story", id="groc", ask="Change", taken="number", least=-5, most=5)
SIDES = (("none", "neither"), ("right", "right leg"), ("left", "left leg"))
SIDE = Question(topic="story", id="side", ask="Which leg?", taken="choice", choices=SIDES)
WHERE = Question(topic="story", id="where", ask="Where?", taken="words", choices=SIDES)
WORDS = Question(topic="story", id="words", ask="What else?", taken="text")


def form(*questions: Question) -> Form:
    return Form(sections=(Section(title="All", questions=questions),), answers={})


def after(state: Form, keys: str) -> tuple[Form, list[Answered]]:
    """The form after keys, one letter each (`!` is Enter, `<` Backspace)."""
    done = []
    for key in keys:
        name = {"!": "enter", "<": "backspace"}.get(key, key)
        done.append(press(state, name, key if len(name) == 1 else ""))
        state = done[-1].state
    return state, done


def given(state: Form) -> dict[str, object]:
    return {name: value for (_, name), value in state.answers.items()}


def test_nothing_is_answered_before_a_key() -> None:
    assert given(form(YES_NO, SECOND)) == {}


def test_one_key_answers_and_goes_on() -> None:
    for keys in ("10", "yn"):
        state, done = after(form(YES_NO, SECOND), keys)
        assert given(state) == {"saddle": True, "bladder": False}
        assert [(one.changed, one.value) for one in done] == [((YES_NO,), True), ((SECOND,), False)]
        assert state.at is None


def test_enter_skips_and_what_was_skipped_is_not_asked() -> None:
    state, done = after(form(YES_NO, SECOND), "!1")
    assert given(state) == {"bladder": True}
    assert done[0].changed == ()


def test_backspace_and_slash_go_back_and_a_key_corrects() -> None:
    for back in "</":
        assert given(after(form(YES_NO, SECOND), f"1{back}0")[0]) == {"saddle": False}


def test_an_answer_can_be_taken_back_to_not_asked() -> None:
    state, done = after(form(YES_NO), "1<x")
    assert given(state) == {}
    assert (done[-1].changed, done[-1].value) == ((YES_NO,), None)
    assert after(form(YES_NO), "x")[1][0].refused


def test_other_keys_are_refused_with_a_word() -> None:
    state, done = after(form(YES_NO), "7")
    assert done[0].refused
    assert "1 yes, 0 no" in done[0].word
    assert given(state) == {}


def test_a_pain_score_is_one_key_and_plus_is_ten() -> None:
    assert given(after(form(SCORE), "0")[0]) == {"nprs_leg": 0}
    assert given(after(form(SCORE), "+")[0]) == {"nprs_leg": 10}
    assert after(form(SCORE, SECOND), "1")[0].at == SECOND


def test_a_key_that_leaves_a_number_keeps_it_first() -> None:
    for key in ("/", "*", "up", "down"):
        state, _ = after(form(YES_NO, HOURS, SECOND), "!9")
        step = press(state, key)
        assert given(step.state) == {"sitting": 9}, key
        assert step.state.at == (YES_NO if key in ("/", "up") else None if key == "*" else SECOND)
        wrong = press(after(state, "9")[0], key)
        assert wrong.refused
        assert wrong.state.typed == "99", "what cannot be kept stays"
    assert press(state, "-").state.typed == "9"
    assert press(state, "-").refused


def test_other_numbers_end_with_enter_and_stay_in_their_range() -> None:
    assert given(after(form(HOURS), "1<9.5!")[0]) == {"sitting": 9.5}
    state, done = after(form(HOURS), "25!")
    assert done[-1].refused
    assert "0 to 24" in done[-1].word
    assert given(state) == {}
    assert given(after(form(GROC), "3-!")[0]) == {"groc": -3}
    assert given(after(form(GROC), "-3!")[0]) == {"groc": -3}


def test_a_choice_is_a_digit_and_words_are_several() -> None:
    assert given(after(form(SIDE), "3")[0]) == {"side": "left"}
    assert after(form(SIDE), "4")[1][0].refused
    state, _ = after(form(WHERE, SECOND), "312")
    assert given(state) == {"where": ("none", "right", "left")}
    assert state.at == WHERE
    assert given(after(state, "123")[0]) == {}
    assert after(state, "!")[0].at == SECOND


def test_text_takes_every_sign_and_can_be_amended() -> None:
    state, _ = after(form(WORDS), "x/1 *y [L]!")
    assert given(state) == {"words": "x/1 *y [L]"}
    assert given(after(state, "<<)!")[0]) == {"words": "x/1 *y [L)"}
    assert after(form(WORDS), " !")[1][-1].refused


THIRD = Question(topic="safety", id="bowel", ask="Bowel?")


def test_minus_answers_no_to_what_is_open_on_this_page_and_x_takes_it_back() -> None:
    state = form(YES_NO, SECOND, THIRD, SCORE)
    state, done = after(state, "1-")
    assert given(state) == {"saddle": True, "bladder": False, "bowel": False}
    assert (done[-1].changed, done[-1].value) == ((SECOND, THIRD), False)
    assert state.at == SCORE, "a score is no question that no answers"
    state, done = after(state, "x")
    assert given(state) == {"saddle": True}
    assert (done[-1].changed, done[-1].value) == ((SECOND, THIRD), None)
    assert state.at == SECOND


def test_minus_leaves_the_questions_of_other_pages_not_asked() -> None:
    state = replace(form(YES_NO, SECOND, THIRD), pages=(0, 2))
    state, _ = after(state, "-")
    assert given(state) == {"saddle": False, "bladder": False}
    assert state.at == THIRD
    assert given(after(state, "1-")[0]) == {"saddle": False, "bladder": False, "bowel": True}


def test_a_second_minus_answers_no_page_that_was_not_read() -> None:
    state = replace(form(YES_NO, SECOND, THIRD), pages=(0, 1, 2))
    state = press(state, "-", now=10.0).state
    for moment in (10.1, 10.5):
        again = press(state, "-", now=moment)
        assert again.refused
        assert "Too soon: wait a second" in again.word
        state = again.state
    assert given(state) == {"saddle": False}
    assert given(press(state, "x", now=10.6).state) == {}, "what the first one answered can be taken back"
    assert given(press(state, "-", now=11.1).state) == {"saddle": False, "bladder": False}, (
        "a key that came too soon does not begin the wait anew"
    )
    assert given(press(press(state, "0", now=10.6).state, "-", now=10.7).state) == {
        "saddle": False,
        "bladder": False,
        "bowel": False,
    }


def test_minus_keeps_an_answer_and_refuses_where_nothing_is_open() -> None:
    state, done = after(form(YES_NO), "1/-")
    assert given(state) == {"saddle": True}
    assert done[-1].refused


def test_x_drops_what_is_half_typed_and_then_takes_back_nothing_of_the_page_before() -> None:
    state, done = after(form(YES_NO, SECOND, HOURS), "-12x")
    assert given(state) == {"saddle": False, "bladder": False}
    assert (state.at, state.typed, done[-1].word) == (HOURS, "", "Dropped: 12")
    assert press(state, "x").refused


def test_x_takes_back_only_what_the_last_key_answered_and_says_what() -> None:
    state, done = after(form(YES_NO, SECOND, THIRD), "0/10x")
    assert given(state) == {"saddle": True}
    assert done[-1].word == "Taken back, not asked: Bladder?"
    state, done = after(form(YES_NO, SECOND), "0/1x")
    assert given(state) == {"saddle": False}, "a correction goes back to what stood there"
    assert (done[-1].changed, done[-1].value) == ((YES_NO,), False)
    assert done[-1].word == "Back to no: Numb?"
    assert given(after(state, "x")[0]) == {}
    assert given(after(form(WHERE), "123x")[0]) == {"where": ("none", "right")}, "one digit, one choice"


def test_a_number_that_cannot_be_kept_is_left_by_keypad() -> None:
    wrong, done = after(form(YES_NO, HOURS, SECOND), "!99!")
    assert "A digit begins anew; Enter drops it." in done[-1].word
    assert given(after(wrong, "8!")[0]) == {"sitting": 8}, "a digit begins anew"
    for keys, at in (("!", HOURS), ("/", YES_NO), ("*", None)):
        state, done = after(wrong, keys)
        assert (given(state), state.typed, state.at) == ({}, "", at), keys
        assert not done[-1].refused


def test_no_text_begins_with_a_sign_that_walks() -> None:
    for key, at in ((".", None), ("*", None), ("/", YES_NO)):
        state, _ = after(form(YES_NO, WORDS, SECOND), f"!{key}")
        assert (given(state), state.at) == ({}, at), key
    assert press(after(form(YES_NO, WORDS), "!")[0], "-", "-").refused
    assert given(after(form(WORDS), "5.5/-!")[0]) == {"words": "5.5/-"}


def test_the_footer_leaves_out_every_key_that_does_something_else_now() -> None:
    every = {"Rest no", "Next page", "End", "Folded", "Back", "Help"}

    def offered(state: Form) -> set[str]:
        return every - {*idle(state)} | {" ".join(one) for one in answering(state)}

    walking = {"Next page", "End", "Folded", "Back", "Help"}
    assert offered(form(YES_NO)) == {"1 0 Answer", "Rest no"} | walking
    assert offered(form(WHERE)) == offered(form(SIDE)) == {"1–3 Choose"} | walking
    assert offered(form(SCORE, YES_NO)) == {"0–9 Score", "Rest no"} | walking, "− answers what is open"
    assert offered(form(HOURS)) == {"0–9 Number"} | walking
    assert offered(after(form(HOURS, YES_NO), "7")[0]) == {"0–9 Number", "Next page", "Folded", "Help"}
    assert offered(form(GROC, YES_NO)) == {"0–9 Number"} | walking, "− is the sign of the number"
    assert offered(form(WORDS)) == walking - {"Help", "Folded"}, "a letter is text there"
    assert offered(after(form(WORDS), "a")[0]) == set()
    assert offered(after(form(YES_NO), "!")[0]) == {"Folded", "Back", "Help"}


def test_what_was_answered_together_is_taken_back_together_only_at_once() -> None:
    state, _ = after(form(YES_NO, SECOND, THIRD), "-//x")
    assert given(state) == {"saddle": False, "bowel": False}


def test_point_goes_to_the_end_and_writes_a_number_where_one_is_begun() -> None:
    assert after(form(YES_NO, SECOND), ".")[0].at is None
    assert given(after(form(HOURS), "7.5!")[0]) == {"sitting": 7.5}


def test_pages_hold_what_fits_and_no_section_is_cut_that_fits_on_one() -> None:
    sections = (Section(title="A", questions=(YES_NO, SECOND, THIRD)), Section(title="B", questions=(SCORE,)))
    heights = [1, 2, 1, 1]
    assert page_starts(sections, heights, [1, 1, 1, 1], 8) == (0,), "a title above each section"
    assert page_starts(sections, heights, [1, 1, 1, 1], 7) == (0, 3)
    assert page_starts(sections, heights, [1, 1, 3, 1], 8) == (0, 3)
    assert page_starts(sections, heights, [1, 1, 1, 1], 5) == (0, 2)
    assert page_starts(sections, [4, 4, 4, 4], [1, 1, 1, 1], 3) == (0, 1, 2, 3)
    small = tuple(Section(title=one.id, questions=(one,)) for one in (YES_NO, SECOND, THIRD, SCORE))
    assert page_starts(small, [1] * 4, [1] * 4, 5) == (0, 2), "small sections share a page"
    pair = (Section(title="A", questions=(YES_NO,)), Section(title="B", questions=(SECOND, THIRD)))
    assert page_starts(pair, [1] * 3, [1] * 3, 5) == (0, 1), "what fits whole is not cut"
    alone = (replace(pair[0], alone=True), pair[1])
    assert page_starts(pair, [1] * 3, [1] * 3, 9) == (0,)
    assert page_starts(alone, [1] * 3, [1] * 3, 9) == (0, 1)


def test_star_goes_to_the_next_section_and_the_form_resumes_behind_the_last_answer() -> None:
    sections = (Section(title="A", questions=(YES_NO, SECOND)), Section(title="B", questions=(SCORE,)))
    state = Form(sections=sections, answers={})
    assert after(state, "*")[0].at == SCORE
    assert after(state, "*")[0].section == 1
    assert after(state, "**")[0].at is None
    assert Form(sections=sections, answers={SECOND.key: True}).resumed().at == SCORE


def test_an_earlier_yes_is_shown_and_answers_nothing_today() -> None:
    then = Visit(id=1, date=datetime.date(2026, 2, 2), examiner="A", scale="MRC-8", safety={"saddle": True})
    now = Visit(id=2, date=datetime.date(2026, 3, 2), examiner="A", scale="MRC-8")
    history = History(patient=Patient(birth_date=datetime.date(1979, 5, 2)), visits=(then, now))
    assert carried(history, YES_NO) == ("yes", "2 Feb 2026")
    assert carried(history, SECOND) is None
    assert carried(history.up_to(0), YES_NO) is None


class Groups:
    """A protocol of two groups, as far as the questions are concerned."""

    short = SafetyQuestion(id="fever", ask="Fever?", kind="sign", level="urgent", every_visit=True)
    long = SafetyQuestion(id="sweats", ask="Sweats?", kind="factor", level="urgent")
    age = SafetyQuestion(id="over-60", ask="Over 60?", kind="factor", level="urgent", over_age=60)
    group = SafetyGroup(
        id="infection",
        name="Infection",
        says="Possible infection.",
        action="Refer.",
        questions=(long, short, age),
        sources=("L1",),
        evidence="checked",
    )
    safety = {"infection": group}


def test_the_short_set_comes_first_and_the_record_answers_the_age() -> None:
    first, second = safety_sections(Groups(), {})  # type: ignore[arg-type]
    assert [(one.id, one.mark) for one in first.questions] == [("fever", "urgent")]
    assert [(one.id, one.mark) for one in second.questions] == [("sweats", "")]
    assert second.title == "Infection"
