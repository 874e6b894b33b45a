"""Who besides their owner may reach the files of a clinic. Windows tells it otherwise, and is not asked."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Exposed(NamedTuple):
    """A file or folder that others reach, what that is in a sentence, and whether its mode is all of it."""

    path: Path
    says: str
    by_mode: bool


def exposed(paths: Iterable[Path]) -> list[Exposed]:
    """What of these is not its owner's alone, or another's. What is missing, or may not be looked at, is not
    told here; a link is told by what it leads to."""
    if os.name == "nt":
        return []
    return [one for path in paths if (one := _exposed(path))]


def _exposed(path: Path) -> Exposed | None:
    try:
        found = path.stat()
    except OSError:
        return None
    if found.st_uid != os.geteuid():
        says = f"{path} belongs to another account, which can read and replace what it holds."
        return Exposed(path, says, by_mode=False)
    if stat.S_IMODE(found.st_mode) & _OTHERS:
        says = f"Other accounts of this computer can look into {path}, or change it."
        return Exposed(path, says, by_mode=True)
    return None


def close(path: Path) -> None:
    """Let nobody but its owner reach a file or folder; what the owner may stays. Raises OSError."""
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
