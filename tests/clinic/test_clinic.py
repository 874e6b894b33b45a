"""What a clinician can do with the records, without a screen; each impossible thing has its sentence."""

import datetime
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic
from mmt.clinic.demo import make_demo
from mmt.model.acts import Act
from mmt.model.born import Incomplete
from mmt.model.errors import ClinicError, DoubtError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.visit import local_day
from mmt.paths import Places, shipped
from mmt.reasoning import as_offered
from mmt.storage import patients
from mmt.storage.shape import GUARDS

TODAY = datetime.date(2026, 3, 2)


def test_a_new_clinic_holds_its_head_and_its_practitioner(tmp_path: Path) -> None:
    places = Places(tmp_path / "new")
    assert not Clinic.exists(places)
    head = Letterhead(name="Żółć & Sons", address="1 Example Street", telephone="555 0100")
    Clinic.create(places, head, "Dr First").close()
    assert Clinic.exists(places)
    clinic = Clinic.open(places)
    assert (clinic.letterhead, clinic.practitioners) == (head, ("Dr First",))
    assert clinic.problems == ()
    clinic.close()


def test_a_clinic_without_a_practitioner_is_not_set_up(tmp_path: Path) -> None:
    places = Places(tmp_path / "new")
    with pytest.raises(ClinicError, match="Type the practitioner's name: each visit says who examined"):
        Clinic.create(places, Letterhead(), "")
    assert not places.root.exists()


def test_head_and_practitioners_can_be_changed(clinic: Clinic, start: Any) -> None:
    clinic.add_practitioner("Dr Second")
    clinic.add_practitioner("Dr Example")
    clinic.change_letterhead(Letterhead(name="Renamed"), was=clinic.letterhead)
    again = start()
    assert clinic.practitioners == again.practitioners == ("Dr Example", "Dr Second")
    assert clinic.letterhead == again.letterhead == Letterhead(name="Renamed")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Type the patient's name"),
        ({"birth_date": TODAY + datetime.timedelta(days=1)}, "2026-03-03 lies in the future; type it again"),
        ({"birth_date": datetime.date(1905, 3, 2)}, "1905-03-02 is more than 120 years ago; type it again"),
    ],
)
def test_an_impossible_patient_is_refused(
    fields: dict[str, Any], says: str, clinic: Clinic, ann: Patient
) -> None:
    with pytest.raises(ClinicError, match=says):
        clinic.add_patient(replace(ann, id=0, **fields))
    with pytest.raises(ClinicError, match=says):
        clinic.change_patient(replace(ann, **fields), was=ann)
    assert [row.name for row in clinic.search("")] == ["Ann Example"]
    assert clinic.history(ann.id).patient == ann


ANNA = Patient(name="Anna Müller", birth_date=datetime.date(1970, 6, 1), chart_number="A-100")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "Anna Müller"}, "Anna Müller, born 1970-06-01, chart A-100, has a record already"),
        ({"name": "Anna Maria Müller"}, "has a record already"),
        ({"name": "Anna Mueller"}, "has a record already"),
        ({"name": "Ana Müller"}, "has a record already"),
        ({"name": "Frau Anna Müller"}, "has a record already"),
        ({"name": "Anna Müller-Schmidt"}, "has a record already"),
        ({"name": "Anna Schmidt"}, "has a record already"),
        (
            {"name": "Bob Other", "birth_date": datetime.date(1960, 1, 1), "chart_number": "a-100"},
            "The chart number is taken: it is that of Anna Müller, born 1970-06-01, chart A-100.",
        ),
        (
            {"name": "Müller, Anna", "birth_date": datetime.date(1970, 6, 7)},
            "has a record already and may be the same person. The birth dates differ in one digit.",
        ),
        (
            {"name": "Anna Muller", "birth_date": datetime.date(1970, 1, 6)},
            "Day and month of birth are exchanged.",
        ),
        (
            {"name": "Anna Müller", "birth_date": Incomplete(year=1970)},
            "^Day and month of birth are missing: the birth date is kept as 1970, and nothing is put in its "
            "place. Anna Müller, born 1970-06-01, chart A-100, has a record already and may be the same "
            "person. Of a birth date only a part is known.$",
        ),
        (
            {"name": "Bob Other", "birth_date": datetime.date(1960, 1, 1), "chart_number": "00 a-100"},
            "The chart number is taken: it is that of Anna Müller, born 1970-06-01, chart A-100.",
        ),
        ({"name": "Maria Garcia"}, r"^Maria Garcia, born 1970-06-01, has a record .* So may 58 more\.$"),
        (
            {"name": "Maria Garcia", "chart_number": "A-100"},
            "So may 58 more. The chart number is taken: it is that of Anna Müller",
        ),
    ],
)
def test_a_second_record_of_a_person_is_doubted_and_can_be_kept(
    fields: dict[str, Any], says: str, clinic: Clinic
) -> None:
    clinic.add_patient(ANNA)
    with clinic.store.writing(Act.WROTE) as db:
        for _ in range(59):
            patients.add(db, replace(ANNA, name="Maria Garcia", chart_number=""), clinic.now())
    typed = replace(ANNA, **{"chart_number": "", **fields})
    with pytest.raises(DoubtError, match=says):
        clinic.add_patient(typed)
    stranger = clinic.add_patient(Patient(name="Zoe Zed", birth_date=datetime.date(1950, 1, 1)))
    with pytest.raises(DoubtError, match=says):
        clinic.change_patient(replace(typed, id=stranger.id), was=stranger)
    assert clinic.history(stranger.id).patient == stranger
    changed = replace(typed, id=stranger.id)
    clinic.change_patient(changed, was=stranger, sure=True)
    assert clinic.history(stranger.id).patient == changed
    clinic.change_patient(replace(changed, language="de"), was=changed)
    assert clinic.history(clinic.add_patient(typed, sure=True).id).patient.name == typed.name


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Max Müller", "chart_number": ""},
        {"name": "Anna Müller", "birth_date": datetime.date(1990, 6, 2), "chart_number": "A-101"},
    ],
)
def test_a_twin_and_a_namesake_are_not_doubted(fields: dict[str, Any], clinic: Clinic) -> None:
    clinic.add_patient(ANNA)
    clinic.add_patient(replace(ANNA, **fields))
    assert len(clinic.search("müller")) == 2


