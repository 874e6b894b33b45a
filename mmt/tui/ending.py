"""How the program ends when the system tells it to, or when its terminal goes away.

A signal only leaves its number in a queue, whatever the program is doing at that moment. A thread takes it
from there and asks the program to leave: terminal put back, records closed, the demo's folder removed.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from math import inf
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from mmt import terminal

SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGBREAK")  # Windows has others than Unix
    if hasattr(signal, name)
)
HANG_UP = 1
"""The number of SIGHUP, also where the system has no such signal."""

GLANCE_S = 0.1
"""So often the thread looks whether the terminal is still there: in between, its loss keeps a core busy."""

PATIENCE_S = 5.0
"""So long the program may take to leave, and a second for each step of the last resort."""


class Program(Protocol):
    """What can be ended."""

    leaving: bool
    """Nothing new is begun: no screen, no records, no terminal taken again."""

    def exit(self) -> None:
        """Leave; safe to call in a thread."""


class Ending:
    """Watches for the end of a program from now on until the process is over.

    `clear` removes what was made for this run alone. `status` is what a shell expects of a program that a
    signal ended (128 + its number); 0 as long as none came.
    """

    def __init__(self, program: Program, clear: Callable[[], None]) -> None:
        self.status = 0
        self._program = program
        self._clear = clear
        self._told: SimpleQueue[int] = SimpleQueue()
        self._modes = terminal.modes()
        for number in SIGNALS:
            signal.signal(number, self._tell)
        Thread(target=self._watch, name="ending", daemon=True).start()

    def _tell(self, number: int, _: object) -> None:
        self._program.leaving = True
        self._told.put(number)

    def _watch(self) -> None:
        until = inf
        while time.monotonic() < until:
            number = self._next()
            if number and not self.status:  # a second signal does not disturb the ending
                self.status = 128 + number
                until = time.monotonic() + PATIENCE_S
                with suppress(RuntimeError):  # it has left just now
                    self._program.exit()
        self._last_resort()

    def _next(self) -> int:
        """The next signal's number, 0 where none comes for a moment."""
        number = 0
        with suppress(Empty):
            number = self._told.get(timeout=GLANCE_S)
        if terminal.gone():
            terminal.let_go()
            number = number or HANG_UP
        return number

    def _last_resort(self) -> None:
        """End a program that does not leave: some work of its own, or its terminal, is stuck."""
        for step in (lambda: terminal.put_back(self._modes), self._clear):
            thread = Thread(target=step, daemon=True)
            thread.start()
            thread.join(1)
        os._exit(self.status)
