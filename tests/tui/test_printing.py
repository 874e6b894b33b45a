"""One key prints a paper, also of an earlier visit; the printer is asked for once and nobody waits for it."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from program import Program, program

from mmt.tui.dialogs import printing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such commands")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the printer of a fake system was told; while a file `hang` is there it does not answer."""
    folder, told = tmp_path / "bin", tmp_path / "told"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    scripts = {
        "lpstat": '[ "$1" = -e ] && printf "Front desk\\nLab [1]\\n" || echo "default: Lab [1]"',
        "lp": f'while [ -e "{tmp_path / "hang"}" ]; do /bin/sleep 0.05; done; echo "$@" >> "{told}"',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o700)
    return told


async def seen(run: Program, words: str) -> None:
    """Wait until words stand on the screen."""
    for _ in range(300):
        if words in " ".join(" ".join(run.rows).split()):
            return
        await run.pilot.pause(0.02)
    raise AssertionError(f"{words!r} never came:\n{run.text}")


async def test_papers_of_an_earlier_visit_print_by_keypad_and_the_printer_is_asked_for_once(
    tmp_path: Path, told: Path
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await run.press("add", "decimal")
        await run.until("papers")
        first = run.desk.visit
        assert first.signed
        assert "visit 1" in next(row for row in run.rows if row.lstrip().startswith("Papers"))
        await run.press("7", "decimal")
        await run.until("choose")
        assert any(one.startswith("2  Lab [1]  the usual one") for one in run.marked())
        await run.press("1", "enter")
        await seen(run, "Visit note is sent to Front desk: A4, one side.")
        kept = (tmp_path / "clinic" / "settings.json").read_text()
        assert '"printer": "Front desk"' in kept
        (paper,) = (tmp_path / "clinic" / "export").iterdir()
        assert first.date.isoformat() in paper.name
        assert paper.stat().st_mode & 0o077 == 0
        line = f"-d Front desk -t mmt visit-note -o media=A4 -o sides=one-sided -- {paper}"
        assert told.read_text().splitlines() == [line]
        (tmp_path / "hang").touch()
        await run.press("p")
        await seen(run, "on its way to the printer …")
        await run.press("add", "p")
        assert "wait a moment" in run.text, "the screen answers while the printer does not"
        await run.press("f9", "p")
        await seen(run, "6 [✓] Front desk")
        await run.press("2", "4", "add", "add", "enter")
        assert "[✓] Number alone" in run.text
        await run.press("escape", "escape")
        (tmp_path / "hang").unlink()
        await seen(run, "is sent to Front desk: A4, one side.")
        await run.press("escape")
        await run.until("patient")
        await run.press("p")
        await run.until("papers")
        assert "Paper Letter." in run.text
        await run.press(*["add"] * 5, "p")
        await seen(run, "Diary for the patient is sent to Front desk: Letter, both sides.")
    last = told.read_text().splitlines()[-1]
    assert "-o media=Letter -o sides=two-sided-long-edge" in last
    assert "frank" in line
    assert "frank" not in last


async def test_where_nothing_prints_the_paper_is_opened_and_what_failed_is_kept(
    tmp_path: Path, told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(printing, "open_file", lambda path: opened.append(path.name) or "")
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        await run.press("p")
        await run.until("papers")
        (told.parent / "bin" / "lpstat").write_text("#!/bin/sh\n")
        await run.press("7", "p")
        await seen(run, "No printer is set up on this computer. Visit note is opened instead")
        assert [name.endswith("visit-note.pdf") for name in opened] == [True]
        clinic = run.desk.clinic
        assert clinic.settings.printer is None, "the next time it is asked for again"
        clinic.settings = replace(clinic.settings, printer="Lab [1]")
        (told.parent / "bin" / "lp").write_text('#!/bin/sh\necho "lp: out of [b]cheese" >&2; exit 1\n')
        await run.press("escape")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        await run.press("p")
        await seen(run, "Lab [1] did not take the paper (out of [b]cheese).")
        await seen(run, "Visit note is kept. O opens it.")
        assert len(opened) == 1
        run.desk.clinic.settings = replace(clinic.settings, printer="")
        await run.press("p")
        await seen(run, "No printer is chosen (F9, then P).")
        assert len(opened) == 2
        await run.press("escape")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("p")
        await run.until("papers")
        await run.press("escape")
        await run.until("patient")
        await run.press("n")
        await run.until("exam")
