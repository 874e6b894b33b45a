"""The list of records that may be of one person is worked through: looked at, joined, told apart."""

import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from program import Program, program

from mmt.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.born import Incomplete
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places
from mmt.tui.front.doubles import AT_A_TIME

ANNA = Patient(name="Anna Müller", birth_date=datetime.date(1970, 6, 1), chart_number="100")
MAX = Patient(name="Max Adler", birth_date=datetime.date(1988, 2, 3))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clinic with two pairs."""
    clinic = Clinic.create(Places(tmp_path / "clinic"), Letterhead(name="Example"), "Dr Example")
    for patient in (
        ANNA,
        replace(ANNA, name="Anna [b] Schmidt", chart_number=""),
        MAX,
        replace(MAX, birth_date=Incomplete(year=1988)),
    ):
        clinic.add_patient(patient, sure=True)
    clinic.close()
    return tmp_path / "clinic"


async def test_the_list_is_worked_through(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f7")
        await run.until("doubles")
        assert "2 pairs." in run.text
        for said in ("Anna [b] Schmidt", "1988 (", "Of a birth date only a part is known.", "chart 100"):
            assert said in run.text
        await run.press("u")
        assert "Nothing was told apart here" in run.text
        await run.press("n")
        assert "Kept: Anna Müller and Anna [b] Schmidt are two people." in " ".join(run.text.split())
        assert "1 pair." in run.text
        await run.press("u")
        assert "2 pairs." in run.text
        await run.press("down", "up", "enter")
        await run.until("pair")
        await run.press("escape")
        await run.until("doubles")
        assert "Nothing is joined." in run.text
        await run.press("up", "enter")
        await run.until("pair")
        await run.press("n")
        await run.until("doubles")
        assert "1 pair." in run.text
        await run.press("enter")
        await run.until("pair")
        await run.press("enter")
        await run.until("ask-text")
        await run.press(*"Twice", "enter")
        await run.until("ask-text")
        assert "Are they one person?" in " ".join(run.text.replace("│", " ").split())
        await run.press(*"yes", "enter")
        await run.until("doubles")
        assert "Joined; U on the page of Max Adler undoes it" in " ".join(run.text.split())
        assert "None is left." in run.text
        await run.press("enter", "n", "escape")
        await run.until("patients")
        await run.press("f7")
        await run.until("doubles")
        assert "None is left." in run.text


async def test_who_says_so_is_asked_where_several_examine(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        assert app.clinic is not None
        app.clinic.add_practitioner("Dr Second")
        await run.press("f7")
        await run.until("doubles")
        await run.press("n")
        await run.until("ask-text")
        assert "Who says so?" in run.text
        await run.press("escape")
        await run.until("doubles")
        assert "Nothing is kept." in run.text
        await run.press("n", "enter")
        await run.until("doubles")
        assert "1 pair." in run.text


async def test_on_the_patient_s_page_two_records_are_told_apart(folder: Path) -> None:
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"schmidt", "enter")
        await run.until("patient")
        await run.press("r", *"muller", "enter")
        await run.until("pair")
        await run.press("n")
        await run.until("patient")
        assert "Kept: the two records are of two people." in run.text
        assert app.clinic is not None
        assert len(list(app.clinic.doubles().found())) == 1


async def test_many_are_shown_while_the_others_are_looked_for(folder: Path) -> None:
    clinic = Clinic.open(Places(folder))
    with clinic.store.writing(Act.MADE_UP):
        for at in range(AT_A_TIME + 5):
            born = datetime.date(1950, 1, 1) + datetime.timedelta(days=at * 400)
            for name in (f"Name{at} Example", f"Name{at} Other"):
                clinic.add_patient(Patient(name=name, birth_date=born), sure=True)
    clinic.close()
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f7")
        await run.until("doubles")
        assert f"{AT_A_TIME + 5 + 2} pairs." in run.text


async def test_other_names_of_a_joined_record_stand_on_a_row_of_their_own(folder: Path) -> None:
    clinic = Clinic.open(Places(folder))
    wife = clinic.add_patient(replace(MAX, name="Maxi Adler", chart_number=""), sure=True)
    clinic.join(1, wife.id, "Married", "Dr Example", sure=True)
    clinic.close()
    app = program(folder, demo=False)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press("f7")
        await run.until("doubles")
        assert "also Maxi Adler" in [row.strip() for row in run.rows]
