"""Long work on the records, in turns so short that no key of another window waits for it."""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

from mmt.clinic.alone import alone
from mmt.paths import Places

WORK_S = 0.15
"""So long a turn goes on; what was begun within it is done to its end."""

PAUSE_S = 0.12
"""So long nothing is done between two. SQLite asks for a lock that it waits for each tenth of a second at the
latest, so that whoever waits has it in the meantime."""

_BUSY = "Another file is being taken in, in another window. Wait until that is done, then run this again."

T = TypeVar("T")


def by_ourselves(places: Places) -> AbstractContextManager[None]:
    """Within the block no other program takes turns: two would leave no room between them. Raises ClinicError
    where one does."""
    return alone(places.importing, _BUSY)


def in_turns(things: Iterable[T]) -> Iterator[Iterator[T]]:
    """All things, so many at a time as can be done in a turn: a transaction each."""
    waiting = iter(things)
    for number, one in enumerate(waiting):
        if number:
            time.sleep(PAUSE_S)
        yield _turn(one, waiting)


def _turn(one: T, waiting: Iterator[T]) -> Iterator[T]:
    until = time.monotonic() + WORK_S
    yield one
    while time.monotonic() < until:
        try:
            yield next(waiting)
        except StopIteration:
            return
