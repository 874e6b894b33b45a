"""When a program at rest is at rest: nothing is left to do at once, however busy the computer is.

Textual's own wait looks at the processor every fiftieth of a second, twice a key, and takes a program that
gets no turn for one that has finished. The event loop knows.

A frame of a program without a terminal goes nowhere. Only the last one before a test goes on is drawn, not
one after each of the keys that it presses in a row: what cannot be drawn still fails its test.
"""

import asyncio
from math import inf
from typing import Any
from weakref import WeakSet

from textual._compositor import Compositor
from textual._context import active_app
from textual.worker import Worker

AT_ONCE_S = 0.02
"""What comes sooner belongs to what was done: a frame, a glide. What comes later is a clock or a blink."""

MOST_S = 1.0

_long: WeakSet[Worker[object]] = WeakSet()
"""Threads that one wait was not long enough for: no other waits for them."""


_drawn = Compositor.render_update


def drawn_later(screen: Compositor, full: bool = False, **how: Any) -> Any:
    """What is to be drawn of a screen, none where nobody would see it yet: it waits until the test looks."""
    return None if active_app.get().is_headless and not full else _drawn(screen, full, **how)


async def settled(_least: float = 0, most: float = MOST_S) -> None:
    """Wait until a program is at rest, and draw what changed."""
    await at_rest(most=most)
    app = active_app.get()
    if app.is_headless and app.screen_stack:
        with app.screen._context():  # noqa: SLF001
            _drawn(app.screen._compositor, screen_stack=app._background_screens)  # noqa: SLF001


async def at_rest(_least: float = 0, most: float = MOST_S) -> None:
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
