"""Lists of patients, and FHIR with Patients in it: what comes in, what stays out and why."""

import datetime
import json
import random
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up import NASTY, patient

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.exchange.patients_in import PatientsFile
from mmt.exchange.cells import as_cell
from mmt.model.acts import Act
from mmt.model.born import Incomplete
from mmt.model.errors import ClinicError
from mmt.model.people import Patient


def listed(clinic: Clinic, folder: Path, content: str | bytes) -> PatientsFile:
    """A list as it was found in a file."""
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file = clinic.exchange().file(path)
    assert isinstance(file, PatientsFile)
    return file


def everybody(clinic: Clinic) -> list[tuple[str, str, str, str]]:
    """Name, birth date, sex and chart number of each patient, as they came."""
    with clinic.store.reading() as db:
        columns = "name, birth_date, sex, chart_number"
        return db.conn.execute(f"select {columns} from patients order by id").fetchall()


US = """Patient ID,Last Name,First Name,MI,DOB,Gender,Phone
0012,Smith,John,Q,05/25/1989,M,555-0100
0013,O'Brien,Zoë,,6/5/1980,F,
0014,Müller,Anna,,,F,555-0101
"""
GERMAN = "Nachname;Vorname;Geburtsdatum;Geschlecht\nMüller;Jörg;25.05.1989;männlich\nŻółć;Łucja;5.6.1980;w\n"


def test_a_list_of_the_us_is_looked_at_asked_about_and_taken_in(elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, US)
    assert file.asks == (
        "Does the day stand first in 6/5/1980 (dmy), or the month (mdy)?"
        " Every date of the list fits the month first."
    )
    with pytest.raises(ClinicError, match="Does the day stand first in 6/5/1980"):
        file.look()
    file.order = "mdy"
    assert file.asks == ""
    found = file.look()
    assert (found.records, found.here, found.doubts) == (2, 0, ())
    assert found.problems == ("row 4, DOB: is empty",)
    assert found.how == "Dates are read with the month first. Not taken in, as mmt keeps none of it: Phone."
    assert not found.stops
    assert everybody(elm) == []
    assert file.take() == 2
    assert everybody(elm) == [
        ("John Q Smith", "1989-05-25", "male", "0012"),
        ("Zoë O'Brien", "1980-06-05", "female", "0013"),
    ]
    assert [row.name for row in elm.search("obrien")] == ["Zoë O'Brien"]
    with elm.store.reading() as db:
        (act,) = db.conn.execute("select act from acts order by seq desc limit 1").fetchone()
    assert act == Act.IMPORTED


