"""Who did what with the records, in plain words: newest first, a page at a time."""

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.acts import desk
from mmt.clinic.acts.listing import about, as_csv, changes, lines
from mmt.model.acts import Act, Asked, Told
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places

ANN = Patient(name="Ann Low", birth_date=datetime.date(1980, 2, 3))
DAY = datetime.date(2026, 3, 2)
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    places = Places(tmp_path / "clinic")
    clinic = Clinic.create(places, Letterhead(name="Example"), "Dr Example", today=lambda: DAY)
    clinic.add_practitioner("Dr Second")
    clinic.store.actor = "Dr Example"
    return clinic


def told(clinic: Clinic, asked: Asked | None = None) -> list[str]:
    """Each act with what it changed, newest first."""
    return [
        " · ".join((one.act, *changes(one)))
        for one in clinic.acts(asked).page().acts
        if one.act != Act.LOOKED_AT_ACTS
    ]


def test_a_grade_is_told_with_the_one_that_it_took_the_place_of(clinic: Clinic) -> None:
    visit = clinic.begin(clinic.add_patient(ANN).id, "Dr Example", "Kendall-12", "full")
    for grade in ("4", "3+"):
        visit.keep(Observation(test="TA", side="right", grade=grade))
    visit.withdraw("TA", "right")
    assert told(clinic)[:4] == [
        "test taken back · Tibialis anterior, right: 3+ → taken back",
        "test kept · Tibialis anterior, right: 4 → 3+",
        "test kept · Tibialis anterior, right: 4",
        "visit begun · visit: of 2026-03-02, examiner Dr Example",
    ]


def test_what_was_and_what_became_of_it_is_told_of_each_change_in_a_row(clinic: Clinic) -> None:
    patient = clinic.add_patient(ANN)
    for name in ("Ann Middle", "Ann High"):
        before, patient = patient, replace(patient, name=name, chart_number=f"{name[4]}-7")
        clinic.change_patient(patient, was=before)
    visit = clinic.begin(patient.id, "Dr Example")
    visit.write(note="One")
    visit.write(note="Two")
    clinic.change_letterhead(Letterhead(name="Example", telephone="555 0100"), was=clinic.letterhead)
    assert [one for one in told(clinic) if "changed" in one or "written" in one] == [
        "letterhead changed · telephone: 555 0100",
        "note written · note: One → Two",
        "note written · note: One",
        "patient changed · name: Ann Middle → Ann High · chart number: M-7 → H-7",
        "patient changed · name: Ann Low → Ann Middle · chart number: M-7",
    ]
    assert "patient added · patient: Ann Low, born 1980-02-03" in told(clinic), "as it was on that day"


def test_acts_are_told_by_patient_by_person_and_by_day(clinic: Clinic) -> None:
    ann = clinic.add_patient(ANN).id
    clinic.store.actor, clinic.store.clock = "Dr Second", lambda: NOON + datetime.timedelta(days=1)
    bo = clinic.add_patient(replace(ANN, name="Bo Other"), sure=True).id
    clinic.look_at(ann)
    clinic.store.actor, clinic.store.clock = "Dr Example", lambda: NOON
    clinic.look_at(bo)
    of_ann = told(clinic, Asked(patient=ann))
    assert of_ann == ["patient's page opened", "patient added · patient: Ann Low, born 1980-02-03"]
    assert len(told(clinic, Asked(person="Dr Second"))) == 2
    assert told(clinic, Asked(patient=bo, person="Dr Example")) == ["patient's page opened"]
    local = NOON.astimezone().date()
    assert len(told(clinic, Asked(day=local + datetime.timedelta(days=1)))) == 2
    assert told(clinic, Asked(day=local, person="Dr Second")) == []
    assert told(clinic, Asked(day=DAY + datetime.timedelta(days=900))) == []
    assert clinic.acts().persons[0] == "Dr Example"


def test_a_visit_that_was_moved_here_brings_what_was_done_with_it(clinic: Clinic) -> None:
    ann = clinic.add_patient(ANN).id
    bo = clinic.add_patient(replace(ANN, name="Bo Other"), sure=True).id
    visit = clinic.begin(bo, "Dr Example")
    visit.keep(Observation(test="TA", side="right", grade="4"))
    visit.leave()
    clinic.move(bo, visit.visit.id, ann, "Wrong patient", "Dr Example")
    assert told(clinic, Asked(patient=ann))[:2] == [
        "visit moved · Wrong patient: record 2 → record 1",
        "test kept · Tibialis anterior, right: 4",
    ]


def test_what_is_hidden_from_a_second_examiner_is_hidden_here(clinic: Clinic) -> None:
    patient = clinic.add_patient(ANN).id
    first = clinic.begin(patient, "Dr Example", "Kendall-12", "full")
    first.keep(Observation(test="TA", side="right", grade="2"))
    first.act("None")
    first.sign("Dr Example")
    blind = clinic.begin(patient, "Dr Second", blind=True)
    blind.keep(Observation(test="TA", side="right", grade="4"))
    assert "right: 2" not in " ".join(told(clinic))
    assert "test kept · Tibialis anterior, right: 4" in told(clinic)
    assert any("blind visit is open" in one for one in told(clinic))


