"""Whatever line, server and computer do: in the end what was signed is there, once, in its order."""

import random
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from bad_line import ILLS, BadLine, Ill
from engine import Engine
from made_clinics import bundles_of
from storm import Storm, killed, sender
from there import Json, There, held
from to_send import add, send, sign

from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.clinic.demo.many import Size, made_up
from mmt.model.people import Letterhead
from mmt.model.sending import Server
from mmt.paths import Places

OBSERVATIONS, KILLS = 10_000, 50
ENOUGH, BACKLOG = 130, 10
"""Visits that come through the storm, and that wait all along: else no sender is killed at its work."""
MOST_PATIENTS, EACH = 1000, 5
VISITS = 12
"""Of the short form; each ill meets one."""


@pytest.fixture
def oak(tmp_path: Path) -> Iterator[Clinic]:
    """A clinic without patients."""
    Clinic.create(Places(tmp_path / "oak"), Letterhead(name="Oak Clinic"), "Dr Demo Practitioner").close()
    clinic = Clinic.open(Places(tmp_path / "oak"))
    assert isinstance(clinic, Clinic)
    clinic.add_practitioner("Dr Second Examiner")
    yield clinic
    clinic.close()


@pytest.fixture
def own(engine: Engine) -> Engine:
    """The server with nothing in it."""
    engine.query("truncate resource, history")
    return engine


def signed(clinic: Clinic, patients: int, each: int) -> Iterator[int]:
    """Sign so many visits of so many patients, one after the other; how much was seen at each."""
    for number in range(patients):
        for visit in admit(
            clinic, made_up(number, Size(patients, patients * each), clinic.protocol, clinic.today())
        ):
            visit.sign(visit.visit.examiner)
            yield len(visit.visit.observations)


def order_there(engine: Engine) -> list[str]:
    """The signatures by when each first came."""
    told = engine.query("select id from history where type = 'Provenance' group by id order by min(at)")
    return told.split()


def is_there(engine: Engine, clinic: Clinic, folder: Path) -> dict[str, Json]:
    """Hold the server against what the clinic writes to a file: the same resources, the same values, in the
    order of each patient's visits, and nothing else; mmt itself finds its copy whole. What is there."""
    said = clinic.sending().reconcile()
    assert (said.lines, said.waits) == ((), 0)
    assert said.whole == said.records > 0
    bundles = bundles_of(clinic, folder)
    there = There(engine.base)
    found = there.everything()
    there.close()
    assert found == held(bundles)
    came = {uid: at for at, uid in enumerate(order_there(engine))}
    orders: dict[str, list[int]] = {}
    for bundle in bundles:
        ids = {entry["resource"]["resourceType"]: entry["resource"]["id"] for entry in bundle["entry"]}
        orders.setdefault(ids["Patient"], []).append(came[ids["Provenance"]])
    assert all(order == sorted(order) for order in orders.values())
    return found


def test_each_ill_of_the_line_and_a_kill_of_either_side(own: Engine, oak: Clinic, tmp_path: Path) -> None:
    ills: list[Ill | None] = ["slow"]
    with BadLine(own.base, lambda: ills.pop(0) if ills else None) as line:
        oak.sending().choose(Server(base=line.base))
        ann, bo = add(oak, "Ann Example"), add(oak, "Bo Example")
        for day in range(1, VISITS + 1):
            sign(oak, ann if day % 2 else bo, day, seen=3)
        ills += ["slow"] * VISITS
        process = sender(oak.places.root)
        while line.met["slow"] < 3:
            time.sleep(0.01)
        assert killed(process)
        own.kill()
        assert send(oak).halted
        own.start()
        ills[:] = [one for ill in ILLS for one in (None, ill)]
        rounds = next(at for at in count(1) if _all_sent(oak))
        assert rounds < 2 * len(ILLS)
        assert all(line.met[ill] for ill in ILLS)
        found = is_there(own, oak, tmp_path)
    assert sum(name.startswith("Encounter/") for name in found) == VISITS


def _all_sent(clinic: Clinic) -> bool:
    """Send; whether the server has all of it then. What it refused is tried again by the next call."""
    clinic.sending().again()
    sent = send(clinic)
    return not (sent.waits or sent.refused)


@pytest.mark.long
def test_ten_thousand_observations_through_fifty_kills_of_either_side(
    own: Engine, oak: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storm = Storm(own, oak.places.root, random.Random(17))
    began, seen = time.monotonic(), []
    with BadLine(own.base, storm.ill) as line:
        storm.calm = True
        oak.sending().choose(Server(base=line.base))
        storm.calm = False
        signing = signed(oak, MOST_PATIENTS, EACH)

        def meanwhile() -> None:
            time.sleep(0.1)
            if oak.sending().standing.waits < BACKLOG:
                seen.append(next(signing))

        def enough() -> bool:
            return len(order_there(own)) >= ENOUGH

        storm.rage(KILLS, meanwhile, enough)
        storm.clears()
        found = is_there(own, oak, tmp_path)
    assert min(line.met[ill] for ill in ILLS) > 5
    versions = own.query("select count(*) from history")
    kinds = sum(name.startswith("Observation/") for name in found)
    assert kinds >= OBSERVATIONS
    with capsys.disabled():
        print(
            f"\n{sum(seen):,} seen at {len(seen)} visits: {kinds:,} Observations, {len(found):,} resources in"
            f" {versions} versions, after {time.monotonic() - began:.0f} s\n{storm.met}\n{line.met}"
        )