def test_a_birth_date_that_is_not_whole_is_asked_about_once_and_never_completed(
    clinic: Clinic, start: Any
) -> None:
    known = Patient(name="Lena Roth", birth_date=Incomplete(year=1979, month=11))
    with pytest.raises(DoubtError, match="The day of birth is missing: the birth date is kept as 1979-11"):
        clinic.add_patient(known)
    kept = clinic.add_patient(known, sure=True)
    assert start().history(kept.id).patient.birth_date == Incomplete(year=1979, month=11)
    assert [str(row.birth_date) for row in clinic.search("1979-11")] == ["1979-11"]
    clinic.change_patient(replace(kept, name="Lena Root"), was=kept)
    with pytest.raises(ClinicError, match="The birth date 2026-04 lies in the future"):
        clinic.add_patient(replace(known, birth_date=Incomplete(year=2026, month=4)), sure=True)
    with pytest.raises(ClinicError, match="The birth date 1904 is more than 120 years ago"):
        clinic.add_patient(replace(known, birth_date=Incomplete(year=1904)), sure=True)
    assert clinic.begin(kept.id, "Dr Example", day=datetime.date(2026, 2, 2)).visit.id


def test_a_changed_patient_stays_changed(clinic: Clinic, ann: Patient, start: Any) -> None:
    changed = replace(ann, name="Ann Other", handedness="left", large_print=True)
    clinic.change_patient(changed, was=ann)
    assert start().history(ann.id).patient == changed


def test_what_another_room_changed_is_not_written_over_unseen(
    clinic: Clinic, ann: Patient, start: Any
) -> None:
    other, head = start(), clinic.letterhead
    other.change_patient(replace(ann, chart_number="A-1"), was=ann)
    other.change_letterhead(replace(head, telephone="555 0199"), was=head)
    for _ in range(2):
        with pytest.raises(ClinicError, match="changed elsewhere in the meantime, and nothing was kept"):
            clinic.change_patient(replace(ann, name="Ann Other"), was=ann, sure=True)
        with pytest.raises(ClinicError, match="changed elsewhere in the meantime, and nothing was kept"):
            clinic.change_letterhead(replace(head, name="Renamed"), was=head)
    now = clinic.history(ann.id).patient
    assert (now.name, now.chart_number) == ("Ann Example", "A-1")
    clinic.change_patient(replace(now, name="Ann Other"), was=now)
    assert clinic.letterhead.telephone == "555 0199"
    clinic.change_letterhead(replace(clinic.letterhead, name="Renamed"), was=clinic.letterhead)
    assert start().letterhead == replace(head, name="Renamed", telephone="555 0199")


def test_who_is_not_there_is_named(clinic: Clinic) -> None:
    with pytest.raises(ClinicError, match="There is no patient number 99 in these records"):
        clinic.history(99)
    with pytest.raises(ClinicError, match="There is no visit number 99 in these records"):
        clinic.view(99)


def test_a_first_visit_takes_the_exams_scale(clinic: Clinic, ann: Patient) -> None:
    visit = clinic.begin(ann.id, "Dr Example", exam="myotomes").visit
    assert (visit.date, visit.examiner, visit.exam) == (TODAY, "Dr Example", "myotomes")
    assert visit.scale == clinic.protocol.exams["myotomes"].scale


