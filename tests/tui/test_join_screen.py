"""Two records of one person are joined on the patient's page, and apart again."""

from pathlib import Path

from program import Program, program


async def test_two_records_are_seen_side_by_side_joined_and_parted_again(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        visits = len(run.app.screen.history.visits)  # type: ignore[attr-defined]
        await run.press("u")
        assert "No record is joined to this one." in run.text
        await run.press("r", *"frank", "enter")
        await run.until("patient")
        assert "This is the record itself" in run.text
        await run.press("r", *"nora", "enter")
        await run.until("pair")
        assert "≠" in run.text
        for word in ("Frank", "Nora", "Born", "Visits"):
            assert word in run.text
        await run.press("escape")
        await run.until("patient")
        assert "Nothing is joined." in run.text
        await run.press("r", *"nora", "enter", "enter", *"Typed twice", "enter", "enter")
        assert "Are they one person?" in " ".join(run.text.replace("│", " ").split())
        await run.press(*"yes", "enter")
        await run.until("patient")
        page = " ".join(run.text.split())
        assert "The records are joined" in page
        assert "Typed twice (Dr Demo Practitioner)" in page
        await run.press("escape")
        await run.until("patients")
        await run.press(*"nora")
        assert "also Nora" in run.text
        await run.press("enter")
        await run.until("patient")
        assert "Frank" in run.text
        await run.press("u", *"Two people", "enter", "enter")
        await run.until("patient")
        assert "The records are apart again" in run.text
        assert "undone on" in run.text
        assert len(run.app.screen.history.visits) == visits  # type: ignore[attr-defined]
