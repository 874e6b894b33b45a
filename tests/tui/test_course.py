"""The page of a patient: the course, what waits, and what is told at the door."""

import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace
from program import FolderOpener, Program, program

from mmt.clinic.admit import admit
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.visit import Dose, History, Prescribed, Visit
from mmt.tui.front.patient import AT_ONCE, PatientScreen

EXAMINER = "Dr Demo Practitioner"
GRADES = ("4-", "4", "5")
WALKING = Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=4))


def course(last: datetime.date, count: int, **newest: Any) -> History:
    """A patient of so many visits, a fortnight apart, whose left hip gets stronger and leg pain less."""
    visits = []
    for at in range(count):
        grade = GRADES[min(at, len(GRADES) - 1)]
        visits.append(
            Visit(
                date=last - datetime.timedelta(days=14 * (count - 1 - at)),
                examiner=EXAMINER,
                scale="MRC-8",
                exam="sciatica-quick",
                story={
                    "nprs_leg": max(0, 8 - 4 * at),
                    **({"sheet_done": "most"} if at else {"leg_pain_side": "left"}),
                },
                observations=(Observation(test="GMED", side="left", grade=grade),),
                prescription=(WALKING,),
            )
        )
    who = Patient(name="Olga Overtime (made up)", birth_date=datetime.date(1980, 2, 3), sex="female")
    return History(patient=who, visits=(*visits[:-1], replace(visits[-1], **newest)))


def admitted(folder: Path, count: int, days_ago: int = 1, **newest: Any) -> None:
    """The demo's clinic with the patient besides; the newest visit holds this too."""
    clinic = FolderOpener(folder).open()
    assert clinic is not None
    with clinic.store.writing(Act.WROTE):
        for opened in admit(
            clinic, course(clinic.today() - datetime.timedelta(days=days_ago), count, **newest)
        ):
            opened.sign(EXAMINER)
    clinic.close()


async def on_the_page(run: Program) -> Program:
    """The patient's page is open."""
    await run.until("patients")
    await run.press(*"olga", "enter")
    await run.until("patient")
    return run


async def test_the_page_tells_each_visit_with_what_changed_and_what_was_done(tmp_path: Path) -> None:
    admitted(tmp_path, 3)
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        run = await on_the_page(Program(app, pilot))
        newest, second, first = (at for at, row in enumerate(run.rows) if EXAMINER in row)
        assert "leg pain (left) 0 ▲" in run.rows[newest + 1]
        assert "  weak:" not in "".join(run.rows[newest:second]), "5 is not weak"
        assert "no longer weak: GMED left 5 ▲" in run.rows[newest + 2]
        assert "leg pain (left) 4 ▲" in run.rows[second + 1]
        assert "done: most days" in run.rows[second + 1]
        assert "weak: GMED left 4 ≈" in run.rows[second + 2]
        assert "+14 days" in run.rows[second]
        assert "leg pain (left) 8" in run.rows[first + 1]
        assert "days" not in run.rows[first]


async def test_what_was_told_of_each_stretch_counts_before_the_one_answer(tmp_path: Path) -> None:
    admitted(tmp_path, 2, home={"E27": ("some", "easy")})
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        run = await on_the_page(Program(app, pilot))
        assert "1 move, none of 1 mostly done" in " ".join(run.rows)


GOAL = {
    **{"goal_1": "Walk to the shop", "goal_1_now": 4, "goal_1_aim": 8, "goal_1_by": "Easter"},
    **{"goal_1_measure": "minutes walked", "goal_1_counted": 10, "goal_1_enough": 30},
}
TOLD = "Walk to the shop: 4 of 10, 8 aimed at; by Easter; minutes walked 10, 30 aimed at."


async def test_a_goal_stands_with_its_measure_on_the_page_and_in_the_visit(tmp_path: Path) -> None:
    admitted(tmp_path, 2, story=GOAL)
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        run = await on_the_page(Program(app, pilot))
        above = run.text.partition("Visits")[0]
        assert TOLD in " ".join(above.split())
        await run.press("enter")
        await run.until("signed")
        assert TOLD in " ".join(run.text.split())


async def test_before_a_follow_up_the_page_says_what_a_colleague_would(tmp_path: Path) -> None:
    admitted(tmp_path, 2, days_ago=30)
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        run = await on_the_page(Program(app, pilot))
        assert "Found " in run.text
        assert "GMED left 4" in run.text
        assert "Look first at: GMED." in run.text
        assert "The weeks of the sheet ended on " in run.text
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("escape")
        await run.until("patient")
        assert "Look first at" not in run.text, "the follow-up has begun"


async def test_a_long_course_comes_in_pieces_and_is_whole_in_the_end(tmp_path: Path) -> None:
    admitted(tmp_path, AT_ONCE * 2 + 1)
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        with patch.object(PatientScreen, "set_timer"):
            run = await on_the_page(Program(app, pilot))
        page = app.screen
        assert isinstance(page, PatientScreen)
        rows = [row for row in run.rows if EXAMINER in row]
        assert rows
        assert all("…" in row for row in rows), "not worked out yet is not normal"
        assert "worked out" in run.text
        page.fill()
        await run.press("g")
        with patch("mmt.tui.front.patient.due") as worked:
            page.fill()
            await pilot.pause(0.1)
        assert not worked.called, "nothing is worked out under another screen"
        await run.press("escape", "end")
        for _ in range(200):
            await pilot.pause(0.02)
            if "leg pain 8" in run.text:
                break
        assert "leg pain 8" in run.text, "the first visit of all is told"
        assert "…" not in run.text
        assert "Found 20" in run.text, "and what is known at the door"
        with patch.object(PatientScreen, "set_timer"):
            await run.press("g", "escape")
            await run.until("patient")
        assert "…" not in run.text, "what was told of the same visits stands at once"
        assert "Found 20" in run.text
