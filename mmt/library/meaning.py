"""What an item means: its data without what is as usual, a digest over it, and all of it line by line."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from mmt.model.stretches import Part

_NOT_MEANT = ("id", "sources", "evidence", "reviewed")
_LONGEST = 30
"""Letters of a word that may stand in a row with others."""

Line = tuple[str, str]
"""A label, and what it labels."""

_CALLED = {
    "every_visit": "asked at every visit",
    "needs_factor": "counts beside a factor or a second sign only",
    "no_sheet": "a yes gives no sheet",
    "why": "tells why",
    "course": "what to expect",
    "over_age": "older than",
    "under_age": "younger than",
    "only_if": "asked only of",
    "parts": "step",
}
"""Fields whose own name says too little."""


def meaning(value: Any) -> Any:
    """The data of an item: plain tables and lists, without fields that hold what they hold by default."""
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag
        held = {name: meaning(one) for name, one, _ in _told(value) if name != "reviewed"}
        return {"kind": tag, **held} if tag else held
    if isinstance(value, Mapping):
        return {str(name): meaning(one) for name, one in value.items()}
    return [meaning(one) for one in value] if isinstance(value, tuple | list) else value


def digest(meant: Any) -> str:
    """The first half of the SHA-256 digest of data; the order of the keys of a table does not count."""
    return hashlib.sha256(msgspec.json.encode(meant, order="deterministic")).hexdigest()[:32]


def lines(value: msgspec.Struct, *without: str, apart: bool = False) -> Iterator[Line]:
    """All that an item says, field by field, but for its id and sources and the fields named in `without`.

    A few short words stand in a row, unless they are to stand `apart`.
    """
    for name, one, _ in _told(value):
        if name not in (*_NOT_MEANT, *without):
            yield from _of_field(label(name), one, apart)


def label(name: str) -> str:
    """What a field is called before what it holds."""
    said = _CALLED.get(name, name.replace("_", " "))
    return said[:1].upper() + said[1:]


def _of_field(label: str, value: Any, apart: bool) -> Iterator[Line]:
    if isinstance(value, Mapping) and (apart or not _in_a_row(tuple(value.values()))):
        for name, one in value.items():
            yield label, f"{name}: {_short(one)}"
    elif isinstance(value, tuple) and value and isinstance(value[0], Part):
        for part in value:
            yield from ((part.title or label, f"{at}. {one}") for at, one in enumerate(part.steps, start=1))
    elif isinstance(value, tuple) and (apart or not _in_a_row(value)):
        for number, one in enumerate(value, start=1):
            yield (f"{label.removesuffix('s')} {number}" if len(value) > 1 else label), _short(one)
    else:
        yield label, _short(value)


def _in_a_row(value: tuple[Any, ...]) -> bool:
    """Whether these are a few words that may stand behind each other."""
    return all(not isinstance(one, msgspec.Struct | tuple) and len(str(one)) <= _LONGEST for one in value)


def _short(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag
        told = [_named(*one) for one in _told(value) if one[0] not in ("reviewed", "id")]
        return "; ".join([str(tag), *told] if tag else told)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(one)}" for name, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"({_short(one)})" if isinstance(one, tuple) else _short(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _named(name: str, value: Any, usual: Any) -> str:
    if name in ("ask", "text"):
        return _short(value)
    called = _CALLED.get(name, name.replace("_", " "))
    return called if usual is False else f"{called} {_short(value)}"


def _told(value: msgspec.Struct) -> Iterator[tuple[str, Any, Any]]:
    """The fields of a value that do not hold what they hold by default, and that default."""
    for name, usual in _usual(type(value)):
        held = getattr(value, name)
        if held != usual:
            yield name, held, usual


@cache
def _usual(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of value, and what each holds by default."""
    return tuple(
        (one.name, one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory())
        for one in msgspec.structs.fields(kind)
    )
