"""Work that is told to stop ends between two of its parts, never within one."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_TOLD = (signal.SIGINT, signal.SIGTERM)


class StoppedError(Exception):
    """Somebody said stop, by the signal of this `number`."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Within the block Ctrl-C, and being told to end, breaks into nothing: it is noted, and what the block is
    given raises StoppedError from then on. So does the block where something else failed meanwhile."""
    noted: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        noted.append(number)

    def look() -> None:
        if noted:
            raise StoppedError(noted[0])

    before = {one: signal.getsignal(one) for one in _TOLD}
    for one, how in before.items():
        if how is not signal.SIG_IGN:
            signal.signal(one, note)
    try:
        yield look
    except Exception as error:
        if noted and not isinstance(error, StoppedError):
            raise StoppedError(noted[0]) from error
        raise
    finally:
        for one, how in before.items():
            signal.signal(one, how)
