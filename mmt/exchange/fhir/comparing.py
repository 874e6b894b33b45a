"""What should be at a server held against what is there."""

import datetime
import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from .parts import Json

_OF_A_SERVER = ("meta", "text")
"""What servers add to a resource: its version, and words made of the rest."""

_REFERENCE = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9.-]+)(?:/_history/.*)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")


class Compared(NamedTuple):
    """Resources by type and id, as `Observation/…`: what is `missing` there, what is `different`."""

    missing: tuple[str, ...]
    different: tuple[str, ...]


def compared(should: Mapping[str, Json], there: Mapping[str, Json]) -> Compared:
    """Hold what should be there against what is."""
    missing = tuple(name for name in should if name not in there)
    different = tuple(
        name for name, one in should.items() if name in there and digest_of(one) != digest_of(there[name])
    )
    return Compared(missing, different)


def digest_of(resource: Json) -> str:
    """What a resource is known again by, whichever way a server writes the same."""
    bare = {name: value for name, value in resource.items() if name not in _OF_A_SERVER}
    return hashlib.sha256(msgspec.json.encode(_same(bare), order="deterministic")).hexdigest()


def _same(value: Any) -> Any:
    """A value in the one way in which it is compared."""
    if isinstance(value, dict):
        held = {name: one for name, one in value.items() if one is not None}
        if isinstance(told := held.get("reference"), str):
            found = _REFERENCE.fullmatch(told)
            held = {**held, "reference": found[1] if found else told}
            held.pop("display", None)
            held.pop("type", None)
        return {name: _same(one) for name, one in held.items()}
    if isinstance(value, list):
        return [_same(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with suppress(ValueError):
            return datetime.datetime.fromisoformat(value).astimezone(datetime.UTC).isoformat()
    return value


def encounter_of(resource: Json) -> str:
    """The visit that a resource is of, as `Encounter/…`; empty where of none."""
    if resource.get("resourceType") == "Encounter":
        return f"Encounter/{resource.get('id')}"
    held = resource.get("encounter")
    if isinstance(context := resource.get("context"), dict):
        told = context.get("encounter")
        held = told[0] if isinstance(told, list) and told else None
    found = _REFERENCE.fullmatch(str(held.get("reference", ""))) if isinstance(held, dict) else None
    return found[1] if found else ""
