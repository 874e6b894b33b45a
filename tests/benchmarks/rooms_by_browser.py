"""Four rooms by a browser, one grade a second each, beside one: from a key to the paint at the page's line.

`uv run python tests/benchmarks/rooms_by_browser.py` takes twenty minutes: one room for five, all for ten, one
for five. `--minutes 1` is the short form. It needs Debian's nginx-light, and ends with status 1 where a grade
was not painted within its second, or is not kept, or the ratio is missed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

sys.path += [str(Path(__file__).parents[1] / name) for name in ("station", "tui", ".")]

import sixteen
from aiohttp import ClientSession, ClientWebSocketResponse
from browser_rooms import MISSING, Pages, installed, pages
from rooms import GOAL, GRADES, kept
from table import HEAD, Row, at, tell


class Station:
    """A room at work at the line of a page."""

    def __init__(self, line: ClientWebSocketResponse, name: str) -> None:
        self.line, self.name = line, name
        self.sent = self.late = 0
        self.since = 0.0
        self.times: list[float] = []

    async def type(self, keys: str) -> None:
        """Send keys as a page does."""
        await self.line.send_json(["stdin", keys])

    async def listen(self) -> None:
        """Note each first paint after a grade."""
        async for _ in self.line:
            if self.since:
                self.times.append(1000 * (time.perf_counter() - self.since))
                self.since = 0.0

    async def work(self, begins: float, seconds: float) -> None:
        """Give a grade each second, and step back to its cell half a second later."""
        for second in range(round(seconds)):
            await asyncio.sleep(begins + second - time.perf_counter())
            self.late += self.since > 0
            self.since = time.perf_counter()
            await self.type(GRADES[self.sent % len(GRADES)])
            self.sent += 1
            await asyncio.sleep(begins + second + 0.5 - time.perf_counter())
            await self.type("/")
        await asyncio.sleep(1)
        self.late += self.since > 0
        self.since = 0.0


async def opened(here: Pages, session: ClientSession, stack: AsyncExitStack, many: int) -> list[Station]:
    """So many stations, each with its patient's visit at the exam."""
    found = []
    for station, patient in list(zip(sixteen.STATIONS, sixteen.PATIENTS, strict=True))[:many]:
        line = session.ws_connect(
            f"{here.url}/ws?width=80&height=24", ssl=here.trust(station), headers={"Origin": here.url}
        )
        one = Station(await stack.enter_async_context(line), patient)
        stack.callback(asyncio.ensure_future(one.listen()).cancel)
        for keys in ("", patient, "\r", "\r"):
            await asyncio.sleep(4)
            if keys:
                await one.type(keys)
        await asyncio.sleep(3)
        found.append(one)
    return found


async def work(stations: Sequence[Station], seconds: float) -> list[float]:
    """Milliseconds from each grade to its paint, one a second at each station, spread over the second."""
    begins = time.perf_counter() + 0.5
    spread = (begins + number / len(stations) for number in range(len(stations)))
    await asyncio.gather(*(one.work(at, seconds) for one, at in zip(stations, spread, strict=True)))
    found = [taken for one in stations for taken in one.times]
    for one in stations:
        one.times = []
    return found


async def measured(here: Pages, many: int, half: float) -> tuple[list[Station], list[float], list[float]]:
    """The stations, and their times alone and together."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        stations = await opened(here, session, stack, many)
        alone = await work(stations[:1], half)
        together = await work(stations, 2 * half)
        return stations, alone + await work(stations[:1], half), together


def main() -> int:
    """Measure and print; the exit status."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10, help="so long all rooms work; one room the same")
    asked.add_argument("--rooms", type=int, default=4, choices=range(2, 17), metavar="2..16")
    typed = asked.parse_args()
    if not installed():
        print(MISSING)
        return 0
    with tempfile.TemporaryDirectory(prefix=".mmt-pages-", dir=Path.home()) as name:
        clinic = sixteen.made(Path(name) / "clinic")
        with pages(Path(name), clinic, sixteen.STATIONS) as here:
            stations, alone, many = asyncio.run(measured(here, typed.rooms, 30 * typed.minutes))
        wrong = list(kept(clinic, stations))
    what = f"key to paint by a browser's line, {typed.rooms} rooms with a grade a second each"
    print(HEAD)
    tell(Row(what, many, "one room", alone, GOAL, quantile) for quantile in (0.5, 0.99))
    print(f"\nThe slowest: {max(many):.1f} ms of {len(many)}; alone {max(alone):.1f} ms of {len(alone)}.")
    print("\n".join(wrong) or "Every grade was painted within its second and is kept.")
    return int(bool(wrong) or at(many, 0.99) > GOAL * at(alone, 0.99))


if __name__ == "__main__":
    sys.exit(main())
