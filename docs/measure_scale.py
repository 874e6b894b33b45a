"""Measures what `docs/scale.py` reckons with: `uv run python docs/measure_scale.py` writes `docs/scale.toml`.

A clinic's visits are recorded key by key and sent to the FHIR server of the tests (`tests/engine/`), whose
data lie on the disk. What is written are floors of the computer it runs on; another run overwrites them.
"""

import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).parents[1] / "tests" / "engine"))

from engine import Engine
from there import There

from mmt.clinic import Clinic
from mmt.clinic.demo.many import Size, made_up
from mmt.clinic.exchange.fhir_out import sent_patient, sent_visit
from mmt.clinic.verifying import verify
from mmt.exchange.fhir.sent import Words
from mmt.exchange.fhir.transactions import transactions
from mmt.exchange.fhir.visit import bundle_of_visit
from mmt.model.people import Letterhead
from mmt.model.sending import MOST, Server
from mmt.model.visit import TOPICS, History
from mmt.paths import Places
from mmt.storage.connect import made_up as fast

Json = dict[str, Any]
FIGURES = Path(__file__).parent / "scale.toml"
PATIENTS, EACH = 20, 6
"""Patients of the clinic, and visits of each."""
SENDERS = 4
"""Clinics that send at once."""
_TICK = os.sysconf("SC_CLK_TCK")


def recorded(folder: Path) -> tuple[Clinic, dict[str, float]]:
    """A clinic whose visits were recorded key by key, and what its own file holds of each."""
    with fast():
        clinic = Clinic.create(Places(folder), Letterhead(name="Oak Clinic"), "Dr Example")
    size = Size(PATIENTS, PATIENTS * EACH)
    began = held(clinic)
    start = time.perf_counter()
    visits = 0
    for number in range(PATIENTS):
        visits += _record(clinic, made_up(number, size, clinic.protocol, clinic.today()))
    took, now = time.perf_counter() - start, held(clinic)
    return clinic, {
        "visits": visits,
        "rows": (now.rows - began.rows) / visits,
        "acts": (now.acts - began.acts) / visits,
        "bytes": (now.bytes - began.bytes) / visits,
        "act_kept_s": took / (now.acts - began.acts),
    }


def _record(clinic: Clinic, history: History) -> int:
    """Each answer and each result is a key of its own, and so an act."""
    patient = clinic.add_patient(history.patient, sure=True)
    for one in history.visits:
        visit = clinic.begin(patient.id, "Dr Example", one.scale, one.exam, day=one.date, sure=True)
        for topic in TOPICS:
            for question, answer in getattr(one, topic).items():
                visit.answer(topic, question, answer)
        for seen in one.observations:
            visit.keep(seen)
        visit.act(one.action)
        visit.sign("Dr Example")
        visit.leave()
    return len(history.visits)


class Held(NamedTuple):
    """The rows of the records, of these the acts, and the bytes of their file."""

    rows: int
    acts: int
    bytes: int


def held(clinic: Clinic) -> Held:
    """What a clinic's own file holds."""
    with clinic.store.reading() as db:
        tables = {one.name: one.count for one in db.tables if not one.name.startswith("patients_search")}
        pages, page = (
            int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
        )
    return Held(sum(tables.values()), tables["acts"], pages * page)


def sent_by_mmt(clinic: Clinic, engine: Engine) -> float:
    """Visits a second that `mmt send` brings there, with what it keeps of each."""
    clinic.sending().choose(Server(base=engine.base))
    start = time.perf_counter()
    found = clinic.sending().send()
    assert found.waits + found.refused == 0, found
    return found.accepted / (time.perf_counter() - start)


def kept_safe(clinic: Clinic, room: Path) -> dict[str, float]:
    """How long a backup takes, and to look through the records by the chain of acts; closes the clinic."""
    start = time.perf_counter()
    clinic.backups().make(room)
    made = time.perf_counter() - start
    size, folder, visits = held(clinic).bytes, clinic.places.root, PATIENTS * EACH
    clinic.close()
    return {"backup_bytes_a_second": size / made, "verified_s": (_verified(folder) - _empty(room)) / visits}


def _empty(room: Path) -> float:
    """What it takes to look through the records of nobody."""
    Clinic.create(Places(room / "empty"), Letterhead(name="Elm Clinic"), "Dr Example").close()
    return _verified(room / "empty")


def _verified(folder: Path) -> float:
    start = time.process_time()
    verify(folder)
    return time.process_time() - start


