"""A clinic sees whether its copy at the server is whole, and what is not."""

import json
import os
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from loopback import Asked, Fault, FhirServer, outcome, served
from made_up import NOW
from to_send import add, choose, send, sign

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.sending.reconciling import Reconciled
from mmt.exchange.fhir.comparing import digest_of
from mmt.model.acts import Act
from mmt.storage import outbox, restrictions

pytestmark = pytest.mark.usefixtures("content_once")


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


@pytest.fixture
def sent(oak: Clinic, server: FhirServer) -> Clinic:
    """A clinic whose visits are all there: two of a patient, one of another."""
    ann, ben = add(oak, "Ann"), add(oak, "Ben")
    for patient, day in ((ann, 2), (ann, 5), (ben, 3)):
        sign(oak, patient, day, seen=4)
    choose(oak, server.base)
    assert send(oak).accepted == 3
    server.page = 2
    return oak


def told(clinic: Clinic, patient: int | None = None) -> Reconciled:
    return clinic.sending().reconcile(patient)


def one_of(server: FhirServer, kind: str, day: str = "2026-03-02") -> str:
    """A resource of the visit of a day, by type and id."""
    return next(
        name for name, held in server.held.items() if name.startswith(f"{kind}/") and day in json.dumps(held)
    )


def test_a_whole_copy_is_told_as_one_page_by_page(sent: Clinic, server: FhirServer) -> None:
    written = dict(server.written)
    assert told(sent) == (2, 2, 0, (), ())
    assert dict(server.written) == written, "nothing is changed there"


def test_what_is_missing_is_named_and_sent_anew_where_asked(sent: Clinic, server: FhirServer) -> None:
    away = one_of(server, "Observation", "2026-03-05")
    del server.held[away]
    found = sent.sending().reconcile(send=True)
    assert found[:2] == (2, 1)
    assert found.lines == (f"record 1, visit of 2026-03-05: 1 resource missing there ({away}).",)
    assert send(sent).accepted == 1
    assert away in server.held
    assert told(sent).lines == ()


@pytest.mark.parametrize("kind", ["Provenance", "Encounter", "Practitioner", "Patient", "Organization"])
def test_each_kind_that_is_missing_is_found(kind: str, sent: Clinic, server: FhirServer) -> None:
    away = next(name for name in server.held if name.startswith(kind))
    del server.held[away]
    assert any("missing there" in line and away in line for line in told(sent).lines)
    sent.sending().reconcile(send=True)
    send(sent)
    assert told(sent).lines == ()


def test_what_was_changed_there_is_named_and_written_over_where_asked(
    sent: Clinic, server: FhirServer
) -> None:
    changed = one_of(server, "Observation")
    server.held[changed] = {**server.held[changed], "status": "entered-in-error"}
    assert told(sent).lines == (f"record 1, visit of 2026-03-02: 1 resource different there ({changed}).",)
    sent.sending().reconcile(send=True)
    send(sent)
    assert told(sent).lines == ()


def test_a_patient_whom_another_site_wrote_last_is_no_difference(sent: Clinic, server: FhirServer) -> None:
    who = next(name for name in server.held if name.startswith("Patient/"))
    changed = {**server.held[who], "name": [{"text": "Ann Other"}]}
    server.held[who] = changed
    assert len(told(sent).lines) == 1
    server.held[who] = {**changed, "managingOrganization": {"reference": "Organization/elsewhere"}}
    assert told(sent).lines == ()


def test_what_is_too_much_of_a_visit_is_named_and_what_others_wrote_is_not(
    sent: Clinic, server: FhirServer
) -> None:
    one = server.held[one_of(server, "Observation")]
    server.held["Observation/more"] = {**one, "id": "more"}
    server.held["Observation/theirs"] = {**one, "id": "theirs", "encounter": {"reference": "Encounter/away"}}
    visit = server.held[one_of(server, "Encounter")]
    server.held["Encounter/gone"] = {**visit, "id": "gone"}
    server.held["Encounter/theirs"] = {**visit, "id": "theirs", "identifier": [{"system": "x", "value": "1"}]}
    assert told(sent).lines == (
        "record 1, visit of 2026-03-02: 1 resource there and not here (Observation/more).",
        "record 1: 1 resource there and not here (Encounter/gone).",
    )


def test_what_still_waits_is_no_fault(sent: Clinic) -> None:
    sign(sent, 1, 9)
    assert told(sent)[:4] == (2, 2, 1, ())


