"""The records as they were before this mmt brought them up to date, beside them until the next good backup.

The folder holds file and key, so that the earlier mmt opens it where `MMT_HOME` names it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from mmt.files import read_regular, sync_folder, write_private
from mmt.model.errors import ClinicError

from .driver import Connection, DatabaseError
from .keyfile import KEY_BYTES
from .remains import mark_of
from .shape import CHAINED

_NAME = "before-shape-"
_LARGEST = 1_000_000
"""Bytes of a key file."""

_NEW, _FINISHED = "mode=rwc", "mode=ro&immutable=1"


def keep_before(
    database: Path, key_file: Path, shape: int, connected: Callable[[Path, str], Connection]
) -> Path:
    """Copy records and key as they are into a folder that tells their `shape`; the folder. An update that was
    cut off may have given the key file the chain key, which records of that shape do not know: the copy is
    without it.

    Whoever calls it lets no other program write meanwhile. Raises ClinicError with a sentence where that is
    not possible; then nothing is left of it.
    """
    names = chain([f"{_NAME}{shape}"], (f"{_NAME}{shape}-{number}" for number in count(2)))
    folder = next(path for name in names if not os.path.lexists(path := database.with_name(name)))
    try:
        with tempfile.TemporaryDirectory(prefix=".before-", dir=database.parent) as room:
            part = Path(room) / folder.name
            part.mkdir(mode=0o700)
            _copied(database, part / database.name, connected)
            key = read_regular(key_file, _LARGEST)
            if shape < CHAINED:
                key = b"".join(key.split())[: 2 * KEY_BYTES] + b"\n"
            write_private(part / key_file.name, key)
            if (mark := mark_of(database)).exists():
                write_private(mark_of(part / database.name), read_regular(mark, _LARGEST))
            sync_folder(part)
            part.rename(folder)
        sync_folder(database.parent)
    except (OSError, DatabaseError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ClinicError(
            f"{database} was written by an earlier mmt and has to be brought up to date. It could not be "
            f"copied before that ({why}), so nothing was changed. Make room on its disk, then try again."
        ) from None
    return folder


def _copied(database: Path, to: Path, connected: Callable[[Path, str], Connection]) -> None:
    """Copy the records durably and look through the copy. Raises OSError, DatabaseError."""
    with closing(connected(database, "mode=ro")) as source, closing(connected(to, _NEW)) as copy:
        source.backup(copy)
    with to.open("rb+") as file:
        os.fsync(file.fileno())
    with closing(connected(to, _FINISHED)) as copy:
        if copy.execute("pragma quick_check").fetchall() != [("ok",)]:
            raise DatabaseError("the copy is not sound")
    if os.name != "nt":
        to.chmod(0o600)


def copies_before(database: Path) -> list[Path]:
    """The folders of such copies."""
    found = sorted(database.parent.glob(f"{_NAME}*"))
    return [folder for folder in found if folder.is_dir() and not folder.is_symlink()]


def forget_before(database: Path) -> None:
    """Remove such copies: a later backup holds the records. One that cannot be removed stays."""
    for folder in copies_before(database):
        shutil.rmtree(folder, ignore_errors=True)
