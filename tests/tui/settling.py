"""When a program at rest is at rest: nothing is left to do at once, however busy the computer is.

Textual's own wait looks at the processor every fiftieth of a second, twice a key, and takes a program that
gets no turn for one that has finished. The event loop knows.
"""

import asyncio
from math import inf
from weakref import WeakSet

from textual._context import active_app
from textual.worker import Worker

AT_ONCE_S = 0.02
"""What comes sooner belongs to what was done: a frame, a glide. What comes later is a clock or a blink."""

MOST_S = 1.0

_long: WeakSet[Worker[object]] = WeakSet()
"""Threads that one wait was not long enough for: no other waits for them."""


async def settled(_least: float = 0, most: float = MOST_S) -> None:
    """Wait until no message, no thread and no timer that is nearly due is left; at most `most` seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + most
    wait = 0.0
    working: set[Worker[object]] = set()
    while loop.time() < end:
        await asyncio.sleep(wait)
        timers = (one.when() for one in loop._scheduled if not one.cancelled())  # noqa: SLF001
        working = {one for one in active_app.get().workers if not one.is_finished and one not in _long}
        if loop._ready:  # noqa: SLF001
            wait = 0
        elif working:
            wait = 0.001
        elif (wait := min(timers, default=inf) - loop.time()) > AT_ONCE_S:
            return
    _long.update(working)