def test_a_follow_up_takes_exam_and_scale_of_the_visit_before(clinic: Clinic, ann: Patient) -> None:
    first = clinic.begin(ann.id, "Dr Example", scale="MRC-6", exam="sciatica-quick")
    first.sign("Dr Example")
    assert (second := clinic.begin(ann.id, "Dr Second").visit).scale == "MRC-6"
    assert second.exam == "sciatica-quick"


def test_an_open_visit_is_gone_on_with_not_doubled(clinic: Clinic, ann: Patient, start: Any) -> None:
    other_window = start()
    clinic.begin(ann.id, "Dr Example")
    for window in (clinic, other_window):
        with pytest.raises(ClinicError, match=r"This patient has an open visit\. Go on with it"):
            window.begin(ann.id, "Dr Example")
    assert len(clinic.history(ann.id).visits) == 1


def at(clinic: Clinic, day: str) -> None:
    """Set the computer's clock."""
    clinic.today = lambda: datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-03-01", "today is 2026-03-01, but Ann Example was here on 2026-03-02, which is later"),
        ("2025-12-31", "A visit keeps its day for good: if the day is wrong, set the computer's clock first"),
        ("2027-03-04", r"more than a year after the newest visit in these records \(2026-03-02\)"),
        ("2126-03-09", "more than a year after the newest visit"),
    ],
)
def test_a_visit_of_an_odd_day_is_doubted_and_can_be_begun(
    day: str, says: str, clinic: Clinic, ann: Patient
) -> None:
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    at(clinic, day)
    with pytest.raises(DoubtError, match=says):
        clinic.begin(ann.id, "Dr Example")
    assert len(clinic.history(ann.id).visits) == 1
    assert clinic.begin(ann.id, "Dr Example", sure=True).visit.date.isoformat() == day


@pytest.mark.parametrize("day", ["2026-03-02", "2027-03-03"])
def test_a_visit_on_the_day_or_within_a_year_is_no_wonder(day: str, clinic: Clinic, ann: Patient) -> None:
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    at(clinic, day)
    assert clinic.begin(ann.id, "Dr Example").visit.date.isoformat() == day


def test_a_clock_is_doubted_by_the_visits_of_others_and_no_longer_than_it_is_odd(
    clinic: Clinic, ann: Patient
) -> None:
    born = datetime.date(1980, 1, 1)
    late, back, after = (
        clinic.add_patient(Patient(name=name, birth_date=born)) for name in ("Li", "Bo", "Cy")
    )
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    at(clinic, "2125-12-31")
    with pytest.raises(DoubtError, match="today is 2125-12-31"):
        clinic.begin(late.id, "Dr Example")
    clinic.begin(late.id, "Dr Example", sure=True)
    at(clinic, "2026-04-01")
    with pytest.raises(
        DoubtError, match="the newest visit in these records is of 2125-12-31, which is later"
    ):
        clinic.begin(back.id, "Dr Example")
    clinic.begin(back.id, "Dr Example", sure=True)
    clinic.begin(after.id, "Dr Example")


@pytest.mark.parametrize("day", ["1979-12-31", "2126-03-09"])
def test_the_first_visit_of_all_is_doubted_by_the_age(day: str, clinic: Clinic, ann: Patient) -> None:
    at(clinic, day)
    with pytest.raises(DoubtError, match="but Ann Example was born on 1980-05-17"):
        clinic.begin(ann.id, "Dr Example")


def test_the_lists_show_todays_patients_and_open_visits(clinic: Clinic, ann: Patient) -> None:
    assert clinic.todays() == clinic.drafts() == []
    visit = clinic.begin(ann.id, "Dr Example")
    assert (
        [row.draft for row in clinic.todays()] == [row.draft for row in clinic.drafts()] == [visit.visit.id]
    )
    visit.sign("Dr Example")
    assert [row.draft for row in clinic.todays()] == [None]
    assert clinic.drafts() == []


def override(places: Places, name: str) -> None:
    """Put a file of the clinic's own in place of the shipped scale's name."""
    text = (shipped("protocols") / "scales" / "scales.toml").read_text("utf-8")
    places.protocols.mkdir(exist_ok=True)
    (places.protocols / "scales.toml").write_text(text.replace("MRC with 4- and 4+", name), "utf-8")


def test_an_old_visit_is_read_under_the_protocol_of_its_day(
    clinic: Clinic, ann: Patient, places: Places, start: Any
) -> None:
    first = clinic.begin(ann.id, "Dr Example", scale="MRC-8")
    first.sign("Dr Example")
    override(places, "Renamed later")
    later = start()
    assert later.problems == ()
    second = later.begin(ann.id, "Dr Example")
    assert later.view(first.visit.id).protocol.scales["MRC-8"].name == "MRC with 4- and 4+"
    assert second.protocol.scales["MRC-8"].name == "Renamed later"


