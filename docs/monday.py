"""A Monday at a FHIR server that many clinics send to, event by event: how long a visit takes to get there.

Each clinic sends as `mmt send` does: now and then all that waits, one request after the other, and again
later after a failure. The server works through requests in their order, also those whose sender gave up.
"""

import heapq
import math
from collections import deque
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

MINUTE, HOUR = 60.0, 3600.0
OPENS = 7 * HOUR
"""The day begins at seven."""

SHARES = (0.06, 0.10, 0.20, 0.14, 0.10, 0.06, 0.09, 0.12, 0.09, 0.04)
"""Of a day's visits those that are signed in each hour from seven on: most come at nine."""


class Sending(NamedTuple):
    """How a clinic sends: it looks each `every` seconds for what waits, gives a request so much `patience`
    and so many `tries` until the next look, each after a `pause` that doubles."""

    every: float = 300.0
    patience: float = 60.0
    tries: int = 1
    pause: float = 1.0


class Day(NamedTuple):
    """The server and its clinics: how many `clinics` with so many `visits` each and `requests` a visit; the
    `seconds` that one of its `workers` takes for a request; from when to when it is `out` of order, in
    seconds of the day. One that `sheds` refuses at once what comes while so many requests wait."""

    clinics: int
    visits: int
    requests: int
    seconds: float
    workers: int = 1
    out: tuple[float, float] = (0.0, 0.0)
    sheds: int = 0
    sending: Sending = Sending()


class Came(NamedTuple):
    """How it went: the `delays` from each signature until the server has the visit, sorted; how many seconds
    after its end all from before and during the breakdown was there (`caught_up`); the longest `queue`; the
    requests that were `asked`, and the share of them that was worked off for nobody (`wasted`); visits `left`
    when the day was over."""

    delays: list[float]
    caught_up: float
    queue: int
    asked: int
    wasted: float
    left: int

    def within(self, quantile: float) -> float:
        """Seconds within which this part of the visits was there; endless where that many were not."""
        at = int(quantile * (len(self.delays) + self.left))
        return self.delays[at] if at < len(self.delays) else math.inf


class _Request:
    """One request on its way: whose it is, and whether they still wait for the answer."""

    def __init__(self, clinic: "_Clinic") -> None:
        self.clinic, self.awaited = clinic, True


class _Clinic:
    """What waits at a clinic, and how far its sender is."""

    def __init__(self) -> None:
        self.waits: deque[float] = deque()
        self.busy = False
        self.done = self.tried = 0
        self.request: _Request | None = None


class _Monday:
    def __init__(self, day: Day, random: Random) -> None:
        self.day, self.random = day, random
        self.now, self._number = 0.0, 0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._queue: deque[_Request] = deque()
        self._free = day.workers
        self.delays: list[float] = []
        self.longest = self.asked = self.wasted = 0
        self.behind = 0
        """Visits that were signed before the end of the breakdown and are not there yet."""
        self.caught_up = day.out[1]

    def at(self, when: float, what: Callable[[], None]) -> None:
        self._number += 1
        heapq.heappush(self._events, (when, self._number, what))

    def run(self) -> None:
        while self._events:
            self.now, _, what = heapq.heappop(self._events)
            what()

    def signed(self, clinic: _Clinic) -> None:
        clinic.waits.append(self.now)
        self.behind += self.now < self.day.out[1]

    def look(self, clinic: _Clinic, until: float) -> None:
        """The sender of a clinic looks for what waits."""
        if self.now < until:
            self.at(self.now + self.day.sending.every, lambda: self.look(clinic, until))
        if clinic.waits and not clinic.busy:
            clinic.busy, clinic.tried = True, 0
            self._ask(clinic)

    def _ask(self, clinic: _Clinic) -> None:
        self.asked += 1
        if self._refuses():  # that is known at once
            clinic.busy = False
            return
        request = clinic.request = _Request(clinic)
        self._queue.append(request)
        self.longest = max(self.longest, len(self._queue))
        self.at(self.now + self.day.sending.patience, lambda: self._gives_up(request))
        self._serve()

    def _refuses(self) -> bool:
        out = self.day.out[0] <= self.now < self.day.out[1]
        return out or 0 < self.day.sheds <= len(self._queue)

    def _serve(self) -> None:
        if self._free and self._queue:
            self._free -= 1
            request = self._queue.popleft()
            took = self.random.gammavariate(4, self.day.seconds / 4)
            self.at(self.now + took, lambda: self._served(request))

    def _served(self, request: _Request) -> None:
        self._free += 1
        if request.awaited:
            self._answered(request)
        else:
            self.wasted += 1
        self._serve()

    def _answered(self, request: _Request) -> None:
        request.awaited = False
        clinic = request.clinic
        clinic.tried, clinic.done = 0, clinic.done + 1
        if clinic.done == self.day.requests:
            clinic.done, when = 0, clinic.waits.popleft()
            self.delays.append(self.now - when)
            if when < self.day.out[1]:
                self.behind -= 1
                self.caught_up = self.now
        if clinic.waits:
            self._ask(clinic)
        else:
            clinic.busy = False

    def _gives_up(self, request: _Request) -> None:
        if not request.awaited:
            return
        request.awaited = False
        clinic, sending = request.clinic, self.day.sending
        clinic.tried += 1
        clinic.done = 0  # the next run begins the visit anew
        if clinic.tried == sending.tries:
            clinic.busy = False
            return
        pause = sending.pause * 2.0 ** (clinic.tried - 1) * self.random.uniform(0.5, 1.5)
        self.at(self.now + pause, lambda: self._ask(clinic))


def came(day: Day, seed: str = "1") -> Came:
    """The same Monday for the same seed."""
    random = Random(seed)
    monday = _Monday(day, random)
    clinics = [_Clinic() for _ in range(day.clinics)]
    closes = OPENS + (len(SHARES) + 2) * HOUR
    for clinic in clinics:
        for when in _signings(day.visits, random):
            monday.at(when, lambda clinic=clinic: monday.signed(clinic))  # type: ignore[misc]
        first = OPENS + random.uniform(0, day.sending.every)
        monday.at(first, lambda clinic=clinic: monday.look(clinic, closes))  # type: ignore[misc]
    monday.run()
    return Came(
        delays=sorted(monday.delays),
        caught_up=math.inf if monday.behind else monday.caught_up - day.out[1],
        queue=monday.longest,
        asked=monday.asked,
        wasted=monday.wasted / monday.asked,
        left=sum(len(one.waits) for one in clinics),
    )


def _signings(visits: int, random: Random) -> Iterator[float]:
    """When each visit of a clinic is signed."""
    for hour in random.choices(range(len(SHARES)), SHARES, k=visits):
        yield OPENS + (hour + random.random()) * HOUR
