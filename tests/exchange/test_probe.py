"""A server is tried before anything is sent to it, and nothing of that stays there."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback import Asked, Fault, FhirServer, served
from to_send import add, sign

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.errors import ClinicError
from mmt.model.sending import Server

pytestmark = pytest.mark.usefixtures("content_once")


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


def chosen(clinic: Clinic, server: FhirServer, most: int = 50) -> tuple[str, ...]:
    return clinic.sending().choose(Server(base=server.base, most=most))


def test_a_good_server_is_told_as_one_and_is_left_as_it_was(oak: Clinic, server: FhirServer) -> None:
    assert chosen(oak, server) == (
        "It is Loopback, FHIR 4.0.1.",
        "It takes 50 resources in one transaction.",
        "What is sent twice is there once.",
        "Of a visit it takes all or none.",
        "It notices where something was changed meanwhile.",
        "What was put there to try it was deleted again.",
    )
    assert server.held == {}
    there = oak.sending().server
    assert there is not None
    assert (there.base, there.most) == (server.base, 50)


def test_the_number_of_resources_that_it_takes_is_found(oak: Clinic, server: FhirServer) -> None:
    server.most = 25
    assert "It takes 25 resources in one transaction, not 50: larger visits go in parts." in chosen(
        oak, server
    )
    there = oak.sending().server
    assert there is not None
    assert there.most == 25


def test_a_server_that_keeps_parts_is_told(oak: Clinic, server: FhirServer) -> None:
    server.atomic = False
    assert any("It keeps PARTS of a visit" in one for one in chosen(oak, server))


def test_a_server_that_runs_a_transaction_as_a_batch_is_told(oak: Clinic, server: FhirServer) -> None:
    server.kind = "batch-response"
    assert any("It keeps PARTS of a visit" in one for one in chosen(oak, server))


def test_a_server_that_takes_batches_alone_is_told_so_and_is_left_as_it_was(
    oak: Clinic, server: FhirServer
) -> None:
    server.takes = {"batch"}
    with pytest.raises(ClinicError) as raised:
        chosen(oak, server)
    says = (
        "answered with status 400: a transaction is not supported. It takes batches alone: of a visit a part"
    )
    assert says in str(raised.value)
    assert (oak.sending().server, server.held) == (None, {})
    server.fails = lambda one: Fault(status=501) if one.body.get("type") == "transaction" else None
    with pytest.raises(ClinicError, match=r"takes no transactions \(status 501\).* It takes batches alone"):
        chosen(oak, server)


def test_a_server_that_takes_neither_is_told_so(oak: Clinic, server: FhirServer) -> None:
    server.takes = set()
    with pytest.raises(ClinicError, match=r"not supported\. It takes no transaction of mmt's\. Nothing was"):
        chosen(oak, server)


def test_a_server_that_answers_for_a_part_alone_is_told_so(oak: Clinic, server: FhirServer) -> None:
    server.silent = 1
    with pytest.raises(ClinicError, match=r"answered for 4 of 5 resources: whether .* takes no transaction"):
        chosen(oak, server)
    assert server.held == {}


def test_a_server_that_gives_nothing_back_is_told(oak: Clinic, server: FhirServer) -> None:
    server.fails = lambda one: Fault(status=403) if one.method == "GET" and "Org" in one.path else None
    assert any("does NOT give back what it took" in one for one in chosen(oak, server))


def test_a_server_that_minds_no_versions_is_told(oak: Clinic, server: FhirServer) -> None:
    server.versions = False
    assert any("It does not tell versions" in one for one in chosen(oak, server))


def test_what_cannot_be_deleted_again_is_named(oak: Clinic, server: FhirServer) -> None:
    server.fails = lambda one: Fault(status=405) if one.method == "DELETE" else None
    (told,) = [one for one in chosen(oak, server) if "could not be deleted" in one]
    assert all(one["id"] in told for one in server.of("Organization"))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(status=200, body=b"<html>hello</html>"), "answered with a web page instead of FHIR"),
        (
            Fault(status=200, body=b'{"resourceType": "CapabilityStatement", "fhirVersion": "5.0.0"}'),
            "speaks FHIR 5.0.0; mmt writes FHIR R4",
        ),
        (Fault(status=401), "does not let this clinic in"),
        (Fault("drop"), "was reached, but the connection was cut"),
    ],
)
def test_what_is_no_server_is_refused_and_nothing_is_chosen(
    fault: Fault, says: str, oak: Clinic, server: FhirServer
) -> None:
    server.fails = lambda one: fault if one.path.endswith("metadata") else None
    with pytest.raises(ClinicError, match=says):
        chosen(oak, server)
    assert oak.sending().server is None
    assert server.posts == []


def test_what_a_server_calls_itself_cannot_command_the_terminal(oak: Clinic, server: FhirServer) -> None:
    said: dict[str, object] = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1\x1b[2J"}
    said |= {"software": {"name": "\x1b]0;taken\x07Good\nAll is sent" + "x" * 5000}}
    server.fails = lambda one: (
        Fault(status=200, body=json.dumps(said).encode()) if one.method == "GET" else None
    )
    told = chosen(oak, server)[0]
    assert told.isprintable()
    assert told.startswith("It is ]0;takenGood All is sentxx")
    assert len(told) < 200


def test_who_may_not_write_is_told(oak: Clinic, server: FhirServer) -> None:
    def reads_alone(one: Asked) -> Fault | None:
        return Fault(status=403) if one.method == "POST" else None

    server.fails = reads_alone
    with pytest.raises(
        ClinicError,
        match=r"answered with status 403 and no word\. This clinic may not write there: does the server ask",
    ):
        chosen(oak, server)


@pytest.mark.parametrize(
    ("base", "says"),
    [
        ("http://fhir.example.org/r4", "is not encrypted"),
        ("http://127.0.0.1.example.org/r4", "is not encrypted"),
        ("ftp://fhir.example.org", "is no address"),
        ("https://", "is no address"),
        ("https://user:word@fhir.example.org/", "is no address"),
        ("https://fhir.example.org/?a=b", "is no address"),
        ("fhir.example.org", "is no address"),
    ],
)
def test_an_address_that_may_not_be_used_is_refused_before_anything_is_asked(
    base: str, says: str, oak: Clinic
) -> None:
    with pytest.raises(ClinicError, match=says):
        oak.sending().choose(Server(base=base))


def test_a_key_that_others_can_read_is_refused(oak: Clinic, server: FhirServer, tmp_path: Path) -> None:
    key = tmp_path / "clinic.key"
    key.write_text("")
    key.chmod(0o644)
    chosen = Server(base=server.base, certificate=str(tmp_path / "clinic.pem"), key=str(key))
    with pytest.raises(ClinicError, match=r"clinic\.key.*nothing was set up"):
        oak.sending().choose(chosen)


def run(clinic: Clinic, *words: str) -> tuple[int, str]:
    """What the command says; the records are opened by it alone."""
    done = CliRunner().invoke(commands, words, env={**os.environ, "MMT_HOME": str(clinic.places.root)})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_command_sets_up_sends_tells_and_stops(oak: Clinic, server: FhirServer, tmp_path: Path) -> None:
    sign(oak, add(oak))
    server.token = "s3cret"
    file = tmp_path / "token"
    file.write_text("s3cret\n")
    assert run(oak, "send")[1].startswith("No server was chosen: mmt send --setup")
    code, said = run(oak, "send", "--setup", server.base, "--token-file", str(file))
    assert code == 0
    assert "For 127.0.0.1" in said
    assert ": 1 visit waits." in said
    server.refuses = lambda one: "no grade" if one["resourceType"] == "Observation" else ""
    code, said = run(oak, "send")
    assert code == 1
    assert "0 sent, 1 refused, 0 waiting." in said
    code, said = run(oak, "send", "--status")
    assert code == 1
    assert "record 1, visit of 2026-03-02: refused on" in said
    assert "answered with status 422: no grade." in said
    server.refuses = lambda _: ""
    code, said = run(oak, "send", "--again")
    assert code == 0
    assert said.startswith("1 thing to be tried again.")
    assert "1 sent, 0 refused, 0 waiting." in said
    assert "s3cret" not in said
    assert len(server.of("Observation")) == 1
    assert run(oak, "send", "--stop")[0] == 0
    assert run(oak, "send", "--status")[1].startswith("No server was chosen")
