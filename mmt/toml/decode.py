"""Tables to checked values: every fault is named at once, and what is sound can be looked at further."""

import datetime
import difflib
import math
import re
from collections.abc import Collection, Iterator
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from .problems import MOST, Problem, in_file

Fault = tuple[str, str]
"""The place inside a value (empty for the whole of it), and what is wrong there."""

_LONGEST_WORD = 60
_LONGEST_SHOWN = 60
_DAYS = (datetime.date, datetime.datetime, datetime.time)
_KINDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
}
_WANTED = {
    "array": "a list in [ ]",
    "tables": "a list of tables, each under [[ ]]",
    "date": "a date such as 2026-03-02",
}
_AMOUNTS = {">=": "{:g} or more", "<=": "{:g} or less", ">": "more than {:g}", "<": "less than {:g}"}

T = TypeVar("T")


def convert(row: Any, kind: type[T], file: str, place: str) -> tuple[T | None, list[Problem]]:
    """`row` as a value of `kind`, or None and its problems, one for each fault."""
    value, faults = sound(row, kind)
    problems = in_file(file, ((join(place, where), says) for where, says in faults))
    return (None if problems else value), problems


def sound(row: Any, kind: type[T]) -> tuple[T | None, list[Fault]]:
    """What of `row` is sound, as a value of `kind`, and every fault, up to one more than `MOST`.

    A field at fault has its default, None where it must be given; a faulty element of a list is None.
    `inf` and `nan` are faults: TOML writes them, nobody measures them.
    """
    reading = _Reading()
    try:
        return reading.value(row, kind, ""), reading.faults
    except _TooManyError:
        return None, reading.faults


class _TooManyError(Exception):
    """Enough faults are known."""


class _Reading:
    """A walk through a value down to each fault: msgspec by itself stops at the first."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def value(self, value: Any, kind: Any, place: str) -> Any:
        """The value as `kind`, or what of it is sound; None where nothing is."""
        where, says = "", "is not a finite number; write a plain number"
        if _finite(value):
            try:
                return msgspec.convert(value, kind, strict=True, builtin_types=_DAYS)
            except msgspec.ValidationError as error:
                where, says = _where(str(error))
        before, kept = len(self.faults), None
        if isinstance(value, dict):
            kept = self._table(value, kind, place)
        elif isinstance(value, list) and (element := _element(kind)) is not None:
            kept = tuple(self.value(one, element, f"{place}[{at}]") for at, one in enumerate(value))
        if len(self.faults) > before:
            return kept
        return self._fault(join(place, where), _said(says, value, kind))

    def _fault(self, place: str, says: str) -> None:
        self.faults.append((place, says))
        if len(self.faults) > MOST:
            raise _TooManyError

    def _table(self, row: dict[str, Any], kind: Any, place: str) -> Any:
        struct = _struct(row, kind)
        if struct is not None:
            return self._row(row, struct, place)
        for one in _options(kind):
            if get_origin(one) is dict:
                named, held = get_args(one)
                return {
                    self.value(key, named, join(place, key)): self.value(value, held, join(place, key))
                    for key, value in row.items()
                }
        return None

    def _row(self, row: dict[str, Any], struct: Any, place: str) -> Any:
        fields = {one.encode_name: one for one in msgspec.structs.fields(struct)}
        free, near = fields.keys() - row.keys(), set[str]()
        for name in [name for name in row if name not in {*fields, struct.__struct_config__.tag_field}]:
            near.update(_near(name, free))
            self._fault(join(place, name), f"is not known here{meant(name, free)}")
        values: dict[str, Any] = {}
        for name, one in fields.items():
            got = self.value(row[name], one.type, join(place, name)) if name in row else None
            if got is not None or one.required:
                values[one.name] = got
            if one.required and name not in row and name not in near:
                self._fault(join(place, name), "is missing")
        return None if hasattr(struct, "__post_init__") else struct(**values)


def join(place: str, where: str) -> str:
    """A place inside a place: `visits[0]` and `date` are `visits[0].date`."""
    return f"{place}.{where}" if place and where and not where.startswith("[") else place + where


def meant(word: str, known: Collection[str]) -> str:
    """A hint at the known word that looks most like this one; empty where none does."""
    near = _near(word, known)
    return f'; did you mean "{near[0]}"?' if near else ""


def _near(word: str, known: Collection[str]) -> list[str]:
    by_small = {one.lower(): one for one in sorted(known)}
    return [by_small[one] for one in difflib.get_close_matches(word[:_LONGEST_WORD].lower(), by_small, n=1)]


def shown(value: Any) -> str:
    """A value as it stands in the file, cut short where it is long."""
    said = f'"{value}"' if isinstance(value, str) else str(value).lower()
    return said if len(said) <= _LONGEST_SHOWN else said[: _LONGEST_SHOWN - 3] + "…"


def _options(kind: Any) -> Iterator[Any]:
    """The kinds that a value may be of, without their limits."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _options(get_args(kind)[0])
    elif kind is Any:
        yield from (dict[str, Any], tuple[Any, ...])
    elif origin in (Union, UnionType):
        for one in get_args(kind):
            yield from _options(one)
    else:
        yield kind


