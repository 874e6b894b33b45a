"""Any two visits side by side: opened from three places, walked by keypad and mouse, at two sizes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from program import Program, program
from pypdf import PdfReader
from six_visits import six_visits

from mmt.model.errors import ClinicError
from mmt.model.review import MethodReading
from mmt.tui.app import MmtApp
from mmt.tui.comparing import bars


@asynccontextmanager
async def opened(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Program]:
    """The program on the patient's page, the cursor on the latest of six visits."""
    six_visits(folder)
    async with program(folder).run_test(size=size) as pilot:
        run = Program(cast(MmtApp, pilot.app), pilot)
        await run.until("patients")
        await run.press("enter")
        await run.until("patient")
        yield run


def row(run: Program, name: str) -> str:
    """The row that begins with this name, its spaces brought together."""
    return next(" ".join(one.split()) for one in run.rows if one.strip(" ▶").startswith(name))


def read(run: Program) -> str:
    """All that stands on the screen, line by line, its spaces brought together."""
    return " ".join(" ".join(run.rows).split())


@pytest.mark.parametrize("size", [(80, 24), (132, 40)])
async def test_the_keypad_alone_walks_any_two_visits(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, size) as run:
        monkeypatch.setattr("mmt.clinic.held_visit.review", None)  # no visit is reviewed for it
        await run.press("5")
        await run.until("comparing")
        assert "14 days between" in run.rows[0]
        assert "2 Mar 2026, visit 5 of 6" in row(run, "Then")
        assert "16 Mar 2026, visit 6 of 6" in row(run, "Now")
        assert "▼ 1 worse ≈ 5 within noise = 11 the same" in row(run, "▼")
        medius = row(run, "Gluteus medius")
        assert "4+ → 4- ▼ worse, possible 4 → 4 = the same" in medius
        assert "possible from 1 grade, likely from 1.5" in row(run, "Grades")
        assert "pain now (left)" in read(run)
        assert "Gluteus maximus left 4 (not tested at the other: pain)." in read(run)
        await run.press("/")
        assert "70 days between" in run.rows[0]
        told = read(run).partition("85° → 50° ▼ worse, real")[2].partition("48° → 28°")[0]
        assert "more is better; counts over 20°" in told
        await run.press("/", "4", "7", "7")
        assert "2 Feb 2026, visit 3 of 6" not in row(run, "Then"), "then stands before now"
        await run.press("4", "7", "9", "6")
        await run.press("*", "*")
        assert "▸all" in run.text
        await run.press("*", "*", ".", "enter")
        await run.until("basis")
        assert "negative is better; counts once seen twice" in read(run)
        await run.press("escape", "0")
        await run.until("patient")


async def test_the_two_ends_never_cross_and_say_where_there_is_no_more(tmp_path: Path) -> None:
    async with opened(tmp_path) as run:
        await run.press("end", "c")
        await run.until("comparing")
        assert ("visit 1 of 6" in row(run, "Then"), "visit 6 of 6" in row(run, "Now")) == (True, True)
        await run.press("[")
        assert "There is no earlier visit." in run.text
        await run.press("}")
        assert "There is no later visit." in run.text
        await run.press("{", "{", "{", "{", "right")
        assert "Then stands before now." in run.text
        assert "visit 2 of 6" in row(run, "Now")
        await run.press("shift+right", "shift+right", "]")
        assert "another examiner" in run.rows[0]
        assert "B. Two" in row(run, "Now")
        await run.press("v", "v", "v")
        assert "4 → 4 = the same" not in run.text, "an equal grade needs no comparing"
        assert "5 → 4+ ? not comparable" in row(run, "Iliopsoas")


