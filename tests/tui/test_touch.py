"""Light touch in the exam: folded until something points to a nerve, then one digit a point."""

from paper_desk import Room, Table, press

from mmt.tui.exam.screen import ExamScreen

WAITS = "Folded, so not tested: Touch L2, Touch L3, Touch L4, Touch L5, Touch S1, Touch"


def room(table: Table) -> Room:
    return Room(ExamScreen(table))


def walked(app: Room) -> list[str]:
    assert isinstance(app.first, ExamScreen)
    return [name for name in app.first.state.names if name.startswith("TOUCH")]


async def test_it_waits_until_something_points_to_a_nerve_and_folds_again_when_that_was_a_slip() -> None:
    app = room(Table())
    async with app.run_test() as pilot:
        assert walked(app) == []
        assert WAITS in app.words
        await press(pilot, "4")
        assert len(walked(app)) == 7
        assert "Opened: what was folded is asked now." in app.words
        await press(pilot, "+")
        assert walked(app) == []
        await press(pilot, "f")
        assert len(walked(app)) == 7


async def test_pain_below_the_knee_asks_for_it_from_the_first_key_on() -> None:
    app = room(Table(story={"pain_where": ("foot",)}))
    async with app.run_test():
        assert len(walked(app)) == 7
        assert "0 of 40 done" in app.words


async def test_one_digit_fills_a_point_and_the_cursor_goes_on() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "jfront!")
        assert "0 absent, 1 less, 2 normal, 3 more" in app.words
        await press(pilot, "4")
        assert "No 4: it is 0 absent, 1 less, 2 normal, 3 more; 9 is not tested." in app.words
        assert table.seen == []
        await press(pilot, "12")
        assert table.seen == ["TOUCH-L2 right less", "TOUCH-L2 left normal"]


async def test_less_at_the_saddle_stops_the_exam() -> None:
    table = Table()
    app = room(table)
    async with app.run_test() as pilot:
        await press(pilot, "jsaddle!1")
        assert table.watch.status == "locked"
        assert "Possible cauda equina" in app.words
