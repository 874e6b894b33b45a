"""Records of 0.1.0 that are opened and killed at random meanwhile: FOLDER, how often, SEED.

FOLDER holds them as `old`; each turn has its own copy. A process of its own, forked so that what it needs is
imported once.
"""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from mmt.clinic import Clinic
from mmt.paths import Places

root, number, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])


def opened(turn: int) -> int:
    """A process that opens a copy; its number."""
    places = Places(shutil.copytree(root / "old", root / str(turn)))
    if pid := os.fork():
        return pid
    Clinic.open(places)
    os._exit(0)


begun = time.monotonic()
os.waitpid(opened(0), 0)
usual = time.monotonic() - begun
for one in range(1, number + 1):
    pid = opened(one)
    time.sleep(chance.uniform(0, usual))
    os.kill(pid, signal.SIGKILL)  # it waits for its parent even where it has ended
    os.waitpid(pid, 0)
