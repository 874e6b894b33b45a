"""The leg-length step: readings kept, differences drawn, what they may mean."""

import pytest
from paper_desk import Room, Table, at_once, click, press

from mmt.model.errors import NotSavedError
from mmt.model.observation import Observation
from mmt.reasoning.wording import worded
from mmt.tui.legs.screen import LegLengthScreen
from mmt.tui.visit.emergency import EmergencyScreen
from mmt.tui.widgets.big import big


def room(table: Table) -> Room:
    return Room(LegLengthScreen(table))


async def test_reading_enter_reading_enter_is_kept_in_millimetres() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await at_once(pilot, "861.5!849!860!850")
        assert "LEFT shorter by 11.2 mm: at or beyond the error limit of 10 mm." in app.words
        await press(pilot, "!")
        assert table.seen == [
            "LL-TRUE right 861.5 mm",
            "LL-TRUE left 849 mm",
            "LL-TRUE right 860 mm",
            "LL-TRUE left 850 mm",
        ]
        assert "inner malleolus LEFT shorter by 11.2 mm" in app.words


async def test_the_difference_is_drawn_while_it_is_typed() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "860!855")
        assert "LEFT shorter by 5 mm: within the error of 15 mm" in app.words
        assert "▓" in app.words
        assert "the left leg is not measured" not in app.words, "nothing contradicts what is being typed"
        assert "What it may mean stands here once Enter keeps the reading." in app.words
        assert table.seen == ["LL-TRUE right 860 mm"]


async def test_a_reading_half_typed_is_kept_before_the_step_is_left() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await pilot.press(*"891", "f8")
        assert table.seen == ["LL-TRUE right 891 mm"]
        assert app.asked == ["findings"]
        await pilot.press(*"86.1", "f8")
        assert "86.1 mm is no length of a leg" in app.words
        assert app.asked == ["findings"], "what cannot be kept stops and says why"


async def test_a_side_without_a_size_is_not_left_behind_in_silence() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        while app.first.state.at.test != "LL-BLOCK":
            await press(pilot, "!")
        for way_on in ("enter", "f8"):
            await pilot.press("1", way_on)
            assert "Only the side is chosen, and not kept: type how much" in " ".join(app.words.split())
            assert app.asked == []
            await pilot.press("backspace")
        await pilot.press("f8")
        assert app.asked == ["findings"]
        assert table.seen == []


async def test_inches_are_converted_and_said() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await pilot.press(*"33", "space", *"1", "slash", *"2", "space", *"in", "enter")
        assert table.seen == ["LL-TRUE right 850.9 mm"]
        assert "33 1/2 in = 850.9 mm" in app.words


async def test_a_third_reading_is_asked_for() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "870!850!860!851!")
        assert "The right readings differ by 10 mm" in app.words
        await press(pilot, "864!")
        assert table.seen[-1] == "LL-TRUE right 864 mm"


async def test_blocks_take_a_side_and_a_height_and_say_what_it_may_mean() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "862!848!861!849!0212!")
        assert table.seen[-2:] == ["LL-PRONE right 0 mm", "LL-BLOCK left 12 mm"]
        assert table.review.leg_length is not None
        assert worded(table.review.leg_length.said, table.protocol)[:30] in app.words
        await press(pilot, "!")
        assert app.asked == ["findings"]


async def test_a_corrected_side_takes_the_other_one_back() -> None:
    table = Table(observations=(Observation(test="LL-BLOCK", side="left", millimetres=12),))
    app = room(table)
    async with app.run_test() as pilot:
        await click(pilot, "LEFT lower by 12 mm")
        await press(pilot, "18!")
        assert table.seen == ["LL-BLOCK right 8 mm"]


async def test_what_is_no_length_is_refused_and_stays_to_be_mended() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "8..!")
        assert "Not a length." in app.words
        assert table.seen == []
        assert app.rung == 1


async def test_a_full_disk_marks_the_reading_and_r_saves_it() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "860!")
        assert "NOT SAVED" in app.words
        table.full = False
        await press(pilot, "r")
        assert table.seen == ["LL-TRUE right 860 mm"]


async def test_an_emergency_takes_no_reading() -> None:
    table = Table(safety={"saddle-numbness": True})
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "860!")
        assert isinstance(app.screen, EmergencyScreen)
        assert table.seen == []


async def test_the_mouse_types_and_keeps() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        for word in (" 8 ", " 5 ", " 0 ", " Enter "):
            await click(pilot, word)
        assert table.seen == ["LL-TRUE right 850 mm"]


async def test_guidance_tells_the_steps_and_then_what_did_not_fit() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, "*")
        assert "Shoes and socks off" in app.words
        assert "Tape called the wrong leg short" not in app.words
        await press(pilot, "*")
        assert "Shoes and socks off" not in app.words
        assert "Tape called the wrong leg short" in app.words
        await press(pilot, "*")
        assert "Tape, true: front iliac spine to inner malleolus" in app.words
        assert "Nothing is measured yet." in app.words


async def test_seven_methods_fit_a_small_screen_with_the_difference_and_what_it_may_mean() -> None:
    table = Table(exam="sciatica")
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "860!!!!890!880!891!881!")
        assert "The methods do not settle it" in app.words
        await press(pilot, "/880")
        assert "Tape, true: front iliac spine to inner malleolus: right 860" in app.words
        assert "▶ Tape, apparent: navel to inner malleolus LEFT shorter by 10.5 mm" in app.words
        assert "LEFT shorter by 10.5 mm: at or beyond the error limit of 10 mm." in app.words
        assert "▓" in app.words
        for method in ("Allis (Galeazzi), thigh", "Prone leg check", "Blocks, standing", "Foot check"):
            assert method in app.words
        await click(pilot, "Blocks, standing")
        await press(pilot, "212!")
        assert table.seen[-1] == "LL-BLOCK left 12 mm"


async def test_a_side_that_is_not_measured_is_named() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        await press(pilot, "860!")
        assert "the left leg is not measured, so nothing can be compared yet" in " ".join(app.words.split())
        assert "Not measured: Blocks, standing." in app.words, "what this exam does not ask is not named"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_readings_letters_and_drawing_stand_on_a_screen_of_any_size(size: tuple[int, int]) -> None:
    app = room(Table(exam="sciatica"))
    async with app.run_test(size=size) as pilot:
        await press(pilot, "860!845")
        for row in big("left 845_", 1, 0):
            assert " ".join(row.split()) in app.words
        assert "LEFT shorter by 15 mm: at or beyond" in app.words
        assert "20 mm 0 20 mm" in app.words


async def test_a_long_trouble_leaves_the_answer_and_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = "The records cannot be written: " + "/a/very/long/path/of/a/folder " * 20 + "says no."

    def fails(_: Observation) -> None:
        raise NotSavedError(trouble)

    table = Table()
    monkeypatch.setattr(table, "keep", fails)
    app = room(table)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "861!")
        assert "NOT SAVED: 1 value. The records cannot be written:" in app.words
        assert "R tries again" in app.words
        assert "LEFT leg, reading 1: mm, or 86.1 cm, or 33 7/8 in; Enter keeps it." in app.words
        assert "Enter keeps, goes on" in app.words
