"""What every value of the model shares."""

from collections.abc import Hashable, Iterable
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct

Side = Literal["right", "left"]
SIDES: tuple[Side, Side] = ("right", "left")

Evidence = Literal["checked", "textbook", "derived", "weak"]
"""How sure a statement is: the passage was read; it is attributed to a textbook; it is a design rule
built on cited facts; it rests on a weak page."""

Text = Annotated[str, Meta(min_length=1)]
Sources = Annotated[tuple[str, ...], Meta(min_length=1)]


class Value(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A frozen value: an edit returns a new one, an unknown field is refused."""


class Item(Value, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something clinical that was read from a protocol file, with its source.

    `sources` are ids of the source list (`L42`, `DW`, `derived`); `evidence` says how sure the item is.
    `reviewed` may stand in files and signed visits of an earlier day: sign-offs have a file of their own.
    """

    id: Text
    sources: Sources
    evidence: Evidence
    reviewed: bool = False


def other(side: Side) -> Side:
    """The opposite side of the body."""
    return "left" if side == "right" else "right"


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """All values of each key, keys and values in the order in which they came."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
