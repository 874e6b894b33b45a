"""What comes from outside, each by a function that takes its bytes: values or sentences come of it.

Hypothesis and a coverage-guided fuzzer feed the same functions.
"""

import datetime
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace

from mmt.case import read_case, run
from mmt.case.explain import explanation
from mmt.clinic import Clinic, own_errors, settings
from mmt.clinic.backups import last, manifest
from mmt.clinic.backups.restoring import restore
from mmt.clinic.exchange.patients_in import PatientsFile
from mmt.clinic.exchange.records_in import RecordsFile
from mmt.dates.typed import birth_date
from mmt.exchange.decoding import object_of
from mmt.exchange.fhir.comparing import digest_of, encounter_of
from mmt.exchange.fhir.fetched import fetched_visits
from mmt.exchange.fhir.verdicts import verdict
from mmt.exchange.records import (
    Answered,
    Decided,
    Head,
    KeptProtocol,
    PatientRecord,
    Person,
    RecordSet,
    Seen,
    VisitRecord,
    line_of,
)
from mmt.library import load as library
from mmt.library import templates
from mmt.library.signoffs import parsed
from mmt.model.errors import ClinicError
from mmt.model.lengths import millimetres
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.protocol import content
from mmt.model.sign_in import NewKeys
from mmt.model.text import clean
from mmt.paths import Places, shipped
from mmt.storage.keyfile import read_secrets
from mmt.storage.keys.passphrase import why_not
from mmt.storage.keys.recovery import fresh_code, read_code
from mmt.storage.keys.tries import Tries, read_tries
from mmt.storage.mark import rolled_back
from mmt.storage.remains import mark_of
from mmt.storage.slots.file import Slots, is_slots, read_slots
from mmt.toml.file import read_toml

TODAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
_LONGEST = 6_000
"""Bytes of a seed: mutations of a long file are spent on what repeats."""


class Target(NamedTuple):
    """What takes the bytes, and files that are sound, from which faulty ones are made."""

    take: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]


def _files(folder: Path) -> list[bytes]:
    found = (path.read_bytes() for path in sorted(folder.rglob("*.toml")))
    return [data for data in found if len(data) < _LONGEST]


@cache
def _room() -> Path:
    return Path(tempfile.mkdtemp(prefix="mmt-fuzz-"))


def _put(name: str, data: bytes) -> Path:
    path = _room() / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@cache
def _shipped() -> library.Library:
    return library.load([shipped("protocols")])


def case(data: bytes) -> None:
    """A case file, read, reviewed and explained."""
    protocol = _shipped().protocol
    found, problems = read_case(data, "case", protocol)
    assert (found is None) == bool(problems)
    if found is not None:
        explanation(found, run.reviews(found, protocol), protocol)
    assert all(map(str, problems))


def protocol(data: bytes) -> None:
    """A protocol file of the clinic's own. What is sound by itself is laid over what comes with mmt."""
    path = _put("protocols/mine.toml", data)
    problems: list[library.Problem] = []
    if library._folder(path.parent, problems):  # noqa: SLF001  (all of it takes 50 ms)
        library.load([shipped("protocols"), path.parent])
    assert all(map(str, problems))


@cache
def _templates() -> templates._Read:
    read = templates._Read({}, {}, {}, [])  # noqa: SLF001
    for path in sorted(shipped("reports/templates").glob("*.toml")):
        read.take(read_toml(path, path.name)[0], path.name)
    return read


def template(data: bytes) -> None:
    """A template of the clinic's own, over those that come with mmt."""
    path, base = _put("templates/mine.toml", data), _templates()
    _, problems = templates.load_templates([path.parent])
    assert all(map(str, problems))
    own, faults = read_toml(path, path.name)
    if not faults and isinstance(document := own.get("id"), str) and document in base.tables:
        read = templates._Read(*(one.copy() for one in base))  # noqa: SLF001
        read.take(templates.changed(base.tables[document], own), path.name)


def signoffs(data: bytes) -> None:
    """What clinicians signed off."""
    found = parsed(data, "reviews.toml")
    assert found.only_signed or not found.problems, "a faulty file prints nothing unsigned"


def key(data: bytes) -> None:
    """A key file."""
    _sentence(lambda: read_secrets(_put("key/clinic.key", data)))


