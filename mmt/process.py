"""What the system may keep of this process besides its files: nothing. And what no key waits for.

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
"""So many are made by some twenty keys; Python by itself looks after 700, in the midst of each."""


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
    """Look once for what nothing needs, and no more through what is here now: no key waits for that.

    What comes later is looked through when there is a good deal of it.
    """
    gc.set_threshold(NEW_OBJECTS, 20, 20)
    gc.collect()
    gc.freeze()
