"""TOML text to checked values, row by row, so that every fault is named and the rest still loads."""

import difflib
import math
import re
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from mmt.files import TooLargeError, found_below, read_regular
from mmt.model.text import clean

from .depth import too_deep
from .problems import MOST, Problem, shown_path

MAX_BYTES = 2_000_000
"""A protocol or case file above this size is refused unread: no file written by hand comes near it."""

_LONGEST_NAME = 60

_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}

_NO_WORD = "is not a word that may stand here"

T = TypeVar("T")


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
        data = read_regular(path, MAX_BYTES)
    except TooLargeError:
        return {}, [Problem(file=name, place="", says="is larger than 2 MB; split it into smaller files")]
    except OSError as error:
        return {}, [
            Problem(file=name, place="", says=f"cannot be read ({error.strerror}); check name and rights")
        ]
    return parse_toml(data, name)


def parse_toml(data: bytes, name: str) -> tuple[dict[str, Any], list[Problem]]:
    """The tables of TOML text in UTF-8, or an empty dictionary and what was wrong with it."""
    try:
        text = data.decode("utf-8-sig")
        if line := too_deep(text):
            says = "is nested too deeply; no table of mmt needs more than a few levels"
            return {}, [Problem(file=name, place=f"line {line}", says=says)]
        return cleaned(tomllib.loads(text)), []
    except UnicodeDecodeError as error:
        says = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        says = f"is not valid TOML: {error}"
    except ValueError:
        says = "holds a number of thousands of digits; no number of mmt is that long"
    return {}, [Problem(file=name, place="", says=says)]


def cleaned(value: Any) -> Any:
    """The same tables with every text put through `clean`."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(one) for key, one in value.items()}
    return value


def convert(row: Any, kind: type[T], file: str, place: str) -> tuple[T | None, list[Problem]]:
    """`row` as a value of `kind`, or None and its problems, one for each faulty field.

    `inf` and `nan` are faults: TOML writes them, nobody measures them.
    """
    faults = [(where, "is not a finite number; write a plain number") for where in _not_finite(row)]
    if not faults:
        try:
            return msgspec.convert(row, kind, strict=True), []
        except msgspec.ValidationError as error:
            faults = list(islice(_field_faults(row, kind), MOST + 1)) or [_split(str(error))]
    return None, [Problem(file=file, place=_join(place, where), says=says) for where, says in faults]


def _field_faults(row: Any, kind: Any) -> Iterator[tuple[str, str]]:
    """Where and what, for every field of a row: msgspec by itself stops at the first."""
    struct = _struct(row, kind)
    if struct is None or not isinstance(row, dict):
        return
    fields = {one.encode_name: one for one in msgspec.structs.fields(struct)}
    meant: set[str] = set()
    known = {*fields, struct.__struct_config__.tag_field}
    free = fields.keys() - row.keys()
    for name in (name for name in row if name not in known):
        near = difflib.get_close_matches(name[:_LONGEST_NAME], free, n=1)
        meant.update(near)
        yield "", f'has no field "{name}"' + (f'; did you mean "{near[0]}"?' if near else "")
    for name, one in fields.items():
        if name in row:
            yield from ((_join(name, where), says) for where, says in _value_faults(row[name], one.type))
        elif one.required and name not in meant:
            yield "", f'lacks the field "{name}"'


def _value_faults(value: Any, kind: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the value of one field; of a table with free keys, each key that is at fault."""
    fault = _first_fault(value, kind)
    if fault and fault[0].startswith("[...]"):
        for key, one in value.items():
            if each := _first_fault({key: one}, kind):
                yield each[0].replace("[...]", key, 1), each[1]
    elif fault:
        yield fault


def _first_fault(value: Any, kind: Any) -> tuple[str, str] | None:
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        where, says = _split(str(error))
        allowed = _words(kind) if says.endswith(_NO_WORD) else ()
        return where, f"{says}; write {', '.join(allowed[:-1])} or {allowed[-1]}" if allowed else says
    return None


def _words(kind: Any) -> tuple[str, ...]:
    """The words that a field may hold, where it takes words of one list only."""
    if get_origin(kind) is Literal:
        return tuple(str(one) for one in get_args(kind)) if len(get_args(kind)) > 1 else ()
    found = [words for one in get_args(kind) if (words := _words(one))]
    return found[0] if len(found) == 1 else ()


def _struct(row: Any, kind: Any) -> Any:
    """The structure that a row is meant to be: of several, the one that its tag names; None if no such."""
    for one in get_args(kind) or (kind,):
        config = getattr(one, "__struct_config__", None)
        if config and (
            config.tag is None or (isinstance(row, dict) and row.get(config.tag_field) == config.tag)
        ):
            return one
    return None


def _join(place: str, where: str) -> str:
    if not where or where.startswith("["):
        return place + where
    return f"{place}.{where}" if place else where


def _split(message: str) -> tuple[str, str]:
    """Where and what of msgspec's sentence: ``Expected `int`, got `str` - at `$.dose.reps` ``."""
    match = re.fullmatch(r"(?P<says>.*?)(?: - at `(?:key in )?\$?(?P<where>[^`]*)`)?", message, re.DOTALL)
    if match is None:
        return "", message
    return (match["where"] or "").lstrip("."), _plainly(match["says"].strip())


def _plainly(says: str) -> str:
    """What msgspec says, in the words of whoever writes a file."""
    if says.startswith("Expected "):
        named = re.sub("`([^`]*)`", lambda kinds: _kinds_said(kinds[1]), says.removeprefix("Expected "))
        return f"must be {named}".replace(", got ", ", not ")
    says = re.sub("^Invalid (?:enum )?value (.*)$", rf"\1 {_NO_WORD}", says)
    return says.removeprefix("Object ")


def _kinds_said(kinds: str) -> str:
    """`float | null` as `a number`; what may be left out is not said."""
    return " or ".join(_KINDS.get(one, one) for one in kinds.split(" | ") if one != "null")


def _not_finite(value: Any, where: str = "") -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield where
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _not_finite(one, _join(where, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _not_finite(one, f"{where}[{index}]")
