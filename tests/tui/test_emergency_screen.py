"""The emergency on the whole screen: papers, a note, and on with a reason and a name."""

from paper_desk import Room, Table, at_once, click, press

from mmt.tui.screens.emergency import EmergencyScreen


def emergency() -> tuple[Table, Room]:
    table = Table(safety={"saddle-numbness": True})
    return table, Room(EmergencyScreen(table))


async def test_the_papers_are_one_key_and_their_path_is_shown() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "w")
        assert "The warning card is at /export/warning-card.pdf" in app.words
        await click(pilot, " L ")
        assert table.kept == [("paper", "warning-card"), ("paper", "referral-letter")]


async def test_a_paper_that_cannot_be_written_is_a_sentence() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "w")
        assert "The export folder cannot be written." in app.words


async def test_a_note_is_kept_as_typed() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await at_once(pilot, "nrang [L] 9o!")
        await pilot.pause()
        assert table.visit.note == "rang [L] 9o"
        assert "Note: rang [L] 9o" in app.words


async def test_going_on_needs_a_reason_and_a_name() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "o!")
        assert "Nothing is written yet." in app.words
        await press(pilot, "seen!")
        assert table.visit.override is None
        await press(pilot, "ann!")
        assert table.visit.override is not None
        assert (table.visit.override.reason, table.visit.override.by) == ("seen", "ann")
        assert not isinstance(app.screen, EmergencyScreen)


async def test_digits_still_on_their_way_do_nothing_here() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "0123!")
        assert table.kept == []
        assert isinstance(app.screen, EmergencyScreen)
        await pilot.press("escape")
        assert not isinstance(app.screen, EmergencyScreen)


async def test_a_reason_that_is_not_saved_can_be_tried_again() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        table.full = True
        await press(pilot, "ob!c!")
        assert "NOT SAVED" in app.words
        table.full = False
        await press(pilot, "!")
        assert table.visit.override is not None


async def test_escape_leaves_the_writing_first_and_then_the_screen() -> None:
    table, app = emergency()
    async with app.run_test() as pilot:
        await press(pilot, "nabc")
        await pilot.press("escape")
        assert isinstance(app.screen, EmergencyScreen)
        assert "abc" not in app.words
        await click(pilot, " Esc ")
        assert not isinstance(app.screen, EmergencyScreen)
        assert table.kept == []
