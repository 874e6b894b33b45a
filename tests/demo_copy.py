"""The demo's clinic, made once for all tests and copied for each."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from mmt.clinic.demo import make_demo


@cache
def _made() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="mmt-demo-")
    make_demo(Path(folder.name)).close()
    return folder


def copy_demo(folder: Path) -> Path:
    """Put the demo's clinic into a folder."""
    return shutil.copytree(_made().name, folder, dirs_exist_ok=True)
