"""Days are those of the clinic, wherever it lies; a clock that is wrong is told before it does harm."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_desk import Room, Table
from program import Program, program
from textual.screen import Screen

from mmt.model.visit import Addendum, Signature
from mmt.tui.results.papers import PapersScreen
from mmt.tui.results.sign import SignScreen
from mmt.tui.results.signed import SignedScreen
from mmt.tui.visit.values import date_said


async def shown(screen: Screen[None]) -> str:
    """What a screen says."""
    app = Room(screen)
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.pause()
        return " ".join(app.words.split())


@pytest.mark.parametrize(
    ("place", "moment", "day"),
    [
        ("Pacific/Honolulu", "2026-03-03T06:45:00+00:00", "2026-03-02"),
        ("Pacific/Auckland", "2026-03-02T11:30:00+00:00", "2026-03-03"),
    ],
)
async def test_signature_and_note_bear_the_clinic_s_day(
    place: str, moment: str, day: str, zone: Callable[[str], None]
) -> None:
    zone(place)
    at = datetime.datetime.fromisoformat(moment)
    desk = Table(
        signature=Signature(by="Ann", at=at, digest="0"),
        addenda=(Addendum(text="Telephoned", by="Ann", at=at),),
    )
    assert f"Signed by Ann on {date_said(datetime.date.fromisoformat(day))}" in await shown(
        SignedScreen(desk)
    )
    assert f"{day} Ann: Telephoned" in await shown(PapersScreen(desk))


@pytest.mark.parametrize("screen", [SignScreen, PapersScreen])
async def test_a_clock_before_the_visit_is_told_where_something_is_signed(screen: type[Screen[None]]) -> None:
    desk = Table()
    desk.clinic.now = lambda: datetime.datetime(2025, 12, 31, 12, tzinfo=datetime.UTC)
    assert "today is 2025-12-31, before the visit" in await shown(screen(desk))


async def test_a_visit_of_an_odd_day_is_begun_by_a_typed_yes_alone(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic is not None
        app.clinic.today = lambda: datetime.date(2125, 12, 31)
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("n")
        await run.until("new-visit")
        await run.press("enter")
        await run.until("ask-text")
        assert "today is 2125-12-31, more than a year after" in " ".join(run.text.split())
        await run.press("enter")
        await run.until("patient")
        assert "No visit yet" in run.text
        await run.press("n")
        await run.until("new-visit")
        await run.press("enter")
        await run.until("ask-text")
        await run.press(*"yes", "enter")
        await run.until("safety")