def test_letters_that_were_guessed_are_shown(elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, GERMAN.encode("cp1250"))
    assert file.look().how == (
        "The list is not in Unicode, so its letters were guessed: Jörg Müller; £ucja ¯ó³æ. If they are "
        "wrong, save it as CSV UTF-8 and begin again."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_come_in_as_they_were_written(encoding: str, elm: Clinic, tmp_path: Path) -> None:
    text = GERMAN if encoding != "cp1252" else GERMAN.replace("Żółć;Łucja", "Zolc;Lucja")
    file = listed(elm, tmp_path, text.encode(encoding))
    assert file.asks == "", "with dots the day stands first"
    assert file.look().problems == ()
    file.take()
    names = ["Jörg Müller", "Łucja Żółć" if encoding != "cp1252" else "Lucja Zolc"]
    assert [row[0] for row in everybody(elm)] == names
    assert [row[1:3] for row in everybody(elm)] == [("1989-05-25", "male"), ("1980-06-05", "female")]


def test_dates_are_read_in_every_way_that_has_one_meaning(elm: Clinic, tmp_path: Path) -> None:
    written = ("1979-05-02", "1979-05-02 00:00:00", "19790502", "2 May 1979", "2 maja 1979", "02-MAY-1979")
    dates = (*written, "02.05.1979")
    rows = "".join(f'Person {"abcdefgh"[at] * 3},"{date}"\n' for at, date in enumerate(dates))
    file = listed(elm, tmp_path, f"name,born\n{rows}Only Year,1979\nYear Month,1979-11\n")
    assert file.asks == ""
    file.doubtful = True
    assert file.look().problems == ()
    file.take()
    assert {row[1] for row in everybody(elm)} == {"1979-05-02", "1979", "1979-11"}
    assert elm.history(len(dates) + 1).patient.birth_date == Incomplete(year=1979)


FAULTY = {
    "Ann,": "row 2, born: is empty",
    ",1979-05-02": "row 2, name: is empty",
    "Ann,31/31/1979": 'row 2, born: "31/31/1979": There is no month 31',
    "Ann,05/25/1979": 'row 2, born: "05/25/1979": There is no month 25: in this list the day stands first',
    "Ann,30/02/1979": 'row 2, born: "30/02/1979": There is no such day',
    "Ann,soon": 'row 2, born: "soon": Type the date as year-month-day',
    "Ann,2030-01-01": "lies in the future",
    "Ann,1/2/25": "can be 1 February 1925 or 1 February 2025",
    "Ann,1850-01-01": "more than 120 years ago",
    "Ann,1979-05-02,x,y": "row 2, 4 cells, and the head has 3",
    "Ann,1979-05-02,tall": "row 2, sex: 'tall' is not female, male, other or unknown",
    f"{'x' * 1001},1979-05-02": "row 2: The data of a patient (name) has 1,001 characters",
    f"{'x' * 200_000},1979-05-02": "row 2: The data of a patient (name) has 200,000 characters",
    f"Ann,{'9' * 200_000}": f'row 2, born: "{"9" * 60}…": has 200,000 characters, and is no date',
    f"Ann,1979-05-02,{'x' * 200_000}": f"row 2, sex: '{'x' * 60}…' is not female",
}


@pytest.mark.parametrize("row", FAULTY, ids=lambda row: row[:20])
def test_what_is_wrong_is_named_with_row_and_column_and_the_rest_comes_in(
    row: str, elm: Clinic, tmp_path: Path
) -> None:
    file = listed(elm, tmp_path, f"name,born,sex\n{row}\nBo Sound,1/2/1980,f\n")
    file.order = "dmy"
    found = file.look()
    assert len(found.problems) == 1
    assert FAULTY[row] in found.problems[0]
    assert file.take() == 1
    assert everybody(elm) == [("Bo Sound", "1980-02-01", "female", "")]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;\r", "sep=; "])
def test_the_line_that_tells_excel_what_parts_the_cells_is_none_of_the_rows(
    line: str, elm: Clinic, tmp_path: Path
) -> None:
    file = listed(
        elm, tmp_path, f"{line}\nname, title;born\nAnn Ash;1979-05-02\nBo Elm;\n".replace(", title", "")
    )
    assert (file.look().records, file.look().problems) == (1, ("row 3, born: is empty",))


def test_a_column_that_nobody_takes_in_may_be_as_long_as_it_is(elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, f"\n\nname;notes, all;born\nAnn Ash;{'x ' * 100_000};1979-05-02\n")
    assert (file.look().records, file.look().problems) == (1, ())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "It is empty."),
        ("\n\n", "It is empty."),
        ("Ann,1979-05-02\n", "The first row has to name the columns"),
        ("name,phone\nAnn,1\n", "It has: name, phone."),
        ('name,born\nBo,1980\n"Ann,1979\n\nCy,1981\n', 'Row 3 cannot be read as CSV: a quote (") is opened'),
        (
            'name,born\n\n"Ann" Ash,1979\n',
            'Row 3 cannot be read as CSV: more stands behind a closing quote (")',
        ),
        ("name,DOB,Birth Date\n", "More than one column means the birth date (DOB, Birth Date): rename"),
        ("name,born,Patient,full name\n", "means the name (name, Patient, full name)"),
        ("name,born\nŁukasz,1979\n".encode("utf-16-le"), "It holds a sign that no text has (NUL)"),
        ("name,born\nŁukasz,1979\n".encode("utf-16-be"), "Save it as UTF-8 (in Excel: CSV UTF-8)"),
        ("name,born\nŁukasz,1979\n".encode("utf-32"), "It holds a sign that no text has (NUL)"),
        ("name,born\nAnn\0Ash,1979\n", "It holds a sign that no text has (NUL)"),
        ('{"resourceType": "Patient"}'.encode("utf-16-le"), "It holds a sign that no text has (NUL)"),
        (
            "name,born\nŁukasz,1979\n".encode("utf-16")[:-1],
            "It begins as UTF-16, and goes on otherwise or ends",
        ),
        (b"\xef\xbb\xbfname,born\nJ\xf6rg,1979\n", "It begins as UTF-8, and goes on otherwise"),
        ("{}", "No FHIR resource is in it."),
        ("[1, 2]", "No FHIR resource is in it."),
        ('{"resourceType": ', "It cannot be read as JSON"),
        (b'{"resourceType": "Patient", "name": [{"text": "\xff"}]}', "UTF-8"),
        ("[" * 100_000, "more than 100 values stand within each other"),
        (
            '{"resourceType":"Bundle","entry":[{"resource":' * 300 + "{}" + "}]}" * 300,
            "more than 100 values stand within each other",
        ),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(
    content: str | bytes, says: str, elm: Clinic, tmp_path: Path
) -> None:
    with pytest.raises(ClinicError) as refused:
        listed(elm, tmp_path, content)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")


