"""The story step: precautions first, scores in one key, earlier answers beside."""

import datetime
import re
from typing import Any

import pytest
from msgspec.structs import replace
from paper_desk import NASTY, Room, Table, at_once, click, press, then

from mmt.tui.asking.form import Form
from mmt.tui.asking.story import StoryScreen
from mmt.tui.asking.view import FormView
from mmt.tui.visit.emergency import EmergencyScreen


def room(table: Table) -> Room:
    return Room(StoryScreen(table))


def to(app: Room, question: str) -> None:
    screen = app.screen
    assert isinstance(screen, StoryScreen)
    screen.action_go_to_question("story", question)


async def test_precautions_stand_first_on_one_screen() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        assert "PRECAUTIONS · not asked is not absent" in app.words
        assert "▶ Pregnant" in app.words
        assert "stenosis" in app.words, "the last one stands on the same screen"
        await press(pilot, "01!")
        assert table.visit.precautions == {"PRG": False, "OST": True}


async def test_an_earlier_precaution_is_shown_as_an_earlier_answer() -> None:
    table = Table(then(precautions={"PRG": True}))
    app = room(table)
    async with app.run_test():
        assert "2 Feb 2026 today" in app.words
        assert re.search(r"▶ Pregnant.*\byes –", app.words)
        assert table.visit.precautions == {}


async def test_pain_is_one_key_and_plus_is_ten() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "leg_pain_side")
        await press(pilot, "33+1")
        assert table.visit.story == {
            "leg_pain_side": "left",
            "nprs_back": 3,
            "nprs_leg": 10,
            "night_pain": True,
        }


async def test_a_pain_question_says_plainly_which_key_is_ten() -> None:
    app = room(Table())
    async with app.run_test(size=(80, 24)):
        to(app, "nprs_leg")
        app.screen.refresh_form()
        assert "+ is ten" in " ".join(app.words.split())


async def test_an_answer_out_of_range_says_one_thing_of_enter() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        to(app, "sitting_hours")
        await press(pilot, "99!")
        assert "Enter drops it" in app.words
        assert "keeps" not in app.words


async def test_several_words_are_chosen_and_shown_as_people_say_them() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "eases")
        await press(pilot, "14!")
        assert table.visit.story == {"eases": ("lying", "walking")}
        await press(pilot, "/")
        assert "✓1 lying down 2 sitting 3 standing ✓4 walking" in app.words, "what is chosen is marked"
        assert "1–9 Choose" in app.words
        assert "1 0 Answer" not in app.words
        assert "lying down, walking" in app.words


async def test_hours_end_with_enter_and_out_of_range_is_refused() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "sitting_hours")
        await press(pilot, "99!")
        assert "out of range: 0 to 24" in app.words
        await press(pilot, "<!")
        assert table.visit.story == {"sitting_hours": 9}


async def test_text_is_kept_as_typed_also_where_it_looks_like_markup_or_commands() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "psfs_activities")
        await at_once(pilot, "x*/?[L]1!")
        await pilot.pause()
        assert table.visit.story == {"psfs_activities": "x*/?[L]1"}
        await pilot.press("up")
        assert "x*/?[L]1" in app.words


async def test_a_first_visit_asks_nothing_of_the_last_sheet_and_a_second_does() -> None:
    async with room(Table()).run_test() as pilot:
        assert isinstance(pilot.app, Room)
        await press(pilot, "*")
        assert "THE PAIN" in pilot.app.words
    table = Table(then())
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "*")
        assert "SINCE THE LAST VISIT" in app.words
        await press(pilot, "3-!2")
        assert table.visit.story == {"groc": -3, "sheet_done": "most"}


async def test_pain_that_went_to_both_legs_with_a_sign_is_an_emergency() -> None:
    table = Table(then(story={"leg_pain_side": "left"}), safety={"bladder": True})
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "leg_pain_side")
        await press(pilot, "4")
        assert isinstance(app.screen, EmergencyScreen)


async def test_pain_in_both_legs_asks_for_its_onset_while_that_was_not_asked() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "leg_pain_side")
        await press(pilot, "4")
        assert table.visit.story == {"leg_pain_side": "both"}
        assert "nobody asked whether it is new or suddenly worse." in app.words
        await press(pilot, "3")
        assert "nobody asked" not in app.words
    table = Table(safety={"both-legs-pain": False})
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "leg_pain_side")
        await press(pilot, "4")
        assert "nobody asked" not in app.words