def test_a_restricted_record_is_neither_compared_nor_told(sent: Clinic, server: FhirServer) -> None:
    with sent.store.writing(Act.RESTRICTED) as db:
        restrictions.restrict(db, 1, "Asked for", "Dr Oak", NOW, restricted=True)
    server.asked.clear()
    found = told(sent)
    assert found[:2] == (1, 1)
    assert found.lines == ("record 1: not compared. It is restricted: Asked for",)
    uid = next(one for one in server.held if one.startswith("Patient/")).partition("/")[2]
    assert not [one for one in server.asked if uid in one.path]


def test_a_server_that_finds_nothing_by_the_patient_is_read_by_the_ids(
    sent: Clinic, server: FhirServer
) -> None:
    server.fails = lambda one: Fault(status=400) if "Observation?" in one.path else None
    away = one_of(server, "Observation")
    del server.held[away]
    lines = told(sent).lines
    assert lines[0].endswith(f"1 resource missing there ({away}).")
    assert lines[1].startswith("The server does not find Observation by the patient (status 400)")


def test_a_server_that_is_lost_in_the_middle_calls_nothing_missing(sent: Clinic, server: FhirServer) -> None:
    def fails(one: Asked) -> Fault | None:
        return Fault(status=500) if one.path.startswith("/fhir/Provenance/") else None

    server.fails = fails
    found = told(sent)
    assert found.rows == ()
    (line,) = found.lines
    assert re.fullmatch(
        r"127\.0\.0\.1:\d+ was asked for Provenance/[-0-9a-f]+, and answered with status 500 and no word\. "
        "What was not compared until then is not told.",
        line,
    )


@pytest.mark.parametrize("asks", ["/fhir/Encounter?", "/fhir/Provenance/"])
def test_a_page_that_says_not_found_is_no_word_of_the_server(
    asks: str, sent: Clinic, server: FhirServer
) -> None:
    """A proxy says so of everything, where the server behind it is away."""
    page = Fault(status=404, body=b"<html><title>404 Not Found</title></html>")
    server.fails = lambda one: page if one.path.startswith(asks) else None
    found = told(sent)
    assert (found.whole, found.rows) == (0, ())
    (line,) = found.lines
    assert "answered with a web page “404 Not Found” instead of FHIR (status 404)." in line


def test_another_resource_than_was_asked_for_is_not_taken_for_it(sent: Clinic, server: FhirServer) -> None:
    other = Fault(status=200, body=json.dumps(outcome("too busy")).encode())
    server.fails = lambda one: other if one.path.startswith("/fhir/Provenance/") else None
    found = told(sent)
    assert (found.whole, found.rows) == (0, ())
    assert "and answered with status 200: too busy." in found.lines[0]


def test_another_way_to_write_the_same_is_no_difference() -> None:
    one = {
        "resourceType": "Observation",
        "subject": {"reference": "Patient/1"},
        "issued": "2026-03-02T09:30:00+00:00",
        "valueQuantity": {"value": 3},
    }
    other = {
        "valueQuantity": {"value": 3.0},
        "issued": "2026-03-02T09:30:00Z",
        "subject": {"reference": "https://x.example/r4/Patient/1/_history/2", "display": "Ann"},
        "resourceType": "Observation",
        "meta": {"versionId": "7"},
        "text": {"status": "generated"},
    }
    assert digest_of(one) == digest_of(other)
    for change in (
        {"subject": {"reference": "Patient/2"}},
        {"issued": "2026-03-02T09:31:00Z"},
        {"valueQuantity": {"value": 3.5}},
        {"status": "final"},
    ):
        assert digest_of({**one, **change}) != digest_of(other)


def test_the_command_tells_and_sends_anew(sent: Clinic, server: FhirServer) -> None:
    del server.held[one_of(server, "Observation")]
    env = {**os.environ, "MMT_HOME": str(sent.places.root)}

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(commands, words, env=env)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    code, said = run("reconcile", "--patient", "2")
    assert (code, "1 record compared, 1 whole there." in said) == (0, True)
    code, said = run("reconcile", "--send")
    assert code == 1
    assert "1 resource missing there" in said
    assert "2 records compared, 1 whole there." in said
    assert "1 visit to be sent anew" in said
    assert run("send")[0] == 0
    assert run("reconcile")[0] == 0
    with sent.store.reading() as db:
        assert outbox.waiting(db) == []
