"""A signed visit that another program changed is never shown or printed as if it were sound."""

import datetime
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner
from demo_copy import copy_demo
from program import Program, program

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.paths import Places
from mmt.storage.driver import dbapi2
from mmt.storage.keyfile import read_secrets


def change_a_grade(places: Places, name: str, among: str = "signatures") -> None:
    """Rewrite what was seen at the last signed visit of a patient, as a program with the key can."""
    with closing(dbapi2.connect(places.database, isolation_level=None)) as tool:
        tool.execute(read_secrets(places.key).pragma)
        guards = tool.execute(
            "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'observations'"
        ).fetchall()
        for guard, _ in guards:
            tool.execute(f"drop trigger {guard}")
        tool.execute(
            'update observations set value = replace(value, \'"grade":"5"\', \'"grade":"4"\') where visit ='
            f" (select max(visit) from {among} join visits on visits.id = visit where patient ="
            " (select id from patients where name like ?))",
            (f"{name}%",),
        )
        for _, statement in guards:
            tool.execute(statement)


async def test_a_draft_that_another_program_changed_is_told_on_the_patients_page(tmp_path: Path) -> None:
    places = Places(copy_demo(tmp_path / "clinic"))
    with closing(Clinic.open(places)) as clinic:
        patient = clinic.add_patient(Patient(name="Zed Draft", birth_date=datetime.date(1980, 2, 3)))
        visit = clinic.begin(patient.id, clinic.practitioners[0])
        visit.keep(Observation(test="TA", side="left", grade="5"))
        visit.leave()
    change_a_grade(places, "Zed", "open_visits")
    app = program(places.root)
    async with app.run_test(size=(110, 34)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        assert "NOT AS KEPT" not in run.text
        await run.press("escape")
        await run.until("patients")
        await run.press(*"zed", "enter")
        await run.until("patient")
        told = " ".join(run.text.split())
        assert "NOT AS KEPT: another program changed this. What was seen of Zed" in told


async def test_it_is_told_on_the_patients_page_and_its_own_and_nothing_is_printed(tmp_path: Path) -> None:
    places = Places(copy_demo(tmp_path / "clinic"))
    change_a_grade(places, "Lars")
    app = program(places.root)
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        await run.press(*"lars", "enter")
        await run.until("patient")
        assert any("Dr Demo Practitioner" in row and "NOT AS SIGNED" in row for row in run.rows)
        await run.press("enter")
        await run.until("signed")
        assert "NOT AS SIGNED" in run.rows[0]
        assert "What is kept here is NOT what was signed" in " ".join(" ".join(run.rows).split())
        await run.press("1")
        assert "is not what was signed. `mmt verify` says what" in " ".join(" ".join(run.rows).split())
        assert not places.exports.exists() or not list(places.exports.iterdir())
    ran = CliRunner().invoke(commands, ["verify", str(places.root)])
    assert ran.exit_code == 1
    assert "What was seen of Lars" in ran.output
    assert "Do not rely on these records" in ran.output
