"""What a patient may ask for: a copy of all, a restriction, to whom it was given, erasure in its time."""

import datetime
import json
import stat
from collections.abc import Callable
from pathlib import Path

import disks
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.clinic.verifying import verify
from mmt.model.acts import Asked
from mmt.model.born import Incomplete
from mmt.model.errors import ClinicError, NotSavedError, PaperError, RefusedError, RestrictedError
from mmt.model.observation import Observation
from mmt.model.papers import Wanted
from mmt.model.people import Patient
from mmt.paths import Places
from mmt.storage import disclosures, erasing
from mmt.storage.adding import NUMBERED
from mmt.storage.belongings import belonging
from mmt.storage.connect import connect
from mmt.storage.driver import OperationalError
from mmt.storage.keyfile import read_secrets

CANARY = "Quillfeather"


def visited(clinic: Clinic, patient: Patient, grade: str = "4-", word: str = CANARY) -> int:
    """A signed visit with a grade, a correction, a word of the clinician and a dated note."""
    visit = clinic.begin(patient.id, "Dr Example", sure=True)
    visit.keep(Observation(test="TA", side="left", grade="4"))
    visit.keep(Observation(test="TA", side="left", grade=grade))
    visit.write(note=f"Spoke of {word}")
    visit.sign("Dr Example")
    visit.add(f"{word} telephoned", "Dr Example")
    visit.leave()
    return visit.visit.id


@pytest.fixture
def cara(clinic: Clinic) -> Patient:
    """A patient with a visit, who was called otherwise before."""
    known = Patient(name=f"Cara {CANARY}", birth_date=datetime.date(1980, 5, 17), chart_number="C-1")
    first = clinic.add_patient(known, sure=True)
    married = replace(first, name=f"Cara {CANARY}-Bell")
    clinic.change_patient(married, was=first, sure=True)
    visited(clinic, married)
    return married


def test_a_copy_holds_all_that_is_kept_and_is_kept_as_given_out(clinic: Clinic, cara: Patient) -> None:
    clinic.change_settings(replace(clinic.settings, name_in_files=False))
    desk = clinic.rights(cara.id)
    copy = desk.copy("the patient")
    assert copy.course is not None
    assert [one.name for one in (copy.record, copy.course)] == [
        f"{cara.id}-2026-03-02-record.json",
        f"{cara.id}-2026-03-02-course.pdf",
    ]
    assert stat.S_IMODE(copy.record.stat().st_mode) == 0o600
    told = json.loads(copy.record.read_text("utf-8"))
    assert (told["format"], told["version"], told["patient"]["name"]) == ("mmt-patient", 1, cara.name)
    assert told["visits"][0]["note"] == f"Spoke of {CANARY}"
    assert [json.loads(row["value"])["grade"] for row in told["recorded"]["observations"]] == ["4", "4-"]
    assert {"visit begun", "patient changed"} <= {one["act"] for one in told["recorded"]["acts"]}
    assert [(one["what"], one["to"]) for one in told["disclosures"]] == [("All that is kept", "the patient")]
    assert copy.course.read_bytes().startswith(b"%PDF")


def test_a_full_disk_leaves_no_part_of_a_copy_and_no_word_of_one(
    clinic: Clinic, cara: Patient, disk: Path
) -> None:
    place, desk = disk / "out", clinic.rights(cara.id)
    whole = sum(path.stat().st_size for path in desk.copy("", disk / "first") if path)
    (before,) = desk.disclosures
    for left in range(0, whole, 8192):
        with disks.full(disk, left), pytest.raises(PaperError) as said:
            desk.copy("Dr Other", place)
        assert str(said.value).startswith(f"The copy could not be written to {place} (No space left")
        assert str(said.value).endswith("Nothing was given out, and nothing is kept of it.")
        assert [*place.glob("*")] == []
        assert desk.disclosures == (before,)
    assert [one.act for one in clinic.acts(Asked(patient=cara.id)).all()].count("record given out") == 1
    assert desk.copy("Dr Other", place).record.exists()


