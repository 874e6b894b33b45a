"""Sixteen rooms over ssh, one grade a second each, beside one room: from a key to the paint at the station.

`uv run python tests/benchmarks/rooms.py` takes twenty minutes: one room for five, all for ten, one for five.
`--minutes 1` is the short form. It needs Debian's openssh-server and openssh-client, and ends with status 1
where a grade was not painted within its second, or is not kept, or the ratio is missed.
"""

import argparse
import heapq
import selectors
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

sys.path += [str(Path(__file__).parents[1] / name) for name in ("station", "tui", ".")]

import sixteen
from ssh_rooms import MISSING, Rooms, installed, rooms
from table import HEAD, Row, at, tell
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.model.acts import Act, Asked
from mmt.paths import Places

GOAL = 2.0
GRADES = "45"
"""Given in turn to one cell: neither is an alarm, and each takes the place of the other."""


class Station:
    """A room at work. A grade goes out, and half a second later the key that steps back to its cell."""

    def __init__(self, terminal: Terminal, name: str) -> None:
        self.terminal, self.name = terminal, name
        self.sent = 0
        self.late = 0
        self.since = 0.0
        self.times: list[float] = []

    def press(self, *, back: bool) -> None:
        """Step back, or give the next grade; one before it that was never painted is late."""
        if back:
            self.terminal.send("/")
            return
        self.late += self.since > 0
        self.terminal.send(GRADES[self.sent % len(GRADES)])
        self.sent += 1
        self.since = time.perf_counter()

    def painted(self) -> None:
        """Something came: the first after a grade is its paint."""
        now = time.perf_counter()
        self.terminal.take()
        if self.since:
            self.times.append(1000 * (now - self.since))
            self.since = 0.0


def opened(here: Rooms, many: int) -> list[Station]:
    """So many stations, each with its patient's visit at the exam."""
    found = []
    for station, patient in list(zip(sixteen.STATIONS, sixteen.PATIENTS, strict=True))[:many]:
        terminal = here.opened(station)
        for wanted, typed in (("Patients", patient), (f"▶ {patient}", "\r"), ("draft at Exam", "\r")):
            terminal.wait_for(wanted, seconds=60)
            terminal.read(0.3)
            terminal.send(typed)
        terminal.wait_for(" done", seconds=60)
        terminal.read(0.5)
        found.append(Station(terminal, patient))
    return found


def work(stations: Sequence[Station], seconds: float) -> list[float]:
    """Milliseconds from each grade to its paint, one a second at each station, spread over the second."""
    began = time.perf_counter() + 0.5
    due = [(began + number / len(stations), number, False) for number in range(len(stations))]
    ends = began + seconds
    with selectors.DefaultSelector() as watched:
        for one in stations:
            watched.register(one.terminal, selectors.EVENT_READ, one)
        while due or time.perf_counter() < ends + 0.5:
            moment, number, back = due[0] if due else (ends + 0.5, 0, True)
            left = moment - time.perf_counter()
            for key, _ in watched.select(max(0.0, left)):
                key.data.painted()
            if left > 0:
                continue
            if not due:
                break
            heapq.heappop(due)
            stations[number].press(back=back)
            if moment + 0.5 < ends:
                heapq.heappush(due, (moment + 0.5, number, not back))
    found = [taken for one in stations for taken in one.times]
    for one in stations:
        one.late += one.since > 0
        one.times, one.since = [], 0.0
    return found


class Worked(Protocol):
    """A room that has worked: whom it graded, how many grades went out, how many were painted late."""

    name: str
    sent: int
    late: int


def kept(folder: Path, stations: Sequence[Worked]) -> Iterator[str]:
    """What is wrong with what is kept: each grade that was given is one act."""
    clinic = Clinic.open(Places(folder))
    for one in stations:
        (row,) = clinic.search(one.name)
        acts = sum(act.act == Act.OBSERVED for act in clinic.acts(Asked(patient=row.id)).all())
        if acts != one.sent:
            yield f"{one.name}: {one.sent} grades were given, {acts} are kept."
        if one.late:
            yield f"{one.name}: {one.late} of {one.sent} grades were not painted within a second."
    clinic.close()


def main() -> int:
    """Measure and print; the exit status."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10, help="so long all rooms work; one room the same")
    asked.add_argument("--rooms", type=int, default=16, choices=range(2, 17), metavar="2..16")
    typed = asked.parse_args()
    if not installed():
        print(MISSING)
        return 0
    half = 30 * typed.minutes
    with (
        tempfile.TemporaryDirectory(prefix=".mmt-rooms-", dir=Path.home()) as name,
        rooms(Path(name), sixteen.made(Path(name) / "clinic"), sixteen.STATIONS) as here,
    ):
        stations = opened(here, typed.rooms)
        alone = work(stations[:1], half)
        many = work(stations, 2 * half)
        alone += work(stations[:1], half)
        for one in stations:
            one.terminal.send("\x11")
            one.terminal.close()
        wrong = list(kept(here.clinic, stations))
    what = f"key to paint over ssh, {typed.rooms} rooms with a grade a second each"
    rows = [Row(what, many, "one room", alone, GOAL, quantile) for quantile in (0.5, 0.99)]
    print(HEAD)
    tell(rows)
    print(f"\nThe slowest: {max(many):.1f} ms of {len(many)}; alone {max(alone):.1f} ms of {len(alone)}.")
    print("\n".join(wrong) or "Every grade was painted within its second and is kept.")
    return int(bool(wrong) or at(many, 0.99) > GOAL * at(alone, 0.99))


if __name__ == "__main__":
    sys.exit(main())
