"""The front desk: finding a patient, adding one, correcting data, the clinic's own data."""

import datetime
import threading
from pathlib import Path

import pytest
from demo_copy import copy_demo
from program import Program, program
from textual.widgets import Input

from mmt.clinic import content
from mmt.model.people import PatientRow
from mmt.paths import Places
from mmt.tui.front.patient_rows import column_heads, found_rows, home_rows, patient_row

TODAY = datetime.date(2026, 11, 25)
BORN = datetime.date(1971, 3, 21)


def row(number: int, name: str = "Ann Other", **fields: object) -> PatientRow:
    return PatientRow(id=number, name=name, birth_date=BORN, **fields)  # type: ignore[arg-type]


def test_drafts_stand_on_top_then_today_and_nobody_twice() -> None:
    draft = row(1, draft=7, draft_date=TODAY, place="exam:TA:left", last_visit=TODAY)
    came = row(2, last_visit=TODAY)
    rows = home_rows([draft], [draft, came], [came, row(3)], TODAY, 76)
    assert [one.key for one in rows] == ["", "1", "", "2", "", "3"]
    words = [one.text.plain for one in rows]
    assert [words[at].strip() for at in (0, 2, 4)] == ["Open drafts", "Today", "Seen last"]
    assert "draft at Exam" in words[1]
    assert words[3].rstrip().endswith("today")
    assert words[5].rstrip().endswith("new")


@pytest.mark.parametrize(
    ("begun", "said"),
    [
        (TODAY, "draft at Exam"),
        (datetime.date(2026, 11, 9), "draft of 9 Nov"),
        (datetime.date(2025, 11, 29), "draft of 29 Nov 2025"),
    ],
)
@pytest.mark.parametrize("across", [57, 76])
def test_a_draft_says_its_own_day_whenever_the_patient_came_last(
    begun: datetime.date, said: str, across: int
) -> None:
    old = row(1, draft=7, draft_date=begun, place="exam:TA:left", last_visit=datetime.date(2026, 12, 13))
    line = patient_row(old, TODAY, across).text.plain
    assert line.endswith(said)
    assert len(line) <= across


@pytest.mark.parametrize("across", [60, 76, 120, 196])
def test_columns_stand_under_their_heads_and_a_long_name_says_where_it_is_cut(across: int) -> None:
    long = row(1, "Maximiliane Wilhelmina von Habenichts-Ohneland" * 4, chart_number="A-1234567890")
    heads, line = column_heads(across).plain, patient_row(long, TODAY, across).text.plain
    assert line.index("1971-03-21") == heads.index("Born")
    assert line.index("A-12345…") == heads.index("Chart")
    assert "…" in line[: heads.index("Born")]
    assert "(55)" in line
    assert len(line) <= across


def test_many_found_ask_to_type_on() -> None:
    assert "1 found" in found_rows([row(1)], TODAY, 76)[0].text.plain
    assert "type more" in found_rows([row(n) for n in range(50)], TODAY, 76)[0].text.plain


