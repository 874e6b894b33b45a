"""A sender that is killed at any moment goes on where it was: each visit is there at the end, once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from loopback import Asked, Fault, FhirServer, served
from to_send import add, choose, sign

from mmt.clinic import Clinic
from mmt.paths import Places
from mmt.storage import disclosures, outbox
from mmt.storage.verifying import Verifier

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nobody is killed by a signal there")


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


@contextmanager
def sending(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`mmt send` as a program of its own."""
    command = [sys.executable, "-c", "from mmt.cli import main; main()", "send"]
    program = subprocess.Popen(
        command, env={**os.environ, "MMT_HOME": str(folder)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


def filled(clinic: Clinic, server: FhirServer, patients: int, visits: int, seen: int = 4) -> None:
    """Signed visits that wait; a transaction holds half of one."""
    for number in range(patients):
        patient = add(clinic, f"Patient {number}")
        for day in range(visits):
            sign(clinic, patient, 1 + day, seen)
    server.most = 6
    choose(clinic, server.base, most=6)
    clinic.close()


def to_the_end(places: Places) -> str:
    with sending(places.root) as program:
        said, _ = program.communicate(timeout=120)
    return said.decode()


def is_there(places: Places, server: FhirServer, patients: int, visits: int, seen: int = 4) -> None:
    """All of it is there, nothing twice, and the records are as mmt left them."""
    assert len(server.of("Patient")) == patients
    assert len(server.of("Encounter")) == len(server.of("Provenance")) == patients * visits
    assert len(server.of("Observation")) == patients * visits * seen
    with closing(Clinic.open(places)) as clinic, clinic.store.reading() as db:
        assert outbox.waiting(db) == []
        for patient in range(1, patients + 1):
            assert len(disclosures.of_patient(db, patient)) == visits
        assert db.conn.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert list(Verifier(db, clinic.store.secrets).breaks()) == []


def in_order(server: FhirServer) -> None:
    """No visit of a patient came for the first time before an earlier one of theirs was whole."""
    begun: dict[str, str] = {}
    for asked in server.posts:
        for entry in asked["entry"]:
            one = entry["resource"]
            if one["resourceType"] == "Encounter":
                who, day = one["subject"]["reference"], one["period"]["start"]
                assert day >= begun.get(who, ""), "an earlier visit came after a later one"
                begun[who] = day


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "moment", [pytest.param("before", marks=LONG), "after", pytest.param("in the answer", marks=LONG)]
)
def test_killed_while_a_visit_is_on_its_way_it_is_there_once_at_the_end(
    moment: str, oak: Clinic, server: FhirServer
) -> None:
    filled(oak, server, 2, 2)
    pids: list[int] = []

    def kills(one: Asked) -> Fault | None:
        if one.method != "POST" or len(server.posts) != 4:
            return None
        os.kill(pids[0], signal.SIGKILL)
        return {"before": Fault("drop"), "after": Fault("drop", does=True), "in the answer": Fault("cut")}[
            moment
        ]

    server.fails = kills
    with sending(oak.places.root) as program:
        pids.append(program.pid)
        assert program.wait(60) == -signal.SIGKILL
    server.fails = lambda _: None
    assert len(server.of("Encounter")) < 4
    assert "refused, 0 waiting." in to_the_end(oak.places)
    is_there(oak.places, server, 2, 2)
    in_order(server)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_random_fifty_times_under_all_that_a_network_does_each_visit_is_there_once(
    seed: int, oak: Clinic, server: FhirServer
) -> None:
    chance = random.Random(seed)
    filled(oak, server, 25, 4, seen=10)

    def fails(_: Asked) -> Fault | None:
        faults = (
            *(Fault("drop"), Fault("drop", does=True), Fault("cut"), Fault(status=500)),
            *(Fault(status=500, does=True), Fault(status=503, headers={"Retry-After": "1"})),
        )
        return chance.choice(faults) if chance.random() < 0.08 else None

    server.fails = fails
    killed = 0
    while killed < 50:
        with sending(oak.places.root) as program:
            began = len(server.asked)
            while program.poll() is None and len(server.asked) == began:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.4)
            if program.poll() is None:
                killed += 1
        with closing(Clinic.open(oak.places)) as clinic, clinic.store.reading() as db:
            if not outbox.count(db).waits:  # all is there: let it go out anew
                clinic.sending().stop()
                choose(clinic, server.base, most=6)
                with clinic.store.writing("again") as again:
                    outbox.mark_due(again, [row for (row,) in again.conn.execute("select id from outbox")])
    server.fails = lambda _: None
    assert "refused, 0 waiting." in to_the_end(oak.places)
    assert len(server.of("Encounter")) == len(server.of("Provenance")) == 100
    assert len(server.of("Observation")) == 1000
    in_order(server)
