"""The drives that are plugged in now, so that nobody has to know how the system names them."""

import os
import sys
from pathlib import Path

_LETTERS = "DEFGHIJKLMNOPQRSTUVWXYZ"
_PLACES = {"darwin": ("/Volumes/*",), "linux": ("/media/*", "/media/*/*", "/run/media/*/*", "/mnt/*")}


def drives() -> tuple[str, ...]:
    """USB drives and the like, by their folders; none where the system does not tell."""
    if sys.platform == "win32":
        found = [Path(f"{letter}:\\") for letter in _LETTERS]
    else:
        found = [path for where in _PLACES.get(sys.platform, ()) for path in Path("/").glob(where[1:])]
    return tuple(str(path) for path in found if os.path.ismount(path) and os.access(path, os.W_OK))
