"""What a state is stands on the screen in a word or a mark, for whoever sees or hears no colours."""

from pathlib import Path

from program import Program, program


async def test_lists_and_forms_mark_the_line_that_the_keys_are_for(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert [row[:12] for row in run.marked()] == ["Rita Redflag"]
        await run.press("f3")
        await run.until("patient-form")
        assert run.marked()[-1].startswith("Name")
        for label in ("Birth date", "Chart number", "Sex", "Handedness", "Sheet's language", "Save (F10)"):
            await run.press("tab")
            assert [row.startswith(label) for row in run.marked()].count(True) == 1, label
        await run.press("escape", *"frank", "enter")
        await run.until("patient")
        assert len(run.marked()) == 1
        await run.press("n")
        await run.until("new-visit")
        assert run.marked()[-1] == "Begin (Enter)"
        await run.press("enter")
        await run.until("safety")
        assert run.marked()[0].startswith("New numb")
        await run.press("ctrl+p", *"the step")
        await run.until("palette")
        assert run.marked()[-1].startswith("/ ")
        await run.press("down", "down")
        assert run.marked()[-1].startswith("F8")


async def test_a_visit_says_each_of_its_states(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter", "n", "enter")
        await run.until("safety")
        assert run.marked("▸")[0].startswith("Safety")
        await run.press("1")
        await run.until("emergency")
        assert "EMERGENCY. The exam is stopped" in run.text
        await run.press("c", "slash", "0")
        await run.until("safety")
        assert any(row.endswith("no") for row in run.rows)
        assert any(row.endswith("–") for row in run.rows), "what was not asked has its own mark"
        await run.press(*"000000", "1")
        assert any(row.startswith(" URGENT") for row in run.rows)
        await run.press("f8", "f8")
        await run.until("exam")
        assert run.marked("●")[0].startswith("Safety")
        assert run.marked("▶")[-1].startswith("PATIENT'S RIGHT")
        await run.press("4", "slash")
        assert run.marked("▶")[-1].startswith("PATIENT'S RIGHT  4"), (
            "a grade in letters of blocks is read out"
        )
        assert any("4" in row and "saved" in row for row in run.rows)
        assert any("not done" in row for row in run.rows)
        await run.press("enter", "3")
        assert any(row.startswith(" ALARM, urgent") for row in run.rows)
        await run.press("enter", "f8", "f8")
        await run.until("findings")
        await run.press("1", "1", "0")
        decided = "\n".join(run.rows)
        assert "[✓] accepted" in decided
        assert "[–] set aside" in decided
        await run.press("f8")
        await run.until("prescription")
        assert any(row.startswith(" No sheet leaves until the action taken") for row in run.rows)
        await run.press("t", *"phoned", "enter")
        assert "[?]" in "\n".join(run.rows), "suggested, not kept"
        await run.press("f8", "f8")
        await run.until("sign")
        assert "draft" in run.rows[0]
        await run.press("enter", "enter", "enter")
        await run.until("papers")
        assert "signed" in run.rows[0]
        assert "not made" in run.text


async def test_the_terminal_s_cursor_goes_to_the_line_that_the_keys_are_for(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)

        def at() -> str:
            x, y = app.cursor_position
            return run.rows[y][x:].strip()

        await run.until("patients")
        await run.press(*"frank")
        assert app.cursor_position.y == 1, "where one types it stands behind what is typed"
        await run.press("enter")
        await run.until("patient")
        newest = at()
        assert newest.startswith("▶ 20")
        await run.press("down")
        assert at().startswith("▶ 20")
        assert at() != newest
        await run.press("up")
        assert at() == newest
        await run.press("n")
        await run.until("new-visit")
        assert at().startswith("▶")
        assert "Begin (Enter)" in at()
        await run.press("tab")
        assert at().startswith("▶ Examiner")
        await run.press("tab", "tab", "tab", "enter")
        await run.until("safety")
        assert at().startswith("▶ New numb")
        await run.press("0")
        assert at().startswith("▶ New or worse trouble")
        await run.press("f8", "f8")
        await run.until("exam")
        assert at().startswith("▶ PATIENT'S RIGHT")
        await run.press("4")
        assert at().startswith("▶ PATIENT'S LEFT")
        await run.press("f8")
        await run.until("leg-length")
        assert at().startswith("▶ Tape")
        await run.press("f8")
        await run.until("findings")
        assert at().startswith("▶")
        await run.press("f8")
        await run.until("prescription")
        assert at().startswith("▶ [")
        assert any("▸" in row and "times" in row for row in run.rows), (
            "the part that digits change has a mark"
        )