def test_of_a_restricted_record_what_was_changed_is_shown_to_who_gave_a_reason(clinic: Clinic) -> None:
    patient = clinic.add_patient(ANN).id
    clinic.rights(patient).restrict("Asked for it", "Dr Example")
    clinic.close_record()
    assert "patient added · The record is restricted: what was changed is not shown here." in told(clinic)
    clinic.let_in(patient, "A letter", "Dr Example")
    assert "patient added · patient: Ann Low, born 1980-02-03" in told(clinic)


def test_of_an_erased_record_it_is_told_what_was_done_and_no_more(clinic: Clinic) -> None:
    patient = clinic.add_patient(ANN)
    clinic.change_patient(replace(patient, name="Ann High"), was=patient)
    clinic.rights(patient.id).erase()
    assert told(clinic, Asked(patient=patient.id)) == [
        "file written anew without what was erased",
        "record erased",
        "patient changed",
        "patient added",
    ]
    assert not any(one.name for one in clinic.acts(Asked(patient=patient.id)).page().acts)


def test_a_page_is_bounded_and_the_next_one_goes_on(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PAGE", 3)
    for _ in range(4):
        clinic.note("tried")
    asked = clinic.acts()
    first = asked.page()
    assert (len(first.acts), first.more) == (3, True)
    rest = asked.page(first.acts[-1].seq)
    assert [one.seq for one in rest.acts] == [first.acts[-1].seq - at for at in (1, 2, 3)]
    assert [one.seq for one in asked.all()] == list(range(first.acts[0].seq, 0, -1))


SCANS = [["SCAN", name] for name in ("acts", "first", "one")]
"""Steps that look through all acts, by the names that questions give them."""


def test_none_of_what_is_asked_looks_through_all_acts(clinic: Clinic) -> None:
    statements: list[str] = []
    with clinic.store.reading() as db:
        db.conn.set_trace_callback(statements.append)
        for asked in (Asked(patient=1), Asked(person="x"), Asked(day=DAY), Asked(person="x", day=DAY)):
            clinic.acts(asked).page()
        db.conn.set_trace_callback(None)
        asked_for = [one for one in statements if "from acts" in one and (":since" in one or " and " in one)]
        assert len(asked_for) >= 6
        for one in asked_for:
            plan = [row[3] for row in db.conn.execute(f"explain query plan {one}")]
            assert not [step for step in plan if step.split()[:2] in SCANS], one
            if "first.actor" in one:
                assert not [step for step in plan if "TEMP B-TREE" in step], "no person's acts are all read"


def test_lines_and_rows_tell_the_same(clinic: Clinic) -> None:
    patient = clinic.add_patient(replace(ANN, name="=Ann"))
    clinic.change_patient(replace(patient, name="Ann"), was=patient)
    clinic.look_at(clinic.add_patient(replace(ANN, name="=Bo"), sure=True).id)
    assert ",'=Bo," in next(row for row in as_csv(clinic.acts().all()) if "opened" in row), "no formula"
    found = list(clinic.acts(Asked(patient=1)).all())
    page = list(lines(found))
    assert page[-2].endswith("Dr Example  patient added  Ann (record 1)")
    assert "    name: =Ann → Ann" in page
    head, *rows = as_csv(found)
    assert head.split(",")[:4] == ["number", "at", "person", "act"]
    assert len(rows) == len(found)
    assert list(lines(())) == ["No such act is kept."]


def test_an_act_with_no_record_is_about_none() -> None:
    assert about(Told(seq=1, at=NOON, person="x", act="backup made")) == ""


def printed(*words: str) -> tuple[int, str, str]:
    """The status of `mmt acts`, what it printed, and what it said of what went wrong."""
    ran = CliRunner().invoke(commands, ["acts", *words])
    return ran.exit_code, ran.stdout, ran.stderr


def test_the_command_prints_what_is_asked_for(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(clinic.places.root))
    clinic.add_patient(ANN)
    clinic.add_patient(replace(ANN, name="Ann Lower"), sure=True)
    clinic.close()
    status, out, _ = printed("--patient", "Lower")
    assert status == 0
    assert "patient added  Ann Lower (record 2)" in out
    assert "(record 1)" not in out
    assert "acts looked at  Ann Lower (record 2)" in out, "that somebody looked stands there too"
    assert "patient added  Ann Low (record 1)" in printed("--patient", "1")[1]
    assert printed("--person", "Nobody")[1] == "No such act is kept.\n"
    assert printed("--csv", "--day", "2000-01-01")[1].startswith("number,at,person,act")
    status, _, said = printed("--patient", "Ann")
    assert (status, said.split(":")[0]) == (1, 'Several fit "Ann"')
    assert printed("--patient", "Zoe")[2].startswith('Nobody fits "Zoe".')
