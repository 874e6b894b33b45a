"""A draft that is open in two rooms: what is shown is what is kept, and no key counts before that is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program
from textual.events import Key

from mmt.clinic import Clinic, OpenVisit
from mmt.model.errors import TakenOverError
from mmt.model.observation import Observation
from mmt.model.program import Program as Running
from mmt.paths import Places
from mmt.storage.store import Store

TAKEN = "Taken over elsewhere at"
KEYS = {
    "safety": ("1",),
    "exam": ("4",),
    "leg-length": (*"880", "enter"),
    "prescription": ("3",),
    "sign": ("n", "x", "enter"),
}
"""Keys that would record something, in a step of each kind."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(copy_demo(tmp_path / "clinic"))


@contextmanager
def other_room(places: Places) -> Iterator[OpenVisit]:
    """Dora's draft as another room sees it."""
    other = Running(token="2", host="room-2", process=2, who="ben on room-2")
    clinic = Clinic(places, Store.open(places.database, places.key), program=other)
    draft = clinic.search("dora")[0].draft
    assert draft is not None
    yield clinic.view(draft)
    clinic.close()


async def opened(run: Program) -> None:
    """Open Dora's draft, which stands in the exam."""
    await run.until("patients")
    await run.press(*"dora", "enter")
    await run.until("patient")
    await run.press("enter")
    await run.until("exam")


def said(run: Program) -> str:
    """The words of the screen in one line."""
    return " ".join(" ".join(run.rows).split())


async def test_a_grade_given_in_the_other_room_is_shown_before_the_next_key_counts(places: Places) -> None:
    app = program(places.root)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        run = Program(app, pilot)
        await opened(run)
        with other_room(places) as other:
            assert "Open elsewhere since" in other.elsewhere
            cell = app.screen.state.exam.at  # type: ignore[attr-defined]
            other.hold(over=True)
            other.keep(Observation(test=cell.test, side=cell.side, grade="3"))
            for digit in "453":
                app.post_message(Key(digit, digit))
            await run.press("4")
            assert f"{TAKEN}" in said(run)
            assert "(ben on room-2): what is shown here is what was kept then." in said(run)
            assert "Your last entry here was not kept. F5 takes it over." in said(run)
            assert run.desk.visit == other.clinic.view(other.visit.id).visit == other.visit
            assert [one.grade for one in run.desk.visit.seen(cell.test, cell.side)] == ["3"]

            await run.press("f5", "f5")
            assert "elsewhere" not in run.text
            assert "Your last entry here was not kept." in said(run)
            await run.press("4")
            assert [one.grade for one in run.desk.visit.observations[-2:]] == ["3", "4"]
            with pytest.raises(TakenOverError):
                other.withdraw(cell.test, cell.side)
            assert other.visit == run.desk.visit

            await run.press("escape")
            await run.until("patient")
            other.hold()
            assert other.elsewhere == ""


async def test_a_draft_that_is_open_in_the_other_room_opens_to_be_looked_at(places: Places) -> None:
    app = program(places.root)
    with other_room(places) as other:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            run = Program(app, pilot)
            await run.until("patients")
            await run.press(*"dora", "enter")
            await run.until("patient")
            assert "Open elsewhere since" in said(run)
            await run.press("enter")
            await run.until("exam")
            await run.press("4", "3", "f8", "f7")
            assert "Open elsewhere since" in said(run)
            assert "here it can be looked at, not changed. F5 takes it over." in said(run)
            assert other.clinic.view(other.visit.id).visit == run.desk.visit == other.visit


