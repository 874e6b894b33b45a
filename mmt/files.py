"""Files that are written whole or not at all, and read only where they are files, of a bounded size."""

import errno
import fnmatch
import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

_READS = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):  # not every system has each
    _READS |= getattr(os, _flag, 0)

_LEVELS = 8


class TooLargeError(OSError):
    """A file holds more than its reader takes."""


def open_regular(path: Path) -> BinaryIO:
    """A file, or the file that a link leads to, opened to be read.

    Nothing is waited for: a pipe or a device in the place of a file would never end. Raises OSError where it
    is no file or cannot be read; `strerror` says why.
    """
    handle = os.open(path, _READS)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: Path, at_most: int) -> bytes:
    """What a file holds, opened as `open_regular` does. Raises TooLargeError where that is more than
    `at_most` bytes, OSError as it does."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(at_most + 1) if size <= at_most else b""
    if max(size, len(data)) > at_most:
        raise TooLargeError(errno.EFBIG, f"it is larger than {at_most / 1e6:g} MB", str(path))
    return data


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


def found_below(folder: Path, pattern: str) -> tuple[list[Path], list[OSError]]:
    """What is below a folder under names that fit, in order, and each folder that could not be looked into.

    A folder that is not there holds none. Links to folders are not followed, and nobody sorts files into more
    than `_LEVELS` folders in each other.
    """
    found: list[Path] = []
    faults: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=faults.append):
        found += [Path(here, name) for name in fnmatch.filter([*folders, *names], pattern)]
        if folders and len(Path(here).relative_to(folder).parts) >= _LEVELS:
            faults.append(OSError(errno.EINVAL, "too many folders in each other", here))
            folders.clear()
    return sorted(found), [one for one in faults if not isinstance(one, FileNotFoundError)]


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


def put_stream(folder: Path, name: str, parts: Iterable[bytes]) -> Path:
    """A new file of this name with these parts, whole or not at all, with mode 0600; numbered where something
    has the name: `records-2.csv`. Raises OSError where the folder cannot be written."""
    make_folder(folder)
    handle, part = tempfile.mkstemp(prefix=".mmt-", dir=folder)
    stem, _, ending = name.rpartition(".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        for number in count(1):
            path = folder / (name if number == 1 else f"{stem}-{number}.{ending}")
            with suppress(FileExistsError):
                put_new(Path(part), path)
                return path
        raise AssertionError("there is no last number")
    finally:
        Path(part).unlink(missing_ok=True)
