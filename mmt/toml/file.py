"""A TOML file to tables: found, read within bounds, parsed, its text cleaned."""

import tomllib
from pathlib import Path
from typing import Any

from mmt.files import TooLargeError, found_below, read_regular
from mmt.model.text import clean

from .depth import too_deep
from .problems import Problem, shown_path

MAX_BYTES = 2_000_000
"""A protocol or case file above this size is refused unread: no file written by hand comes near it."""


def toml_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The TOML files below a folder, and each folder that cannot be looked into. One not there holds none."""
    found, faults = found_below(folder, "*.toml")
    return found, [
        Problem(
            file=shown_path(Path(one.filename), folder.parent),
            place="",
            says=f"cannot be looked into ({one.strerror}); check name and rights of this folder",
        )
        for one in faults
    ]


def read_toml(path: Path, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of a TOML file, or an empty dictionary and what was wrong with it."""
    try:
        return parse_toml(read_regular(path, MAX_BYTES), name)
    except TooLargeError:
        says = "is larger than 2 MB; split it into smaller files"
    except OSError as error:
        says = f"cannot be read ({error.strerror}); check name and rights"
    return {}, [Problem(file=name, place="", says=says)]


def parse_toml(data: bytes, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of TOML text in UTF-8, or an empty dictionary and what was wrong with it."""
    place = ""
    try:
        text = data.decode("utf-8-sig")
        if not (line := too_deep(text)):
            return cleaned(tomllib.loads(text)), []
        place, says = f"line {line}", "is nested too deeply; no table of mmt needs more than a few levels"
    except UnicodeDecodeError as error:
        says = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        says = f"is not valid TOML: {error}"
    except ValueError:
        says = "holds a number of thousands of digits; no number of mmt is that long"
    return {}, [Problem(file=name, place=place, says=says)]


def cleaned(value: Any) -> Any:
    """The same tables with every text put through `clean`."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(one) for key, one in value.items()}
    return value