async def test_each_view_has_its_rows(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 50)) as run:
        await run.press("c", "f")
        await run.until("comparing")
        assert "Iliopsoas" not in run.text
        assert "14 mm (left shorter) ± 8 mm" in row(run, "then ")
        assert "7 → 2 ▲ better, likely" in row(run, "Leg pain now")
        await run.press("v")
        shown = [
            name for name in ("Gluteus medius", "Tibialis", "Iliopsoas", "Back pain") if name in run.text
        ]
        assert shown == ["Gluteus medius", "Tibialis"]
        await run.press("v")
        assert "5 → 5 = the same 5 → 5 = the same" in row(run, "Iliopsoas")
        assert "5 → 4 ≈ within noise" in row(run, "Back pain now")
        await run.press("b")
        assert "5 → 4- ▼ ░░░███████│████████·· = 4 → 4" in row(run, "Gluteus medius")
        assert "██████████│███████▒▒▒ ▲ 3+ → 5" in row(run, "Tibialis anterior")
        await run.press("v")
        assert "All that was seen at both visits can be compared." in run.text


async def test_the_mouse_does_it_all(tmp_path: Path) -> None:
    async with opened(tmp_path, (132, 40)) as run:
        await run.click("Compare")
        await run.until("comparing")
        assert "·░░███████│████████··" in row(run, "Gluteus medius")
        await run.click("◀ 4")
        assert "visit 4 of 6" in row(run, "Then")
        await run.click("◀ 7")
        assert "visit 5 of 6" in row(run, "Now")
        await run.click("9 ▶")
        await run.click("6 ▶")
        assert "14 days between" in run.rows[0]
        await run.click(" all")
        await run.click("Quadriceps")
        await run.click("Why")
        await run.until("basis")
        assert "5 both times: the same." in run.text


async def test_a_signed_visit_and_the_findings_step_open_it_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as run:
        await run.press("down", "enter")
        await run.until("signed")
        await run.press("*")
        await run.until("comparing")
        assert "visit 5 of 6" in row(run, "Now")
        await run.press("escape", "escape", "n", "enter")
        await run.until("safety")
        await run.press("f8", "f8", "f8", "f8")
        await run.until("findings")
        await run.press("5")
        await run.until("comparing")
        assert "visit 7 of 7, draft" in row(run, "Now")
        assert "Nothing was seen at both visits." in run.text
        assert "only then" in run.text
        await run.pilot.resize_terminal(132, 40)
        await run.pilot.pause()
        assert "Oswestry Disability Index 18." in read(run), "nothing is cut on a wide screen"
        await run.press("p")
        assert "A draft is printed from its papers step." in run.text


async def test_the_chosen_pair_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    viewed: list[Path] = []
    monkeypatch.setattr("mmt.viewer.open_file", lambda path: viewed.append(path) or "")
    async with opened(tmp_path) as run:
        await run.press("c", "4", "4", "p")
        await run.until("comparing")
        assert "The comparison is at" in run.text
    (path,) = viewed
    assert "2 February 2026 and 16 March 2026" in PdfReader(path).pages[0].extract_text()


async def test_where_the_rules_of_the_day_cannot_be_read_the_present_ones_judge_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as run:

        def unreadable(_: object) -> None:
            raise ClinicError("Signed under another version.")

        monkeypatch.setattr(run.app.clinic, "rules_of", unreadable)
        await run.press("c")
        await run.until("comparing")
        assert "Judged by the present rules. Signed under another version." in run.text
        assert "4+ → 4- ▼ worse" in read(run)


async def test_a_lone_visit_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    async with (app := program(tmp_path)).run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"Nora")
        await run.pilot.pause(0.3)
        await run.press("enter")
        await run.until("patient")
        await run.press("c")
        assert "There is no other visit to compare with." in run.text


def test_a_difference_stands_on_its_side_with_its_error_cut_at_the_edge() -> None:
    reading = MethodReading(method="LL-BLOCK", difference=6.0, shorter="right", error=8.0)
    assert bars.millimetres([(reading, reading)]) == 1
    assert bars.difference(reading, "●", 1) == "├───────●─────┼─┤" + " " * 12
    level = MethodReading(method="LL-PRONE", difference=0.0)
    assert bars.difference(level, "○", 1).strip() == "○"