def test_who_is_here_or_twice_in_the_list_is_known_by_the_rules_of_the_form(
    elm: Clinic, tmp_path: Path
) -> None:
    elm.add_patient(patient("Jörg Müller", chart_number="7"))
    elm.add_patient(patient("Eva Long", birth_date=datetime.date(1970, 1, 2)), sure=True)
    rows = (
        "Mueller Joerg,1980-05-17,8",
        "Jörg Mueller,1980-05-17,",
        "Eva Long-Short,1970-01-02,",
        "Eva Long,1970-02-01,",
        "Cy New,1990-03-04,",
        "Cy New,1990-03-04,",
        "Cy Newt,1990-03-04,",
        "Other Person,1950-01-01,007",
    )
    file = listed(elm, tmp_path, "name,born,chart\n" + "\n".join(rows) + "\n")
    found = file.look()
    assert (found.records, found.here, found.repeated) == (1, 1, 1), "row 3 is Jörg Müller, row 7 is row 6"
    assert found.said == "1 record to take in; here already: 1 row; repeated in the file: 1 row."
    assert sorted(found.doubts) == [
        "row 2: Mueller Joerg may be Jörg Müller, born 1980-05-17, chart 7 (record 1). One birth date.",
        "row 4: Eva Long-Short may be Eva Long, born 1970-01-02 (record 2). One birth date.",
        "row 5: Eva Long may be Eva Long, born 1970-01-02 (record 2). Day and month of birth are exchanged.",
        "row 8: Cy Newt may be Cy New, born 1990-03-04 (row 6). One birth date.",
        "row 9: Other Person may be Jörg Müller, born 1980-05-17, chart 7 (record 1). One chart number.",
    ]
    assert file.take() == 1
    again = listed(elm, tmp_path, "name,born,chart\n" + "\n".join(rows) + "\n")
    again.doubtful = True
    assert (again.look().records, again.take()) == (5, 5)


@pytest.mark.parametrize("doubtful", [False, True])
def test_who_came_in_since_the_look_is_asked_about_again(doubtful: bool, elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, "name,born\nAnn Example,1980-05-17\nBo Second,1950-01-01\nCy,1960-02-03\n")
    file.doubtful = doubtful
    assert file.look().records == 3
    elm.add_patient(patient())
    elm.add_patient(patient("Boris Second", birth_date=datetime.date(1950, 1, 1)))
    assert file.take() == (2 if doubtful else 1)
    names = ["Ann Example", "Boris Second", *(["Bo Second"] if doubtful else []), "Cy"]
    assert [row[0] for row in everybody(elm)] == names


def test_nasty_names_come_in_as_they_are(elm: Clinic, tmp_path: Path) -> None:
    names = [name for name in NASTY if '"' not in name and len(name) < 1000]
    rows = "".join(f'"{as_cell(name)}",{1950 + at}-01-02\n' for at, name in enumerate(names))
    file = listed(elm, tmp_path, f"name,born\n{rows}")
    file.doubtful = True
    assert file.look().problems == ()
    file.take()
    assert [row[0] for row in everybody(elm)] == names


