"""When a program at rest is at rest: nothing is left to do at once, however busy the computer is.

Textual's own wait looks at the processor every fiftieth of a second, twice a key, and takes a program that
gets no turn for one that has finished. The event loop knows.
"""

import asyncio
from math import inf

from textual._context import active_app

AT_ONCE_S = 0.02
"""What comes sooner belongs to what was done: a frame, a glide. What comes later is a clock or a blink."""

MOST_S = 1.0


async def settled(_least: float = 0, most: float = MOST_S) -> None:
    """Wait until no message, no thread and no timer that is nearly due is left; at most `most` seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + most
    wait = 0.0
    while loop.time() < end:
        await asyncio.sleep(wait)
        timers = (one.when() for one in loop._scheduled if not one.cancelled())  # type: ignore[attr-defined]  # noqa: SLF001
        if loop._ready:  # type: ignore[attr-defined]  # noqa: SLF001
            wait = 0
        elif any(not one.is_finished for one in active_app.get().workers):
            wait = 0.001
        elif (wait := min(timers, default=inf) - loop.time()) > AT_ONCE_S:
            return
