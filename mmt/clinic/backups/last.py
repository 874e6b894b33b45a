"""The last good backup, as it is remembered beside the records: its drive may be away by then."""

import datetime
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec

from mmt.files import read_regular, write_private
from mmt.model.base import Value

from .manifest import Manifest

_LARGEST = 100_000
"""Bytes."""


class Last(Value, frozen=True, kw_only=True):
    """Where the last backup lies, when it was made, and what state it holds."""

    folder: str
    made: Annotated[datetime.datetime, msgspec.Meta(tz=True)]
    state: str


def read(path: Path) -> Last | None:
    """The last backup; None where none was made, or nothing can be known of it."""
    with suppress(OSError, UnicodeDecodeError, msgspec.DecodeError):
        return msgspec.json.decode(read_regular(path, _LARGEST), type=Last)
    return None


def keep(path: Path, folder: Path, manifest: Manifest) -> None:
    """Remember a backup. Where that cannot be written, the backup stands all the same."""
    with suppress(OSError):
        last = Last(folder=str(folder), made=manifest.made, state=manifest.state)
        write_private(path, msgspec.json.format(msgspec.json.encode(last)) + b"\n")
