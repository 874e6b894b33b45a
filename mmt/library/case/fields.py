"""What may stand in a table of a case file, and what is wrong with a value, in a clinician's words."""

import datetime
import difflib
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

Fault = tuple[str, str]
"""The place inside a value (empty for the whole of it), and what is wrong there."""

Check = Callable[[Any], Iterator[Fault]]
"""Names every fault of a value; a check made by a function below says what a value must be."""


_LONGEST_WORD = 60


class Field(NamedTuple):
    """A key of a table: how its value is checked, and whether it must be there."""

    check: Check
    required: bool = False


def table(fields: Mapping[str, Field], what: str) -> Check:
    """A table with these keys; `what` names it where a key does not belong."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield "", f"must be a table, not {kind(value)}"
            return
        free = fields.keys() - value.keys()
        for key in value:
            if key not in fields:
                yield key, f"is not a key of {what}{meant(key, free)}"
        for key, field in fields.items():
            if key in value:
                yield from at(key, field.check(value[key]))
            elif field.required:
                yield key, "is missing"

    return check


def each(check: Check) -> Check:
    """A list whose elements all pass `check`."""

    def check_all(value: Any) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield "", f"must be a list in [ ], not {kind(value)}"
            return
        for index, one in enumerate(value):
            yield from at(f"[{index}]", check(one))

    return check_all


def once(check: Check) -> Check:
    """A list as `each`, in which nothing stands twice."""

    def check_all(value: Any) -> Iterator[Fault]:
        yield from each(check)(value)
        seen: set[str] = set()
        for index, one in enumerate(value if isinstance(value, list) else ()):
            if isinstance(one, str):
                if one in seen:
                    yield f"[{index}]", f"{shown(one)} stands twice"
                seen.add(one)

    return check_all


def one_of(known: Collection[str], what: str = "") -> Check:
    """A word out of a few; `what` names the collection where it is too long to be listed."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, str) or value not in known:
            hint = meant(value, known) if what and isinstance(value, str) else ""
            yield "", f"{shown(value)} is not {what or 'one of ' + ', '.join(known)}{hint}"

    return check


def number(least: float, most: float) -> Check:
    """A finite number between two bounds, both allowed."""

    def check(value: Any) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield "", f"must be a number, not {kind(value)}"
        elif isinstance(value, float) and not math.isfinite(value):
            yield "", f"{value} is not a finite number"
        elif not least <= value <= most:
            yield "", f"{shown(value)} is not between {least:g} and {most:g}"

    return check


def whole(least: int, most: int) -> Check:
    """A whole number between two bounds, both allowed."""

    def check(value: Any) -> Iterator[Fault]:
        if isinstance(value, float) and math.isfinite(value):
            yield "", f"{value:g} is not a whole number"
        else:
            yield from number(least, most)(value)

    return check


def words(value: Any) -> Iterator[Fault]:
    """Text that may be empty."""
    if not isinstance(value, str):
        yield "", f"must be text in quotes, not {kind(value)}"


def text(value: Any) -> Iterator[Fault]:
    """Text of one letter or more."""
    yield from words(value)
    if isinstance(value, str) and not value.strip():
        yield "", "is empty"


def language(value: Any) -> Iterator[Fault]:
    """A language code, such as `en` or `pt-BR`."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        yield "", f"{shown(value)} is not a language code, such as en or es"


def yes_no(value: Any) -> Iterator[Fault]:
    """True or false, as TOML writes them."""
    if not isinstance(value, bool):
        yield "", f"must be true or false, not {kind(value)}"


def day(value: Any) -> Iterator[Fault]:
    """A date without a time, as TOML writes it."""
    if type(value) is not datetime.date:
        yield "", f"{shown(value)} is not a date; write it as 2026-03-02, without quotes"


def at(place: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Faults inside a value, with the place of that value put before them."""
    for where, says in faults:
        yield f"{place}{where}" if where.startswith("[") or not where else f"{place}.{where}", says


def meant(word: str, known: Collection[str]) -> str:
    """A hint at the known word that looks most like this one; empty where none does."""
    by_small = {one.lower(): one for one in known}
    near = difflib.get_close_matches(word[:_LONGEST_WORD].lower(), by_small, n=1)
    return f'; did you mean "{by_small[near[0]]}"?' if near else ""


def shown(value: Any) -> str:
    """A value as it stands in the file, cut short where it is long."""
    said = f'"{value}"' if isinstance(value, str) else str(value).lower()
    return said if len(said) <= 60 else said[:57] + "…"


def kind(value: Any) -> str:
    """What a value is, for "must be …, not …"."""
    kinds: tuple[tuple[Any, str], ...] = (
        (bool, "true or false"),
        (int | float, "a number"),
        (str, "text"),
        (list, "a list"),
        (dict, "a table"),
        (datetime.datetime, "a date with a time"),
        (datetime.date, "a date"),
    )
    return next((name for types, name in kinds if isinstance(value, types)), "a time")
