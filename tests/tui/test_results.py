"""Findings, stretches, signature and papers: what keys do to the record, and the words that stand there."""

import re
from pathlib import Path

import pikepdf
import pytest
from program import Program, program
from pypdf import PdfReader
from textual.widgets import Input

from mmt.model.observation import Observation
from mmt.tui.front.patients import PatientsScreen


async def _to_draft(run: Program, name: str, *observations: Observation) -> None:
    """Begin a visit of the patient with these values seen, from the patient's page and on no step yet."""
    await run.until("patients")
    clinic = run.app.clinic
    assert clinic is not None
    patient = clinic.search(name)[0].id
    run.app.on_patients_screen_open(PatientsScreen.Open(patient))
    await run.until("patient")
    exam = "" if clinic.history(patient).visits else "sciatica-quick"
    run.app.walk.desk = clinic.begin(patient, clinic.practitioners[0], exam=exam)
    for observation in observations:
        run.desk.keep(observation)


def grade(test: str, side: str, code: str) -> Observation:
    return Observation(test=test, side=side, grade=code)  # type: ignore[arg-type]


async def test_space_accepts_sets_aside_and_leaves_open(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        assert "No red flag recorded today" not in run.text
        assert "Red-flag questions not asked" in run.text
        app.screen.query_one("#lines").move_to("weakness:GMED:left")
        await run.press("space")
        assert run.desk.visit.decisions["weakness:GMED:left"].verdict == "accepted"
        assert "[✓] accepted" in run.text
        await run.press("space")
        assert run.desk.visit.decisions["weakness:GMED:left"].verdict == "set-aside"
        await run.press("space")
        assert "weakness:GMED:left" not in run.desk.visit.decisions


async def test_star_accepts_what_is_left_open_and_x_opens_it_again(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        seen = (grade("GMED", "left", "4"), grade("GMED", "right", "5"), grade("TA", "left", "4"))
        await _to_draft(run, "nora", *seen)
        app.walk.go_to("findings")
        await run.until("findings")
        await run.press("x")
        assert "Nothing was accepted by * just now." in run.text
        await run.press("0", "multiply")
        decided = {key: one.verdict for key, one in run.desk.visit.decisions.items()}
        others = ("weakness:GMED:left", "weakness:TA:left")
        assert decided == {"side-difference:GMED:left": "set-aside"} | dict.fromkeys(others, "accepted")
        assert "2 accepted; X takes them back. 1 decided before." in run.text
        await run.press("multiply")
        assert "Nothing is left open." in run.text
        await run.press("x")
        assert list(run.desk.visit.decisions) == ["side-difference:GMED:left"]
        assert "2 left open again." in run.text


async def test_star_decides_about_nothing_that_is_out_of_sight(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(60, 20)) as pilot:
        run = Program(app, pilot)
        sides = {"left": "4", "right": "5"}
        seen = (grade(test, *one) for test in ("QUAD", "GMED", "HAMM", "BIC") for one in sides.items())
        await _to_draft(run, "nora", *seen)
        app.walk.go_to("findings")
        await run.until("findings")
        app.screen.query_one("#lines").move_to("alert:0")
        pages = []
        while len(pages) < len(run.desk.review.findings) > len(run.desk.visit.decisions):
            await pilot.pause()
            open_rows, before = sum("[ ] open" in row for row in run.rows), len(run.desk.visit.decisions)
            await run.press("asterisk")
            pages.append((len(run.desk.visit.decisions) - before, open_rows))
    assert len(pages) > 1
    assert all(0 <= open_rows - accepted <= 1 for accepted, open_rows in pages), "one row may be cut below"


async def test_the_action_is_reached_by_keypad(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("QUAD", "left", "3"))
        for step in ("findings", "sign"):
            app.walk.go_to(step)
            await run.until(step)
            await run.press("decimal")
            assert "What was done about the urgent alert?" in run.text
            await run.press("escape")


async def test_one_accepts_and_nought_sets_aside_and_the_next_finding_comes(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        assert app.screen.cursor == "side-difference:GMED:left", "what says most stands first"
        await run.press("1")
        assert app.screen.cursor == "weakness:GMED:left"
        await run.press("0")
        decided = {name: one.verdict for name, one in run.desk.visit.decisions.items()}
    assert decided == {"side-difference:GMED:left": "accepted", "weakness:GMED:left": "set-aside"}


async def test_what_the_exam_is_consistent_with_stands_above_the_single_findings(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(120, 60)) as pilot:
        run = Program(app, pilot)
        weak = (grade(test, "left", "4") for test in ("TA", "EHL", "GMED"))
        await _to_draft(run, "nora", *weak, grade("QUAD", "left", "5"), grade("GMAX", "left", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        assert 0 < run.text.index("Consistent with") < run.text.index("[ ] open"), run.text


async def test_where_alerts_fill_the_screen_the_first_key_goes_to_the_finding(
    tmp_path: Path,
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(
            run, "frank", *(grade("QUAD", side, code) for side, code in (("left", "4"), ("right", "5")))
        )
        app.walk.go_to("findings")
        await run.until("findings")
        assert app.screen.cursor == "alert:0", "nothing scrolls an alert away"
        await run.press("1")
        assert app.screen.cursor == "side-difference:QUAD:left"
        assert "1 accepts it, 0 sets it aside" in run.text
        assert run.desk.visit.decisions == {}, "nothing is decided that was not in sight"
        await run.press("1", "0")
        decided = {name: one.verdict for name, one in run.desk.visit.decisions.items()}
        assert decided == {"side-difference:QUAD:left": "accepted", "weakness:QUAD:left": "set-aside"}
        app.screen.query_one("#lines").move_to("legs:none")
        await run.press("space")
        assert app.screen.cursor == "side-difference:QUAD:left", "from below the last one to the first"


async def test_an_urgent_yes_of_the_visit_before_stands_among_the_alerts(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "5"))
        run.desk.answer("safety", "weight-loss", True)
        run.desk.act("Phoned the family doctor")
        run.desk.sign("Dr Demo Practitioner")
        app.walk.go_to("findings")
        await run.until("findings")
        assert "not asked today" not in " ".join(run.text.split())
        await run.press("escape")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        app.walk.go_to("findings")
        await run.until("findings")
        said = " ".join(" ".join(run.rows).split())
        assert "not asked today: Weight loss without a reason? Done then: Phoned the" in said


async def test_without_a_finding_there_is_nothing_to_decide(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        await run.press("1")
        assert "There is no finding to decide about." in run.text
        assert "1 Accept" not in run.rows[-1], "what would do nothing is not offered"
        assert "F8 Next" in run.rows[-1]
        app.walk.go_to("papers")
        await run.until("papers")
        assert "F8 Next" not in run.rows[-1], "it is the last step"


async def test_a_click_on_the_box_of_a_finding_decides_and_elsewhere_moves_the_cursor(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        lines = app.screen.query_one("#lines")
        shown = [lines.render_line(row).text for row in range(lines.size.height)]
        for word in ("CAUTION", "[ ] open"):
            row = next(at for at, line in enumerate(shown) if word in line)
            await pilot.click("#lines", offset=(20 if word == "CAUTION" else 3, row))
            await pilot.pause()
            if word == "CAUTION":
                assert app.screen.cursor == "alert:0"
                assert run.desk.visit.decisions == {}
        assert run.desk.visit.decisions["side-difference:GMED:left"].verdict == "accepted"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_every_result_has_one_line_of_what_mmt_is_not(size: tuple[int, int], tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=size) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"))
        for step in ("findings", "prescription"):
            app.walk.go_to(step)
            await run.until(step)
            (line,) = [row for row in run.rows if "diagnos" in row]
            assert "ot for emergencies." in line
            assert "nreviewed" in line or "not yet reviewed by a clinician" in line
            assert not line.endswith("…")


async def test_f_compares_with_the_first_visit_and_back(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "frank", grade("GMED", "left", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        assert "Compared with the visit before" in run.text
        assert "better" not in run.text
        await run.press("f")
        assert "Compared with the first visit" in run.text
        assert "▲ better" in run.text
        assert "possible" in run.text
        await run.press("f")
        assert "Compared with the visit before" in run.text


async def _to_stretches(run: Program, *precautions: str) -> None:
    """Nora's stretches, with weak hip muscles on the left and these precautions present."""
    await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMAX", "left", "4"))
    for code in run.desk.protocol.precautions:
        run.desk.answer("precautions", code, code in precautions)
    run.app.walk.go_to("prescription")
    await run.until("prescription")


def sheet(run: Program) -> list[str]:
    return [one.stretch for one in run.desk.visit.prescription or ()]


async def test_what_is_suggested_is_marked_so_and_kept_by_enter_alone(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        assert "suggested, not kept yet; Enter keeps them" in run.text
        assert "[✓]" not in run.text
        assert "on the sheet" not in run.text
        await run.press("f8")
        await run.until("prescription")
        assert "Suggested, not kept yet: without them there is no sheet." in " ".join(run.rows)
        await run.press("f8")
        await run.until("sign")
        assert run.desk.visit.prescription is None
        assert "No stretch is kept for a sheet." in run.text
        await run.press("f7")
        await run.until("prescription")
        await run.press("enter")
        await run.until("sign")
        await run.press("f7")
        await run.until("prescription")
        assert "[✓]" in run.text
        await run.press("f8")
        await run.until("sign")
        assert sheet(run)[-1] == "E27"
        assert sheet(run) == [one.stretch for one in run.desk.review.prescription.offered]


@pytest.mark.parametrize("way", ["escape", "click", "ctrl+q"])
async def test_no_way_out_leaves_a_suggestion_behind_unasked(way: str, tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)

        async def leave() -> None:
            if way == "click":
                app.screen.action_go_to("findings")
                await pilot.pause()
            else:
                await run.press(way)

        await leave()
        assert app.screen.name == "prescription"
        assert app.is_running
        assert "Suggested, not kept yet: without them" in " ".join(run.rows)
        await leave()
        await pilot.pause()
        assert not app.is_running or app.screen.name != "prescription"


async def test_a_visit_with_a_finding_and_no_sheet_is_signed_by_a_second_enter(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        app.walk.go_to("sign")
        await run.until("sign")
        await run.press("enter")
        await run.until("sign")
        said = " ".join(" ".join(run.rows).split())
        assert "no stretch is kept: once signed, this visit can have no hand-out. Enter once more" in said
        await run.press("enter")
        await run.until("sign-as")
        await run.press("enter")
        await run.until("papers")
        await run.press("1")
        assert "no stretch was kept before this visit was signed" in " ".join(" ".join(run.rows).split())


async def test_the_last_sheet_stands_beside_the_new_one_and_its_stretches_stay_offered(
    tmp_path: Path,
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 30)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        assert "Last sheet" not in run.text
        await run.press("1", "2", "enter", "enter")
        await run.until("sign")
        given = sheet(run)
        run.desk.sign("Dr Demo Practitioner")
        await run.press("escape")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        run.desk.answer("story", "sheet_done", "most")
        app.walk.go_to("prescription")
        await run.until("prescription")
        said = " ".join(" ".join(run.rows).split())
        assert "Last sheet" in said
        assert "done at home: most days" in said
        assert "[?] Bridge" in said, "what was given is suggested though nothing was tested today"
        assert said.count("12 times") == 2, "in the dose as it was given"
        app.screen.query_one("#lines").move_to("last-sheet")
        for key in ("space", "3"):
            await run.press(key)
            assert "This is the last sheet as it was given" in run.text
        assert run.desk.visit.prescription is None
        await run.press("enter")
        await run.until("sign")
        assert sheet(run) == given


async def test_a_dose_is_typed_in_place_and_its_minutes_are_counted(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        first = run.desk.review.prescription.offered[0].stretch
        before = run.text[run.text.index("about") :].split()[1]
        await run.press("1", "2")
        dose = next(one.dose for one in run.desk.visit.prescription or () if one.stretch == first)
        assert dose.reps == 12
        assert "12_ times" in run.text
        await run.press("enter")
        await run.press("9", "9")
        assert "99 is out of range: 1 to 30 times. It stays as it was: 12 times." in " ".join(run.rows)
        dose = next(one.dose for one in run.desk.visit.prescription or () if one.stretch == first)
        assert dose.reps == 12, "a number that is refused leaves nothing of itself"
        await run.press("decimal", "3")
        dose = next(one.dose for one in run.desk.visit.prescription or () if one.stretch == first)
        assert (dose.reps, dose.sets) == (12, 3)
        after = run.text[run.text.index("about") :].split()[1]
        assert int(after) > int(before)


async def test_words_for_the_patient_are_kept_with_the_stretch_and_printed_on_its_move(
    tmp_path: Path,
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        first = run.desk.review.prescription.offered[0].stretch
        await run.press("w")
        await run.until("ask-text")
        await run.press(*"Use the red [cushion]", "enter")
        await run.until("prescription")
        assert "For the patient: Use the red [cushion]" in run.text
        await run.press("1", "2")
        (kept,) = [one for one in run.desk.visit.prescription or () if one.stretch == first]
        assert (kept.note, kept.dose.reps) == ("Use the red [cushion]", 12)
        printed = PdfReader(run.desk.paper("hand-out")).pages
        (page,) = [one.extract_text() for one in printed if "For you" in one.extract_text()]
        assert "Use the red [cushion]" in page
        await run.press("space")
        await run.press("w")
        assert "First take this stretch onto the sheet." in run.text


async def test_only_the_stretch_that_is_touched_is_kept(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        offered = [one.stretch for one in run.desk.review.prescription.offered]
        await run.press("7")
        assert sheet(run) == offered[:1]
        shown = "\n".join(run.rows)
        assert (shown.count("[✓]"), shown.count("[?]")) == (1, len(offered) - 1)
        await run.press("f8")
        await run.until("prescription")
        assert "Suggested, not kept yet: they will not stand on the sheet." in " ".join(run.rows)
        app.screen.query_one("#lines").move_to(offered[1])
        await run.press("space")
        assert sheet(run) == offered[:1], "what is left is not kept, and keeps nothing else"
        await run.press("enter")
        await run.until("sign")
        assert sheet(run) == [offered[0], *offered[2:]]


async def test_suggestions_that_are_all_left_are_no_sheet(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        for name in [one.stretch for one in run.desk.review.prescription.offered]:
            app.screen.query_one("#lines").move_to(name)
            await run.press("space")
        assert run.desk.visit.prescription == ()
        await run.press("f8")
        await run.until("sign")


async def test_a_stretch_is_left_and_taken_in_its_place(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        await run.press("space", "enter")
        await run.until("sign")
        await run.press("f7")
        await run.until("prescription")
        offered = [one.stretch for one in run.desk.review.prescription.offered]
        assert sheet(run) == offered[1:]
        app.screen.query_one("#lines").move_to(offered[0])
        await run.press("3")
        assert "First take this stretch onto the sheet." in run.text
        await run.press("multiply")
        assert sheet(run) == offered


async def test_a_stretch_that_no_longer_fits_is_named_and_holds_the_sheet(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_stretches(run)
        await run.press("enter")
        await run.until("sign")
        known = run.desk.protocol.stretches
        held, code = next((one, code) for one in sheet(run) for code in known[one].precautions)
        run.desk.answer("precautions", code, None)
        await run.press("f7")
        await run.until("prescription")
        assert "[x]" in run.text
        assert "No longer fits:" in run.text
        assert "no sheet leaves with it" in run.text
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("1")
        assert "no longer fits what is recorded" in " ".join(run.text.split())
        assert not list((tmp_path / "clinic" / "export").glob("*.pdf"))
        app.walk.go_to("prescription")
        await run.until("prescription")
        app.screen.query_one("#lines").move_to(held)
        await run.press("space")
        assert held not in sheet(run)
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("1")
        assert list((tmp_path / "clinic" / "export").glob("*hand-out.pdf"))


async def test_a_stretch_that_asks_for_a_tick_is_taken_by_it(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "4"), grade("GMED", "right", "5"))
        for code in run.desk.protocol.precautions:
            run.desk.answer("precautions", code, code == "THA")
        app.walk.go_to("prescription")
        await run.until("prescription")
        assert "E12" not in [one.stretch for one in run.desk.visit.prescription or ()]
        assert "Only after your tick" in run.text
        app.screen.query_one("#lines").move_to("E12")
        await run.press("space")
        assert "E12" not in [one.stretch for one in run.desk.visit.prescription or ()]
        await run.press("asterisk")
        taken = next(one for one in run.desk.visit.prescription or () if one.stretch == "E12")
        assert (taken.side, taken.ticked) == ("left", ("THA",))
        assert taken.why != "default", "the sheet tells the patient why, as for other stretches"


async def test_an_urgent_alert_holds_the_sheet_until_the_action_is_written(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("TA", "left", "2"), grade("TA", "right", "5"))
        app.walk.go_to("prescription")
        await run.until("prescription")
        assert "No sheet leaves until the action taken is written down" in run.text
        await run.press("f8", "f8")
        await run.until("sign")
        await run.press("f8")
        await run.until("papers")
        await run.press("1")
        assert "write down what was done" in run.text
        assert not list((tmp_path / "clinic" / "export").glob("*.pdf"))
        await run.press("f7")
        await run.until("sign")
        await run.press("t", *"Called the neurologist", "enter")
        await run.until("sign")
        assert run.desk.visit.action == "Called the neurologist"
        app.walk.go_to("prescription")
        await run.until("prescription")
        await run.press("enter")
        await run.until("sign")
        await run.press("f8")
        await run.until("papers")
        await run.press("1")
        assert list((tmp_path / "clinic" / "export").glob("*hand-out.pdf"))


async def test_an_urgent_visit_is_not_signed_before_the_action_is_written(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("TA", "left", "2"), grade("TA", "right", "5"))
        app.walk.go_to("findings")
        await run.until("findings")
        assert "T writes down what was done about the urgent alert." in run.text
        app.walk.go_to("sign")
        await run.until("sign")
        await run.press("enter")
        assert "first write down what was done about it. T writes it." in run.text
        await run.press("t", *"Sent to hospital", "enter", "enter")
        await run.until("sign")
        assert "no stretch is kept" in " ".join(" ".join(run.rows).split())
        await run.press("enter")
        await run.until("sign-as")
        assert "Sign as" in run.text
        await run.press("enter")
        await run.until("papers")
        assert run.desk.visit.signed
        assert run.desk.visit.action == "Sent to hospital"


async def test_the_signer_is_chosen_by_digit_and_no_stray_key_makes_a_name(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("GMED", "left", "5"))
        assert app.clinic is not None
        app.clinic.add_practitioner("Dr Third [b]")
        app.walk.go_to("sign")
        await run.until("sign")
        assert "[ ] Tests, each side: 1 done; 25 not done" in "\n".join(run.rows)
        await run.press("enter")
        await run.until("sign-as")
        assert run.marked()[-1].startswith("1  Dr Demo Practitioner  examined at this visit")
        await run.press("1", "1", "9", "x")
        assert run.marked()[-1].startswith("1  Dr Demo Practitioner")
        await run.press("t", "1", "1", "enter")
        await run.until("sign")
        assert '"11" is no name: sign with letters.' in run.text
        assert not run.desk.visit.signed
        await run.press("enter", "3", "enter")
        await run.until("papers")
        assert run.desk.visit.signature is not None
        assert run.desk.visit.signature.by == "Dr Third [b]"


async def test_the_cursor_is_a_mark_as_well_as_a_colour(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert re.findall(r"▶\s*(\w+)", run.text) == ["Rita"]
        await run.press("down")
        assert re.findall(r"▶\s*(\w+)", run.text) == ["Dora"]


async def test_enter_makes_and_opens_the_paper_under_the_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    app = program(tmp_path / "clinic")
    viewer = "mmt.tui.results.paper_step.open_file"
    monkeypatch.setattr(viewer, lambda path: opened.append(path.name))
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("3", "enter", "up", "up", "enter")
        assert opened == [], "the card that was made last is not what the cursor stands on"
        await run.press("enter")
        assert [name.endswith("hand-out.pdf") for name in opened] == [True]
        await run.press("f7")
        await run.until("signed")
        assert "● Papers" in run.rows[1]
        await run.press("f8")
        await run.until("papers")
        assert "Enter opens:" in run.text


async def test_the_same_paper_once_more_is_the_same_file_and_a_changed_one_says_so(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("QUAD", "left", "3"))
        app.walk.go_to("papers")
        await run.until("papers")
        for change, said, names in (
            ("", "is made. Enter opens it.", 1),
            ("", "is the same as before: nothing has changed.", 1),
            ("z", "differs from the one of", 2),
        ):
            await run.press(*change, "4", "enter", "enter")
            assert f"Referral letter {said}" in " ".join(" ".join(run.rows).split())
            assert len(list((tmp_path / "clinic" / "export").iterdir())) == names
        await run.press("escape")
        await run.until("patient")
        await run.press("enter")
        await run.until("papers")
        assert "referral-letter-2.pdf" in run.text, "papers made earlier are known again"


async def test_the_first_visit_is_offered_where_there_is_another_one_between(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(120, 24)) as pilot:
        run = Program(app, pilot)
        for name, offered in (("lars", False), ("frank", True)):
            await run.until("patients")
            await run.press(*name, "enter")
            await run.until("patient")
            await run.press("n", "enter")
            await run.until("safety")
            app.walk.go_to("findings")
            await run.until("findings")
            assert ("First visit" in run.text) == offered
            await run.press("f")
            assert ("no two earlier visits" in run.text) != offered
            await run.press("escape", "escape")


async def test_on_a_smaller_terminal_the_cursor_stays_in_sight(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 50)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter", "enter")
        await run.until("signed")
        await run.press("end")
        assert run.marked("▶")
        await pilot.resize_terminal(80, 24)
        for _ in range(5):
            await pilot.pause()
        assert run.marked("▶")


async def test_the_page_on_lifts_is_made_where_one_may_be_weighed_and_says_why_where_not(
    tmp_path: Path,
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora")
        app.walk.go_to("papers")
        await run.until("papers")
        why = "No shoe lift: the leg length was not measured at this visit"
        assert why in " ".join(run.text.split()), "it is told before the key is pressed"
        await run.press("5")
        assert why in " ".join(run.text.split())
        assert not list((tmp_path / "clinic" / "export").glob("*.pdf"))
        for side, length in (("right", 872), ("left", 858)):
            for trial in (1, 2):
                run.desk.keep(Observation(test="LL-TRUE", side=side, millimetres=length, trial=trial))
        run.desk.keep(Observation(test="LL-BLOCK", side="left", millimetres=14))
        await run.press("5")
        (made,) = (tmp_path / "clinic" / "export").glob("*lift-page.pdf")
        assert made.name in run.text


async def test_a_paper_is_protected_once_the_passphrase_was_typed_twice(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        app.walk.go_to("papers")
        await run.until("papers")
        in_clear = "Whoever opens its file can read it; W asks for a passphrase."
        assert in_clear in " ".join(run.text.split())
        await run.press("w", *"short", "enter")
        assert "Too short" in run.text
        await run.press(*" no more", "enter", *"something else", "enter")
        assert "not the same" in run.text
        await run.press(*"blue chair 7", "enter", *"blue chair 7", "enter")
        await run.until("papers")
        assert "Protected by your passphrase." in run.text
        assert "can read it" not in run.text
        assert "blue" not in run.text
        await run.press("3", "enter", "w", "3", "enter")
        assert "Protected" not in run.text
    closed, open_ = sorted(
        (tmp_path / "clinic" / "export").glob("*.pdf"), key=lambda path: "-2.pdf" in path.name
    )
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(closed)
    pikepdf.open(closed, password="blue chair 7").close()
    pikepdf.open(open_).close()


async def test_an_export_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(100, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        (tmp_path / "clinic" / "export").write_text("a file where the folder should be")
        await run.press(*"lars", "enter")
        await run.until("patient")
        await run.press("enter")
        await run.until("signed")
        before = run.desk.visit
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("1")
        assert "could not be written" in run.text
        assert run.desk.visit == before


async def test_beside_the_basis_a_change_keeps_its_line(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(110, 40)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter", "enter")
        await run.until("signed")
        assert any("Gluteus medius" in row and "possible" in row for row in run.rows)
        assert any("Rule" in row for row in run.rows), "the basis stands beside the rows"


async def test_letter_and_card_ask_once_for_what_only_the_clinician_knows(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await _to_draft(run, "nora", grade("QUAD", "left", "3"))
        app.walk.go_to("papers")
        await run.until("papers")
        await run.press("4")
        await run.until("ask-text")
        assert "To whom is the letter?" in run.text
        await run.press("escape")
        await run.until("papers")
        assert run.desk.made == {}
        await run.press("4", *"Dr [Who]", "enter")
        await run.until("ask-text")
        assert "What do you ask of them?" in run.text
        await run.press(*"Why?", "enter")
        await run.until("papers")
        read = " ".join(PdfReader(run.desk.made["referral-letter"].path).pages[0].extract_text().split())
        assert "To Dr [Who]" in read
        assert "What I ask Why?" in read
        await run.press("4", *["backspace"] * 8, "down")
        await run.until("ask-text")
        assert app.screen.query_one(Input).value == "Dr [Who]", "typed once, offered again"
        await run.press("escape")
        await run.until("papers")
        await run.press("3")
        await run.until("ask-text")
        assert "Nothing alerts as an emergency" in run.text
        await run.press("enter")
        await run.until("papers")
        read = PdfReader(run.desk.made["warning-card"].path).pages[0].extract_text()
        assert "When to get help at once" in read
        await run.press("x")
        assert "The visit note as text, to paste into another record" in run.text
