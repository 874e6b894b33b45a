"""Records that cannot be read, or not even be looked at, are said on the screen; the program goes on."""

import errno
import tempfile
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program

from mmt.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.tui.opener import DemoOpener


async def test_a_damaged_patient_stands_in_the_list_and_the_others_open(tmp_path: Path) -> None:
    clinic = Clinic.open(Places(copy_demo(tmp_path / "clinic")))
    with clinic.store.writing(Act.WROTE) as db:
        db.conn.execute("update patients set birth_date = 'x' where name like 'Dora%'")
        db.conn.execute("update clinic set letterhead = 'x'")
    clinic.close()
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(110, 30), notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora")
        assert "cannot be read" in run.text.split("Dora Draft")[1]
        await run.press("enter")
        assert "The data of patient number" in run.text
        assert app.screen.name == "patients"
        await run.press("escape", *"lars", "enter")
        await run.until("patient")
        await run.press("escape", "f2")
        assert "The clinic's name and address cannot be read" in run.text


async def test_a_folder_without_rights_is_no_new_clinic(tmp_path: Path, bound_by_modes: None) -> None:
    folder = tmp_path / "clinic"
    copy_demo(folder)
    app = program(folder, demo=False)
    folder.chmod(0)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            run = Program(app, pilot)
            for _ in range(500):
                await pilot.pause(0.01)
                if "cannot be looked into (Permission denied)" in " ".join(run.text.split()):
                    break
            else:
                raise AssertionError(run.text)
            folder.chmod(0o700)
            await run.press("r")
            await run.until("patients")
    finally:
        folder.chmod(0o700)


def test_without_room_for_the_demo_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(
        ClinicError, match=r"No folder could be made for the demo \(No space left on device\)"
    ):
        DemoOpener().open()
