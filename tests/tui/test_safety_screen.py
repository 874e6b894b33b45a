"""The safety step: red flags one key each, an emergency on the whole screen."""

import re

import pytest
from msgspec.structs import replace
from paper_desk import PATIENT, Room, Table, at_once, click, press, then

from mmt.model.review import Alert
from mmt.tui.asking.safety import SafetyScreen
from mmt.tui.visit.emergency import EmergencyScreen


def room(table: Table) -> Room:
    return Room(SafetyScreen(table))


async def test_nothing_is_answered_in_advance_and_the_short_set_stands_first() -> None:
    table = Table()
    app = room(table)
    async with app.run_test():
        assert "AT EVERY VISIT" in app.words
        assert "▶ New numb or changed feeling around the genitals" in app.words
        assert "page 1 of " in app.words
        assert table.visit.safety == {}


async def test_one_key_a_question_is_kept_at_once() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "0n!0")
        first = list(table.visit.safety)
        assert list(table.visit.safety.values()) == [False, False, False]
        assert first[0] == "saddle-numbness"
        assert len(first) == 3, "the third question was skipped: not asked"


async def test_an_emergency_answer_fills_the_screen_and_says_what_to_do() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "1")
        assert isinstance(app.screen, EmergencyScreen)
        assert "Possible cauda equina syndrome" in app.words
        assert "Send to an emergency department" in " ".join(app.words.split())
        assert "no grading, no exercise sheet" in app.words
        assert table.visit.safety == {"saddle-numbness": True}


async def test_a_mistaken_emergency_answer_is_corrected_on_going_back() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "1c")
        assert isinstance(app.screen, SafetyScreen)
        assert "EMERGENCY Possible cauda equina" in app.words
        await press(pilot, "<0")
        assert table.visit.safety == {"saddle-numbness": False}
        assert "EMERGENCY Possible cauda equina" not in app.words


async def test_a_factor_with_a_sign_that_needs_one_is_an_emergency_too() -> None:
    table = Table(safety={"deep-boring-pain": True})
    app = room(table)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "smoker")
        await press(pilot, "1")
        assert isinstance(app.screen, EmergencyScreen)
        assert "aortic" in app.words


async def test_an_urgent_answer_says_that_no_handout_leaves() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "weight-loss")
        await press(pilot, "1")
        assert "URGENT Possible" in app.words
        said = " ".join(app.words.split())
        assert "No hand-out leaves until the action taken is written down." in said
        assert "At Findings or Stretches T writes it." in said, "the way on is told"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (200, 60)])
async def test_no_question_moves_when_an_alert_appears(size: tuple[int, int]) -> None:
    table = Table(then(safety={"saddle-numbness": False}))
    app = room(table)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "weakness-growing")
        await pilot.pause()
        asked = [screen.state.questions[at].ask for at in screen.state.page]
        page = re.findall(r"page \d+ of \d+", app.words)
        rows = [app.spot(" ".join(ask.split()[:3]))[1] for ask in asked]
        await press(pilot, "1/")
        assert "URGENT" in app.words
        assert re.findall(r"page \d+ of \d+", app.words) == page
        assert [app.spot(" ".join(ask.split()[:3]))[1] for ask in asked] == rows


async def test_of_more_alerts_than_fit_the_number_and_the_key_that_shows_them_stand_there() -> None:
    table = Table(safety={"weight-loss": True, "major-trauma": True, "weakness-growing": True})
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = " ".join(app.words.split())
        assert "3 in all: F1 shows them whole." in said
        assert "At Findings or Stretches T writes it." in said
        await pilot.press("f1")
        shown = {one.rule for one in app.explained if isinstance(one, Alert)}
        assert len(shown) == 3


async def test_an_urgent_yes_of_an_earlier_visit_that_is_not_asked_stands_at_the_end() -> None:
    before = then(safety={"weight-loss": True, "bladder": False}, action="Phoned the doctor")
    for today, said in (({}, True), ({"weight-loss": False}, False)):
        app = room(Table(before, safety=today))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, ".")
            shown = " ".join(app.words.split())
            assert ("Yes on 2 Feb 2026, not asked today: " in shown) == said
            assert ("Done then: Phoned the doctor" in shown) == said


async def test_the_end_counts_what_was_not_asked_and_never_says_no_disease() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "0.")
        assert re.search(r"At every visit 1 of \d+ asked", app.words)
        assert "No red flag recorded today. Not asked: " in app.words
        assert "no serious" not in app.words.lower()
        await press(pilot, "!")
        assert app.asked == ["story"]


async def test_a_yes_that_alarms_nothing_is_told_at_the_end() -> None:
    app = room(Table(safety={"no-relief-lying": True}))
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "0.")
        shown = " ".join(app.words.split())
        told = (
            "No red flag recorded today. Answered yes, by itself no alert: No relief at all from lying down?"
        )
        assert told in shown


async def test_an_earlier_yes_is_shown_and_answers_nothing() -> None:
    table = Table(then(safety={"saddle-numbness": False, "immune-suppression": True}))
    app = room(table)
    async with app.run_test() as pilot:
        assert "2 Feb 2026 today" in app.words
        assert re.search(r"▶ New numb.*\bno –", app.words)
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "immune-suppression")
        await pilot.pause()
        assert re.search(r"weak.*immun.*\byes –", app.words)
        assert table.visit.safety == {}