def test_what_is_the_same_when_it_is_read_again_is_the_very_same_value(clinic: Clinic, ann: Patient) -> None:
    """What was worked out of it holds, so that a page that is come back to is there at once."""
    signed = clinic.begin(ann.id, "Dr Example")
    signed.sign("Dr Example")
    draft = clinic.begin(ann.id, "Dr Example")
    before = clinic.history(ann.id)
    draft.keep(Observation(test="TA", side="right", grade="5"))
    after = clinic.history(ann.id)
    assert after.patient is before.patient
    assert after.visits[0] is before.visits[0]
    assert [len(one.visits[1].observations) for one in (before, after)] == [0, 1]
    assert clinic.rules_of(after.visits[0]) is clinic.protocol


def test_a_draft_goes_on_under_the_present_protocol_and_is_signed_under_it(
    clinic: Clinic, ann: Patient, places: Places, start: Any
) -> None:
    number = clinic.begin(ann.id, "Dr Example", scale="MRC-8").visit.id
    override(places, "Renamed meanwhile")
    start().view(number).sign("Dr Example")
    override(places, "Renamed again")
    assert start().view(number).protocol.scales["MRC-8"].name == "Renamed meanwhile"


def test_a_protocol_that_no_version_reads_closes_the_old_visit_alone(
    clinic: Clinic, ann: Patient, places: Places, start: Any
) -> None:
    visit = clinic.begin(ann.id, "Dr Example")
    visit.sign("Dr Example")
    with clinic.store.writing(Act.WROTE) as db:
        db.conn.execute("drop trigger protocols_update_never")
        db.conn.execute('update protocols set body = cast(\'{"of": "tomorrow"}\' as blob)')
        db.conn.execute(GUARDS["protocols_update_never"])
    override(places, "Renamed later")
    later = start()
    with pytest.raises(ClinicError, match="signed under a protocol that this version of mmt cannot read"):
        later.view(visit.visit.id)
    assert later.begin(ann.id, "Dr Example").history.visits[0] == visit.visit


def test_a_faulty_file_of_the_clinic_is_a_problem_and_nothing_more(
    clinic: Clinic, ann: Patient, places: Places, start: Any
) -> None:
    places.protocols.mkdir()
    (places.protocols / "mine.toml").write_text("[[", "utf-8")
    later = start()
    assert len(later.problems) == 1
    assert "mine.toml" in later.problems[0]
    assert later.begin(ann.id, "Dr Example").protocol == clinic.protocol


def test_the_demo_is_six_stories(demo: Clinic) -> None:
    rows = demo.search("")
    assert len(rows) == 6
    assert all("made up" in row.name for row in rows)
    histories = {row.name.split()[0]: demo.history(row.id) for row in rows}
    assert sorted(len(one.visits) for one in histories.values()) == [0, 1, 1, 1, 1, 2]
    assert len(demo.drafts()) == 2
    statuses = [demo.view(row.draft).review.prescription.status for row in demo.drafts() if row.draft]
    assert "locked" in statuses
    assert all(visit.date <= datetime.date.today() for one in histories.values() for visit in one.visits)


def test_the_demos_signatures_vouch_for_what_they_signed(demo: Clinic) -> None:
    from mmt.storage import visits

    signed = [visit for row in demo.search("") for visit in demo.history(row.id).visits if visit.signature]
    assert len(signed) == 4
    for visit in signed:
        assert visit.signature is not None
        assert visits.digest(visit) == visit.signature.digest


@pytest.mark.parametrize("place", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_demo_signs_on_the_days_of_its_visits(
    place: str, tmp_path: Path, zone: Callable[[str], None]
) -> None:
    zone(place)
    clinic = make_demo(tmp_path / "demo")
    visits = [visit for row in clinic.search("") for visit in clinic.history(row.id).visits]
    signed = [(visit.date, local_day(visit.signature.at)) for visit in visits if visit.signature]
    clinic.close()
    assert len(signed) == 4
    assert all(day == of_signature for day, of_signature in signed)


def test_what_the_demo_offered_is_what_it_prescribed(demo: Clinic) -> None:
    for row in demo.search(""):
        for visit in demo.history(row.id).visits:
            seen = demo.view(visit.id)
            if seen.visit.signed and seen.review.prescription.status == "offered":
                assert seen.visit.prescription == as_offered(seen.review.prescription.offered)


def test_a_clinic_writes_for_its_owner_alone(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "later").write_text("")
    assert stat.S_IMODE((tmp_path / "later").stat().st_mode) == 0o600
