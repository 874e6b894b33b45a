"""The records and their key."""

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mmt.model.errors import ClinicError
from mmt.storage.before import copies_before
from mmt.storage.keyfile import Secrets
from mmt.storage.remains import PUT_BACK, empty, missing, remains
from mmt.storage.shape import SHAPE
from mmt.storage.slots.file import is_slots
from mmt.storage.store import Store

from .complaint import Complaint, Examined, size

LARGE_LOG = 32_000_000
"""Bytes. mmt folds the log in after some seconds without a key, at 4 MB at the latest."""

_SLACK = datetime.timedelta(minutes=10)
"""Two computers' clocks are never the same."""


def there(clinic: Examined) -> Iterator[Complaint]:
    """Records and key are there, and belong to each other."""
    database, key_file = clinic.places.database, clinic.places.key
    if not remains(database, key_file):
        return
    if size(database) < 0:
        yield Complaint(database.name, missing(database, key_file))
    elif size(database) == 0:
        yield Complaint(database.name, empty(database, key_file))
    if isinstance(clinic.key, str):
        by_passphrase = _asks(key_file)
        yield Complaint(key_file.name, clinic.key, "" if by_passphrase else "Every backup holds the key.")
    elif isinstance(clinic.health, str) and clinic.health:
        yield Complaint(database.name, clinic.health, "Keep a copy of the whole folder.")
    elif not isinstance(clinic.health, str) and clinic.health.rolled_back:
        yield Complaint(clinic.places.mark.name, clinic.health.rolled_back)


def whole(clinic: Examined) -> Iterator[Complaint]:
    """No page is damaged, and none lost."""
    if isinstance(clinic.health, str):
        return
    name = clinic.places.database.name
    if clinic.health.pages:
        pages = clinic.health.pages
        yield Complaint(
            name,
            f"{pages} {'page is' if pages == 1 else 'pages are'} not as written: the disk is failing, or "
            "another program wrote there.",
            f"Do not go on. {PUT_BACK}",
        )
    elif clinic.health.faults:
        yield Complaint(
            name, f"It does not hang together ({clinic.health.faults[0]}).", f"Do not go on. {PUT_BACK}"
        )


def shape(clinic: Examined) -> Iterator[Complaint]:
    """The file has the shape that mmt gave it."""
    if isinstance(clinic.health, str):
        return
    name = clinic.places.database.name
    if clinic.health.shape > SHAPE:
        yield Complaint(name, "It was written by a newer mmt.", "Install the newest mmt.")
    if clinic.health.foreign:
        yield Complaint(
            name,
            f"Another program changed what guards the records: {', '.join(clinic.health.foreign)}.",
            f"Do not go on. {PUT_BACK}",
        )


def clock(clinic: Examined) -> Iterator[Complaint]:
    """This computer's clock is not behind what was recorded last."""
    if isinstance(clinic.health, str):
        return
    recorded, until = clinic.health.recorded, clinic.health.until
    behind = recorded is not None and recorded - clinic.now > _SLACK
    if behind or (until is not None and until > clinic.now.date()):
        last = max(filter(None, (until, recorded and recorded.astimezone(clinic.now.tzinfo).date())))
        yield Complaint(
            "clock",
            f"It says {clinic.now:%Y-%m-%d %H:%M}, but something was recorded on {last} already.",
            "Set this computer's clock and time zone before the next visit.",
        )


def log(clinic: Examined) -> Iterator[Complaint]:
    """The log of the newest records is folded in now and then."""
    database = clinic.places.database
    log = database.with_name(f"{database.name}-wal")
    if size(log) > LARGE_LOG:
        yield Complaint(
            log.name,
            f"It holds {size(log) / 1e6:,.0f} MB of the newest records that are not in {database.name} yet.",
            "Close mmt in every window.",
            partial(_fold_in, clinic),
        )


def copies(clinic: Examined) -> Iterator[Complaint]:
    """No copy lies about that opens without the passphrase that the records ask for."""
    if not _asks(clinic.places.key):
        return
    for folder in copies_before(clinic.places.database):
        if not _asks(folder / clinic.places.key.name):
            yield Complaint(
                folder.name,
                "The records lie here as they were before mmt was updated, with a key that asks for no "
                "passphrase.",
                "It goes with the next backup: `mmt backup`.",
            )


def _asks(key_file: Path) -> bool:
    """Whether a key file asks for a passphrase; not where it cannot be read."""
    try:
        return is_slots(key_file)
    except ClinicError:
        return False


def _fold_in(clinic: Examined) -> None:
    """Who closes the records last folds the log in."""
    if isinstance(clinic.key, Secrets):
        Store.open(clinic.places.database, clinic.places.key, clinic.key).close()
