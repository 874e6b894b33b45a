"""A click never takes the keys away: what is typed after it goes where it went before."""

from pathlib import Path

import pytest
from program import Program, program
from textual.events import AppBlur
from textual.widgets import Input

from mmt.tui.app import MmtApp


@pytest.fixture
def app(tmp_path: Path) -> MmtApp:
    return program(tmp_path / "clinic")


READ_ONLY = ".title, .hint, .field-label, .dialog, .form, Line, ProgramLabel, #head, #note"


async def click_around(run: Program) -> None:
    """Click on all that is read only: titles, hints, labels, headings, notes, borders."""
    for widget in run.app.screen.query(READ_ONLY):
        if widget.region:
            await run.pilot.click(offset=widget.region.offset)
    await run.pilot.pause()


async def test_letters_digits_and_backspace_belong_to_the_search_after_any_click(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        search = app.screen.query_one("#search", Input)
        await pilot.click("#list", offset=(3, 0))
        await run.press(*"dox7", "backspace", "backspace")
        assert search.value == "do"
        await click_around(run)
        await run.press("tab", *"ra")
        assert search.value == "dora"
        assert "Dora Draft" in run.marked()[0]


async def test_letters_belong_to_the_search_where_the_terminal_says_it_has_no_focus(
    app: MmtApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        app.post_message(AppBlur())  # a page says so when it opens, and what shows it may never take it back
        await run.until("patients")
        await run.press(*"dora")
        assert app.screen.query_one("#search", Input).value == "dora"
        await run.press("enter")
        await run.until("patient")


async def test_a_click_on_a_row_opens_it_and_the_search_has_the_keys_on_coming_back(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await pilot.click("#list", offset=(5, 1))
        await run.until("patient")
        await run.press("escape", *"dora")
        assert app.screen.query_one("#search", Input).value == "dora"


async def test_page_keys_move_through_the_list_from_the_search(app: MmtApp) -> None:
    async with app.run_test(size=(80, 16)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        first = run.marked()
        await run.press("pagedown")
        assert run.marked() != first
        await run.press(*["pageup"] * 3)
        assert run.marked() == first


async def test_arrows_and_letters_stay_with_lists_and_dialogs_after_a_click_beside_them(app: MmtApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await click_around(run)
        before = run.marked()
        await run.press("down")
        assert run.marked() != before
        await run.press("e")
        await click_around(run)
        await run.press(*"Ann")
        assert app.screen.query_one("#name", Input).value == "Ann"
        await run.press("escape", "n", "enter")
        await run.until("safety")
        for step in ("findings", "prescription", "sign", "papers"):
            app.walk.go_to(step)
            await run.until(step)
            await click_around(run)
            before = run.marked()
            await run.press("down")
            assert run.marked() != before or len(before) == 0, step
        await run.press("f9")
        await click_around(run)
        before = run.marked()
        await run.press("down")
        assert run.marked() != before
        await run.press("escape", "ctrl+p")
        await click_around(run)
        await run.press(*"quit")
        assert app.screen.query_one(Input).value == "quit"
