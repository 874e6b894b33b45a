"""The folder of the records: whether it can be used, by nobody else, and has room."""

import os
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mmt.rights import close, exposed
from mmt.storage.shares import network_share

from .complaint import Complaint, Examined

LEAST_FREE = 200_000_000
"""Bytes. A day's visits take some hundred thousand, a paper some ten thousand; a backup as much as the
records."""

_LEFT_S = 24 * 3600
_LEFTOVERS = (".setup-*", ".new-*", ".mmt-*", ".before-*")
"""What a set-up, a new key, a file that was being written, a copy leave where the power fails."""


def usable(clinic: Examined) -> Iterator[Complaint]:
    """The folder can be looked into and written in."""
    root = clinic.places.root
    try:
        os.listdir(root)  # noqa: PTH208  (iterdir would not say why before it is asked)
    except FileNotFoundError:
        yield Complaint(
            str(root), "There is no such folder.", "`mmt` sets up a clinic, `mmt restore` puts one back."
        )
        return
    except OSError as error:
        yield Complaint(
            str(root),
            f"It cannot be looked into ({error.strerror}).",
            "Give yourself the right to read and write in it.",
        )
        return
    if not os.access(root, os.W_OK):
        yield Complaint(
            str(root),
            "It cannot be written in: nothing can be recorded.",
            "Give yourself the right to write in it; if its disk is read-only, check the disk.",
        )


def private(clinic: Examined) -> Iterator[Complaint]:
    """Nobody but the owner reaches the folder, the records and the key."""
    for one in exposed(clinic.places.private):
        if one.by_mode:
            yield Complaint(one.path.name, one.says, "Close it for others.", partial(close, one.path))
        else:
            yield Complaint(one.path.name, one.says, "Move the records to a folder of your own account.")


def local(clinic: Examined) -> Iterator[Complaint]:
    """The folder lies on a disk of this computer."""
    if kind := network_share(clinic.places.root):
        yield Complaint(
            str(clinic.places.root),
            f'It lies on a network share ({kind}), which cannot keep a promise of "saved".',
            "Move the whole folder to a disk of this computer; MMT_HOME names where.",
        )


def room(clinic: Examined) -> Iterator[Complaint]:
    """There is room for the work of some weeks."""
    try:
        free = shutil.disk_usage(clinic.places.root).free
    except OSError:
        return
    if free < LEAST_FREE:
        yield Complaint(
            str(clinic.places.root), f"Its disk has {free / 1e6:,.0f} MB left.", "Make room on that disk."
        )


def leftovers(clinic: Examined) -> Iterator[Complaint]:
    """Nothing lies about that was left unfinished more than a day ago."""
    root = clinic.places.root
    found = [path for pattern in _LEFTOVERS for path in sorted(root.glob(pattern)) if _old(path)]
    for path in found:
        yield Complaint(
            path.name,
            "Something unfinished was left here when mmt or the computer stopped.",
            "It holds nothing that is needed.",
            partial(_remove, path) if clinic.has_records else None,
        )


def _old(path: Path) -> bool:
    try:
        return not path.is_symlink() and time.time() - path.lstat().st_mtime > _LEFT_S
    except OSError:
        return False


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
