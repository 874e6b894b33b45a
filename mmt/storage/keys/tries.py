"""Failed tries to sign in, and how long the next one waits: in a file, so that a restart changes nothing."""

import datetime
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Annotated

import msgspec

from mmt.files import read_regular, write_private
from mmt.model.base import Value

FREE = 3
"""So many tries may fail without a delay."""

LONGEST_S = 300
"""Nobody is locked out for longer, however many tries failed."""

_LARGEST = 1000
"""Bytes."""


class Tries(Value, frozen=True, kw_only=True):
    """How many tries failed since somebody signed in, and when the last of them was."""

    failed: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    last: Annotated[datetime.datetime, msgspec.Meta(tz=True)] = datetime.datetime.fromtimestamp(
        0, datetime.UTC
    )

    @property
    def delay(self) -> int:
        """Seconds that the next try waits after the last one: 2, 4, 8 … once the free ones are used up."""
        return min(2 ** min(self.failed - FREE + 1, 20), LONGEST_S) if self.failed >= FREE else 0

    def waits(self, now: datetime.datetime) -> int:
        """Whole seconds still to wait. Before the last try, by a clock that was set back, all of them."""
        gone = (now - self.last).total_seconds()
        return max(0, ceil(self.delay - gone)) if gone >= 0 else self.delay


def read_tries(path: Path) -> Tries:
    """What is noted; nothing where nothing can be read."""
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        return msgspec.json.decode(read_regular(path, _LARGEST), type=Tries)
    return Tries()


def note_tries(path: Path, tries: Tries) -> None:
    """Note it. Where that cannot be written the try goes on: who can prevent it can copy all files."""
    with suppress(OSError):
        write_private(path, msgspec.json.encode(tries) + b"\n")