@pytest.mark.long
def test_ten_thousand_rows_of_a_public_shape(elm: Clinic, tmp_path: Path) -> None:
    """US dates, umlauts, duplicates, empty cells, as such lists are."""
    chance = random.Random(1)
    parts = ("an", "bel", "cor", "dün", "él", "fer", "gøl", "ił", "jo", "ka", "lin", "mar", "no", "ri", "ßon")
    rows = ["Id,BIRTHDATE,PREFIX,FIRST,LAST,GENDER,ADDRESS"]
    for number in range(9_000):
        name = ["".join(chance.choices(parts, k=3)).title() for _ in range(2)]
        born = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{chance.randint(1930, 2015)}"
        rows.append(f"P{number},{born},Mr.,{name[0]},{name[1]},{chance.choice('MF')},")
    rows += rows[1:901]
    rows += [",,,,,," if at % 2 else f"X{at},,,No,Date,F,1 Street" for at in range(100)]
    file = listed(elm, tmp_path, "\n".join(rows) + "\n")
    file.order = "mdy"
    found = file.look()
    assert found.records + found.here + len(found.doubts) == 9_900
    assert found.here >= 900
    assert len(found.problems) == 50, "a row without anything is none"
    assert file.take() == found.records
    assert file.look().records == 0


def bundle(*resources: dict[str, object], kind: str = "collection") -> str:
    return json.dumps(
        {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources]}
    )


JOHN = {
    "resourceType": "Patient",
    "id": "5f0c1d2e-3b4a-4c5d-8e6f-708192a3b4c5",
    "name": [
        {"use": "old", "family": "Smyth"},
        {"use": "official", "family": "Smith", "given": ["John", "Q"]},
    ],
    "gender": "male",
    "birthDate": "1979-11",
    "identifier": [
        {"value": "SSN 1"},
        {"type": {"coding": [{"code": "MR"}]}, "value": "A-7"},
    ],
    "communication": [{"language": {"coding": [{"code": "es-MX"}]}}],
}


def test_patients_of_a_bundle_come_in_under_the_name_that_they_have_there(
    elm: Clinic, tmp_path: Path
) -> None:
    observation = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}}
    file = listed(elm, tmp_path, bundle(JOHN, observation))
    assert (file.asks, file.look().records, file.take()) == ("", 1, 1)
    kept = elm.history(1).patient
    assert kept == Patient(
        id=1,
        name="John Q Smith",
        birth_date=Incomplete(year=1979, month=11),
        sex="male",
        language="es",
        chart_number="A-7",
    )
    renamed = {**JOHN, "name": [{"text": "Jon Smythe"}]}
    lines = f"{json.dumps(renamed)}\n{json.dumps({**JOHN, 'id': 'b', 'name': [], 'birthDate': '1979-13'})}\n"
    again = listed(elm, tmp_path, lines)
    found = again.look()
    assert (found.records, found.here) == (0, 1), "by its id, whatever the name is now"
    assert found.said == "0 records to take in; here already: 1 Patient resource."
    assert found.doubts == (
        "patient 1: Jon Smythe is here already, and not as in the file: John Q Smith, born 1979-11, chart A-7"
        " (record 1) stays so.",
    )
    again.doubtful = True
    assert (again.look().records, again.take()) == (0, 0)
    same = listed(elm, tmp_path, json.dumps({**JOHN, "name": [{"text": "JOHN  Q Smith"}]}))
    assert same.look().doubts == (), "another spelling is no other name"
    assert found.problems == ("patient 2, name: is empty", 'patient 2, birthDate: "1979-13" is not a date')


BO: dict[str, object] = {"resourceType": "Patient", "name": [{"text": "Bo Elm"}], "birthDate": "1960-02-03"}