async def test_what_cannot_apply_and_a_lasting_yes_are_folded_and_one_key_opens_them() -> None:
    table = Table(then(safety={"past-cancer": True}), patient=replace(PATIENT, sex="male"))
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ".")
        assert "Folded: an earlier yes lasts 1, cannot apply 1 (+ opens)." in " ".join(app.words.split())
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "weight-loss")
        await pilot.pause()
        assert "folded, yes on 2 Feb 2026 (F opens): Cancer now or at any time before?" in app.words
        assert table.visit.safety == {}, "neither asked nor answered"
        await press(pilot, ".+")
        assert "▶ Cancer now or at any time before?" in app.words
        await press(pilot, "0")
        assert table.visit.safety == {"past-cancer": False}, "a yes that was wrong can be withdrawn"
        screen.action_go_to_question("safety", "pregnant")
        await press(pilot, "f")
        assert "Folded again." in app.words
        assert not any(one.id == "pregnant" for one in screen.state.questions)
        assert any(one.id == "past-cancer" for one in screen.state.questions), "answered today"


async def test_f_twice_leads_back_to_the_question_where_it_was_pressed() -> None:
    table = Table(then(safety={"past-cancer": True}), patient=replace(PATIENT, sex="male"))
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        screen.action_go_to_question("safety", "bowel")
        here = screen.state.at
        await press(pilot, "f")
        assert screen.state.at != here
        await press(pilot, "f")
        assert screen.state.at == here


async def test_a_man_is_not_asked_about_his_periods() -> None:
    app = room(Table(patient=replace(PATIENT, sex="male")))
    async with app.run_test(size=(80, 24)):
        asked = [one.ask for one in app.screen.state.questions]
        cycle = [one for one in asked if "periods" in one or "monthly" in one]
        assert len(cycle) == 2
        assert all("in women" in one for one in cycle)


async def test_what_is_not_saved_is_said_and_saved_on_r() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "00")
        assert "NOT SAVED There is no room on the disk." in app.words
        table.full = False
        await press(pilot, "r")
        assert list(table.visit.safety.values()) == [False, False]
        assert "NOT SAVED" not in app.words


async def test_the_mouse_answers() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await click(pilot, " 0 ")
        await click(pilot, " Enter ")
        await click(pilot, "New weakness in both legs?")
        await click(pilot, " no")
        assert table.visit.safety == {"saddle-numbness": False, "both-legs-weak": False}


async def test_keys_typed_without_a_pause_answer_in_their_order() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await at_once(pilot, "0" * 16)
        assert len(table.visit.safety) == 16


async def test_minus_answers_only_what_can_be_read_and_the_page_then_turns() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        await pilot.pause()
        shown = [screen.state.questions[at] for at in screen.state.page]
        assert all(" ".join(one.ask.split()[:4]) in app.words for one in shown)
        await press(pilot, "-")
        assert table.visit.safety == {one.id: False for one in shown}
        assert f"{len(shown)} answered no. X takes them back." in app.words
        assert screen.state.at not in shown
        await press(pilot, "x")
        assert table.visit.safety == {}


async def test_minus_pressed_twice_answers_only_the_page_that_was_read_and_says_so() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, SafetyScreen)
        await pilot.pause()
        first = [screen.state.questions[at].id for at in screen.state.page]
        await at_once(pilot, "---")
        assert list(table.visit.safety) == first
        assert "page 2 of " in app.words
        assert "Too soon: wait a second and read this page out, then − is no to it." in app.words
        assert app.rung == 2
        await press(pilot, "0-")
        assert "page 3 of " in app.words, "after an answer − goes on at once"


async def test_page_up_goes_a_page_back_and_the_end_offers_no_key_that_answers() -> None:
    app = room(Table())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "*0*")
        assert "page 3 of " in app.words
        await pilot.press("pageup")
        await pilot.pause()
        assert "page 2 of " in app.words
        await pilot.press("pagedown")
        await pilot.pause()
        assert "page 3 of " in app.words
        assert "Rest no" in app.words
        await press(pilot, ".")
        assert "Rest no" not in app.words
        assert "1 0 Answer" not in app.words
        await pilot.press("pageup")
        await pilot.pause()
        assert "Rest no" in app.words
        await pilot.press("pageup", "pageup")
        await pilot.pause()
        assert "page 5 of 7" in app.words


async def test_no_question_is_cut_at_any_size() -> None:
    for size in ((80, 24), (100, 30), (200, 60), (80, 16)):
        app = room(Table(then(safety={"saddle-numbness": False})))
        async with app.run_test(size=size) as pilot:
            screen = app.screen
            assert isinstance(screen, SafetyScreen)
            await pilot.pause()
            for start in screen.state.pages:
                await pilot.pause()
                words = " ".join(app.words.split())
                for at in screen.state.page:
                    ask = screen.state.questions[at].ask
                    assert ask.split()[-1] in words, (size, start, ask)
                await press(pilot, "*")


async def test_a_signed_visit_takes_no_answer() -> None:
    table = Table()
    table.sign("A")
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "1")
        assert table.visit.safety == {}
        assert "This visit is signed" in app.words