def bundles(clinic: Clinic) -> Iterator[Json]:
    """The visits as they go out."""
    words = Words(protocol=clinic.protocol, codes=clinic.content.codes)
    for number in range(1, PATIENTS + 1):
        history = clinic.history(number)
        who = sent_patient(clinic, history.patient)
        for visit in history.visits:
            yield bundle_of_visit(sent_visit(clinic, who, visit), words)


def sent(engine: Engine, found: list[Json]) -> dict[str, float]:
    """How fast one sender is, and several at once, with the work and the room that it takes."""
    resources = [entry["resource"] for bundle in found for entry in bundle["entry"]]
    before, room = _used(engine), int(engine.query("select pg_database_size('postgres')"))
    start = time.perf_counter()
    times = sorted(_posted(engine, found))
    alone = time.perf_counter() - start
    used = {name: value - before[name] for name, value in _used(engine).items()}
    engine.query("vacuum analyze")
    room = int(engine.query("select pg_database_size('postgres')")) - room
    together = _at_once(engine, [found[at::SENDERS] for at in range(SENDERS)])
    seen = sum(one["resourceType"] == "Observation" for one in resources)
    return {
        "observations_a_second": seen / alone,
        "resources_a_second": len(resources) / alone,
        "resources_a_second_at_once": len(resources) / together,
        "transaction_p50_s": statistics.median(times),
        "transaction_p99_s": times[int(0.99 * len(times))],
        "server_cpu_s_a_visit": used["server"] / len(found),
        "postgres_cpu_s_a_visit": used["postgres"] / len(found),
        "bytes_a_visit": room / len(found),
        "search_p50_s": _searched(engine, resources),
        "server_memory_bytes": _memory(engine, "server"),
    }


def _posted(engine: Engine, found: list[Json]) -> list[float]:
    """Seconds of each transaction, one after the other."""
    there, times = There(engine.base), []
    for part in (part for bundle in found for part in transactions(bundle, MOST)):
        start = time.perf_counter()
        answered = there.ask("POST", body=part)
        times.append(time.perf_counter() - start)
        assert answered.status == 200, answered
    there.close()
    return times


def _at_once(engine: Engine, shares: list[list[Json]]) -> float:
    start = time.perf_counter()
    threads = [threading.Thread(target=_posted, args=(engine, share)) for share in shares]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.perf_counter() - start


def _searched(engine: Engine, resources: list[Json]) -> float:
    there, times = There(engine.base), []
    for who in {one["id"] for one in resources if one["resourceType"] == "Patient"}:
        start = time.perf_counter()
        there.ask("GET", f"/Observation?patient={who}&_count=50")
        times.append(time.perf_counter() - start)
    there.close()
    return statistics.median(times)


def _used(engine: Engine) -> dict[str, float]:
    """Seconds of a processor that the server and PostgreSQL have used."""
    return {name: sum(map(_cpu, running)) for name, running in engine.processes.items()}


def _cpu(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / _TICK


def _memory(engine: Engine, name: str) -> int:
    (process,) = engine.processes[name]
    told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return 1024 * int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmRSS")))


def main() -> None:
    """Measure all of it."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name, Engine(data=Path("/var/tmp")) as engine:
        clinic, own = recorded(Path(name) / "clinic")
        start = time.process_time()
        found = list(bundles(clinic))
        own["made_ready_s"] = (time.process_time() - start) / len(found)
        _posted(engine, found[:5])  # so that what is compiled on the way is compiled
        engine.query("truncate resource, history")
        by_mmt = sent_by_mmt(clinic, engine)
        engine.query("truncate resource, history")
        there = sent(engine, found) | {"visits_a_second_by_mmt": by_mmt}
        own |= kept_safe(clinic, Path(name))
    own["resources"] = statistics.mean(len(bundle["entry"]) for bundle in found)
    own["requests"] = statistics.mean(len(list(transactions(bundle, MOST))) for bundle in found)
    own["json_bytes"] = statistics.mean(len(str(bundle)) for bundle in found)
    told = [f"# Measured by docs/measure_scale.py on {os.cpu_count()} cores ({platform.machine()}): floors."]
    for table, values in {"visit": own, "engine": there}.items():
        told += ["", f"[{table}]", *(f"{name} = {value:.4g}" for name, value in values.items())]
    FIGURES.write_text("\n".join(told) + "\n", encoding="utf-8")
    print("\n".join(told))


if __name__ == "__main__":
    main()