def test_what_cannot_be_kept_as_given_out_is_not_given_out(
    clinic: Clinic, cara: Patient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was there before stays."""
    place = tmp_path / "out"
    course = clinic.rights(cara.id).copy("", place).course
    assert course is not None
    clinic.change_settings(replace(clinic.settings, paper_size="letter"))
    there = {*place.glob("*")}

    def full_disk(*_: object) -> None:
        raise NotSavedError("The disk is full.")

    monkeypatch.setattr(disclosures, "keep", full_disk)
    with pytest.raises(NotSavedError):
        clinic.rights(cara.id).copy("", place)
    assert {*place.glob("*")} == there
    clinic.change_settings(replace(clinic.settings, paper_size="a4"))
    with pytest.raises(NotSavedError):
        clinic.rights(cara.id).copy("", place)
    assert {*place.glob("*")} == there


def test_of_a_patient_without_a_signed_visit_there_is_a_record_and_no_course(
    clinic: Clinic, ann: Patient
) -> None:
    copy = clinic.rights(ann.id).copy("")
    assert copy.course is None
    assert json.loads(copy.record.read_text("utf-8"))["visits"] == []


def test_papers_are_listed_with_whom_they_are_for(clinic: Clinic, cara: Patient) -> None:
    visit = clinic.view(clinic.history(cara.id).visits[0].id)
    visit.paper("referral-letter", Wanted(typed=("Dr Other",)))
    visit.as_text("visit-note")
    found = clinic.rights(cara.id).disclosures
    assert ("Referral letter", "Dr Other", datetime.date(2026, 3, 2)) in [
        (one.what, one.to, one.visit) for one in found
    ]
    assert found[0].what == "Visit note"
    assert all(one.by for one in found)


def test_a_restricted_record_opens_with_a_reason_alone(
    clinic: Clinic, cara: Patient, start: Callable[[], Clinic]
) -> None:
    visit = clinic.history(cara.id).visits[0].id
    clinic.rights(cara.id).restrict("Asked for by letter", "Dr Example")
    other = start()
    for closed in (
        lambda: other.history(cara.id),
        lambda: other.view(visit),
        lambda: other.begin(cara.id, "Dr Example"),
        lambda: other.rights(cara.id).copy("the patient"),
    ):
        with pytest.raises(
            RestrictedError, match=r"is restricted since .*: Asked for by letter \(Dr Example\)"
        ):
            closed()
    with other.store.reading() as db:
        assert db.conn.execute("select count(*) from disclosures").fetchone() == (0,), "nothing was given out"
    assert [row.id for row in other.search("cara")] == [cara.id], "it is found, and not read"
    with pytest.raises(ClinicError, match="without a reason and a name"):
        other.let_in(cara.id, "", "Dr Example")
    other.let_in(cara.id, "Asked for a copy", "Dr Example")
    assert other.view(visit).visit.signed
    told = other.rights(cara.id).file()
    assert told.recorded["openings"][0]["reason"] == "Asked for a copy"
    other.close_record()
    with pytest.raises(RestrictedError):
        other.history(cara.id)
    other.let_in(cara.id, "Restriction is over", "Dr Example")
    other.rights(cara.id).lift("Taken back", "Dr Example")
    assert start().history(cara.id).patient == cara


@pytest.mark.parametrize(
    ("place", "until"),
    [("", "2036-03-02"), ("gb", "2034-03-02"), ("us-ca", "2031-03-02"), ("nowhere", "2036-03-02")],
)
def test_a_record_is_not_erased_before_the_time_of_the_place(
    place: str, until: str, clinic: Clinic, cara: Patient
) -> None:
    clinic.change_settings(replace(clinic.settings, retention=place))
    desk = clinic.rights(cara.id)
    clinic.today = lambda: datetime.date.fromisoformat(until)
    with pytest.raises(RefusedError, match=f"The record is kept until {until} by "):
        desk.erase()
    assert clinic.history(cara.id).visits


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (datetime.date(2010, 5, 17), "2036-05-17"),
        (datetime.date(2008, 3, 2), "2036-03-02"),
        (Incomplete(year=2008), "2036-03-02"),
        (Incomplete(year=2009), "2036-03-02"),
        (Incomplete(year=2010), "2036-12-31"),
    ],
)
def test_of_a_minor_it_is_kept_until_an_age(born: datetime.date, until: str, clinic: Clinic) -> None:
    child = clinic.add_patient(Patient(name="Tim Example", birth_date=born), sure=True)
    visited(clinic, child, "5")
    assert str(clinic.rights(child.id).kept_until) == until


PAGE, RESERVED, IV = 4096, 80, 16
"""Bytes of a page of SQLCipher, of its end that holds no content, and of what that begins with."""


def every_page(places: Places) -> bytes:
    """What stands in every page of the file, used or not, as whoever has the key can read it."""
    key = bytes.fromhex(read_secrets(places.key).pragma.partition("x'")[2][:64])
    held = places.database.read_bytes()
    text = b""
    for at in range(0, len(held), PAGE):
        page = held[at : at + PAGE]
        salt, end = (16 if at == 0 else 0), PAGE - RESERVED
        mode = modes.CBC(page[end : end + IV])
        text += Cipher(algorithms.AES(key), mode).decryptor().update(page[salt:end])
    return text


def test_erased_is_gone_from_every_page_and_paper_and_the_others_stay(
    clinic: Clinic, ann: Patient, cara: Patient, places: Places, start: Callable[[], Clinic]
) -> None:
    stays = visited(clinic, ann, word="Robin")
    maiden = clinic.add_patient(Patient(name=f"Cara {CANARY}", birth_date=cara.birth_date), sure=True)
    clinic.join(cara.id, maiden.id, f"Same {CANARY}", "Dr Example")
    clinic.doubles().tell(ann.id, cara.id, "Dr Example", apart=True)
    clinic.rights(cara.id).restrict(f"{CANARY} asked", "Dr Example")
    clinic.let_in(cara.id, f"{CANARY} again", "Dr Example")
    copy = clinic.rights(cara.id).copy(f"{CANARY} herself")
    note = clinic.view(stays).paper("visit-note")
    clinic.today = lambda: datetime.date(2036, 3, 3)
    clinic.fold_in()
    assert CANARY.encode() in every_page(places)
    clinic.rights(cara.id).erase()
    assert not copy.record.exists()
    assert note.exists()
    assert clinic.search("cara") == []
    with pytest.raises(ClinicError, match=f"There is no patient number {cara.id}"):
        clinic.history(cara.id)
    assert [one.grade for one in clinic.view(stays).visit.observations] == ["4-"]
    later = clinic.add_patient(Patient(name="Zoe Later", birth_date=datetime.date(1990, 1, 1)), sure=True)
    clinic.close()
    assert verify(places.root).breaks == (), "the chain holds, and says that a record was erased"
    again = start()
    assert again.history(later.id).patient.name == "Zoe Later"
    again.close()
    held = every_page(places)
    assert b"Ann Example" in held
    for word in (CANARY, CANARY.lower(), "C-1"):
        assert word.encode() not in held, word


def test_where_the_disk_refuses_to_write_the_file_anew_it_is_said_and_done_later(
    clinic: Clinic,
    cara: Patient,
    places: Places,
    start: Callable[[], Clinic],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = clinic.rights(cara.id).copy("the patient")
    clinic.today = lambda: datetime.date(2036, 3, 3)
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "wipe", full)
        clinic.rights(cara.id).erase()
        assert "Parts of an erased record still lie in unused pages" in clinic.unwiped
        clinic.add_practitioner("Dr Second")
        clinic.close()
        clinic = start()
        clinic.finish_erasing()
        assert clinic.unwiped
    assert not copy.record.exists()
    clinic.finish_erasing()
    assert clinic.unwiped, "it is not tried again and again: it may take long"
    clinic.close()
    held = every_page(places)
    assert not [word for word in (CANARY, CANARY.lower()) if word.encode() in held]
    assert verify(places.root).breaks == ()
    clinic = start()
    assert clinic.unwiped == ""


def full(*_: object) -> None:
    raise OperationalError("database or disk is full")


def test_a_disk_that_refuses_the_erasure_itself_is_told_and_nothing_is_erased(
    clinic: Clinic, cara: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.today = lambda: datetime.date(2036, 3, 3)
    for name in ("erase", "alone"):
        with monkeypatch.context() as patch:
            patch.setattr(erasing, name, full)
            with pytest.raises(NotSavedError, match="The disk is full"):
                clinic.rights(cara.id).erase()
        assert clinic.history(cara.id).visits
        assert not clinic.unwiped
    clinic.rights(cara.id).erase()
    assert clinic.search("cara") == []


def test_no_number_of_an_erased_record_is_given_again(
    clinic: Clinic, ann: Patient, cara: Patient, start: Callable[[], Clinic]
) -> None:
    erased = clinic.history(cara.id).visits[0].id
    clinic.today = lambda: datetime.date(2036, 3, 3)
    clinic.rights(cara.id).erase()
    visit = visited(clinic, ann)
    clinic.close()
    clinic = start()
    zoe = clinic.add_patient(Patient(name="Zoe Later", birth_date=datetime.date(1990, 1, 1)), sure=True)
    assert zoe.id == cara.id + 1
    assert [one.act for one in clinic.acts(Asked(patient=zoe.id)).all()] == [
        "acts looked at",
        "patient added",
    ]
    assert visit == erased + 1
    told = [one for one in clinic.acts().all() if one.visit == erased]
    assert told
    assert not any(one.became for one in told), "what stood there is not told by another one's rows"


def test_each_table_that_erasing_takes_rows_from_gives_no_number_twice(clinic: Clinic) -> None:
    with clinic.store.reading() as db:
        numbered = {name for name in belonging(db) if db.table(name).columns[0].name == "id"}
        assert numbered == NUMBERED | {"outbox", "fetched"}, "of which no act tells by number"


def test_nothing_is_erased_while_another_window_is_open(
    clinic: Clinic, cara: Patient, start: Callable[[], Clinic]
) -> None:
    other = start()
    other.search("")
    clinic.today = lambda: datetime.date(2036, 3, 3)
    with pytest.raises(ClinicError, match="Another program has the records open"):
        clinic.rights(cara.id).erase()
    assert other.history(cara.id).visits
    other.close()
    clinic.add_practitioner("Dr Second")
    clinic.rights(cara.id).erase()
    assert clinic.search("cara") == []


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        ("update acts set salt = null, was = null where visit = 1", "is not as"),
        ("update acts set salt = null, was = null where act = 'patient changed'", "not as mmt wrote it"),
        ("delete from observations where visit = 1", "missing since"),
    ],
)
def test_what_nobody_erased_is_missed_by_whoever_verifies(
    attack: str, told: str, clinic: Clinic, ann: Patient, cara: Patient, places: Places
) -> None:
    visited(clinic, ann)
    clinic.change_patient(replace(ann, chart_number="B-2"), was=ann, sure=True)
    other = clinic.add_patient(Patient(name="Li Gone", birth_date=datetime.date(1990, 1, 1)), sure=True)
    clinic.rights(other.id).erase()
    clinic.close()
    assert verify(places.root).breaks == ()
    database = connect(places.database, read_secrets(places.key), "mode=rw")
    for (name,) in database.conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        database.conn.execute(f"drop trigger {name}")
    database.conn.execute(attack)
    database.conn.close()
    assert any(told in one for one in verify(places.root).breaks if "in the file is not" not in one)
