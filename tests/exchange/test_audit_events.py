"""The acts of the chain as AuditEvents: valid, each known again, nothing of what stands in the records."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner
from made_up import NASTY, NOW, PROTOCOL, patient
from read_fhir import resources
from valid_fhir import faults

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.acts.listing import as_fhir
from mmt.exchange.fhir.audit import MOST, audit_event, bundles
from mmt.exchange.fhir.audit_codes import COUNTED
from mmt.exchange.fhir.code_systems import code_systems
from mmt.exchange.fhir.parts import extended, system
from mmt.exchange.fhir.people import organization
from mmt.model.acts import Act, Asked, SentAct
from mmt.model.observation import Observation
from mmt.storage import acts, stable_ids

Json = dict[str, Any]

OAK = organization("5f0c1d2e-3b4a-4c5d-8e6f-708192a3b4c5", "Oak Clinic")
UID = "6f0c1d2e-3b4a-4c5d-8e6f-708192a3b4c5"


def act(said: str, seq: int = 1, person: str = "Dr Oak", **more: Any) -> SentAct:
    return SentAct(seq=seq, seal=f"{seq:064x}", at=NOW, person=person, act=said, **more)


def events(clinic: Clinic, asked: Asked | None = None) -> list[Json]:
    """The acts, newest first, as they go out; each Bundle is valid."""
    out = [json.loads(line) for line in as_fhir(clinic, clinic.acts(asked).sent())]
    assert [faults(bundle) for bundle in out] == [[]] * len(out)
    return [one for bundle in out for one in resources(bundle, "AuditEvent")]


def said(event: Json) -> str:
    """The words of the chain."""
    more = [one["name"] for one in event.get("entity", []) if "name" in one]
    words = [one["code"] for one in event.get("subtype", []) if one["system"] == system("acts")]
    return ": ".join((*words, *more))


def number(event: Json) -> int:
    """The number of an act in the chain."""
    return int(extended(event, "act")[0]["extension"][0]["valuePositiveInt"])


def about(event: Json) -> dict[str, tuple[str, str]]:
    """With which records an act was done: id there and number here."""
    return {
        one["detail"][0]["type"]: (
            one.get("what", {}).get("identifier", {}).get("value", ""),
            one["detail"][0]["valueString"],
        )
        for one in event.get("entity", [])
        if "detail" in one
    }


def without_looking(found: list[Json]) -> list[Json]:
    return [one for one in found if said(one) != Act.LOOKED_AT_ACTS]


def test_each_act_that_there_is_goes_out_by_published_codes_and_its_own() -> None:
    assert set(COUNTED) == set(Act)
    found = [
        act(one, at, patient=7, patient_uid=UID, visit=8, visit_uid=UID) for at, one in enumerate(Act, 1)
    ]
    out = [*bundles(OAK, found)]
    assert [faults(bundle) for bundle in out] == [[], []]
    assert [said(one) for bundle in out for one in resources(bundle, "AuditEvent")] == [*Act]
    own = resources(code_systems(PROTOCOL), "CodeSystem")
    (published,) = (one for one in own if one["url"] == system("acts"))
    assert [one["code"] for one in published["concept"]] == [*Act]


def test_no_bundle_has_more_entries_than_a_server_takes_and_none_is_lost() -> None:
    """Who did it counts, too: here somebody else each time, or the same two."""
    for people in (130, 2):
        found = [act(Act.SIGNED, at, f"Dr {at % people}") for at in range(1, 131)]
        out = [*bundles(OAK, found)]
        assert MOST - 1 <= max(len(bundle["entry"]) for bundle in out) <= MOST
        assert [faults(bundle) for bundle in out] == [[]] * len(out)
        numbers = [number(one) for bundle in out for one in resources(bundle, "AuditEvent")]
        assert numbers == [*range(1, 131)]
    assert [*bundles(OAK, ())] == []


def test_nasty_names_and_words_that_this_mmt_does_not_know_are_valid() -> None:
    found = [act(Act.SET.of(one), at, one) for at, one in enumerate(NASTY, 1)]
    found += [act(one, at, one) for at, one in enumerate(NASTY, 100)]
    (bundle,) = bundles(OAK, found)
    assert faults(bundle) == []
    assert [said(one) for one in resources(bundle, "AuditEvent")] == [one.act for one in found]


@pytest.mark.parametrize(
    ("done", "type_", "more", "action", "outcome"),
    [
        (Act.FAILED, "110114", ["110122"], "E", "4"),
        (Act.SIGNED_IN, "110114", ["110122"], "E", "0"),
        (Act.OPENED_PATIENT, "110110", [], "R", "0"),
        (Act.ADDED_PATIENT, "110110", [], "C", "0"),
        (Act.OBSERVED, "110110", [], "U", "0"),
        (Act.ERASED, "110110", [], "D", "0"),
        (Act.EXPORTED.of("fhir"), "110106", [], "R", "0"),
        (Act.LOOKED_AT_ACTS, "110101", [], "R", "0"),
        (Act.RESTRICTED, "110113", ["110135"], "U", "0"),
    ],
)
def test_an_auditor_finds_it_as_what_it_was(
    done: str, type_: str, more: list[str], action: str, outcome: str
) -> None:
    event = audit_event(OAK, act(done))
    dicom = [one["code"] for one in event["subtype"] if one["system"] == event["type"]["system"]]
    assert (event["type"]["code"], dicom, event["action"], event["outcome"]) == (type_, more, action, outcome)


def test_the_same_act_has_the_same_id_and_another_one_of_its_number_another() -> None:
    first, again = (audit_event(OAK, act(Act.SIGNED, 57)) for _ in range(2))
    assert first == again
    restored = SentAct(seq=57, seal="ab" * 32, at=NOW, person="Dr Oak", act=Act.SIGNED)
    elm = organization(UID, "Elm Clinic")
    ids = {
        first["id"],
        audit_event(OAK, restored)["id"],
        audit_event(elm, act(Act.SIGNED, 57))["id"],
        audit_event(OAK, act(Act.SIGNED, 58))["id"],
    }
    assert len(ids) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"action": "X"},
        {"outcome": "1"},
        {"recorded": "2026-03-02"},
        {"agent": [{"name": "Dr Oak"}]},
        {"source": {"site": "Oak"}},
        {"type": {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110122"}},
        {"subtype": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110199"}]},
        {"subtype": [{"system": "http://example.org", "code": "x"}]},
        {"entity": [{"name": "x", "query": "eA=="}]},
        {
            "entity": [
                {"lifecycle": {"system": "http://terminology.hl7.org/CodeSystem/object-role", "code": "1"}}
            ]
        },
        {"colour": "red"},
    ],
)
def test_what_says_valid_says_otherwise_of_a_planted_fault(change: Json) -> None:
    (bundle,) = bundles(OAK, [act(Act.SIGNED)])
    assert faults(bundle) == []
    resources(bundle, "AuditEvent")[0].update(change)
    assert faults(bundle)


def signed(clinic: Clinic, name: str = "Ann Secret") -> tuple[int, int]:
    """A patient with a signed visit; their numbers."""
    ann = clinic.add_patient(patient(name, chart_number="C-77"), sure=True).id
    visit = clinic.begin(ann, "Dr Oak", sure=True)
    visit.keep(Observation(test="TA", side="left", grade="4-"))
    visit.write(note="Told a secret")
    visit.act("Phoned")
    visit.sign("Dr Oak")
    visit.leave()
    return ann, visit.visit.id


def test_who_did_what_and_whose_record_it_was_are_told_by_the_ids_that_go_out_elsewhere(
    oak: Clinic, tmp_path: Any
) -> None:
    oak.store.actor = "Dr Oak"
    ann, visit = signed(oak)
    made = oak.exchange().write("fhir", tmp_path)
    record = json.loads(made.path.read_text("utf-8"))
    ids = {kind: resources(record, kind)[0]["id"] for kind in ("Patient", "Encounter", "Organization")}
    by = {one["name"][0]["text"]: one["id"] for one in resources(record, "Practitioner")}
    (event,) = (one for one in events(oak) if said(one) == Act.SIGNED)
    assert about(event) == {
        "record": (f"urn:uuid:{ids['Patient']}", str(ann)),
        "visit": (f"urn:uuid:{ids['Encounter']}", str(visit)),
    }
    assert event["source"]["observer"] == {"reference": f"Organization/{ids['Organization']}"}
    assert event["recorded"] == NOW.isoformat()
    (agent,) = event["agent"]
    assert (agent["requestor"], agent["name"]) == (True, "Dr Oak")
    assert agent["who"] == {"reference": f"Practitioner/{by['Dr Oak']}"}
    with oak.store.reading() as db:
        borne = acts.signing(db, visit)
    seal = extended(event, "act")[0]["extension"][1]["valueString"]
    assert borne == f"{number(event)}-{seal[:8]}", "as papers bear it"
    assert len(seal) == 64


def test_sent_twice_it_is_there_once_and_what_was_done_since_beside_it(oak: Clinic) -> None:
    signed(oak)
    first = without_looking(events(oak))
    oak.note("tried")
    again = without_looking(events(oak))
    assert again[-len(first) :] == first
    assert len(again) == len(first) + 1


def test_of_what_stands_in_a_record_nothing_goes_out_however_closed_it_is(oak: Clinic) -> None:
    """Restricted, hidden by a blind visit or neither: the same acts, and no word of the record."""
    ann, _ = signed(oak)
    bo, _ = signed(oak, "Bo Secret")
    open_to_all = without_looking(events(oak))
    oak.add_practitioner("Dr Second")
    oak.begin(bo, "Dr Second", blind=True, sure=True).leave()
    oak.rights(ann).restrict("Asked in secret", "Dr Oak")
    oak.close_record()
    closed = without_looking(events(oak))
    assert closed[-len(open_to_all) :] == open_to_all
    text = json.dumps(closed)
    for word in ("ecret", "C-77", '4-"', "Phoned", "TA", "1980-05"):
        assert word not in text, word
    assert {said(one) for one in closed} >= {Act.RESTRICTED, Act.BEGAN, Act.OBSERVED}


def test_of_an_erased_record_its_number_stays_and_no_id(oak: Clinic) -> None:
    ann, visit = signed(oak)
    with oak.store.reading() as db:
        uid = stable_ids.uid_of(db, ann)
    before = without_looking(events(oak, Asked(patient=ann)))
    assert uid in json.dumps(before)
    oak.today = lambda: datetime.date(2060, 1, 1)
    oak.rights(ann).erase()
    told = without_looking(events(oak, Asked(patient=ann)))
    assert uid not in json.dumps(told)
    signing = next(one for one in told if said(one) == Act.SIGNED)
    assert about(signing) == {"record": ("", str(ann)), "visit": ("", str(visit))}
    listed = [one.act for one in oak.acts(Asked(patient=ann)).all() if one.act != Act.LOOKED_AT_ACTS]
    assert [said(one) for one in told] == listed, "as many and as much as `mmt acts` tells"
    assert {one["id"] for one in before} <= {one["id"] for one in told}


def test_more_than_a_page_goes_out_whole_and_in_order(oak: Clinic) -> None:
    for _ in range(230):
        oak.note("tried")
    numbers = [number(one) for one in events(oak)]
    assert numbers == [*range(numbers[0], 0, -1)]


@pytest.fixture
def home(oak: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """The clinic that the commands find."""
    monkeypatch.setenv("MMT_HOME", str(oak.places.root))
    return oak


def test_the_command_prints_the_same_choices_as_lines_and_rows(home: Clinic) -> None:
    signed(home)
    home.store.actor = "Dr Second"
    bo, _ = signed(home, "Bo Secret")
    last = home.acts().page().acts[0].seq

    def printed(*words: str) -> str:
        ran = CliRunner().invoke(commands, ["acts", *words])
        assert ran.exit_code == 0, ran.stderr
        return ran.stdout

    def numbers(text: str) -> list[int]:
        found = [one for line in text.splitlines() for one in resources(json.loads(line), "AuditEvent")]
        return [one for one in map(number, found) if one <= last]

    for asked in ((), ("--patient", str(bo)), ("--person", home.store.actor), ("--day", "2026-03-02")):
        rows = printed("--as", "csv", *asked).splitlines()[1:]
        in_rows = [int(row.split(",")[0]) for row in rows]
        assert numbers(printed("--as", "fhir", *asked)) == [one for one in in_rows if one <= last]
    assert 0 < len(numbers(printed("--as", "fhir", "--person", "Dr Second"))) < last / 2
    none = CliRunner().invoke(commands, ["acts", "--as", "fhir", "--day", "2000-01-01"])
    assert (none.stdout, none.stderr) == ("", "No such act is kept.\n")
    assert printed("--csv").splitlines()[0] == printed("--as", "csv").splitlines()[0]


def test_two_kinds_at_once_are_refused_in_a_sentence(home: Clinic) -> None:
    ran = CliRunner().invoke(commands, ["acts", "--csv", "--as", "fhir"])
    assert ran.exit_code == 2
    assert "--csv and --as fhir are two kinds: name one." in ran.stderr
