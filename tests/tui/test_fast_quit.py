"""A grade typed just before the program is left stays."""

from pathlib import Path

import pytest
from program import program
from textual import events
from textual.pilot import Pilot

from mmt.clinic import Clinic
from mmt.paths import Places


@pytest.mark.smoke
@pytest.mark.parametrize("turn", range(5))
def test_a_grade_and_quit_posted_back_to_back_keep_the_grade(turn: int, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    app = program(folder)

    async def pilot(driver: Pilot[None]) -> None:
        while app.screen.name != "patients":
            await driver.pause(0.01)
        await driver.press(*"dora", "enter")
        while app.screen.name != "patient":
            await driver.pause(0.01)
        await driver.press("enter")
        while app.screen.name != "exam":
            await driver.pause(0.01)
        app.post_message(events.Key("4", "4"))
        app.post_message(events.Key("ctrl+q", None))

    app.run(headless=True, size=(80, 24), auto_pilot=pilot)
    assert app.clinic is not None
    app.clinic.close()
    clinic = Clinic.open(Places(folder))
    dora = clinic.search("dora")[0]
    seen = clinic.history(dora.id).visits[-1].seen("TA", "left")
    clinic.close()
    assert [one.grade for one in seen] == ["4"]
