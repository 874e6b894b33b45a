"""A fall at the table rings at once, T tests it again, C confirms it; what is left open is asked about."""

from paper_desk import Room, Table, press, then

from mmt.model.observation import Observation
from mmt.tui.exam.screen import ExamScreen
from mmt.tui.results.papers import PapersScreen
from mmt.tui.results.prescription import PrescriptionScreen
from mmt.tui.results.sign import SignScreen

BEFORE = tuple(Observation(test="HF", side=side, grade="5") for side in ("right", "left"))


def table() -> Table:
    return Table(then(observations=BEFORE))


async def test_a_fall_rings_and_a_better_trial_lifts_it_in_sight() -> None:
    desk = table()
    app = Room(ExamScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert app.rung == 1
        assert "T tests again, C confirms: Iliopsoas, right" in app.words
        assert desk.watch.status == "offered"
        await press(pilot, "t5")
        assert desk.seen == ["HF right 4", "HF right 5"]
        assert "ALARM" not in app.words
        assert "fell from 5 to 4. Lifted by trial 2: 5." in app.words
        assert "▶ PATIENT'S LEFT" in app.words, "the walk goes on where it was"
        assert app.rung == 1


async def test_a_second_trial_that_agrees_rings_again_and_blocks() -> None:
    desk = table()
    app = Room(ExamScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4!")
        assert "Not confirmed yet" in app.words
        await press(pilot, "t4")
        assert app.rung == 2
        assert "Confirmed by trial 2: 4." in app.words
        assert "T tests again" not in app.words
        assert desk.watch.status == "blocked-until-action"


async def test_one_key_confirms_and_another_grade_takes_that_back() -> None:
    desk = table()
    app = Room(ExamScreen(desk))
    async with app.run_test() as pilot:
        await press(pilot, "c")
        assert "No fall waits to be confirmed." in app.words
        await press(pilot, "4c")
        assert "Confirmed without another trial." in app.words
        assert "ALARM" not in app.words, "who confirms an alarm has seen it"
        assert desk.watch.status == "blocked-until-action"
        await press(pilot, "//4")
        assert desk.watch.status == "offered", "a grade given anew is not confirmed yet"
        await press(pilot, ".+")
        assert desk.watch.status == "blocked-until-action"


async def test_the_trial_is_of_the_fall_that_the_band_asks_about() -> None:
    desk = table()
    app = Room(ExamScreen(desk))
    async with app.run_test() as pilot:
        await press(pilot, "455")
        assert desk.seen == ["HF right 4", "HF left 5", "QUAD right 5"]
        await press(pilot, ".65")
        assert desk.seen[-1] == "HF right 5"


async def test_what_is_left_open_stands_again_and_is_asked_about() -> None:
    desk = table()
    app = Room(ExamScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4!")
        await app.switch_screen(SignScreen(desk))
        await press(pilot, "!")
        assert "Iliopsoas, right, fell from 5 to 4 and was not tested again." in app.words
        assert "Enter once more signs all the same." in " ".join(app.words.split())
        await app.switch_screen(PrescriptionScreen(desk))
        await pilot.pause()
        assert "was not tested again. In the step Exam, T tests it again" in " ".join(app.words.split())
        await app.switch_screen(ExamScreen(desk))
        await pilot.pause()
        assert "T tests again, C confirms: Iliopsoas, right" in app.words
        await press(pilot, "t5")
        assert desk.doubt.fall() == ""


async def test_a_signed_visit_asks_for_no_trial() -> None:
    desk = table()
    desk.keep(Observation(test="HF", side="right", grade="4"))
    desk.sign("A. Examiner")
    app = Room(ExamScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "fell from 5 to 4" in app.words
        assert "tests again" not in app.words


async def test_a_hand_out_before_signing_asks_once() -> None:
    desk = table()
    desk.keep(Observation(test="HF", side="right", grade="4"))
    app = Room(PapersScreen(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1")
        assert "was not tested again" in app.words
        assert "The same key once more makes it." in app.words
        await press(pilot, "1")
        assert "No stretch is chosen for the sheet" in app.words