async def test_the_end_goes_on_to_the_exam() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, ".")
        assert "Not asked: " in app.words
        await press(pilot, "!")
        assert app.asked == ["exam"]


async def test_the_mouse_chooses_and_the_patient_is_named_as_typed() -> None:
    table = Table()
    app = room(table)
    async with app.run_test(size=(120, 30)) as pilot:
        assert NASTY in app.words
        await click(pilot, "The pain")
        await click(pilot, " 3 ")
        assert table.visit.story == {"leg_pain_side": "left"}


async def test_what_is_half_typed_is_kept_before_the_step_is_left() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "sitting_hours")
        await press(pilot, "9")
        await pilot.press("f8")
        await pilot.pause()
        assert table.visit.story == {"sitting_hours": 9}
        assert app.asked == ["exam"]


async def test_what_cannot_be_kept_stays_and_says_so() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        to(app, "sitting_hours")
        await press(pilot, "99")
        await pilot.press("f8")
        await pilot.pause()
        assert "out of range" in app.words
        assert app.asked == []


async def test_f1_is_the_question_with_its_source() -> None:
    app = room(Table())
    async with app.run_test():
        screen = app.screen
        assert isinstance(screen, StoryScreen)
        assert [getattr(one, "id", "") for one in screen.basis()] == ["PRG"]
        to(app, "nprs_leg")
        assert [getattr(one, "id", "") for one in screen.basis()] == ["nprs_leg"]


async def test_a_note_is_told_whole_or_says_which_key_tells_the_rest() -> None:
    app = room(Table())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, StoryScreen)
        await pilot.pause()
        assert "(PRG)" not in app.words, "a code says nothing to who asks"
        for one in screen.state.questions:
            screen.action_go_to_question(one.topic, one.id)
            await pilot.pause()
            said = " ".join(app.words.split())
            assert not one.notes or one.notes in said or "… (F1)" in said, one.id
        screen.action_go_to_question("story", "extension")
        await pilot.pause()
        assert "Pain that draws back towards the spine" in " ".join(app.words.split())
        before = screen.state.pages
        await press(pilot, "8")
        assert "answers nothing here" in app.words
        assert screen.state.pages == before, "no page turns for a word"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_long_answers_of_today_and_of_earlier_push_no_question_off_the_page(
    size: tuple[int, int],
) -> None:
    words = {
        "pain_where": ("back", "buttock"),
        "eases": ("lying", "walking"),
        "worsens": ("coughing", "lifting"),
    }
    long = {"sheet_done": "most", "extension": "peripheralises", "treatment_lifts": "no-help", **words}
    app = room(Table(then(story=long), story=long))
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, StoryScreen)
        screen.action_go_to_question("precautions", "PRG")
        await pilot.pause()
        for start in screen.state.pages:
            said = " ".join(app.words.split())
            for at in screen.state.page:
                one = screen.state.questions[at]
                assert one.ask.split()[-1] in said, (start, at)
                assert one.words(long.get(one.id)) in said, (start, at)
            await press(pilot, "*")


async def test_each_section_tells_the_day_of_its_own_earlier_answers() -> None:
    precautions = dict.fromkeys(("OST", "KNE", "SHO", "CRV", "HTN"), False)
    first = replace(then(precautions=precautions), id=2, date=datetime.date(2026, 1, 5))
    app = room(Table(first, then(story={"groc": 2, "leg_pain_side": "left", "nprs_leg": 3})))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "5 Jan 2026 today" in app.words
        to(app, "nprs_leg")
        await pilot.pause()
        assert re.search(r"THE PAIN.* 2 Feb 2026", app.words)
        assert re.search(r"Leg pain now, 0 to 10.*\b3 –", app.words), "beside the question, not below it"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_number_is_typed_with_the_mouse(size: tuple[int, int]) -> None:
    table = Table(then())
    app = room(table)
    async with app.run_test(size=size) as pilot:
        to(app, "groc")
        await pilot.pause()
        for sign in (" 4", " −", " 7", " ←", " Enter "):
            await click(pilot, sign)
        assert table.visit.story == {"groc": -4}


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_pages_are_cut_as_they_stay(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Or − is no to more or less than what the page shows."""
    rows: list[int] = []
    pages = FormView.pages

    def cut(view: FormView, form: Form, earlier: Any, down: int) -> tuple[int, ...]:
        rows.append(down)
        return pages(view, form, earlier, down)

    monkeypatch.setattr(FormView, "pages", cut)
    async with room(Table()).run_test(size=size) as pilot:
        await press(pilot, "00")
        assert len(set(rows)) == 1
