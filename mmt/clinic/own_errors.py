"""The errors of the clinic's own hands in their file: without one the published errors are judged by."""

import datetime
from pathlib import Path

import msgspec

from mmt.files import read_regular, write_private
from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.model.measuring import OwnError

_LARGEST = 1_000_000
"""Bytes."""


class Chosen(Value, frozen=True, kw_only=True):
    """The errors that the clinic chose on a day to judge by."""

    chosen: datetime.date
    errors: tuple[OwnError, ...]


def read(path: Path) -> tuple[tuple[OwnError, ...], str]:
    """The errors, and what is wrong with their file (empty where nothing is)."""
    try:
        found = msgspec.json.decode(read_regular(path, _LARGEST), type=Chosen)
    except FileNotFoundError:
        return (), ""
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return (), f"{path}: cannot be read, so changes are judged by the published errors ({why})"
    return found.errors, ""


def write(path: Path, errors: tuple[OwnError, ...], day: datetime.date) -> None:
    """Judge by these from here on, without any by the published ones. Raises ClinicError with a sentence."""
    try:
        if errors:
            chosen = Chosen(chosen=day, errors=errors)
            write_private(path, msgspec.json.format(msgspec.json.encode(chosen)) + b"\n")
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ClinicError(f"Nothing was changed: {path} cannot be written ({error.strerror}).") from None
