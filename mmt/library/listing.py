"""What `mmt check` lists on request: where each item comes from, and how well it is sourced."""

from collections.abc import Iterator

from mmt.model.base import Evidence, Item
from mmt.model.protocol import Protocol

from .check import items
from .load import Library


def origins(library: Library) -> Iterator[str]:
    """One line for each item: its id and the file that it was read from."""
    width = max(map(len, library.origins), default=0)
    for key, file in library.origins.items():
        yield f"{key:<{width}}  {file}"


def sources(library: Library) -> Iterator[str]:
    """Every item not checked against its sources or not signed off by a clinician, least sure first.

    Each with what it is called and how its sources were used.
    """
    protocol, signed = library.whole, library.protocol.signoffs.signed
    open_items = [one for one in items(protocol) if one[1].evidence != "checked" or not signed(one[0])]
    width = max((len(key) for key, _ in open_items), default=0)
    for evidence, meaning in _MEANS.items():
        rows = [(key, item) for key, item in open_items if item.evidence == evidence]
        if rows:
            reviewed = sum(signed(key) for key, _ in rows)
            yield f"{evidence.upper()}: {meaning} ({len(rows)} items, {reviewed} signed off by a clinician)"
            yield from (f"  {key:<{width}}  {_named(item, protocol)}" for key, item in rows)
            yield ""


_MEANS: dict[Evidence, str] = {
    "weak": "rests on teaching cards, blogs or mirrors",
    "derived": "a rule of this project, built on cited facts",
    "textbook": "attributed to a book or paper that was not read for it",
    "checked": "the passage was read",
}

_READ: dict[Evidence, str] = {"checked": "read", "weak": "weak", "textbook": "not read"}


def _named(item: Item, protocol: Protocol) -> str:
    """The name of an item, and its sources by whether they were read, are weak, or were not read."""
    said = [getattr(item, "name", getattr(item, "ask", ""))]
    cited = [protocol.sources[name] for name in item.sources if name in protocol.sources]
    for evidence, label in _READ.items():
        of_kind = [source.id for source in cited if source.evidence == evidence]
        said += [f"{label} {', '.join(of_kind)}"] if of_kind else []
    return "; ".join(filter(None, said))
