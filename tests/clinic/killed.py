"""Backups, then restores, that are killed at random: FOLDER, how many of each, SEED.

Each is a process of its own, forked so that what it needs is imported once. FOLDER holds a clinic whose
backups go to `stick` by themselves, and a backup `good`.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from mmt.clinic import Clinic
from mmt.clinic.backups.restoring import restore
from mmt.paths import Places

root, number, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])


def back_up(_: int) -> None:
    clinic = Clinic.open(Places(root / "clinic"))
    clinic.backups().make()
    clinic.close()


def forked(work: Callable[[], object]) -> int:
    """A process that does it; its number."""
    if pid := os.fork():
        return pid
    work()
    os._exit(0)


def killed(work: Callable[[int], object]) -> None:
    """Do it once in peace, to know how long it takes, then again and again until it is killed."""
    begun = time.monotonic()
    os.waitpid(forked(lambda: work(0)), 0)
    usual = time.monotonic() - begun
    for turn in range(1, number + 1):
        pid = forked(lambda turn=turn: work(turn))  # type: ignore[misc]
        time.sleep(chance.uniform(0, usual))
        os.kill(pid, signal.SIGKILL)  # it waits for its parent even where it has ended
        os.waitpid(pid, 0)


killed(back_up)
killed(lambda turn: restore(root / "good", root / f"to-{turn}"))
