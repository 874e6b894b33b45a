"""A Bundle as the transactions that a server takes, and what it is known again by."""

import hashlib
from collections.abc import Iterator

import msgspec

from .parts import Json


def transactions(bundle: Json, most: int, *, atomic: bool = True) -> Iterator[Json]:
    """The transactions of a Bundle, each of so many entries at `most`, in the order in which they have to be
    there: what is referred to never comes later than what refers to it. Where there is more than one, or one
    is not `atomic` there, the last entry, the signature of a visit, goes alone: it closes it."""
    entries = bundle["entry"]
    if len(entries) <= (most if atomic else 1):
        yield bundle
        return
    *others, last = entries
    for first in range(0, len(others), most):
        yield {**bundle, "entry": others[first : first + most]}
    yield {**bundle, "entry": [last]}


def resources(bundle: Json) -> dict[str, Json]:
    """The resources of a Bundle by type and id, as `Patient/…`."""
    held = (entry["resource"] for entry in bundle["entry"])
    return {f"{one['resourceType']}/{one['id']}": one for one in held}


def digest(bundle: Json) -> str:
    """What a Bundle is known again by: SHA-256 over its canonical JSON."""
    return hashlib.sha256(msgspec.json.encode(bundle, order="deterministic")).hexdigest()
