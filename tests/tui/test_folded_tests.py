"""Tests folded at a later visit: told as not tested, opened by a key or by what speaks against it."""

from msgspec.structs import replace
from paper_desk import NOW, Room, Table, press, protocol, then

from mmt.model.base import SIDES, Side
from mmt.model.observation import Observation
from mmt.model.visit import Signature
from mmt.tui.exam.screen import ExamScreen

WALKED = ["TA", "EHL", "SLR", "GMED", "GAS"]
FOLDED = "Folded, so not tested: Iliopsoas, Quadriceps"
EARLIER = tuple(
    Observation(test=name, side=side, **{measure: {"grade": "5", "result": "negative"}.get(measure, 24.0)})
    for name in protocol().exams["sciatica-quick"].tests
    for measure in protocol().tests[name].measures[:1]
    for side in SIDES
)


def room(**fields: object) -> Room:
    """The exam after a signed visit at which only the right gluteus medius was weak."""
    seen = [replace(one, grade="4") if one.cell == ("GMED", "right") else one for one in EARLIER]
    signed = Signature(by="B. Other", at=NOW, digest="0")
    return Room(ExamScreen(Table(replace(then(observations=tuple(seen)), signature=signed), **fields)))


def names(app: Room) -> list[str]:
    assert isinstance(app.first, ExamScreen)
    return list(app.first.state.names)


def at(app: Room) -> tuple[str, Side | None] | None:
    assert isinstance(app.first, ExamScreen)
    cell = app.first.state.exam.at
    return (cell.test, cell.side) if cell else None


async def test_only_what_is_walked_again_stands_in_the_walk_and_the_rest_is_told_as_not_tested() -> None:
    app = room()
    async with app.run_test() as pilot:
        assert names(app) == WALKED
        assert "0 of 10 done, 15 tests folded" in app.words
        assert FOLDED in app.words
        await press(pilot, "5555" + "00" + "54" + "55")
        assert at(app) is None
        assert f"{FOLDED}, " in app.words
        assert "G goes to the first" not in app.words


async def test_g_at_the_end_opens_what_is_folded_and_f_does_so_before() -> None:
    app = room()
    async with app.run_test() as pilot:
        await press(pilot, "5555" + "00" + "55" + "55" + "g")
        assert at(app) == ("HF", "right")
        assert "Opened: what was folded is asked now." in app.words
        await press(pilot, "55")
        assert at(app) == ("QUAD", "right")
    app = room()
    async with app.run_test() as pilot:
        await press(pilot, "5f")
        assert at(app) == ("TA", "left")
        assert len(names(app)) == 20
        await press(pilot, "f")
        assert app.rung == 1
        assert "No test is folded here." in app.words


async def test_an_alarm_opens_what_is_folded_and_no_key_is_lost() -> None:
    app = room()
    async with app.run_test() as pilot:
        await press(pilot, "3")
        assert len(names(app)) == 20
        assert at(app) == ("TA", "left")
        assert "Opened: what was folded is asked now." in app.words
        assert "tests folded" not in app.words


async def test_the_four_of_a_four_plus_opens_nothing_for_good() -> None:
    app = room()
    async with app.run_test() as pilot:
        await press(pilot, "4")
        assert len(names(app)) == 20
        await press(pilot, "+5")
        assert names(app) == WALKED
        assert at(app) == ("EHL", "right")


async def test_a_draft_that_was_left_at_a_folded_test_goes_on_there() -> None:
    app = room(place="exam:QUAD:left")
    async with app.run_test():
        assert at(app) == ("QUAD", "left")


async def test_a_folded_test_that_was_jumped_to_is_no_longer_told_as_folded() -> None:
    app = room()
    async with app.run_test() as pilot:
        await press(pilot, "jtp!5")
        assert names(app) == ["TA", "EHL", "TP", "SLR", "GMED", "GAS"]
        assert "14 tests folded" in app.words


async def test_wide_screens_list_what_is_folded() -> None:
    app = room()
    async with app.run_test(size=(132, 40)):
        assert "FOLDED, NOT TESTED (F)" in app.words
