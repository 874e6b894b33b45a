"""What the doctor finds, and what it looks at."""

import datetime
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mmt.clinic.signing_in import Ask, look_into
from mmt.model.errors import ClinicError
from mmt.paths import Places
from mmt.storage.health import Health, health
from mmt.storage.keyfile import Secrets


class Complaint(NamedTuple):
    """What is wrong `where`, what to do, and what mends it, if that can be done without losing anything.

    `mends` raises OSError or ClinicError where it cannot.
    """

    where: str
    says: str
    do: str = ""
    mends: Callable[[], object] | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.says} {self.do}".rstrip()


class Examined:
    """The clinic that is looked at, at a moment (with its time zone). What takes long is looked at once."""

    def __init__(self, places: Places, now: datetime.datetime, ask: Ask = lambda _: None) -> None:
        """Where the records open by a passphrase, `ask` is asked who signs in, of those who may."""
        self.places = places
        self.now = now
        self._ask = ask

    @cached_property
    def key(self) -> Secrets | str:
        """The key of the records, or why there is none, in a sentence."""
        try:
            return look_into(self.places, self._ask)
        except ClinicError as error:
            return str(error)

    @cached_property
    def health(self) -> Health | str:
        """How the records are, or why that cannot be seen, in a sentence; empty where there is no key."""
        if isinstance(self.key, str) or not self.has_records:
            return ""
        try:
            return health(self.places.database, self.key)
        except (ClinicError, OSError) as error:
            return str(error)

    @property
    def has_records(self) -> bool:
        """Whether the file of the records is there and holds something."""
        return size(self.places.database) > 0


def size(path: Path) -> int:
    """The bytes of a file; -1 where it cannot be looked at, or is none."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except OSError:
        return -1
