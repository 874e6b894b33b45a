"""The same patients in a clinic and in one a tenth of its size: page, comparison, chart, grade, search.

`just bench` uses 300 patients. The full size, 12 million observations and some hours the first time, as the
clinic is made then: `uv run python tests/benchmarks/clinics.py --patients 50000 --visits 370000`. Making that
was stopped goes on where it was; it lies in the cache folder and is used again. Beside it: a course of 60
visits against one of 3, and the memory after 500 pages.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path
from table import HEAD, Row, tell

sys.path += [str(Path(__file__).parents[1] / "tui"), str(Path(__file__).parents[1])]

from program import Program, program
from textual.screen import Screen
from textual.widgets import Static

from mmt.clinic import Clinic
from mmt.clinic.demo.many import VISITS_EACH, Size, make_many
from mmt.model.observation import Observation
from mmt.paths import Places
from mmt.tui.front.patient import PatientScreen
from mmt.tui.front.patients import PatientsScreen

PATIENTS, SAME, ROUNDS, PAGES = 300, 24, 3, 500
"""Patients of the clinic; of these the first, who are in the small one too, are opened; so often in turn; and
so many pages for the memory."""

EVERY = ("page of a patient to paint", "comparison to paint", "chart to paint")
T = TypeVar("T")
Times = dict[str, list[float]]


def records(size: Size) -> Path:
    """The folder of a clinic of this size; made on first use, and gone on with where that was stopped."""
    name = f"clinic-{size.patients}-{size.visits}-{size.seed}"
    folder = user_cache_path("mmt") / "benchmarks" / name
    if not (folder / "done").exists():
        for there in make_many(folder, size):
            print(f"\r{name}: {there:,} patients ", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        (folder / "done").touch()
    return folder


async def painted(run: Program, act: Callable[[], object], name: str) -> float:
    """Milliseconds from an act to the first frame of the screen of this name that holds something."""
    start = time.perf_counter()
    act()
    while run.app.screen.name != name or not run.app.screen.query(Static):
        await asyncio.sleep(0)
    done = asyncio.Event()
    run.app.screen.call_after_refresh(done.set)
    await done.wait()
    return 1000 * (time.perf_counter() - start)


def _open(screen: Screen[object], patient: int) -> None:
    screen.post_message(PatientsScreen.Open(patient))


async def back(run: Program, name: str) -> None:
    """Back to the screen of this name."""
    run.app.screen.action_back()  # type: ignore[attr-defined]
    while run.app.screen.name != name:
        await run.pilot.pause(0.01)
    await run.pilot.pause()


async def screens(folder: Path, patients: list[int], found: Times) -> None:
    """The page of each patient, and from it the comparison and the chart."""
    app = program(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        first = app.screen
        assert app.clinic is not None
        app.clinic.protocol  # noqa: B018  (read before the first page)
        for patient in patients:
            found[EVERY[0]].append(await painted(run, partial(_open, first, patient), "patient"))
            page = app.screen
            assert isinstance(page, PatientScreen)
            if len(page.history.visits) > 1:
                found[EVERY[1]].append(await painted(run, page.action_compare, "comparing"))
                await back(run, "patient")
            found[EVERY[2]].append(await painted(run, page.action_chart, "chart"))
            await back(run, "patient")
            await back(run, "patients")


def at_the_desk(folder: Path, patients: list[int], found: Times) -> None:
    """Read a patient, search by a name, begin a visit and keep grades in it; on a copy."""
    room = Path(tempfile.mkdtemp())
    clinic = Clinic.open(Places(Path(shutil.copytree(folder, room / "clinic"))))
    _ = clinic.protocol
    clinic.history(patients[-1])  # the first read of a copy comes from the disk
    for patient in patients:
        history = _timed(partial(clinic.history, patient), found["reading a patient"])
        _timed(partial(clinic.search, history.patient.name), found["search"])
        visit = clinic.begin(patient, clinic.practitioners[0], sure=True)
        for grade in ("5", "4", "5", "4+"):
            seen = Observation(test="TA", side="right", grade=grade)
            _timed(partial(visit.keep, seen), found["keeping a grade"])
    clinic.close()
    shutil.rmtree(room)


def _timed(act: Callable[[], T], times: list[float]) -> T:
    start = time.perf_counter()
    got = act()
    times.append(1000 * (time.perf_counter() - start))
    return got


def beside(size: Size) -> Iterator[Row]:
    """Every figure of the clinic against that of a tenth of it, p50 and p99."""
    small = Size(size.patients // 10, size.visits // 10, size.seed)
    patients = list(range(1, min(SAME, small.patients) + 1))
    names = (*EVERY, "reading a patient", "search", "keeping a grade")
    found: dict[Size, Times] = {one: {name: [] for name in names} for one in (size, small)}
    for _ in range(ROUNDS):
        for one, times in found.items():
            asyncio.run(screens(records(one), patients, times))
            at_the_desk(records(one), patients, times)
    for name in names:
        for quantile in (0.5, 0.99):
            what = f"{name}, {size.patients:,} patients"
            yield Row(what, found[size][name], "a tenth of them", found[small][name], 1.2, quantile)


def courses() -> Iterator[Row]:
    """Pages of patients with 60 visits against those of patients with 3, each another than the one before, of
    whom nothing is worked out yet."""
    each = (Size(4, 12, seed) for seed in count(1))
    long, short = Size(4, 240), next(one for one in each if {one.of(at) for at in range(4)} == {3})
    found: dict[Size, Times] = {one: {name: [] for name in EVERY} for one in (long, short)}
    for _ in range(5):
        for one, times in found.items():
            asyncio.run(screens(records(one), [1, 2, 3, 4], times))
    for name in EVERY:
        yield Row(f"{name}, 60 visits", found[long][name], "3 visits", found[short][name], 1.5)


def memory(size: Size) -> Iterator[Row]:
    """The memory of the program after many pages against that after the first hundred; Linux alone tells."""
    if not Path("/proc/self/statm").exists():
        return
    few, many = asyncio.run(_held(records(size), size.patients))
    yield Row(f"memory after {PAGES} pages", [many], "after 100", [few], 1.1, unit="MB")


async def _held(folder: Path, patients: int) -> tuple[float, float]:
    app, held = program(folder), []
    async with app.run_test(size=(80, 24)) as pilot:
        run = Program(app, pilot)
        await run.until("patients")
        first = app.screen
        for at in range(PAGES):
            await painted(run, partial(_open, first, 1 + at % patients), "patient")
            await back(run, "patients")
            if at + 1 in (100, PAGES):
                pages = int(Path("/proc/self/statm").read_text().split()[1])
                held.append(pages * 4096 / 1e6)
    return held[0], held[1]


def rows(patients: int = PATIENTS, visits: int | None = None) -> Iterator[Row]:
    """All of it, as it is measured."""
    size = Size(patients, visits or patients * VISITS_EACH)
    yield from courses()
    yield from beside(size)
    yield from memory(size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=PATIENTS, help="10 or more; full size: 50000")
    parser.add_argument("--visits", type=int, help=f"of all together; {VISITS_EACH} each if not said")
    chosen = parser.parse_args()
    print(HEAD, flush=True)
    tell(rows(chosen.patients, chosen.visits))
