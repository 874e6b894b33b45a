"""The memory of this process: what the system may write of it to a disk, and what Python looks through.

A core file holds the whole memory: the key of the records and the names in them.
"""

import gc
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    import ctypes

_PR_SET_DUMPABLE = 4
NEW_OBJECTS = 20_000
"""So many are made by some thirty keys; Python by itself looks after 700, in the midst of each."""


def keep_no_core() -> None:
    """Let no core file of this process be written, and on Linux no other program of this user look into it.

    Programs that it starts write none either; where the system refuses this, it goes on without it.
    """
    if sys.platform != "win32":
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library without it
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def settle() -> None:
    """Let the collector look through all that is here once, and never again: no key waits for that.

    What comes later is looked through when there is a good deal of it.
    """
    gc.set_threshold(NEW_OBJECTS, 20, 20)
    gc.collect()
    gc.freeze()