def test_two_people_of_one_id_are_told_and_stay_out(elm: Clinic, tmp_path: Path) -> None:
    other = {**BO, "id": JOHN["id"]}
    file = listed(elm, tmp_path, bundle(JOHN, BO, other, {**JOHN, "identifier": []}))
    file.doubtful = True
    found = file.look()
    assert (found.records, found.here, found.repeated, found.doubts) == (1, 0, 0, ())
    assert found.problems == (
        "patient 3: Bo Elm, born 1960-02-03 has the id of patient 1, John Q Smith, born 1979-11, chart A-7. "
        "Whose it is cannot be told from here: both stay out.",
    )
    assert file.take() == 1
    assert [row[0] for row in everybody(elm)] == ["Bo Elm"], "who has no id of two"


def test_one_person_who_stands_there_twice_is_repeated(elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, bundle(JOHN, {**JOHN, "identifier": []}, {**JOHN, "id": "x"}, BO))
    found = file.look()
    assert (found.records, found.here, found.repeated, found.problems, found.doubts) == (2, 0, 2, (), ())


UNWANTED = {
    "is dead by what stands there": [{"deceasedBoolean": True}, {"deceasedDateTime": "2019"}],
    "is no active record there": [{"active": False}],
    "is replaced by another record there": [
        {"active": False, "link": [{"other": {"reference": "Patient/2"}, "type": "replaced-by"}]}
    ],
}


@pytest.mark.parametrize(("says", "change"), [(says, one) for says, some in UNWANTED.items() for one in some])
def test_a_record_that_nobody_may_want_is_a_doubt(
    says: str, change: dict[str, object], elm: Clinic, tmp_path: Path
) -> None:
    alive = {"active": True, "deceasedBoolean": False, "link": [{"type": "replaces"}]}
    file = listed(elm, tmp_path, bundle({**JOHN, **change}, {**BO, **alive}))
    assert (file.look().records, file.look().doubts) == (1, (f"patient 1: John Q Smith {says}.",))
    file.doubtful = True
    assert (file.look().records, file.take()) == (2, 2)
    assert [row[0] for row in everybody(elm)] == ["John Q Smith", "Bo Elm"], "in the order of the file"


def test_of_two_records_of_one_person_that_counts_which_is_in_use(elm: Clinic, tmp_path: Path) -> None:
    file = listed(elm, tmp_path, bundle({**BO, "active": False}, {**BO, "gender": "male"}))
    assert (file.look().records, file.look().repeated, file.look().doubts) == (1, 1, ())
    file.take()
    assert everybody(elm) == [("Bo Elm", "1960-02-03", "male", "")]


def test_who_may_be_dead_and_here_is_told_in_one_line(elm: Clinic, tmp_path: Path) -> None:
    elm.add_patient(patient("Bodo Elm", birth_date=datetime.date(1960, 2, 3)))
    file = listed(elm, tmp_path, bundle({**BO, "deceasedBoolean": True, "active": False}))
    assert file.look().doubts == (
        "patient 1: Bo Elm is dead by what stands there and is no active record there; may be Bodo Elm, born "
        "1960-02-03 (record 1). One birth date.",
    )


MAIDEN = {"use": "maiden", "text": "Ann Maiden"}


@pytest.mark.parametrize(
    ("names", "means"),
    [
        ([MAIDEN, {"text": "Ann Now"}], "Ann Now"),
        ([{"use": "old", "text": "x"}, {"use": "temp"}, {"text": "Ann Now"}], "Ann Now"),
        ([{"use": "nickname", "text": "Annie"}, {"use": "official", "text": "Ann Now"}], "Ann Now"),
        ([{"text": "Ann"}, {"use": "official", "text": "Ann Now"}], "Ann Now"),
        ([{"use": "official", "text": "Ann"}, {"use": "usual", "text": "Ann Now"}], "Ann Now"),
        ([{"use": "usual"}, MAIDEN], "Ann Maiden"),
    ],
)
def test_a_name_of_before_is_taken_where_there_is_no_other(
    names: list[object], means: str, elm: Clinic, tmp_path: Path
) -> None:
    listed(elm, tmp_path, bundle({**BO, "name": names})).take()
    assert [row[0] for row in everybody(elm)] == [means]


def typed(code: str, value: str, **more: object) -> dict[str, object]:
    return {"type": {"coding": [{"code": code}]}, "value": value, **more}


