"""All that goes wrong at once: a bad line, a server and a sender that are killed again and again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bad_line import ILLS, Ill
from engine import Engine

SEND = (sys.executable, "-c", "from mmt.cli import main; main()", "send", "--again")
"""A sender: `mmt send`, which also tries again what was refused."""


def sender(folder: Path) -> "subprocess.Popen[bytes]":
    """A sender of the clinic in this folder, in a process of its own."""
    return subprocess.Popen(
        SEND, env=os.environ | {"MMT_HOME": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def killed(process: "subprocess.Popen[bytes]") -> bool:
    """Kill a process at once; whether it was still running."""
    running = process.poll() is None
    if running:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return running


class Storm:
    """What goes wrong by chance; `met` tells how often what did."""

    def __init__(self, engine: Engine, folder: Path, chance: random.Random) -> None:
        self._engine, self._folder, self._chance = engine, folder, chance
        self.calm = False
        self.met: Counter[str] = Counter()

    def ill(self) -> Ill | None:
        """What goes wrong with the next request: with every fifth something, until it is calm."""
        if self.calm or self._chance.random() < 0.8:
            return None
        return self._chance.choice(ILLS)

    @property
    def kills(self) -> int:
        """How often each side was killed at least."""
        return min(self.met["server killed"], self.met["sender killed"])

    def rage(self, kills: int, meanwhile: Callable[[], object], enough: Callable[[], bool]) -> None:
        """Kill sender and server while the sender runs, each so often at least and until it is `enough`, and
        do something `meanwhile`."""
        process = sender(self._folder)
        while self.kills < kills or not enough():
            until = time.monotonic() + self._chance.uniform(0.8, 4.0)
            while time.monotonic() < until and process.poll() is None:
                meanwhile()
            if process.poll() is not None:  # it came to its end, and is not to be killed
                pass
            elif self._chance.random() < 0.5:
                self.met["sender killed"] += killed(process)
            else:
                self._engine.kill()
                self.met["server killed"] += 1
                time.sleep(self._chance.uniform(0, 0.5))
                self._engine.start()
            if process.poll() is not None:
                process = sender(self._folder)
        killed(process)

    def clears(self, rounds: int = 20) -> None:
        """Nothing goes wrong any more, and senders run until one says that all is there."""
        self.calm = True
        for _ in range(rounds):
            if sender(self._folder).wait() == 0:
                return
        raise AssertionError("what was signed is not all there")
