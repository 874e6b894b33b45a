"""What the system may keep of this process besides its files: nothing.

A core file holds the whole memory: the key of the records and the names in them.
"""

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    import ctypes

_PR_SET_DUMPABLE = 4


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
