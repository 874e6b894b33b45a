"""One program at a time at something on the records of a clinic: a lock that the system lets go of when its
program ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmt.model.errors import ClinicError

_NO_LOCK = "{path} cannot be written ({why}). Give yourself the right to write in its folder."


@contextmanager
def alone(path: Path, busy: str) -> Iterator[None]:
    """Within the block no other program is at what this lock is of. Raises ClinicError, which says that it is
    `busy`, where one is."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ClinicError(_NO_LOCK.format(path=path, why=error.strerror)) from None
    try:
        try:
            _lock(handle)
        except OSError:
            raise ClinicError(busy) from None
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
