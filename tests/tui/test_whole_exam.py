"""The whole exam `sciatica` on both sides, by the keypad alone and by the mouse alone, at any size."""

import pytest
from paper_desk import KEYPAD, Room, Table
from textual.events import Key
from textual.pilot import Pilot

from mmt.model.exam_tests import AnyTest, LengthTest
from mmt.tui.exam.screen import ExamScreen
from mmt.tui.legs.screen import LegLengthScreen

SIZES = [(80, 24), pytest.param((200, 60), marks=pytest.mark.long)]
KEYS = {"grade": "5", "yes-no": "0", "score": "2", "number": "24!"}
"""The keys that fill a cell of each kind; `!` is Enter."""

READINGS = "860!858!860!858!890!889!890!889!00023!45!44!"
"""Tape, navel, Allis twice, prone check, blocks, foot check."""


def whole(*, screen: type[ExamScreen] | type[LegLengthScreen]) -> tuple[Table, Room]:
    table = Table(exam="sciatica", precautions={}, safety={"saddle-numbness": False})
    return table, Room(screen(table))


def filling(test: AnyTest) -> str:
    if isinstance(test, LengthTest) and test.measure == "millimetres":
        return "120!"
    return KEYS[test.keyed]


async def keypad(pilot: Pilot[None], keys: str) -> None:
    """Send keys by the names that a keypad's have; none of them writes a character."""
    for key in keys:
        pilot.app.post_message(Key(KEYPAD.get(key, key), None))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_the_keypad_alone_finishes_the_whole_exam(size: tuple[int, int]) -> None:
    table, app = whole(screen=ExamScreen)
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, ExamScreen)
        cells = screen.state.exam.cells
        assert len(cells) > 100
        while (test := screen.state.test) is not None:
            await keypad(pilot, filling(test))
        await keypad(pilot, "+.1")
        assert [one.cell for one in table.visit.observations] == [(cell.test, cell.side) for cell in cells]
        assert f"{len(cells)} of {len(cells)} done" in app.words
        assert "Enter goes on to the next step" in app.words
        await keypad(pilot, "!")
        assert app.asked == ["leg-length"]


async def test_the_keypad_alone_corrects_flags_repeats_and_leaves_out() -> None:
    table, app = whole(screen=ExamScreen)
    async with app.run_test() as pilot:
        await keypad(pilot, "4+.14.2195/4!.65.7200!**")
        assert [f"{one.test} {one.side} {one.trial} {one.shown}" for one in table.visit.observations] == [
            "HF right 1 4+",
            "HF left 1 4",
            "SAR right 1 4",
            "SAR right 2 5",
        ]
        right, left, *_, last = table.visit.observations
        assert (right.flags, left.substitution, last.newtons) == (("pain",), "leans-back", 200)
        assert "▶ PATIENT'S LEFT" in app.words


@pytest.mark.parametrize("size", SIZES)
async def test_the_mouse_alone_finishes_the_whole_exam(size: tuple[int, int]) -> None:
    table, app = whole(screen=ExamScreen)
    spots: dict[str, tuple[int, int]] = {}
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, ExamScreen)
        while (test := screen.state.test) is not None:
            for key in filling(test):
                label = f" {'Enter' if key == '!' else key} "
                where = f"{test.keyed} {label}"
                if where not in spots:
                    spots[where] = app.spot(label)
                await pilot.click(offset=spots[where])
        assert not screen.state.exam.still_open
        assert len(table.visit.observations) == len(screen.state.exam.cells)
        await pilot.click(offset=app.spot(" Enter "))
        assert app.asked == ["leg-length"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_keypad_alone_finishes_the_leg_lengths(size: tuple[int, int]) -> None:
    table, app = whole(screen=LegLengthScreen)
    async with app.run_test(size=size) as pilot:
        await keypad(pilot, READINGS)
        assert "14 of 14 readings" in app.words
        assert len(table.seen) == 14
        await keypad(pilot, "!")
        assert app.asked == ["findings"]
