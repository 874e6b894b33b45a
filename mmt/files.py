"""Files that are written whole or not at all."""

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


def put_new(part: Path, path: Path) -> None:
    """Give the finished file `part` the name `path`, durably; what has that name is never replaced.

    Raises FileExistsError where something has the name, OSError where the folder cannot be written.
    """
    try:
        os.link(part, path)
        part.unlink()
    except FileExistsError:
        raise
    except OSError:  # FAT and exFAT know no links
        if os.path.lexists(path):
            raise
        part.rename(path)
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, durably and with mode 0700.

    Raises OSError where that is not possible.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable. Without such a call (Windows, some shares) the system decides."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)
