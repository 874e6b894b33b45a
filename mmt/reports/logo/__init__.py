"""The clinic's logo: found in its folder, and drawn anew, so that no part of its file gets on paper."""

import os
from importlib import import_module
from pathlib import Path

from mmt.files import TooLargeError, read_regular

NAMES = ("logo.svg", "logo.png", "logo.jpg", "logo.jpeg")
"""What the file may be called, the first that is there is printed."""

LARGEST = 2_000_000
"""Bytes. A logo above this is refused unread."""


class LogoError(Exception):
    """The logo cannot be printed; `str()` says why and what to do."""


def find_logo(folder: Path) -> tuple[bytes, list[str]]:
    """The picture to print, and what is wrong: each a line that names the file.

    Without a file, or with one that cannot be used, the picture is empty.
    """
    there = {name.lower(): folder / name for name in _names(folder) if name.lower() in NAMES}
    found = [there[name] for name in NAMES if name in there]
    if not found:
        return b"", []
    logo, *others = found
    name = f"{folder.name}/{logo.name}"
    problems = [
        f"{folder.name}/{one.name}: is not printed, {logo.name} is; keep one of them" for one in others
    ]
    try:
        return _read(logo), problems
    except LogoError as error:
        return b"", [*problems, f"{name}: {error}; papers are printed without a logo"]


def _names(folder: Path) -> list[str]:
    """What is in the folder; nothing where it cannot be looked into, as is said with the templates there."""
    try:
        return os.listdir(folder)  # noqa: PTH208  (a Path for each name is not needed)
    except OSError:
        return []


def _read(path: Path) -> bytes:
    """The file as a picture drawn anew. Raises LogoError."""
    try:
        data = read_regular(path, LARGEST)
    except TooLargeError as error:
        raise LogoError("is larger than 2 MB; save it smaller") from error
    except OSError as error:
        raise LogoError(f"cannot be read ({error.strerror}); check name and rights") from error
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return bytes(import_module(f"{__name__}.pixels").redrawn(data))
    return bytes(import_module(f"{__name__}.drawing").redrawn(data))