async def test_a_draft_taken_over_is_shown_so_though_nobody_presses_a_key(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmt.tui.by_itself.IDLE_S", 0.05)
    app = program(places.root)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        run = Program(app, pilot)
        await opened(run)
        with other_room(places) as other:
            other.hold(over=True)
            other.sign("Dr Other")
            for _ in range(100):
                await pilot.pause(0.02)
                if "Signed elsewhere" in run.text:
                    break
            assert "Signed elsewhere in the meantime: what is shown here is what was signed." in said(run)
            assert "F5" not in run.text
            assert run.desk.visit.signed


async def test_each_kind_of_step_shows_what_is_kept_after_it_was_taken_over(places: Places) -> None:
    app = program(places.root)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        run = Program(app, pilot)
        await opened(run)
        with other_room(places) as other:
            for step, keys in KEYS.items():
                run.desk.hold(over=True)
                app.walk.go_to(step)
                await run.until(step)
                other.overtaken()
                other.hold(over=True)
                await run.press(*keys)
                await pilot.pause()
                assert TAKEN in said(run), step
                assert other.clinic.view(other.visit.id).visit == run.desk.visit == other.visit, step


async def test_the_bottom_line_of_a_draft_that_is_open_elsewhere_offers_what_works(places: Places) -> None:
    app = program(places.root)
    with other_room(places):
        async with app.run_test(size=(200, 50)) as pilot:
            run = Program(app, pilot)
            await opened(run)
            for step, records in (
                ("exam", "T New trial"),
                ("safety", "− Rest no"),
                ("prescription", "Space Take"),
            ):
                app.walk.go_to(step)
                await run.until(step)
                assert "F5 Take over" in run.rows[-1], step
                assert records not in run.rows[-1], step
                assert "F8 Next" in run.rows[-1], step
            await run.press("f5", "f5")
            assert "Space Take" in run.rows[-1]
            assert "F5" not in run.rows[-1]


async def test_what_was_half_typed_is_told_where_a_draft_is_taken_over(places: Places) -> None:
    app = program(places.root)
    with other_room(places):
        async with app.run_test(size=(80, 24)) as pilot:
            run = Program(app, pilot)
            await opened(run)
            app.walk.go_to("leg-length")
            await run.until("leg-length")
            await run.press(*"88", "f5", "f5")
            assert "elsewhere" not in run.text
            assert "Half typed and not kept: 88." in said(run)


async def test_a_note_that_was_typed_while_the_draft_was_taken_over_is_offered_again(places: Places) -> None:
    app = program(places.root)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await opened(run)
        with other_room(places) as other:
            app.walk.go_to("sign")
            await run.until("sign")
            await run.press("n", *"long")
            other.hold(over=True)
            await run.press(*"er", "enter")
            assert "Your last entry here was not kept. Its key offers it again." in said(run)
            assert other.visit.note == run.desk.visit.note == ""
            await run.press("f5")
            assert "Take it over? F5 again does" in said(run)
            assert not other.overtaken()
            await run.press("f5", "n", "enter")
            assert run.desk.visit.note == "longer"
            await run.press("n", "end", "s", "enter")
            assert run.desk.visit.note == "longers", "what was kept is offered from then on"


async def test_an_empty_draft_that_is_open_elsewhere_is_not_offered_for_discarding(places: Places) -> None:
    app = program(places.root)
    with other_room(places) as other:
        (nora,) = other.clinic.search("nora")
        empty = other.clinic.begin(nora.id, "Dr Other", "MRC-8", "sciatica-quick")
        async with app.run_test(size=(80, 24)) as pilot:
            run = Program(app, pilot)
            await run.until("patients")
            await run.press(*"nora", "enter")
            await run.until("patient")
            assert "Discard" not in run.rows[-1]
            await run.press("x")
            assert app.screen.name == "patient", "no reason is asked for what cannot be done"
            assert "Open elsewhere since" in said(run)
            empty.leave()
            await run.press("n")
            await run.until("safety")
            await run.press("escape")
            await run.until("patient")
            await run.press("x")
            assert "Enter goes on, Esc discards nothing." in said(run)
            await run.press("escape")
            await run.until("patient")
            assert "Nothing is discarded." in said(run)
            await run.press("x", *"Twice", "enter")
            assert "Enter discards it, Esc discards nothing." in said(run)
            await run.press("escape")
            assert "Nothing is discarded." in said(run)
