"""Backups are made when mmt is left and when it is left alone; the list of patients tells where none are."""

import datetime
import shutil
import time
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program

from mmt.clinic.backups import desk, making
from mmt.clinic.backups.making import found
from mmt.clinic.backups.manifest import checked
from mmt.model.people import Patient
from mmt.tui import by_itself
from mmt.tui.app import MmtApp

NONE_YET = "No backup was made yet. F9, then B"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def mmt(tmp_path: Path) -> MmtApp:
    """The program on records with signed visits that are a clinic's own."""
    return program(copy_demo(tmp_path / "clinic"), demo=False)


async def choose(run: Program, folder: Path) -> None:
    await run.until("patients")
    await run.press("f9")
    await run.until("settings")
    await run.press("b")
    await run.until("ask-text")
    run.app.screen.query_one("#text").value = str(folder)  # type: ignore[attr-defined]
    await run.press("enter")
    await run.until("settings")


async def left(run: Program) -> None:
    for _ in range(500):
        await run.pilot.pause(0.01)
        if not run.app.is_running or run.app.leaving:
            return
    raise AssertionError(f"it does not end; it shows {run.app.screen.name}")


async def test_a_drive_is_chosen_once_and_leaving_backs_up_to_it(mmt: MmtApp, stick: Path) -> None:
    async with mmt.run_test(size=(80, 24)) as pilot:
        run = Program(mmt, pilot)
        await run.until("patients")
        assert NONE_YET in run.text
        await choose(run, stick / "unplugged")
        assert "There is no folder" in run.text
        await choose_again(run, stick)
        assert "Backups go to" in run.text
        assert run.marked()[0].startswith("B ")
        await run.press("escape")
        assert "No backup was made yet: leave mmt" in " ".join(run.text.split())
        await run.press("ctrl+q")
        await left(run)
    (made,) = found(stick)
    assert checked(made)
    today = datetime.date.today()
    assert mmt.last_word.startswith(f"Backed up 6 patients and 6 visits (4 signed), the last of {today}")
    again = program(mmt.opener.places.root, demo=False)
    async with again.run_test(size=(80, 24)) as pilot:
        run = Program(again, pilot)
        await run.until("patients")
        assert "backup" not in run.text
        await run.press("ctrl+q")
        await left(run)
    assert again.last_word == ""
    assert list(found(stick)) == [made]


async def choose_again(run: Program, folder: Path) -> None:
    await run.press("escape")
    await choose(run, folder)


async def test_a_drive_that_is_away_is_told_and_holds_nobody_up(mmt: MmtApp, stick: Path) -> None:
    async with mmt.run_test(size=(80, 24)) as pilot:
        run = Program(mmt, pilot)
        await choose(run, stick)
        shutil.rmtree(stick)
        await run.press("escape", "ctrl+q")
        await left(run)
    assert mmt.last_word.startswith(f"There is no folder {stick}. Make it, or connect the disk")
    assert mmt.return_code == 0


async def test_a_key_leaves_without_a_backup(
    mmt: MmtApp, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(part: Path, secrets: object, manifest: object, stopped: making.Stopped) -> None:
        while not stopped():
            time.sleep(0.01)
        raise making.StoppedError("The backup was stopped; none was made.")

    monkeypatch.setattr(making, "_check", slow)
    async with mmt.run_test(size=(80, 24)) as pilot:
        run = Program(mmt, pilot)
        await choose(run, stick)
        await run.press("escape", "ctrl+q")
        await run.until("leaving")
        assert "Esc ends it now, without a new backup." in run.text
        await run.press("escape")
        await left(run)
        assert mmt.by_itself.backups
        mmt.by_itself.backups.close()
    assert list(stick.iterdir()) == []


async def test_left_alone_it_backs_up_what_was_changed_and_says_nothing_of_a_failure(
    mmt: MmtApp, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_itself, "QUIET_S", 0.1)
    async with mmt.run_test(size=(80, 24)) as pilot:
        run = Program(mmt, pilot)
        await choose(run, stick)
        await run.press("escape")
        for patients in (6, 7):
            for _ in range(300):
                await pilot.pause(0.02)
                newest = next(iter(found(stick).values()), None)
                if newest and newest.contents.rows["patients"] == patients:
                    break
            else:
                raise AssertionError(f"no backup of {patients} patients")
            assert mmt.clinic
            mmt.clinic.add_patient(Patient(name="Zoe Zed", birth_date=datetime.date(1980, 1, 1)), sure=True)
        shutil.rmtree(stick)
        await pilot.pause(0.3)
        assert mmt.screen.name == "patients"


async def test_an_old_backup_is_told_and_the_demo_tells_and_makes_none(
    mmt: MmtApp, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "OLD_DAYS", -1)
    async with mmt.run_test(size=(80, 24)) as pilot:
        run = Program(mmt, pilot)
        await choose(run, stick)
        assert mmt.by_itself.backups
        mmt.by_itself.backups.make()
        await run.press("escape")
        assert "The last backup is 0 days old: leave mmt (Ctrl+Q) with" in run.text
    demo = program(mmt.opener.places.root)
    async with demo.run_test(size=(80, 24)) as pilot:
        run = Program(demo, pilot)
        await run.until("patients")
        assert "last backup" not in run.text
        await run.press("f9")
        await run.until("settings")
        assert "Backups" not in run.text
        await run.press("escape", "ctrl+q")
        await left(run)
    assert len(found(stick)) == 1
