"""The list of patients where something is wrong, and where there is little room for saying so."""

import os
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program

from mmt.storage import erasing
from mmt.storage.driver import OperationalError

FAULTY = '[[stretches]]\nid = "E02"\n'
LOW = (38, 12)


async def test_records_that_were_cut_are_told_on_the_list_before_anything_is_tried(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic
        path = app.clinic.places.database
        os.truncate(path, 8192)
        await run.press(*"fra")
        assert "The records (clinic.db) were cut short while they were open." in run.text
        assert not run.marked(), "no patient of an earlier search stands below this one"


async def test_with_a_faulty_file_and_little_room_a_patient_is_in_sight(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    clinic = app.opener.open()
    assert clinic
    clinic.close()
    (tmp_path / "clinic/protocols").mkdir()
    (tmp_path / "clinic/protocols/mine.toml").write_text(FAULTY, "utf-8")
    async with app.run_test(size=LOW) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Something is wrong in a file: F2" in run.text
        assert run.marked()[0].startswith("Rita Redflag")


async def test_a_setting_that_is_not_kept_is_told_in_sight_with_the_choice(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=LOW) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        (tmp_path / "clinic/settings.json").mkdir()
        await run.press("f9")
        await run.until("settings")
        await run.press("3")
        await pilot.pause()
        assert "not be kept" in run.text
        assert run.marked()[0].startswith("3 [✓] High contrast")


async def test_a_question_mark_helps_over_an_old_search_as_well(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        await run.press("question_mark")
        await run.until("help")


async def test_a_folder_that_others_can_look_into_is_told_until_it_is_closed(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert "Other accounts" not in run.text
        (tmp_path / "clinic").chmod(0o755)
        await run.press("f4", "escape")
        await run.until("patients")
        told = " ".join(run.text.split())
        assert "Other accounts of this computer can look into" in told
        assert "`mmt doctor` says what to do." in told
        assert run.marked(), "the patients are there all the same"
        (tmp_path / "clinic").chmod(0o700)
        await run.press("f4", "escape")
        await run.until("patients")
        assert "Other accounts" not in run.text


async def test_an_erasure_that_the_disk_cut_off_is_told_until_it_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic
        with monkeypatch.context() as patch:
            patch.setattr(erasing, "wipe", full)
            app.clinic.store.erase(1)
        await run.press("f4", "escape")
        await run.until("patients")
        assert "Parts of an erased record still lie in unused pages" in " ".join(run.text.split())
        assert run.marked(), "the patients are there all the same"
        app.clinic.finish_erasing()
        await run.press("f4", "escape")
        await run.until("patients")
        assert "erased record" not in run.text


async def test_records_that_can_only_be_read_say_so_and_nothing_is_begun(
    tmp_path: Path, bound_by_modes: None
) -> None:
    folder = copy_demo(tmp_path / "clinic")
    folder.chmod(0o500)
    app = program(folder)
    try:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            run = Program(app, pilot)
            await run.until("patients")
            assert "The records can only be read: their disk is full" in " ".join(run.text.split())
            await run.press(*"lars", "enter")
            await run.until("patient")
            await run.press("enter")
            await run.until("signed")
            await run.press("escape", "n")
            await run.until("new-visit")
            await run.press("enter")
            assert app.screen.name != "safety"
            assert "Nothing can be recorded" in " ".join(run.text.split())
            await run.press("escape", "escape", *"dora", "enter")
            await run.until("patient")
            await run.press("enter")
            await run.until("exam")
            assert "The records can only be read" in " ".join(run.text.split())
            before = run.desk.visit
            await run.press("5")
            assert run.desk.visit == before
    finally:
        folder.chmod(0o700)
