"""What the records need beside them: libraries, backups, protocols."""

from collections.abc import Iterator
from pathlib import Path

from mmt.clinic import settings
from mmt.clinic.backups import last
from mmt.clinic.backups.desk import OLD_DAYS
from mmt.clinic.content import read
from mmt.library.load import IncompleteLibraryError

from .complaint import Complaint, Examined


def backups(clinic: Examined) -> Iterator[Complaint]:
    """There is a backup, not too old, and it is where it was put."""
    if isinstance(clinic.health, str) or not clinic.health.signed:
        return
    before = last.read(clinic.places.last_backup)
    folder = settings.read(clinic.places.settings)[0].backups
    do = (
        f"Connect {folder}, then `mmt backup`." if folder else "`mmt backup FOLDER` on a USB drive makes one."
    )
    if before is None:
        yield Complaint("backup", "No backup was made yet.", do)
        return
    age = (clinic.now.date() - before.made.astimezone(clinic.now.tzinfo).date()).days
    if age > OLD_DAYS:
        yield Complaint("backup", f"The last one is {age} days old.", do)
    there = Path(before.folder)
    if there.parent.is_dir() and not there.is_dir():
        yield Complaint("backup", f"The last one is no longer in {there.parent}.", do)


def content(clinic: Examined) -> Iterator[Complaint]:
    """Protocols, templates and settings can be read."""
    try:
        problems = len(read(clinic.places).problems)
    except IncompleteLibraryError as error:
        yield Complaint("protocols", str(error), "Install mmt anew.")
        return
    _, fault = settings.read(clinic.places.settings)
    if fault:
        yield Complaint(clinic.places.settings.name, fault, "F9 in mmt sets them anew.")
    if problems:
        yield Complaint(
            "protocols",
            f"{problems} {'problem' if problems == 1 else 'problems'} in protocols and templates.",
            "`mmt check` names each with file and place.",
        )
