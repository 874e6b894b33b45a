"""A file of records: written by one clinic, looked through and taken in by another."""

import datetime
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from demo_copy import copy_demo
from dumps import fill
from made_up import SMALL, patient
from msgspec.structs import replace

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.exchange import records_in
from mmt.clinic.exchange.records_in import RecordsFile
from mmt.clinic.verifying import verify
from mmt.model.acts import Act
from mmt.model.errors import ClinicError, RestrictedError
from mmt.model.exchange import KINDS
from mmt.model.observation import Observation
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import joins, stable_ids, visits


def visited(clinic: Clinic, number: int, grade: str = "4-") -> Visit:
    """A signed visit with a correction."""
    visit = clinic.begin(number, f"Dr {clinic.letterhead.name.split()[0]}", sure=True)
    visit.keep(Observation(test="TA", side="left", grade="4"))
    visit.keep(Observation(test="TA", side="left", grade=grade))
    visit.sign(visit.visit.examiner)
    visit.leave()
    return visit.visit


def out(clinic: Clinic, folder: Path, **asked: object) -> Path:
    """The records of a clinic as a file."""
    return clinic.exchange().write("json", folder, **asked).path  # type: ignore[arg-type]


def acts(clinic: Clinic) -> list[str]:
    with clinic.store.reading() as db:
        return [row[0] for row in db.conn.execute("select act from acts order by seq")]


def count(clinic: Clinic) -> int:
    with clinic.store.reading() as db:
        return int(db.conn.execute("select count(*) from patients").fetchone()[0])


