"""A signed visit opens on one page: all that was seen, decided and given, its notes and its papers."""

import datetime
from pathlib import Path

import pytest
from program import Program, program

from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.model.visit import Dose, Prescribed, local_day
from mmt.reports.documents import FILES
from mmt.tui.app import MmtApp
from mmt.tui.asking.questions import safety_sections, story_sections
from mmt.tui.widgets.rows import RowList

SEEN = (
    Observation(test="TA", side="left", grade="4", flags=("pain",)),
    Observation(test="TA", side="left", trial=2, grade="4+"),
    Observation(test="TA", side="right", grade="5"),
    Observation(test="GMED", side="left", grade="3", flags=("substitution",), substitution="TFL"),
    Observation(test="GMAX", side="left", not_tested="surgery"),
    Observation(test="SLR", side="right", result="positive", degrees=42.5),
    Observation(test="L-PKE", side="left", degrees=38),
    Observation(test="LL-TRUE", side="right", millimetres=902),
    Observation(test="LL-TRUE", side="left", millimetres=889),
)


def closed(clinic: Clinic) -> int:
    """Nora's visit with a little of everything, signed; its number."""
    visit = clinic.begin(clinic.search("nora")[0].id, "Dr Demo Practitioner")
    for observation in SEEN:
        visit.keep(observation)
    visit.answer("safety", "saddle-numbness", False)
    visit.answer("safety", "weight-loss", True)
    visit.answer("precautions", "OST", True)
    visit.answer("story", "sitting_hours", 7)
    visit.answer("story", "psfs_activities", "Climbing the [ladder]")
    visit.answer("story", "eases", ("lying", "sitting"))
    visit.act("Phoned the family doctor")
    first, second = visit.review.findings[:2]
    visit.decide(first.key, "accepted")
    visit.decide(second.key, "set-aside")
    dose = Dose(minutes=7, per_day=2, days_per_week=5, weeks=3)
    visit.prescribe((Prescribed(stretch="E27", dose=dose, ticked=("CST",), note="Around the [pond]"),))
    visit.write(note="Came with her son", next_visit="13 Dec")
    visit.sign("Dr Second Examiner")
    visit.add("Telephoned: doing well", "Dr Demo Practitioner")
    return visit.visit.id


async def opened(run: Program) -> None:
    """Open Nora's signed visit from the list."""
    await run.until("patients")
    assert run.app.clinic is not None
    closed(run.app.clinic)
    await run.press(*"nora", "enter")
    await run.until("patient")
    await run.press("enter")
    await run.until("signed")


def said(app: MmtApp) -> str:
    """All rows of the page, also those scrolled away."""
    lines = app.screen.query_one(RowList)
    height = lines.virtual_size.height
    top = lines.scroll_offset.y
    rows = []
    for at in range(0, height, max(1, lines.size.height)):
        lines.scroll_to(y=at, animate=False, force=True, immediate=True)
        here = at - lines.scroll_offset.y
        rows += [lines.render_line(y).text for y in range(here, lines.size.height)]
    lines.scroll_to(y=top, animate=False, force=True, immediate=True)
    return " ".join(" ".join(row.strip("▅▁▂▃▄▆▇█ ") for row in rows).split())


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_signed_visit_opens_with_all_that_was_seen_decided_and_given(
    size: tuple[int, int], tmp_path: Path
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await opened(run)
        visit, protocol = run.desk.visit, run.desk.protocol
        assert visit.signature is not None
        day = local_day(visit.signature.at)
        above = " ".join(" ".join(run.rows[:6]).split())
        assert f"Signed by Dr Second Examiner on {day.day} " in above
        assert "examined by Dr Demo Practitioner" in above
        page = said(app)
        asked = [one for section in safety_sections(protocol, {}) for one in section.questions]
        asked += [
            one for section in story_sections(protocol, {}, follow_up=False) for one in section.questions
        ]
        for one in asked:
            held = getattr(visit, one.topic).get(one.id)
            if held is not None:
                answer = one.words(held)
                ways = (f"{answer} {one.ask}", f"{one.ask} {answer}")
                assert any(" ".join(way.split()) in page for way in ways), one.ask
        for words in (
            "Phoned the family doctor",
            "[✓] accepted",
            "[–] set aside",
            "Tibialis anterior right 5 left 4 (pain); trial 2: 4+",
            "substitution",
            "left NT (not tested: surgery)",
            "right positive (at 42.5°)",
            "left 38°",
            "right 902 mm left 889 mm",
            "13 mm, left shorter",
            "7 min 2 × a day 5 days a week 3 weeks",
            "For the patient: Around the [pond]",
            "Next visit 13 Dec",
            "Note Came with her son",
            "Dr Demo Practitioner: Telephoned: doing well",
            "Not asked, which is not a no:",
            "1 Hand-out for the patient not made",
        ):
            assert words in page, (words, page)


async def test_its_papers_are_found_where_they_were_made_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    app = program(tmp_path / "clinic")
    viewer = "mmt.tui.results.paper_step.open_file"
    monkeypatch.setattr(viewer, lambda path: shown.append(path.name))
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await opened(run)
        await run.press("o")
        assert f"1 to {len(FILES)} makes a paper" in run.text
        await run.press("4", "enter", "enter")
        today = datetime.date.today()
        assert f"made {today.day} " in said(app)
        await run.press("escape")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        assert "● Papers" in run.rows[1]
        await run.press("o", "4")
        assert [name.endswith("-referral-letter.pdf") for name in shown] == [True, True]
        (paper,) = (tmp_path / "clinic" / "export").iterdir()
        paper.unlink()
        await run.press("o")
        assert f"1 to {len(FILES)} makes a paper" in run.text
        await run.press("4", "enter", "enter", "o")
        assert paper.exists()
        assert len(shown) == 3


async def test_it_is_read_with_keys_that_change_nothing_but_its_dated_notes(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await opened(run)
        before = run.desk.visit
        assert [step for step in ("Safety", "Exam", "Sign") if step in run.rows[1]] == []
        for word in ("Accept", "Grade", "Action", "Sign", "Take", "Answer"):
            assert word not in run.rows[-1]
        app.screen.query_one(RowList).move_to("value:TA")
        await run.press("f1")
        await run.until("basis")
        assert "Tibialis anterior" in run.text
        await run.press("escape", "0", "9", "space", "x", "n", "t", "enter", "f7", "f8")
        await run.until("papers")
        assert run.desk.visit == before
        await run.press("f8", "f7")
        await run.until("signed")
        await run.press("a", *"Better", "enter")
        await run.until("signed")
        assert [one.text for one in run.desk.visit.addenda] == ["Telephoned: doing well", "Better"]
        app.screen.query_one(RowList).move_to("note:1")
        await pilot.pause()
        assert "Better" in run.text
        await run.press("escape")
        await run.until("patient")


async def test_how_a_given_stretch_is_done_is_one_key_away(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await opened(run)
        await run.press("d")
        assert "Put the cursor on a stretch" in run.text
        app.screen.query_one(RowList).move_to("E27")
        await run.press("d")
        assert "Walk" in run.text
        await run.press("escape", "escape")
        await run.until("patient")
