"""Files that only their owner may read."""

import errno
import os
import tempfile
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path` with mode 0600, whole or not at all; a regular file there is replaced.

    A link is replaced too, never followed. Raises OSError where the folder cannot be written, and
    FileExistsError where something other than a file or a link is in the place.
    """
    if path.exists() and not (path.is_file() or path.is_symlink()):
        raise FileExistsError(errno.EEXIST, "something that is not a file has this name", str(path))
    handle, part = tempfile.mkstemp(prefix=".mmt-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
