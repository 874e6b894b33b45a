"""A backup of 20,000 patients, made and checked, beside SQLite's online backup of the same file alone, which
has to decrypt and encrypt each page, and beside a plain durable copy.

`uv run python tests/benchmarks/backups.py /media/you/STICK` measures it on a drive that backups go to, as the
goal beside a plain copy is meant. Without a folder they lie in a temporary one. Where that is memory in
truth, these 250 MB are copied in less time than it takes to read the seals of their pages once.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from many_patients import records
from table import HEAD, Row, tell

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


def rows(turns: int = TURNS, drive: Path | None = None) -> list[Row]:
    """In turn, so that whatever else the disk does meets all alike; each on the `drive`, or in a temporary
    folder."""
    home = Path(tempfile.mkdtemp())
    places = Places(home / "clinic")
    shutil.copytree(records(), places.root)
    clinic = Clinic.open(places)
    backups, bares, copies = [], [], []
    for _ in range(turns):
        with tempfile.TemporaryDirectory(dir=drive) as room:
            copies.append(copy(places.database, Path(room) / "copy.db"))
            bares.append(bare(clinic, Path(room) / "bare.db"))
            backups.append(back_up(clinic, Path(room) / "backups"))
    clinic.close()
    shutil.rmtree(home)
    name = "a backup, checked, of 20,000 patients"
    return [
        Row(name, backups, "SQLite's online backup alone", bares, 4.0, unit="s"),
        Row(name, backups, "a plain durable copy of the file", copies, 3.0, unit="s"),
    ]


if __name__ == "__main__":
    print(HEAD)
    tell(rows(drive=Path(sys.argv[1])))
