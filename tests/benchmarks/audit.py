"""Time to keep a grade durably with its act in the chain, beside the same without: both on encrypted files of
one disk, in turn."""

import shutil
import tempfile
import time
from collections.abc import Callable
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

ANN = Patient(name="Ann Benchmark", birth_date=NOW.date().replace(year=1980))
GRADES = ("4", "4-", "5", "3")


def keeping(folder: Path) -> tuple[Store, Callable[[int], float]]:
    """A new clinic with a draft, and what keeps a numbered grade in it and gives the milliseconds it took."""
    store = Store.create(folder / "bench.db", folder / "bench.key", Letterhead(), "Dr Benchmark", NOW)
    with store.writing(Act.BEGAN) as db:
        person, protocol = patients.add(db, ANN, NOW), load([shipped("protocols")]).protocol
        draft: Visit = replace(visit_of(NOW.date()), id=0)
        draft = replace(draft, id=visits.begin(db, person, draft, protocol, NOW))

    def keep(number: int) -> float:
        seen = Observation(test="TA", side="right", grade=GRADES[number % len(GRADES)])
        start = time.perf_counter()
        with store.writing(Act.OBSERVED, patient=person, visit=draft.id) as db:
            visits.put(db, draft, seen, NOW)
        return 1000 * (time.perf_counter() - start)

    return store, keep


def without_chain(store: Store) -> None:
    """Let nothing tell the chain what is changed: then no act is written."""
    with store.reading() as db:
        told = "select name from sqlite_master where type = 'trigger' and name glob '*_told'"
        for (name,) in db.conn.execute(told).fetchall():
            db.conn.execute(f"drop trigger {name}")


def rows(runs: int = 2000) -> list[Row]:
    """The half and the 99th of a hundred."""
    room = Path(tempfile.mkdtemp())
    (audited, with_act), (plain, without) = (keeping(room / name) for name in ("audited", "plain"))
    without_chain(plain)
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(runs):
        for times, keep in zip(found, (with_act, without), strict=True):
            times.append(keep(number))
    for store in (audited, plain):
        store.close()
    shutil.rmtree(room)
    return [
        Row("a durable grade with its act", found[0], "the same without the chain", found[1], 1.3, quantile)
        for quantile in (0.5, 0.99)
    ]
