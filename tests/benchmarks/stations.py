"""Sixteen stations that grade on one file, one grade a second each, beside one alone: milliseconds until a
grade is durable. Any error ends it."""

import multiprocessing
import shutil
import tempfile
import time
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from many_patients import NOW, visit_of
from msgspec.structs import replace
from table import Row

from mmt.library.load import load
from mmt.model.acts import Act
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.visit import Visit
from mmt.paths import shipped
from mmt.storage import patients, visits
from mmt.storage.store import Store

STATIONS, SECONDS = 16, 60
GRADES = ("4", "4-", "5", "3")


def clinic(folder: Path) -> Path:
    """A new clinic."""
    folder.mkdir()
    Store.create(folder / "mmt.db", folder / "mmt.key", Letterhead(), "Dr Benchmark", NOW).close()
    return folder


def station(folder: Path, ready: Barrier, seconds: int, number: int) -> list[float]:
    """One room: a draft of its own, a grade a second; how long each took."""
    store = Store.open(folder / "mmt.db", folder / "mmt.key")
    person = Patient(name=f"Ann Room {number}", birth_date=NOW.date().replace(year=1980))
    with store.writing(Act.BEGAN) as db:
        patient = patients.add(db, person, NOW)
        draft: Visit = replace(visit_of(NOW.date()), id=0)
        draft = replace(
            draft, id=visits.begin(db, patient, draft, load([shipped("protocols")]).protocol, NOW)
        )
    ready.wait()
    begun, found = time.monotonic() + number / STATIONS, []
    for turn in range(seconds):
        time.sleep(max(0.0, begun + turn - time.monotonic()))
        seen = Observation(test="TA", side="right", grade=GRADES[turn % len(GRADES)])
        start = time.perf_counter()
        with store.writing(Act.OBSERVED, patient=patient, visit=draft.id) as db:
            visits.put(db, draft, seen, NOW)
        found.append(1000 * (time.perf_counter() - start))
    store.close()
    return found


def graded(folder: Path, stations: int, seconds: int) -> list[float]:
    """The times of so many stations at once."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(stations) as pool:
        work = partial(station, clinic(folder), manager.Barrier(stations), seconds)
        return [one for room in pool.map(work, range(stations), chunksize=1) for one in room]


def rows(seconds: int = SECONDS) -> list[Row]:
    """The half and the 99th of a hundred."""
    room = Path(tempfile.mkdtemp())
    all_at_once, alone = graded(room / "many", STATIONS, seconds), graded(room / "one", 1, 4 * seconds)
    shutil.rmtree(room)
    return [
        Row(
            f"a durable grade, {STATIONS} stations on one file",
            all_at_once,
            "one station",
            alone,
            goal,
            quantile,
        )
        for quantile, goal in ((0.5, 2.0), (0.99, 4.0))
    ]
