"""The settings of a station in their file; without one, or with a faulty one, everything is as it comes."""

from pathlib import Path

import msgspec

from mmt.files import read_regular, write_private
from mmt.model.errors import ClinicError
from mmt.model.settings import Settings

_LARGEST = 100_000
"""Bytes."""


def read(path: Path) -> tuple[Settings, str]:
    """The settings, and what is wrong with their file (empty where nothing is)."""
    try:
        return msgspec.json.decode(read_regular(path, _LARGEST), type=Settings), ""
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return Settings(), f"{path}: cannot be read, so the settings are those of a new clinic ({why})"


def write(path: Path, settings: Settings) -> None:
    """Keep the settings. Raises ClinicError with a sentence where the file cannot be written."""
    try:
        write_private(path, msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
    except OSError as error:
        raise ClinicError(
            f"The setting holds now, but could not be kept: {path} cannot be written ({error.strerror})."
        ) from None