def of_backup(data: bytes) -> None:
    """The manifest of a backup."""
    folder = _put(f"backup/{manifest.NAME}", data).parent
    _sentence(lambda: manifest.read(folder)[0].held)
    _sentence(lambda: restore(folder, _room() / "restored"))


def _manifest() -> bytes:
    into = _room() / "stick"
    into.mkdir(exist_ok=True)
    return (_clinic().backups().make(into).folder / manifest.NAME).read_bytes()


def key_with_slots(data: bytes) -> None:
    """A key file that asks for a passphrase; also where its check was put right."""
    path = _put("key/clinic.key", data)
    _sentence(lambda: is_slots(path) and read_slots(path).users)
    with suppress(ValueError):
        found = msgspec.json.decode(data, type=Slots)
        path.write_bytes(replace(found, check=found.checked()).encoded)
        _sentence(lambda: read_slots(path).users)


@cache
def _slots() -> bytes:
    kept = Places(_room() / "by passphrase")
    keys = NewKeys(passphrase="seven otters walk by", code=fresh_code())
    Clinic.create(kept, Letterhead(), "Dr Example", keys).close()
    return kept.key.read_bytes()


def new_passphrase(data: bytes) -> None:
    """What is typed where a passphrase is chosen, or the recovery code asked for."""
    text = _text(data)
    said = why_not(text, "Dr Example", "Our Clinic")
    assert not said or said.endswith(".")
    _sentence(lambda: read_code(text))


def mark(data: bytes) -> None:
    """The file that says how far the records had come."""
    path = _put("mark/clinic.mark", data)
    with _clinic().store.reading() as db:
        said = rolled_back(db, path.with_name("clinic.db"), _clinic().store.secrets)
    assert not said or said.endswith("."), said


def small_files(data: bytes) -> None:
    """The files in which mmt remembers what was chosen, and the last backup."""
    settings.read(_put("small/settings.json", data))
    own_errors.read(_put("small/own-errors.json", data))
    last.read(_put("small/last-backup.json", data))
    read_tries(_put("small/tries.json", data)).waits(NOW)


def _remembered() -> list[bytes]:
    settings.write(_put("small/settings.json", b""), settings.Settings())
    made = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
    return [
        (_room() / "small/settings.json").read_bytes(),
        msgspec.json.encode(last.Last(folder="/media/stick", made=made, state="0")),
        b'{"chosen":"2026-03-02","errors":[]}',
        msgspec.json.encode(Tries(failed=5, last=made)),
    ]


@cache
def _clinic() -> Clinic:
    clinic = Clinic.create(Places(_room() / "clinic"), Letterhead(), "Dr Example", today=lambda: TODAY)
    for name in NAMES:
        clinic.add_patient(Patient(name=name, birth_date=datetime.date(1980, 5, 17)), sure=True)
    return clinic


NAMES = ("Łukasz Żółć-O'Brien [L]", "Ann Smith", "李 小龙", "Müller-Lüdenscheidt", '%_\\ "quoted" *')


def search(data: bytes) -> None:
    """What is typed to find a patient."""
    _clinic().search(_text(data))


def typed(data: bytes) -> None:
    """What is typed into the form of a patient: kept clean and found again, or refused in a sentence."""
    name, _, chart = _text(data).partition("\n")
    born = datetime.date(1980, 5, 17)

    def keep() -> None:
        kept = _clinic().add_patient(Patient(name=name, chart_number=chart, birth_date=born), sure=True)
        assert (kept.name, kept.chart_number) == (clean(name), clean(chart))

    _sentence(keep)
    _sentence(lambda: birth_date(name, TODAY))
    _sentence(lambda: millimetres(name))


def records(data: bytes) -> None:
    """A file of records of another clinic."""

    def look() -> None:
        file = _clinic().exchange().file(_put("records/records.jsonl", data))
        whole = isinstance(file, RecordsFile)
        assert all(one.endswith(".") for one in (file.look().problems if whole else ()))

    _sentence(look)


