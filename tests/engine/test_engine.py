"""The FHIR server of the tests validates, takes a transaction whole or not at all, and has a limit."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import engine as starting
import pytest
from there import Json, There, patient, seen, transaction


def test_a_bad_second_entry_leaves_the_first_away(there: There) -> None:
    who = patient()
    for bad in (seen(who, status="done", value="x"), seen(patient()), seen(who, id="no-uuid")):
        answered = there.ask("POST", body=transaction(who, bad))
        assert (answered.status, answered.body["resourceType"]) == (400, "OperationOutcome")
        assert there.ask("GET", f"/Patient/{who['id']}").status == 404


def test_what_refers_to_somebody_unknown_says_whom(there: There) -> None:
    who = patient()
    refused = there.ask("POST", body=transaction(seen(who)))
    (issue,) = refused.body["issue"]
    assert issue["details"]["text"] == f"Patient/{who['id']} is referred to, and is not there"


def test_fifty_entries_go_in_and_one_more_does_not(there: There) -> None:
    who = patient()
    many = transaction(who, *(seen(who) for _ in range(50)))
    assert there.ask("POST", body=many).status == 400
    assert there.ask("GET", f"/Patient/{who['id']}").status == 404
    many["entry"].pop()
    assert there.ask("POST", body=many).status == 200
    assert there.ask("GET", f"/Observation?patient={who['id']}&_summary=count").body["total"] == 49


def test_sent_twice_it_is_there_once_with_two_versions(there: There) -> None:
    who = patient()
    for _ in range(2):
        assert there.ask("POST", body=transaction(who, seen(who, id=who["id"]))).status == 200
    assert there.ask("GET", f"/Observation?patient={who['id']}").body["total"] == 1
    assert there.ask("GET", f"/Observation/{who['id']}/_history").body["total"] == 2


def test_an_older_version_does_not_overwrite_a_newer_one(there: There) -> None:
    who = patient()
    path = f"/Patient/{who['id']}"
    first = there.ask("PUT", path, who).body["meta"]["versionId"]
    assert there.ask("PUT", path, who | {"gender": "female"}, if_match=f'W/"{first}"').status == 200
    assert there.ask("PUT", path, who, if_match=f'W/"{first}"').status == 412
    assert there.ask("GET", path).body["gender"] == "female"


def test_a_patient_s_own_come_page_by_page_and_nobody_else_s(there: There) -> None:
    who, other = patient(), patient()
    mine = [seen(who) for _ in range(30)]
    there.ask("POST", body=transaction(who, other, seen(other), *mine))
    first = there.ask("GET", f"/Observation?patient={who['id']}").body
    assert (first["total"], len(first["entry"])) == (30, 20)
    found = [one["id"] for one in there.resources(patient=who["id"]) if one["resourceType"] == "Observation"]
    assert sorted(found) == sorted(one["id"] for one in mine)


@pytest.mark.parametrize(
    "body", [{}, {"resourceType": "Bundle", "type": "transaction"}, {"resourceType": "Patient"}]
)
def test_what_is_no_transaction_is_refused(there: There, body: Json) -> None:
    assert there.ask("POST", body=body).status == 400


@pytest.mark.skipif(os.name == "nt", reason="there it is said that it runs elsewhere")
def test_where_it_cannot_be_installed_a_sentence_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(starting, "_postgres", lambda: None)
    monkeypatch.setattr(starting.shutil, "which", lambda name: None)
    with pytest.raises(starting.CannotInstallError, match="There is no PostgreSQL here: install it with"):
        starting.Engine()


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder for temporary files that whoever runs PostgreSQL gets to, too."""
    one = Path(tempfile.mkdtemp())
    one.chmod(0o711)
    yield one
    shutil.rmtree(one)


@pytest.mark.usefixtures("engine")  # so that it is known to be installed
@pytest.mark.parametrize("end", ["SIGINT", pytest.param("SIGKILL", marks=pytest.mark.long)])
def test_the_command_says_where_it_is_asks_for_the_token_and_leaves_nothing_running(
    end: str, room: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, starting.__file__, "--token", "pass-word"],
        env=os.environ | {"TMPDIR": str(room)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout is not None
        there = There(process.stdout.readline().strip())
        told = [
            there.ask("GET", "/Patient", authorization=f"Bearer {word}").status for word in ("x", "pass-word")
        ]
        assert told == [401, 200]
        for _ in range(2):  # who asks twice is not to leave a half of it
            process.send_signal(getattr(signal, end))
    there.close()
    until = time.monotonic() + 10
    while [*room.glob("*/data/postmaster.pid")]:
        assert time.monotonic() < until, "PostgreSQL goes on"
        time.sleep(0.05)
    with pytest.raises(ConnectionError):
        there.ask("GET", "/metadata")
    if end == "SIGINT":
        assert [*room.iterdir()] == []
