"""The head line of a visit and texts that hang under their lead, at any width."""

import datetime
from pathlib import Path

import pytest
from program import Program, program
from textual.app import App, ComposeResult
from textual.content import Content

from mmt.model.people import Patient
from mmt.model.visit import Visit
from mmt.tui.visit.head import head_line
from mmt.tui.visit.step_bar import StepBar
from mmt.tui.visit.steps import STEPS
from mmt.tui.widgets.wrap import Hanging

DAY = datetime.date(2026, 11, 25)
LONG = "Maximiliane Wilhelmina von Habenichts-Ohneland"


def head(name: str, across: int, examiner: str = "Dr Demo Practitioner") -> str:
    patient = Patient(name=name, birth_date=datetime.date(1990, 9, 9))
    return head_line(patient, Visit(date=DAY, examiner=examiner, scale="MRC-8", exam="x"), across).plain


def test_eighty_columns_name_patient_birth_visit_and_examiner() -> None:
    assert head("Dora Draft (made up)", 78) == (
        "Dora Draft (made up)  born 1990-09-09  2026-11-25 draft  Dr Demo Practitioner"
    )


def test_a_wide_screen_says_it_in_full() -> None:
    assert head("Dora Draft", 198) == (
        "Dora Draft  born 1990-09-09, 36 years   visit 2026-11-25, draft   examiner Dr Demo Practitioner"
    )


def test_the_patient_s_name_stays_whole_longer_than_the_examiner_s() -> None:
    line = head("Łukasz Brzęczyszczykiewicz-Kowal", 78)
    assert line.startswith("Łukasz Brzęczyszczykiewicz-Kowal  born")
    assert line.endswith("  Dr Demo …")


@pytest.mark.parametrize("across", range(1, 200))
def test_the_name_is_the_last_to_give_way_and_never_cut_without_saying_so(across: int) -> None:
    for name in ("Dora Draft", LONG):
        line = head(name, across)
        assert len(line) <= across
        assert line.startswith(name) or line == f"{name[: across - 1]}…"
        assert ("born 1990-09-09" in line) == (across >= len(name) + 17), "then the birth date"
        assert ("2026-11-25" in line) == (across >= len(name) + 29), "then the day of the visit"
        assert line.endswith((name, "1990-09-09", "2026-11-25", "draft", "Dr Demo Practitioner", "…"))


async def test_each_step_and_page_of_a_patient_says_whose_it_is_in_a_very_narrow_window(
    tmp_path: Path,
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(38, 12)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora")
        assert run.marked() == ["Dora Draft (ma… 1990-09-09 (36)"]
        await run.press("enter")
        await run.until("patient")
        assert "Dora Draft (made up)" in run.rows[0]
        await run.press("enter")
        await run.until("exam")
        for step in STEPS:
            app.walk.go_to(step.id)
            await run.until(step.id)
            assert run.rows[0].strip() == "Dora Draft (made up)"
        await run.press("f7", "n")
        assert run.rows[0].strip() == "Dora Draft (made up)", "beside a dialog"


def test_the_rows_after_the_first_stand_under_the_text() -> None:
    text = Hanging(Content("CAUTION   "), Content("Red-flag questions not asked: 47 of 53.\nAsk them now."))
    assert text.laid(40).plain.split("\n") == [
        "CAUTION   Red-flag questions not asked:",
        "          47 of 53.",
        "          Ask them now.",
    ]


def test_a_lead_that_leaves_no_room_lets_the_text_follow_it() -> None:
    rows = Hanging(Content("CAUTION   "), Content("Red-flag questions not asked")).laid(26).plain.split("\n")
    assert rows[0].startswith("CAUTION   R")
    assert all(len(row) <= 26 for row in rows)
    assert all(row.startswith("    ") for row in rows[1:])


class Bar(App[None]):
    CSS = "#step-bar { height: 1; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        yield StepBar("exam")


@pytest.mark.parametrize(("across", "closer"), [(80, False), (200, False), (66, True), (60, True)])
async def test_every_step_stands_on_the_bar(across: int, closer: bool) -> None:
    app = Bar()
    async with app.run_test(size=(across, 4)) as pilot:
        bar = app.query_one(StepBar)
        bar.show(frozenset({"safety"}))
        await pilot.pause()
        line = bar.render_line(0).text
    assert [step.name for step in STEPS if step.name not in line] == []
    assert ("▸Exam" in line) is closer
    assert "●" in line.partition("Safety")[0]


@pytest.mark.parametrize("across", [54, 40, 20])
async def test_where_the_names_have_no_room_each_step_keeps_its_mark(across: int) -> None:
    app = Bar()
    async with app.run_test(size=(across, 4)) as pilot:
        await pilot.pause()
        line = app.query_one(StepBar).render_line(0).text
    assert [line.count(mark) for mark in "○▸"] == [len(STEPS) - 1, 1]
