"""What `mmt check` lists on request: where each item comes from, and how well it is sourced."""

from collections.abc import Iterator

from mmt.model.base import Item
from mmt.model.protocol import Protocol

from .load import COLLECTIONS, Library


def origins(library: Library) -> Iterator[str]:
    """One line for each item: its id and the file that it was read from."""
    width = max(map(len, library.origins), default=0)
    for key, file in library.origins.items():
        yield f"{key:<{width}}  {file}"


def sources(protocol: Protocol) -> Iterator[str]:
    """One line for each item that was not checked against its source or that no clinician has reviewed."""
    rows = [
        (key, item.evidence, "reviewed" if item.reviewed else "not reviewed", ", ".join(item.sources))
        for key, item in _items(protocol)
        if item.evidence != "checked" or not item.reviewed
    ]
    width = max((len(row[0]) for row in rows), default=0)
    for key, evidence, reviewed, named in rows:
        yield f"{key:<{width}}  {evidence:<8}  {reviewed:<12}  {named}"


def _items(protocol: Protocol) -> Iterator[tuple[str, Item]]:
    for collection in COLLECTIONS:
        if collection != "sources":
            for item in getattr(protocol, collection).values():
                yield f"{collection}:{item.id}", item
    for name in protocol.rules.__struct_fields__:
        yield f"rules:{getattr(protocol.rules, name).id}", getattr(protocol.rules, name)