@pytest.mark.parametrize(
    ("numbers", "means"),
    [
        ([typed("SS", "999-11-2222")], ""),
        ([{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-11-2222"}, {"value": "7"}], "7"),
        ([{"system": "urn:oid:2.16.840.1.113883.4.1", "value": "999-11-2222"}], ""),
        ([{"system": "urn:oid:2.16.840.1.113883.4.10", "value": "7"}], "7"),
        ([{"type": {"text": "Social Security Number"}, "value": "999-11-2222"}], ""),
        ([typed("DL", "S99"), typed("PPN", "X1"), typed("NNESP", "Y2")], ""),
        ([typed("MR", "1", use="old"), typed("PI", "7")], "7"),
        ([typed("MR", "1", use="old"), typed("MR", "7"), {"value": "2"}], "7"),
        ([typed("MR", "7", use="old")], "7"),
        ([{"use": "temp", "value": "1"}, {"value": "7"}], "7"),
    ],
)
def test_a_number_that_the_state_gave_is_no_chart_number(
    numbers: list[object], means: str, elm: Clinic, tmp_path: Path
) -> None:
    listed(elm, tmp_path, bundle({**BO, "identifier": numbers})).take()
    assert [row[3] for row in everybody(elm)] == [means]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Ann"},
        {"name": [{"text": "Ann\0Ash"}]},
        {"name": [1]},
        {"communication": [{}]},
        {"identifier": {"value": 1}},
        {"birthDate": 7},
    ],
)
def test_a_patient_who_is_no_fhir_is_a_problem_and_the_rest_comes_in(
    change: dict[str, object], elm: Clinic, tmp_path: Path
) -> None:
    sound = {**JOHN, "id": "b"}
    file = listed(elm, tmp_path, bundle({**JOHN, **change}, sound))
    found = file.look()
    assert (found.records, len(found.problems)) == (1, 1)
    assert found.problems[0].startswith("patient 1, ")


@pytest.mark.parametrize(
    ("told", "means"),
    [
        *(("es", "es"), ("ES-mx", "es"), ("es_419", "es"), ("spa", "es"), ("swe", "sv"), ("ger", "de")),
        *(("Spanish", "es"), ("Español", "es"), ("polski", "pl"), ("Szwedzki", "sv"), ("", "en")),
        *(("Klingon", "en"), ("tlh", "en")),
    ],
)
def test_a_language_is_read_alike_from_a_list_and_from_fhir(
    told: str, means: str, elm: Clinic, tmp_path: Path
) -> None:
    spoken = [{"language": {"coding": [{"code": told}]}}, {"language": {"text": told}}]
    people = [
        {"resourceType": "Patient", "birthDate": "1979", "name": [{"text": name}], "communication": [one]}
        for name, one in zip(("Ann Ash", "Bo Elm"), spoken, strict=True)
    ]
    for content in (f"name,born,language\nCarl Fir,1979-05-02,{told}\n", bundle(*people)):
        file = listed(elm, tmp_path, content)
        file.look()
        file.take()
    assert [elm.history(number).patient.language for number in (1, 2, 3)] == [means] * 3


def test_what_is_said_of_dates_is_said_of_a_list_alone(
    elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    path = tmp_path / "patients.json"
    path.write_text(bundle(JOHN), "utf-8")
    ran = CliRunner().invoke(commands, ["import", "--yes", "--dates", "dmy", str(path)])
    assert ran.stdout == "1 record to take in.\n1 record taken in.\n"


def test_a_list_that_waits_for_the_order_of_dates_says_how_to_tell_it(elm: Clinic, tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match="Say it with --dates dmy or --dates mdy"):
        listed(elm, tmp_path, US).look()


def test_thousands_are_told_apart_in_what_the_commands_count(
    elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    path = tmp_path / "list.csv"
    path.write_text("name,born\nAnn,1979-05-02\n", "utf-8")
    monkeypatch.setattr(PatientsFile, "take", lambda *_: 1200)
    ran = CliRunner().invoke(commands, ["import", "--yes", str(path)])
    assert ran.stdout.endswith("1,200 records taken in.\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_fhir_with_a_mark_before_it_is_no_list(encoding: str, elm: Clinic, tmp_path: Path) -> None:
    """As PowerShell writes it."""
    assert listed(elm, tmp_path, f"\n{bundle(JOHN)}".encode(encoding)).look().records == 1


@pytest.mark.parametrize("head", ['"line",name,born', 'name,"line",born'])
def test_a_list_with_a_column_that_is_called_line_is_a_list(head: str, elm: Clinic, tmp_path: Path) -> None:
    row = "Ann Ash,1,1979-05-02" if head.startswith("name") else "1,Ann Ash,1979-05-02"
    assert listed(elm, tmp_path, f"{head}\n{row}\n").look().records == 1


def test_fhir_that_tells_of_a_line_is_fhir(elm: Clinic, tmp_path: Path) -> None:
    home = {**JOHN, "address": [{"line": ["1 Oak St"]}]}
    home = {"address": home.pop("address"), **home}
    assert listed(elm, tmp_path, json.dumps(home)).look().records == 1


def test_what_mmt_writes_as_fhir_it_takes_in_as_patients(oak: Clinic, elm: Clinic, tmp_path: Path) -> None:
    who = oak.add_patient(patient(NASTY[0], handedness="left", large_print=True, chart_number="007"))
    went = oak.exchange().write("fhir", tmp_path).path
    file = elm.exchange().file(went)
    file.look()
    assert file.take() == 1
    assert elm.history(1).patient == who
    json_file = oak.exchange().write("json", tmp_path).path
    assert elm.exchange().file(json_file).look().here == 1, "the same name among clinics"


def test_the_command_asks_once_shows_and_takes_in(
    elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    path = tmp_path / "list.csv"
    path.write_text(US, "utf-8")
    runner = CliRunner()
    without = runner.invoke(commands, ["import", "--yes", str(path)])
    assert (without.exit_code, without.stdout) == (1, "")
    assert "Say it with --dates dmy" in without.stderr
    told = runner.invoke(commands, ["import", str(path)], input="mdy\nyes\n")
    assert told.exit_code == 0
    assert told.stderr.count("Does the day stand first") == 1
    assert "row 4, DOB: is empty" in told.stdout
    assert "2 records to take in." in told.stdout
    assert told.stdout.endswith("2 records taken in.\n")
    again = runner.invoke(commands, ["import", "--yes", "--dates", "mdy", str(path)])
    assert again.stdout.endswith("0 records to take in; here already: 2 rows.\n")


def test_on_a_screen_only_the_first_of_many_lines_are_shown(
    elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    path = tmp_path / "list.csv"
    path.write_text("name,born\n" + "Ann,\n" * 40, "utf-8")
    everything = CliRunner().invoke(commands, ["import", str(path)])
    assert everything.stdout.count("born: is empty") == 40
    monkeypatch.setattr("mmt.cli.shared._on_a_screen", lambda: True)
    shown = CliRunner().invoke(commands, ["import", str(path)])
    assert shown.stdout.count("born: is empty") == 12
    assert "… and 28 more. With `> found.txt` behind the command" in shown.stdout


LONGEST_S = 3
"""Each took more than ten seconds where all rows were held against all."""


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Ann Ash,1979-05-02,7", (1, 2999, 0)),
        ("{0} {1},1910-01-01,", (3000, 0, 0)),
        ("Ann {1},1910-01-01,", (1, 0, 2999)),
        ("{0} Smith,1910-01-01,", (3000, 0, 0)),
        ("{0} {1},{2},n/a", (1, 0, 2999)),
    ],
    ids=["equal", "one birth date", "one first name", "one last name", "one chart number"],
)
def test_rows_that_share_what_most_do_not_take_no_longer(
    row: str, found: tuple[int, int, int], elm: Clinic, tmp_path: Path
) -> None:
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [["".join(chance.choices(letters, k=12)) for _ in "12"] for _ in range(3000)]
    rows = (
        row.format(*both, f"{1930 + at % 80}-{1 + at % 12:02}-{1 + at % 28:02}")
        for at, both in enumerate(names)
    )
    file = listed(elm, tmp_path, "name,born,chart\n" + "\n".join(rows) + "\n")
    begun = time.monotonic()
    told = file.look()
    assert time.monotonic() - begun < LONGEST_S
    assert (told.records, told.repeated, len(told.doubts)) == found
