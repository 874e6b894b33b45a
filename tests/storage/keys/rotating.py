"""Removes Ben from the records in FOLDER; with a number from so many below it, each time killed at random."""

import os
import random
import signal
import sys
import time
from pathlib import Path

from behind import ANN, CHEAP, Kept

from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.keys import changing
from mmt.storage.slots import cost

cost.STANDARD = CHEAP


def remove(folder: Path) -> None:
    kept = Kept(Places(folder), "")
    changing.take_away(kept.places.database, kept.path, kept.secrets("Ann", ANN), "Ben")


def forked(folder: Path) -> int:
    """A process that does it; its number."""
    if pid := os.fork():
        return pid
    remove(folder)
    os._exit(0)


def killed(folder: Path, many: int) -> None:
    """Do it once in peace, to know how long it takes, then again and again until it is killed."""
    begun, chance = time.monotonic(), random.Random(1)
    os.waitpid(forked(folder / "0"), 0)
    usual = time.monotonic() - begun
    for turn in range(1, many):
        pid = forked(folder / str(turn))
        time.sleep(chance.uniform(0, usual))
        os.kill(pid, signal.SIGKILL)  # it waits for its parent even where it has ended
        os.waitpid(pid, 0)


if len(sys.argv) > 2:
    killed(Path(sys.argv[1]), int(sys.argv[2]))
else:
    try:
        remove(Path(sys.argv[1]))
    except ClinicError as refusal:
        print(refusal)
        sys.exit(3)