def _struct(row: Any, kind: Any) -> Any:
    """The structure that a row is meant to be: of several, the one that its tag names; None if no such."""
    for one in _options(kind):
        config = getattr(one, "__struct_config__", None)
        if config and config.tag in (None, row.get(config.tag_field)):
            return one
    return None


def _element(kind: Any) -> Any:
    """What a list of this kind holds; None where it is none."""
    return next((get_args(one)[0] for one in _options(kind) if get_origin(one) is tuple), None)


def _limits(kind: Any) -> msgspec.Meta:
    """What limits a value beside its kind."""
    for one in (kind, *get_args(kind)):
        if get_origin(one) is Annotated:
            return next(meta for meta in get_args(one) if isinstance(meta, msgspec.Meta))
    return msgspec.Meta()


def _where(message: str) -> tuple[str, str]:
    """Where and what of msgspec's sentence: ``Expected `int`, got `str` - at `$.dose.reps` ``."""
    says, _, where = message.rpartition(" - at `")
    found = re.fullmatch(r"(?:key` in `)?\$?\.?(?P<where>[^`]*)`", where) if says else None
    return (found["where"], says) if found else ("", message)


def _said(says: str, value: Any, kind: Any) -> str:
    """What msgspec says of a value, in the words of whoever writes a file, with what may stand there."""
    limits, element = _limits(kind), _element(kind)
    if limits.description and "regex" in says:
        return f"{shown(value)} is not {limits.description}"
    if amount := re.fullmatch(r"Expected `(?:int|float)(?: \| null)?` ([<>]=?) (\S+)", says):
        if limits.ge is not None and limits.le is not None:
            return f"{shown(value)} is not between {limits.ge:g} and {limits.le:g}"
        return f"must be {_AMOUNTS[amount[1]].format(float(amount[2]))}, not {shown(value)}"
    if value in ("", []) and "length" in says:
        return "is empty"
    if element is not None and _struct({}, element) is not None:
        says = says.replace("`array", "`tables")
    words = next((get_args(one) for one in _options(kind) if get_origin(one) is Literal), ())
    told = says.startswith(("Expected", "Invalid")) and len(words) > 1
    return _plainly(says) + (f"; write {', '.join(words[:-1])} or {words[-1]}" if told else "")


def _plainly(says: str) -> str:
    if found := re.fullmatch("Expected `([^`]*)`(?:, got `([^`]*)`)?(.*)", says):
        kinds = [one for one in found[1].split(" | ") if one != "null"]
        plain = [one for one in kinds if one != "object"] or kinds  # where a table may stand too: the usual
        wanted = " or ".join((_KINDS | _WANTED).get(one, one) for one in plain)
        got = "a number with a point" if found[2] == "float" else _KINDS.get(found[2], found[2])
        return f"must be {wanted}" + (f", not {got}" if got else "") + found[3]
    says = re.sub("^Invalid (?:enum )?value '?(.*?)'?$", r'"\1" is not a word that may stand here', says)
    return says.removeprefix("Object ")


def _finite(value: Any) -> bool:
    """Whether no number in a value is `inf` or `nan`."""
    if isinstance(value, dict | list):
        return all(map(_finite, value.values() if isinstance(value, dict) else value))
    return not isinstance(value, float) or math.isfinite(value)
