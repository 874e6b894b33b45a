"""A backup of 20,000 patients, made and checked, beside SQLite's online backup of the same file alone, which
has to decrypt and encrypt each page, and beside a plain durable copy."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from many_patients import records
from table import Row

from mmt.clinic import Clinic
from mmt.paths import Places
from mmt.storage.backup import snapshot

TURNS = 5


def copy(file: Path, to: Path) -> float:
    """Copy a file durably; the seconds it took."""
    start = time.perf_counter()
    shutil.copyfile(file, to)
    with to.open("rb+") as copied:
        os.fsync(copied.fileno())
    return time.perf_counter() - start


def bare(clinic: Clinic, to: Path) -> float:
    """SQLite's online backup into a new encrypted file, durable and not looked at; the seconds it took."""
    start = time.perf_counter()
    with snapshot(clinic.places.database, clinic.store.secrets) as records:
        records.copy(to, lambda: False)
    return time.perf_counter() - start


def back_up(clinic: Clinic, into: Path) -> float:
    """A backup as `mmt backup FOLDER` makes it; the seconds it took."""
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
    backups, bares, copies = [], [], []
    for number in range(turns):
        copies.append(copy(places.database, room / "copy.db"))
        bares.append(bare(clinic, room / f"bare-{number}.db"))
        backups.append(back_up(clinic, room / f"to-{number}"))
    clinic.close()
    shutil.rmtree(room)
    name = "a backup, checked, of 20,000 patients"
    return [
        Row(name, backups, "SQLite's online backup alone", bares, 4.0, unit="s"),
        Row(name, backups, "a plain durable copy of the file", copies, 3.0, unit="s"),
    ]