def _records() -> bytes:
    """A patient with an open visit, in full."""
    site, at = str(UUID(int=1)), NOW
    digest, body = content(_clinic().protocol)
    seen = Seen(
        test="TA", side="left", value=Observation(test="TA", grade="4-"), examiner="A", scale="x", at=at
    )
    visit = VisitRecord(
        **{
            "id": str(UUID(int=2)),
            "site": site,
            "number": 7,
            "date": TODAY,
            "examiner": "A",
            "scale": "MRC-8",
        },
        exam="full",
        protocol=digest,
        started=at,
        observations=(seen,),
        answers=(Answered(topic="story", question="nprs_back", value=3, at=at),),
        decisions=(Decided(finding="weakness:TA:left", at=at),),
    )
    person = Person(name="Zoë Far", birth_date=datetime.date(1950, 5, 17))
    one = PatientRecord(id=str(UUID(int=3)), person=person, added=at, visits=(visit,))
    head = Head(protocols=1, records=1, sites={site: "Lake Clinic"})
    return b"".join(
        map(line_of, (head, KeptProtocol(digest=digest, body=msgspec.Raw(body)), RecordSet(patients=(one,))))
    )


def arriving(data: bytes) -> None:
    """A list of patients, or FHIR."""

    def look() -> None:
        file = _clinic().exchange().file(_put("records/list.csv", data))
        if isinstance(file, PatientsFile):
            file.order = "dmy"
        file.look()

    _sentence(look)


LISTS = (
    'Last Name,First Name,DOB,Gender\nSmith,Zoë,05/06/1979,F\n"O\'Brien",Ann,1979,\n'.encode(),
    "Name;Geburtsdatum\nMüller;2.5.1979\n".encode("utf-16"),
    b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"x",'
    b'"name":[{"family":"A","given":["B"]}],"birthDate":"1979-05","identifier":[{"value":"1"}]}}]}',
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _sentence(ask: Callable[[], object]) -> None:
    """Ask for what may be refused: it is by a sentence."""
    said = ""
    try:
        ask()
    except (ClinicError, ValueError) as error:
        said = str(error)
    assert not said or said.endswith((".", "?")), said


def answer(data: bytes) -> None:
    """What a server answers, and what it tells of a visit."""
    for status in (200, 422):
        assert verdict(status, {"retry-after": _text(data)}, data, 1, NOW).words.isprintable()
    value = object_of(data)
    told = {"Encounter/v": {**value, "id": "v"}, "Observation/o": {**value, "resourceType": "Observation"}}
    told["Observation/o"]["encounter"] = {"reference": "Encounter/v"}
    for one in (*told.values(), value):
        digest_of(one)
        encounter_of(one)
    for visit in fetched_visits(told):
        assert all(line.isprintable() for line in (visit.heading, *visit.lines))


ANSWERED = (
    b'{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"200"}}]}',
    b'{"resourceType":"OperationOutcome","issue":[{"details":{"text":"no"},"expression":["a"]}]}',
    b'{"status":"finished","period":{"start":"2026-03-02"},"code":{"coding":[{"display":"x"}]},'
    b'"valueQuantity":{"value":1.5,"unit":"kg"},"component":[{"code":{},"valueString":"y"}],'
    b'"bodySite":{"text":"left"},"content":[{"attachment":{"contentType":"text/plain","data":"eA=="}}]}',
)

TARGETS = {
    "answer": Target(answer, lambda: [*ANSWERED]),
    "case": Target(case, lambda: _files(Path(__file__).parent.parent / "cases")[::20]),
    "protocol": Target(protocol, lambda: _files(shipped("protocols"))),
    "template": Target(template, lambda: _files(shipped("reports/templates"))),
    "signoffs": Target(signoffs, lambda: [SIGNED_OFF]),
    "key": Target(key, lambda: [b"ab" * 32 + b"\n", b"ab" * 32 + b"\n" + b"cd" * 32 + b"\n"]),
    "manifest": Target(of_backup, lambda: [_manifest()]),
    "mark": Target(mark, lambda: [mark_of(_clinic().places.database).read_bytes()]),
    "small files": Target(small_files, _remembered),
    "slots": Target(key_with_slots, lambda: [_slots()]),
    "passphrase": Target(new_passphrase, lambda: [b"seven otters walk by", fresh_code().encode()]),
    "records": Target(records, lambda: [_records()]),
    "arriving": Target(arriving, lambda: [*LISTS]),
    "search": Target(search, lambda: [name.encode() for name in NAMES]),
    "typed": Target(typed, lambda: [b"17 May 1980", b"5/25/1989", b"33 7/8 in", *map(str.encode, NAMES)]),
}

SIGNED_OFF = b"""print_only_signed = true
[[reviews]]
item = "stretches:E01"
decision = "signed"
name = "Dr Example"
licence = "A 1"
date = 2026-03-02
digest = "0"
text = ["One.", "Two."]
"""