@pytest.mark.parametrize(
    "typed",
    [
        *("follow frank", "FRÁNK", "fraank", "1971-03-21", "21.3.1971", "3/21/1971", "19710321"),
        *("21 March 1971", "21-Mar-1971", "21.3.71"),
    ],
)
async def test_typing_finds_and_enter_opens(typed: str, tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        app.screen.query_one("#search", Input).value = typed
        await pilot.pause()
        assert "1 found" in run.text
        await run.press("enter")
        await run.until("patient")
        assert "Frank Follow-Up (made up)" in run.text


async def test_nobody_found_offers_to_add_what_was_typed(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"Zoe Zed")
        assert "Nobody fits. F3 adds a new patient." in run.text
        await run.press("f3")
        await run.until("patient-form")
        await run.press("f10")
        assert "Type the date as year-month-day" in run.text
        assert run.marked()[-1].startswith("Birth date")
        await run.press(*"1980-01-02", "enter", *"Z9", "enter")
        assert run.marked()[-1].startswith("Sex"), "nothing is saved before the fields below were seen"
        await run.press("f10")
        await run.until("patient")
        assert "Zoe Zed" in run.text
        assert "chart Z9" in run.text
        await run.press("escape")
        await run.until("patients")
        assert "Open drafts" in run.text


async def test_a_second_record_of_the_same_person_is_warned_of_once(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f3")
        await run.until("patient-form")
        app.screen.query_one("#name", Input).value = "follow-up frank"
        app.screen.query_one("#birth-date", Input).value = "21.03.1971"
        await pilot.pause()
        await run.press("f10")
        assert "has a record already" in " ".join(run.text.split())
        await run.press("f10")
        await run.until("patient")
        assert "follow-up frank" in run.text
        await run.press("e")
        await run.until("patient-form")
        app.screen.query_one("#name", Input).value = "Frank Follow-Up"
        await pilot.pause()
        await run.press("f10")
        assert "Frank Follow-Up (made up), born 1971-03-21" in " ".join(run.text.split())
        await run.press("f10")
        await run.until("patient")
        assert "follow-up frank" not in run.text


async def test_a_birth_date_stands_as_it_will_be_kept_once_the_field_is_left(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"Zoe Zed", "f3")
        await run.until("patient-form")
        born = app.screen.query_one("#birth-date", Input)
        for typed, says in (
            ("5/25/1989", "25 May 1989, "),
            ("02/05/1979", "can be 5 February 1979 or 2 May 1979"),
            ("1979-11", "The day is missing"),
            ("02-MAY-1979", "2 May 1979, "),
        ):
            born.focus()
            born.value = typed
            await run.press("tab")
            assert says in " ".join(run.text.split()), typed
        assert "The day is missing" not in run.text
        await run.press("f10")
        await run.until("patient")
        assert "born 1979-05-02" in run.text


async def test_a_year_alone_is_kept_after_a_second_look_and_stands_so_everywhere(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"Zoe Zed", "f3")
        await run.until("patient-form")
        app.screen.query_one("#birth-date", Input).value = "1979"
        await run.press("f10")
        assert "the birth date is kept as 1979, and nothing is put in its place" in " ".join(run.text.split())
        await run.press("f10")
        await run.until("patient")
        year = app.clinic.today().year - 1979 if app.clinic else 0
        assert f"born 1979, {year - 1}–{year} years" in run.text or f"born 1979, {year - 1} years" in run.text
        await run.press("e")
        await run.until("patient-form")
        assert app.screen.query_one("#birth-date", Input).value == "1979"
        await run.press("f10")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        assert f"1979 ({year - 1}" in run.text


async def test_a_patient_s_data_are_corrected(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("e")
        await run.until("patient-form")
        app.screen.query_one("#birth-date", Input).value = "2 May 1980"
        await run.press("f10")
        await run.until("patient")
        assert "born 1980-05-02" in run.text
        await run.press("enter")
        await run.until("new-visit")
        await run.press("escape")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        await run.press(*"1980")
        assert "Nora Newcomer" in run.text


@pytest.mark.parametrize(
    ("name", "keys"), [("patient-form", "f3"), ("clinic-form", "f4"), ("new-visit", "n")]
)
async def test_nothing_of_the_screen_below_stands_beside_a_form_of_80_columns(
    name: str, keys: str, tmp_path: Path
) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*((*"frank", "enter") if name == "new-visit" else ()))
        await run.until("patient" if name == "new-visit" else "patients")
        await run.press(keys)
        await run.until(name)
        form = app.screen.query_one(".form").region
        beside = [row for at, row in enumerate(run.rows[:-1]) if at not in range(form.y, form.bottom)]
        beside += [row[: form.x] + row[form.right :] for row in run.rows[:-1]]
        assert "".join(beside).strip() == ""


async def test_the_clinic_s_data_are_changed_and_one_more_examines(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f4")
        await run.until("clinic-form")
        app.screen.query_one("#field-telephone", Input).value = "555 123"
        app.screen.query_one("#field-emergency", Input).value = "911"
        app.screen.query_one("#field-practitioner", Input).value = "Dr [New]"
        await run.press("f10")
        await run.until("patients")
        assert app.clinic is not None
        assert (app.clinic.letterhead.telephone, app.clinic.letterhead.emergency) == ("555 123", "911")
        assert app.clinic.letterhead.name == "Demo Chiropractic"
        assert app.clinic.practitioners[-1] == "Dr [New]"


async def test_patients_are_found_while_the_protocols_are_still_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_demo(tmp_path / "demo")
    on, read_them = threading.Event(), content.read

    def slowly(places: Places) -> content.Content:
        on.wait(timeout=20)
        return read_them(places)

    monkeypatch.setattr(content, "read", slowly)
    app = program(tmp_path / "demo")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        try:
            await run.until("patients")
            await run.press(*"frank")
            assert "1 found" in run.text
            assert "signed off" not in run.text
        finally:
            on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "is signed off by a clinician of this clinic" in run.text


async def test_back_at_the_list_the_last_patient_is_marked(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"made up", "down", "down")
        (marked,) = run.marked()
        await run.press("enter")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        assert run.marked() == [marked]
        await run.press("f3")
        await run.until("patient-form")
        app.screen.query_one("#name", Input).value = "Zoe Zed"
        app.screen.query_one("#birth-date", Input).value = "1980-01-02"
        await run.press("f10")
        await run.until("patient")
        await run.press("escape")
        await run.until("patients")
        assert run.marked()[0].startswith("Zoe Zed")


async def test_a_question_mark_helps_at_an_empty_search_and_is_text_in_a_search(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        for keys in (("question_mark",), (*"fra?", "f1")):
            await run.press(*keys)
            await run.until("help")
            assert "Add a patient in one form" in run.text
            await run.press("escape")
            await run.until("patients")
        assert app.screen.query_one("#search", Input).value == "fra?"


async def test_f1_helps_where_text_is_typed_in_a_dialog(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("ctrl+p")
        await run.until("palette")
        await run.press("f1")
        await run.until("help")
        assert "Close this" in run.text
        await run.press("f1", "question_mark", "escape")
        await run.until("palette")


async def test_ctrl_c_covers_nothing_of_a_visit(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"dora", "enter")
        await run.until("patient")
        await run.press("ctrl+c")
        assert "Ctrl+Q leaves mmt" in run.text
        app.clear_notifications()
        await run.press("enter")
        await run.until("exam")
        await run.press("5")
        before = run.rows
        await run.press("ctrl+c")
        assert run.rows == before


async def test_an_empty_draft_and_then_the_patient_are_discarded_with_a_reason(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        assert "Discard" not in run.rows[-1]
        await run.press("x")
        assert "This visit is signed. It stays as it is" in run.text
        await run.press("escape")
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("escape")
        await run.until("patient")
        assert "X Discard" in " ".join(run.rows[-1].split())
        await run.press("x", "enter")
        assert "Nothing is discarded without a reason." in run.text
        await run.press("x", *"Wrong patient", "enter", "enter")
        await run.until("patient")
        assert "The draft is discarded" in run.text
        assert "draft at" not in run.text
        await run.press("x", *"Made twice", "enter", "enter")
        await run.until("patients")
        await run.press(*"nora")
        assert "Nobody fits" in run.text
        assert app.clinic is not None
        with app.clinic.store.reading() as db:
            for table in ("visits", "patients"):
                rows = db.conn.execute(f"select reason, discarded_by from discarded_{table}").fetchall()
                assert rows == [
                    ("Wrong patient" if table == "visits" else "Made twice", "Dr Demo Practitioner")
                ]


async def test_a_draft_with_something_recorded_is_discarded_and_told_of(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("0", "escape")
        await run.until("patient")
        assert "X Discard" in " ".join(run.rows[-1].split())
        await run.press("x")
        assert "with 1 answer discarded?" in " ".join(run.text.split())
        await run.press(*"Tried out", "enter", "enter")
        await run.until("patient")
        assert "The draft is discarded" in run.text
        assert "draft at" not in run.text


async def test_a_draft_is_moved_to_another_patient_and_both_pages_say_so(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("0", "escape")
        await run.until("patient")
        await run.press("m", *"zzz")
        assert "Nobody fits" in run.text
        await run.press("ctrl+u", *"frank", "enter")
        asked = " ".join(run.text.replace("│", " ").split())
        assert "with 1 answer moved to Frank" in asked
        await run.press("enter")
        assert "Nothing is moved without a reason." in run.text
        await run.press("m", *"frank", "enter", *"Wrong one", "enter", "enter")
        await run.until("patient")
        page = " ".join(run.text.split())
        assert "both records say so" in page
        assert "moved from here to record" in page
        await run.press("escape")
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        page = " ".join(run.text.split())
        assert "draft at Safety" in page
        assert "moved here from record" in page


async def test_a_visit_is_entered_from_paper_for_an_earlier_day(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("n", "shift+tab", *"2 Marvel", "enter")
        assert "Type the date as year-month-day" in run.text
        await run.press("ctrl+u", *"2 Mar 2020", "enter")
        await run.until("safety")
        assert "2020-03-02 draft from paper" in " ".join(run.text.split())
        await run.press("escape")
        await run.until("patient")
        rows = " ".join(run.text.split())
        assert "2020-03-02" in rows
        assert "from paper, entered 20" in rows


async def test_who_examines_in_a_draft_is_chosen_anew_on_the_patients_page(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        await run.press("w")
        assert "No draft is under the cursor" in run.text
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("escape")
        await run.until("patient")
        await run.press("w", "2", "escape")
        assert "The examiner stays." in run.text
        await run.press("w", "2", "enter")
        await run.until("patient")
        assert "Dr Second Examiner is the examiner of this draft now." in run.text
        await run.press("enter")
        await run.until("safety")
        assert "Dr Second Examiner" in run.text


async def test_back_from_a_new_visit_the_draft_is_under_the_cursor(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"frank", "enter")
        await run.until("patient")
        assert sum("Dr Demo Practitioner" in row for row in run.rows) == 2
        await run.press("n", "enter")
        await run.until("safety")
        await run.press("escape")
        await run.until("patient")
        assert ["draft at Safety" in row for row in run.marked()] == [True]
        assert "There is an open draft" in run.text
        assert all(key in run.rows[-1] for key in ("W Examiner", "M Move", "X Discard", "Esc Back"))
        await run.press("enter")
        await run.until("safety")


async def test_the_mark_of_a_form_stays_after_a_list_was_opened_and_closed(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f3", "tab", "tab", "tab")
        for close in ("escape", "enter"):
            await run.press("enter")
            await run.press(close)
            assert [row.split()[0] for row in run.marked()] == ["Sex"], close


async def test_a_command_that_nobody_knows_by_that_name_is_said(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("ctrl+p", *"zzz")
        assert "Nothing of that name." in run.text
        await run.press("enter")
        assert app.screen.name == "palette"


async def test_a_box_stands_in_the_middle_over_what_it_was_opened_on(tmp_path: Path) -> None:
    app = program(tmp_path / "clinic")
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"nora", "enter")
        await run.until("patient")
        for keys in (("e",), ("n",), ("f9",), ("x",)):
            await run.press(*keys)
            box = app.screen.query_one(".dialog, .form").region
            assert abs(box.y - (app.size.height - 1 - box.bottom)) <= 1, app.screen.name
            await run.press("escape")
