"""A backup of 20,000 patients, made and checked, beside a plain durable copy of the same file."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from many_patients import records
from table import Row

from mmt.clinic import Clinic
from mmt.paths import Places

TURNS = 5


def copy(file: Path, to: Path) -> float:
    """Copy a file durably; the seconds it took."""
    start = time.perf_counter()
    shutil.copyfile(file, to)
    with to.open("rb+") as copied:
        os.fsync(copied.fileno())
    return time.perf_counter() - start


def back_up(clinic: Clinic, into: Path) -> float:
    """Make a backup as `mmt backup FOLDER` does; the seconds it took."""
    into.mkdir()
    start = time.perf_counter()
    clinic.backups().make(into)
    return time.perf_counter() - start


def rows(turns: int = TURNS) -> list[Row]:
    """In turn, so that whatever else the disk does meets both alike."""
    room = Path(tempfile.mkdtemp())
    places = Places(room / "clinic")
    shutil.copytree(records(), places.root)
    clinic = Clinic.open(places)
    backups, copies = [], []
    for number in range(turns):
        copies.append(copy(places.database, room / "copy.db"))
        backups.append(back_up(clinic, room / f"to-{number}"))
    clinic.close()
    shutil.rmtree(room)
    return [
        Row(
            "a backup, checked, of 20,000 patients",
            backups,
            "a durable copy of the file",
            copies,
            3.0,
            unit="s",
        )
    ]
