"""One sender at a time on the records of a clinic, whichever program it is in: a lock that the system lets go
of when its program ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmt.model.errors import ClinicError

BUSY = "mmt is sending already, in another window or by itself. `mmt send --status` says how far it is."
_NO_LOCK = "{path} cannot be written ({why}). Give yourself the right to write in its folder."


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Within the block no other program sends. Raises ClinicError where one does."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ClinicError(_NO_LOCK.format(path=path, why=error.strerror)) from None
    try:
        try:
            _lock(handle)
        except OSError:
            raise ClinicError(BUSY) from None
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