def test_every_kind_of_row_comes_out_of_the_other_clinic_as_it_went_in(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    fill(oak.store, SMALL)
    went = out(oak, tmp_path / "out")
    file = elm.exchange().file(went)
    found = file.look()
    assert (found.records, found.visits, found.problems) == (4, 3, ())
    assert count(elm) == 0, "looking keeps nothing"
    assert acts(elm)[-1] != Act.IMPORTED
    assert file.take() == 4
    assert acts(elm)[-1] == "records taken in from a file"
    assert out(elm, tmp_path / "out").read_bytes() == went.read_bytes()
    assert "joined" in went.read_text("utf-8"), "what records tell of each other goes with them"
    signed = next(one for one in elm.history(1).visits if one.signed)
    assert signed.signature is not None
    assert (signed.altered, signed.signature.who) == (False, "Dr Example (Oak Clinic)")
    elm.close()
    assert verify(elm.places.root).breaks == ()


def test_names_stay_when_a_record_comes_home(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """Erased at home and taken in again, a visit goes out as before; a file tells who signed it."""
    visited(oak, oak.add_patient(patient()).id)
    went = out(oak, tmp_path)
    oak.today = lambda: datetime.date(2040, 1, 1)
    oak.rights(1).erase()
    visited(oak, oak.add_patient(patient("Bo Second")).id)
    oak.exchange().file(went).take()
    back = oak.history(3).visits[0]
    assert back.signature is not None
    assert (back.altered, back.signature.who) == (False, "Dr Oak (taken in from a file)")
    assert out(oak, tmp_path, patient=3).read_bytes() == went.read_bytes()


def test_what_is_here_stays_as_it_is(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    ann = oak.add_patient(patient())
    visited(oak, ann.id)
    first = out(oak, tmp_path)
    elm.exchange().file(first).take()
    again = elm.exchange().file(first).look()
    assert (again.records, again.here, again.doubts) == (0, 1, ())
    assert elm.exchange().file(first).take() == 0
    visited(oak, ann.id, "5")
    later = elm.exchange().file(out(oak, tmp_path)).look()
    assert (later.records, later.here) == (0, 1)
    assert later.doubts == (
        "Ann Example: the record is here already, and not as in the file; it stays as it is here.",
    )
    assert len(elm.history(1).visits) == 1


def test_who_may_have_a_record_here_stays_out_until_told_otherwise(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    oak.add_patient(patient())
    elm.add_patient(patient("Anne Example"))
    file = elm.exchange().file(out(oak, tmp_path))
    found = file.look()
    assert (found.problems, found.records) == ((), 0)
    assert found.doubts[0].startswith("Ann Example: Anne Example, born 1980-05-17")
    assert file.take() == 0
    file.doubtful = True
    assert (file.look().records, file.take()) == (1, 1)
    assert [row.name for row in elm.search("example")] == ["Ann Example", "Anne Example"]


def test_who_came_in_since_the_look_is_asked_about_again(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """And not those whom the file itself brought, though they are alike."""
    for name in ("Ann Example", "Anne Example", "Bo Second"):
        oak.add_patient(patient(name), sure=True)
    file = elm.exchange().file(out(oak, tmp_path))
    assert file.look().records == 3
    elm.add_patient(patient("Bo Second-Name"))
    assert file.take() == 2
    assert [row.name for row in elm.search("")] == ["Anne Example", "Ann Example", "Bo Second-Name"]


def test_of_joined_records_each_that_stays_out_is_named_and_counted(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    ann = oak.add_patient(patient())
    elm.exchange().file(out(oak, tmp_path)).take()
    twin = oak.add_patient(patient("Annie Example"), sure=True)
    with oak.store.writing(Act.JOINED) as db:
        joins.join(db, twin.id, ann.id, 0, "One person", "Dr Oak", oak.now())
    found = elm.exchange().file(out(oak, tmp_path)).look()
    assert (found.records, found.here) == (0, 1)
    assert found.doubts == (
        "Annie Example: stays out, as the file holds it only together with Ann Example, "
        "whose record is here already.",
    )


def test_only_who_was_here_since_a_day_goes_out(oak: Clinic, tmp_path: Path) -> None:
    visited(oak, oak.add_patient(patient()).id)
    oak.add_patient(patient("Bo Never"), sure=True)
    assert "Bo Never" not in out(oak, tmp_path, since=datetime.date(2026, 3, 2)).read_text("utf-8")
    with pytest.raises(ClinicError, match="No record fits: nothing was written"):
        out(oak, tmp_path, since=datetime.date(2026, 3, 3))


def test_since_a_day_records_go_out_whole_and_tables_and_fhir_with_the_visits_since(
    oak: Clinic, tmp_path: Path
) -> None:
    """As the help says."""
    oak.add_patient(patient())
    visited(oak, 1)
    oak.today = lambda: datetime.date(2026, 3, 9)
    visited(oak, 1)
    earlier = {"json": '"date":"2026-03-02"', "fhir": '"start":"2026-03-02"', "csv": "\n2026-03-02,"}
    for kind in KINDS:
        write = partial(oak.exchange().write, kind, tmp_path)
        whole, part = (
            made.path.read_text("utf-8-sig") for made in (write(), write(since=datetime.date(2026, 3, 9)))
        )
        assert earlier[kind] in whole
        assert (earlier[kind] in part) == (kind == "json")
        assert "2026-03-09" in part
    says = CliRunner().invoke(commands, ["export", "--help"]).output
    assert "as json with all visits, as fhir and csv with those since." in " ".join(says.split())


def test_of_one_patient_nothing_of_another_goes_out(oak: Clinic, tmp_path: Path) -> None:
    fill(oak.store, SMALL)
    path = out(oak, tmp_path, patient=2, to="Dr Other")
    assert path.name == "second-person-2-2026-03-02-records.jsonl"
    told = path.read_text("utf-8")
    assert "Second Person" in told
    assert "Łukasz" not in told
    assert oak.rights(2).given_out[0].startswith("2026-03-02  The record as JSON, to Dr Other")


def test_what_is_restricted_or_hidden_stays_in(oak: Clinic, tmp_path: Path) -> None:
    for name in ("Ann Closed", "Bo Blind", "Cy Open"):
        visited(oak, oak.add_patient(patient(name), sure=True).id)
    oak.add_practitioner("Dr Second")
    oak.begin(2, "Dr Second", blind=True, sure=True).leave()
    oak.rights(1).restrict("Asked for", "Dr Oak")
    oak.close_record()
    made = oak.exchange().write("json", tmp_path)
    assert [says.split(":")[0].split(",")[0] for says in made.left_out] == [
        "1 record left out",
        "1 record left out",
    ]
    told = made.path.read_text("utf-8")
    assert ("Cy Open" in told, "Ann Closed" in told, "Bo Blind" in told) == (True, False, False)
    with pytest.raises(RestrictedError):
        out(oak, tmp_path, patient=1)
    with pytest.raises(ClinicError, match="blind visit is open"):
        out(oak, tmp_path, patient=2)


def changed(path: Path, line: int, change: Callable[[dict[str, object]], object]) -> Path:
    """A copy of a file in which another program changed a line."""
    lines = path.read_text("utf-8").splitlines()
    value = json.loads(lines[line])
    change(value)
    lines[line] = json.dumps(value)
    other = path.with_name(f"changed-{path.name}")
    other.write_text("\n".join(lines) + "\n", "utf-8")
    return other


def as_if_of(path: Path, clinic: Clinic | str, name: str = "x") -> Path:
    """A copy of a file whose visit says that it was signed at this clinic."""
    site = clinic
    if isinstance(clinic, Clinic):
        with clinic.store.reading() as db:
            site = stable_ids.clinic(db).uid
    named = changed(path, 0, lambda head: head.update(sites={site: name}))
    return changed(named, -1, lambda line: visit_of(line).update(site=site))


def signed_where(clinic: Clinic) -> str:
    """Who signed the first visit, as it is shown."""
    signature = clinic.history(1).visits[0].signature
    assert signature is not None
    assert not signature.altered
    return signature.who


def test_a_made_up_visit_is_never_one_that_was_signed_here(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    visited(oak, oak.add_patient(patient()).id)
    elm.exchange().file(as_if_of(out(oak, tmp_path), elm)).take()
    assert signed_where(elm) == "Dr Oak (taken in from a file)"
    told = elm.exchange().write("fhir", tmp_path).path.read_text("utf-8")
    entries = [one["resource"] for one in json.loads(told)["entry"]]
    clinics = {one["id"]: one["name"] for one in entries if one["resourceType"] == "Organization"}
    (visit,) = (one for one in entries if one["resourceType"] == "Encounter")
    at = visit["serviceProvider"]["reference"].rpartition("/")[2].removeprefix("urn:uuid:")
    assert clinics[at] == "taken in from a file"
    assert "Elm Clinic" in clinics.values()


def test_a_clinic_without_a_name_is_not_this_one(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    visited(oak, oak.add_patient(patient()).id)
    nobody = "00000000-0000-4000-8000-000000000000"
    elm.exchange().file(as_if_of(out(oak, tmp_path), nobody, "")).take()
    assert signed_where(elm) == "Dr Oak (a clinic without a name)"
    assert "a clinic without a name" in elm.exchange().write("fhir", tmp_path).path.read_text("utf-8")
    assert "a clinic without a name" in out(elm, tmp_path).read_text("utf-8")


def test_records_of_a_clinic_that_has_no_name_yet_say_so(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    visited(oak, oak.add_patient(patient()).id)
    oak.change_letterhead(replace(oak.letterhead, name=""), was=oak.letterhead)
    elm.exchange().file(out(oak, tmp_path)).take()
    assert signed_where(elm) == "Dr Oak (a clinic without a name)"


def visit_of(line: dict[str, object]) -> dict[str, object]:
    return line["patients"][0]["visits"][0]  # type: ignore[index,no-any-return]


FAULTS: dict[str, tuple[int, Callable[[dict[str, object]], object], str]] = {
    "a grade of a signed visit": (
        2,
        lambda line: visit_of(line)["observations"][-1]["value"].update(grade="5"),  # type: ignore[index]
        "line 3: the visit of 2026-03-02 of Ann Example is not as it was signed",
    ),
    "the number under which it was signed": (
        2,
        lambda line: visit_of(line).update(number=9),
        "is not as it was signed",
    ),
    "a protocol": (
        1,
        lambda line: line["body"]["rules"]["selection"].update(most=9),  # type: ignore[index]
        "is not what was kept under this digest",
    ),
    "a protocol, with its parts in another order": (
        1,
        lambda line: line.update(
            body={
                **dict(reversed(line["body"].items())),  # type: ignore[attr-defined]
                "precautions": {},
            }
        ),
        "is not what was kept under this digest",
    ),
    "a protocol of which this version reads a part": (
        1,
        lambda line: line["body"].update(of_tomorrow=1),  # type: ignore[attr-defined]
        "is of another version of mmt, so whether it is what was kept cannot be seen here",
    ),
    "a protocol's digest": (
        1,
        lambda line: line.update(digest="0" * 64),
        "is named, and is not in the file",
    ),
    "a clinic that is not named": (
        2,
        lambda line: visit_of(line).update(site="00000000-0000-4000-8000-000000000000"),
        "the clinic 00000000-0000-4000-8000-000000000000 is named, and is not in the file",
    ),
    "an answer that is none": (
        2,
        lambda line: visit_of(line).update(
            signature=None,
            notes=[],
            answers=[{"topic": "safety", "question": "x", "value": "maybe", "at": "2026-03-02T09:00:00Z"}],
        ),
        "cannot be read: a value in it is damaged",
    ),
    "a sign that hides": (
        2,
        lambda line: line["patients"][0]["person"].update(name="Ann\u202egnp.exe"),  # type: ignore[index]
        "line 3: patient 1, person, name: the text holds the sign U+202E, which no record does",
    ),
    "a birth date to come": (
        2,
        lambda line: line["patients"][0]["person"].update(birth_date="2030-01-01"),  # type: ignore[index]
        "line 3: Ann Example: The birth date 2030-01-01 lies in the future",
    ),
    "a name of two lines": (
        2,
        lambda line: line["patients"][0]["person"].update(name="Ann\nBob Smith"),  # type: ignore[index]
        "line 3: patient 1, person, name: the text holds a line break, where a record has one line",
    ),
    "a name with spaces around it": (
        2,
        lambda line: line["patients"][0]["person"].update(name=" Ann"),  # type: ignore[index]
        "patient 1, person, name: the text has spaces around it",
    ),
    "an examiner of two lines": (
        2,
        lambda line: visit_of(line)["observations"][0].update(examiner="A\nB"),  # type: ignore[index]
        "patient 1, visit 1, observation 1, examiner: the text holds a line break",
    ),
    "a clinic of two lines": (
        0,
        lambda head: head.update(sites=dict.fromkeys(head["sites"], "A\nB")),  # type: ignore[call-overload]
        "line 1, name of a clinic: the text holds a line break",
    ),
    "a language that leads elsewhere": (
        2,
        lambda line: line["patients"][0]["person"].update(language="../../etc"),  # type: ignore[index]
        'Ann Example: "../../etc" is no language: write its code, as en or pt-BR',
    ),
    "a time before there were computers": (
        2,
        lambda line: line["patients"][0].update(  # type: ignore[index]
            given_out=[{"what": "x", "by": "x", "at": "0001-01-01T00:00:00Z"}]
        ),
        "patient 1, given out 1, at: the time 0001-01-01T00:00:00+00:00 is none that a",
    ),
    "a record begun at the end of time": (
        2,
        lambda line: line["patients"][0].update(added="9999-12-31T23:00:00Z"),  # type: ignore[index]
        "patient 1, added: the time 9999-12-31T23:00:00+00:00 is none that a",
    ),
    "an endless name": (
        2,
        lambda line: line["patients"][0]["person"].update(name="x" * 1001),  # type: ignore[index]
        "The data of a patient (name) has 1,001 characters",
    ),
    "an endless name of a clinic": (
        0,
        lambda head: head.update(sites=dict.fromkeys(head["sites"], "x" * 1001)),  # type: ignore[call-overload]
        "line 1, name of a clinic: the text has more than 1,000 characters",
    ),
    "a value of another test": (
        2,
        lambda line: visit_of(line)["observations"][0].update(test="EHL"),  # type: ignore[index]
        "a value is of another test, side or trial than its row",
    ),
    "a value of the other side": (
        2,
        lambda line: visit_of(line)["observations"][0].update(side="right"),  # type: ignore[index]
        "a value is of another test, side or trial than its row",
    ),
    "a time that is not UTC": (
        2,
        lambda line: visit_of(line).update(started="2026-03-02T09:00:00+02:00"),
        "the time 2026-03-02T09:00:00+02:00 is not in UTC",
    ),
    "an endless note": (
        2,
        lambda line: visit_of(line).update(note="x" * 50_001),
        "patient 1, visit 1, note: the text has more than 50,000 characters",
    ),
    "the same visit twice": (
        2,
        lambda line: line["patients"][0]["visits"].append(visit_of(line)),  # type: ignore[index]
        "a record or a visit stands in it twice",
    ),
    "two open visits": (
        2,
        lambda line: line["patients"][0].update(  # type: ignore[index]
            visits=[
                {**visit_of(line), "signature": None, "id": f"{at}0000000-0000-4000-8000-000000000000"}
                for at in (1, 2)
            ]
        ),
        "a patient has two open visits in it",
    ),
    "a note on an open visit": (
        2,
        lambda line: visit_of(line).update(
            signature=None, notes=[{"text": "x", "by": "x", "at": "2026-03-02T09:00:00Z"}]
        ),
        "This visit is open",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_file_that_was_changed_is_refused_and_nothing_is_kept(
    what: str, oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    line, change, says = FAULTS[what]
    visited(oak, oak.add_patient(patient()).id)
    file = elm.exchange().file(changed(out(oak, tmp_path), line, change))
    problems = file.look().problems
    assert len(problems) == 1
    assert says in problems[0]
    assert count(elm) == 0
    with pytest.raises(ClinicError):
        file.take()
    assert count(elm) == 0


def draft(**changes: object) -> Callable[[dict[str, object]], object]:
    """Lets the visit be a draft, with these changes."""
    return lambda line: visit_of(line).update({"signature": None, "notes": [], **changes})


def seen(**changes: object) -> Callable[[dict[str, object]], object]:
    """Lets the visit be a draft whose first row, and the value in it, have these changes."""

    def change(line: dict[str, object]) -> None:
        draft()(line)
        row = visit_of(line)["observations"][0]  # type: ignore[index]
        for name, held in changes.items():
            row.update({name: held} if name in row else {})
            row["value"].update({} if name in ("at", "scale") else {name: held})

    return change


def on_the_sheet(stretch: str = "E01", **changes: object) -> Callable[[dict[str, object]], object]:
    """Lets the visit be a draft with one stretch in this dose."""
    dose = {"hold_s": 5, "per_day": 1, "days_per_week": 7, "weeks": 6, **changes}
    return draft(prescription=[{"stretch": stretch, "dose": dose}])


NONSENSE: dict[str, tuple[Callable[[dict[str, object]], object], str]] = {
    "a day to come": (draft(date="2099-01-01"), "visit 1, date: 2099-01-01 lies in the future"),
    "a day before birth": (
        draft(date="1980-05-16"),
        "visit 1, date: 1980-05-16 lies before the patient's birth (1980-05-17)",
    ),
    "entered at a day to come": (
        draft(entered="2026-03-09"),
        "visit 1, entered: 2026-03-09 lies in the future",
    ),
    "entered before it was": (
        draft(entered="2026-03-01"),
        "visit 1, entered: 2026-03-01 lies before the day of the visit (2026-03-02)",
    ),
    "an unknown exam": (draft(exam="nonsense"), "visit 1, exam: nonsense is no exam of the protocol"),
    "an unknown scale": (draft(scale="nonsense"), "visit 1, scale: nonsense is no scale of the protocol"),
    "an unknown scale of a row": (
        seen(scale="nonsense"),
        "visit 1, observation 1, scale: nonsense is no scale of the protocol",
    ),
    "an unknown test": (
        seen(test="NONSENSE"),
        "visit 1, observation 1, test: NONSENSE is no test of the protocol of the visit",
    ),
    "a value that does not fit its test": (
        seen(grade=None, millimetres=12),
        "visit 1, observation 1, millimetres: does not fit TA, which is recorded as",
    ),
    "a side that does not fit": (
        seen(side=None),
        "visit 1, observation 1, side: is missing; TA is tested on each",
    ),
    "a row of the year 1": (
        seen(at="0001-01-01T00:00:00Z"),
        "visit 1, observation 1, at: the time 0001-01-01T00:00:00+00:00 is none that a",
    ),
    "a row to come": (
        seen(at="2099-01-01T00:00:00Z"),
        "visit 1, observation 1, at: 2099-01-01T00:00:00+00:00 lies in the future",
    ),
    "an unknown stretch": (
        on_the_sheet("nonsense"),
        "visit 1, prescription 1: nonsense is no stretch of the",
    ),
    "a negative hold": (
        on_the_sheet(hold_s=-5),
        "prescription 1, hold s: -5 is no part of a dose: from 1 to 9,999",
    ),
    "endless repetitions": (on_the_sheet(reps=10**9), "reps: 1,000,000,000 is no part of a dose"),
    "a week of eight days": (
        on_the_sheet(days_per_week=8),
        "days per week: 8 is no part of a dose: from 1 to 7",
    ),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_draft_with_nonsense_is_refused_with_line_and_reason(
    what: str, oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    change, says = NONSENSE[what]
    visited(oak, oak.add_patient(patient()).id)
    oak.add_patient(patient("Bo Second"), sure=True)
    file = elm.exchange().file(changed(out(oak, tmp_path), 2, change))
    (problem,) = file.look().problems
    assert ", line 3: patient 1, visit 1, " in problem or "prescription" in problem
    assert says in problem
    assert problem.endswith(
        ". Put it right in the clinic that the file is from, then have it written anew by mmt."
    )
    with pytest.raises(ClinicError):
        file.take()
    assert count(elm) == 0


def test_a_draft_is_held_against_the_protocol_of_its_file_or_of_the_clinic(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    """A test that only one of them has is known."""
    visited(oak, oak.add_patient(patient()).id)
    went = changed(out(oak, tmp_path), 2, draft())
    own = elm.protocol
    tests = {name: test for name, test in own.tests.items() if name != "TA"}
    elm.__dict__["_content"] = replace(elm.content, protocol=replace(own, tests=tests))
    assert elm.exchange().file(went).look().problems == ()


def test_what_was_signed_by_a_clock_that_ran_wrong_comes_in(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """It is as it was signed, and nobody can put it right any more."""
    wrong = datetime.datetime(1978, 1, 1, 9, tzinfo=datetime.UTC)
    oak.today, oak.now = wrong.date, lambda: wrong
    visited(oak, oak.add_patient(patient("Ann Past", birth_date=datetime.date(1940, 1, 1))).id)
    was = oak.history(1).patient
    oak.today = datetime.date.today
    oak.change_patient(replace(was, birth_date=datetime.date(1979, 1, 1)), was=was, sure=True)
    ahead = wrong.replace(year=2050)
    oak.today, oak.now = ahead.date, lambda: ahead
    visited(oak, oak.add_patient(patient(), sure=True).id)
    file = elm.exchange().file(out(oak, tmp_path))
    assert (file.look().problems, file.take()) == ((), 2)


def test_the_demo_comes_in_as_a_whole(elm: Clinic, tmp_path: Path) -> None:
    demo = Clinic.open(Places(copy_demo(tmp_path / "demo")))
    elm.today = demo.today
    elm.now = demo.now
    file = elm.exchange().file(out(demo, tmp_path / "out"))
    demo.close()
    assert (file.look().problems, file.take()) == ((), 6)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "a mark \\(BOM\\) stands before its first line"),
        (lambda text: text.decode().encode("utf-16"), "it is in UTF-16 and not in UTF-8"),
        (lambda text: text.decode().encode("utf-16-be"), "it is in UTF-16 and not in UTF-8"),
        (
            lambda text: b"[" + b",".join(text.splitlines()) + b"]",
            "its lines were put together into one list",
        ),
        (
            lambda text: b"".join(
                json.dumps(json.loads(one), indent=1).encode() + b"\n" for one in text.splitlines()
            ),
            "its values go over several lines",
        ),
    ],
)
def test_a_file_that_another_program_wrote_anew_is_told_as_that(
    how: Callable[[bytes], bytes], says: str, oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    visited(oak, oak.add_patient(patient()).id)
    path = tmp_path / "anew.jsonl"
    path.write_bytes(how(out(oak, tmp_path).read_bytes()))
    with pytest.raises(ClinicError, match=rf"{says}\. Take in the file as mmt wrote it, unopened\.$"):
        elm.exchange().file(path).look()


def test_fields_in_another_order_are_the_same_file(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """As `jq -c -S` writes it."""
    visited(oak, oak.add_patient(patient()).id)
    lines = out(oak, tmp_path).read_text("utf-8").splitlines()
    path = tmp_path / "sorted.jsonl"
    path.write_text("".join(json.dumps(json.loads(one), sort_keys=True) + "\n" for one in lines), "utf-8")
    file = elm.exchange().file(path)
    assert (file.look().problems, file.take()) == ((), 1)
    assert signed_where(elm) == "Dr Oak (Oak Clinic)"


def test_the_clinics_own_protocol_is_kept_as_the_clinic_reads_it(
    oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    """The order of tests and questions is no part of its digest, and does not come from a file."""
    visited(oak, oak.add_patient(patient()).id)

    def turn(line: dict[str, object]) -> None:
        body = line["body"]
        body["tests"] = dict(reversed(body["tests"].items()))  # type: ignore[index]

    elm.exchange().file(changed(out(oak, tmp_path), 1, turn)).take()
    with elm.store.reading() as db:
        assert [*visits.protocol_of(db, 1).tests] == [*elm.protocol.tests]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "It is empty"),
        (b'{"line":"head"', "is not a file of records"),
        (b'{"line":"head","format":"other","version":1,"protocols":0,"records":0,"sites":{}}\n', "is not a"),
        (b'{"line":"head","format":"mmt-records","version":2}\n', "was written by a newer mmt"),
        (b'{"line":"head","format":"mmt-records","version":1,"records":2}\n', "1 of 3 lines are there"),
        (b'{"line":"head","format":"mmt-records","version":1}\n{"line":"records","patients":[]}\n', "line 2"),
        (b'{"line":"head","format":"mmt-records","version":1}\n' + b"[" * 100_000, "line 2"),
        (
            b'{"line":"head","format":"mmt-records","version":1,"sites":{"\xff":""}}\n',
            "is not a file of records",
        ),
        (
            b'{"line":"head","format":"mmt-records","version":1}\n{"line":"protocol","digest":"\xff"}\n',
            r"line 2: .*UTF-8.*\.$",
        ),
        (b"\xff\xfe\x00", "It begins as UTF-16, and goes on otherwise or ends within a letter"),
    ],
)
def test_what_is_no_whole_file_of_records_is_said_in_a_sentence(
    content: bytes, says: str, elm: Clinic, tmp_path: Path
) -> None:
    path = tmp_path / "file.jsonl"
    path.write_bytes(content)
    with pytest.raises(ClinicError, match=says):
        elm.exchange().file(path).look()


DEEP = json.loads("[" * 600 + "]" * 600)
OUT_OF_BOUNDS: dict[str, tuple[Callable[[dict[str, object]], object], str]] = {
    "values within each other": (
        lambda visit: visit["signature"].update(kept={"x": DEEP}),  # type: ignore[attr-defined]
        "more than 100 values stand within each other",
    ),
    "a number that only looks like one": (
        lambda visit: visit.update(number=2**63),
        "patient 1, visit 1, number should be at most 9007199254740992",
    ),
    "a number in what stood on the screen": (
        lambda visit: visit["signature"].update(kept={"x": 2**70}),  # type: ignore[attr-defined]
        "a number in it is larger than any that mmt writes",
    ),
}


@pytest.mark.parametrize("what", OUT_OF_BOUNDS)
def test_what_is_out_of_bounds_is_refused_with_its_line(
    what: str, oak: Clinic, elm: Clinic, tmp_path: Path
) -> None:
    change, says = OUT_OF_BOUNDS[what]
    visited(oak, oak.add_patient(patient()).id)
    made = changed(out(oak, tmp_path), 2, lambda line: change(visit_of(line)))
    with pytest.raises(ClinicError, match=f"line 3: .*{says}"):
        elm.exchange().file(made).look()


def test_protocols_without_end_are_not_held(
    oak: Clinic, elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited(oak, oak.add_patient(patient()).id)
    monkeypatch.setattr(records_in, "_PROTOCOLS", 100_000)
    with pytest.raises(ClinicError, match=r"holds more than 0\.1 MB of protocols"):
        elm.exchange().file(out(oak, tmp_path)).look()


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_pipe_is_not_waited_for(elm: Clinic, tmp_path: Path) -> None:
    pipe = tmp_path / "records.jsonl"
    os.mkfifo(pipe)
    for look in (elm.exchange().file, lambda path: RecordsFile(elm, path).look()):
        with pytest.raises(ClinicError, match="it is not a file"):
            look(pipe)


def test_a_visit_that_is_here_in_another_record_is_named(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """The same visit under another patient: neither is changed."""
    visited(oak, oak.add_patient(patient()).id)
    went = out(oak, tmp_path)
    elm.exchange().file(went).take()
    uid = "00000000-0000-4000-8000-000000000000"
    other = changed(went, 2, lambda line: line["patients"][0].update(id=uid))  # type: ignore[index]
    file = elm.exchange().file(other)
    file.doubtful = True
    (problem,) = file.look().problems
    assert "line 3: the visit of 2026-03-02 of Ann Example is here already, in another record" in problem


def test_a_missing_file_and_a_folder_are_said_in_a_sentence(elm: Clinic, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ClinicError, match="cannot be read"):
            elm.exchange().file(path)


def test_a_file_that_was_altered_at_home_stays_altered(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    """What does not count as signed there does not count here either."""
    visit = visited(oak, oak.add_patient(patient()).id)
    with oak.store.writing(Act.SET) as db:
        db.conn.execute("drop trigger signatures_update_never")
        db.conn.execute("update signatures set seal = '' where visit = ?", (visit.id,))
    went = out(oak, tmp_path)
    file = elm.exchange().file(went)
    assert file.look().problems == ()
    file.take()
    assert elm.history(1).visits[0].altered
    assert out(elm, tmp_path).read_bytes() == went.read_bytes()


def test_a_full_folder_leaves_no_file_and_no_word_of_one(
    oak: Clinic, tmp_path: Path, bound_by_modes: None
) -> None:
    oak.add_patient(patient())
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    with pytest.raises(ClinicError, match="Nothing could be written to"):
        out(oak, shut)
    assert Act.EXPORTED.of("json") not in acts(oak)
    assert list(shut.iterdir()) == []


def test_a_second_file_of_a_day_gets_a_number(oak: Clinic, tmp_path: Path) -> None:
    oak.add_patient(patient())
    assert [out(oak, tmp_path).name, out(oak, tmp_path).name] == [
        "records-2026-03-02.jsonl",
        "records-2026-03-02-2.jsonl",
    ]


def test_no_two_records_have_one_name(oak: Clinic) -> None:
    for name in ("Ann", "Bo"):
        visited(oak, oak.add_patient(patient(name), sure=True).id)
    with oak.store.reading() as db:
        uids = db.conn.execute("select uid from patient_ids union all select uid from visit_ids").fetchall()
    assert len({*uids}) == 4


def test_the_name_of_the_clinic_is_that_of_its_papers(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    visited(oak, oak.add_patient(patient()).id)
    oak.change_letterhead(replace(oak.letterhead, name="New Oak"), was=oak.letterhead)
    elm.exchange().file(out(oak, tmp_path)).take()
    signature = elm.history(1).visits[0].signature
    assert signature is not None
    assert signature.site == "New Oak"


def test_the_commands_write_and_take_in(
    oak: Clinic, elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Ann Example", "Bo Second"):
        visited(oak, oak.add_patient(patient(name), sure=True).id)
    runner = CliRunner()
    monkeypatch.setenv("MMT_HOME", str(oak.places.root))
    refused = runner.invoke(commands, ["export"])
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Say which kind of file: mmt export --as json.")
    wrote = runner.invoke(commands, ["export", "--as", "json", str(tmp_path / "out")])
    path = Path(wrote.stdout.strip())
    assert path.parent == tmp_path / "out"
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    said_no = runner.invoke(commands, ["import", str(path)], input="no\n")
    assert said_no.exit_code == 1
    assert "2 records with 2 visits to take in." in said_no.stdout
    assert "Nothing was taken in." in said_no.stderr
    assert elm.search("ann") == []
    assert "2 records taken in." in runner.invoke(commands, ["import", str(path)], input="yes\n").stdout
    assert [row.name for row in elm.search("ann")] == ["Ann Example"]
    again = runner.invoke(commands, ["import", str(path), "--yes"])
    assert again.stdout == "0 records with 0 visits to take in; here already: 2 records.\n"
    path.write_bytes(path.read_bytes()[:-9])
    cut = runner.invoke(commands, ["import", "--yes", str(path)])
    assert (cut.exit_code, cut.stdout) == (1, "")
    assert f"{path}, line 4: " in cut.stderr
