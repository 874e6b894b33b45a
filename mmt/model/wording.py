"""Which sentences a document needs: for every block its keys, and what may be filled into each.

The loader checks templates against them; `reports/templates/README.md` explains them to clinicians.
"""

from collections.abc import Iterator, Mapping, Sequence

from .base import Value

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms of a counted sentence that languages know; each language needs those that it counts with."""


class Key(Value, frozen=True, kw_only=True):
    """What a key holds. `fills` are the names that may stand in braces.

    `many` means a list of sentences. A `counted` key is written once for each plural form of the language
    (`title-one`, `title-other`).
    """

    fills: tuple[str, ...] = ()
    many: bool = False
    counted: bool = False


Keys = Mapping[str, Mapping[str, Key]]
"""The keys of a document, by its blocks."""


def sentence(*fills: str) -> Key:
    """One sentence, with what may be filled in."""
    return Key(fills=fills)


def plain(*keys: str) -> dict[str, Key]:
    """One sentence for each of these keys, with nothing filled in."""
    return dict.fromkeys(keys, Key())


def sentences(*fills: str) -> Key:
    """A list of sentences, with what may be filled into each."""
    return Key(fills=fills, many=True)


COUNTED = Key(fills=("count",), counted=True)


def keys(wording: Keys, forms: Sequence[str]) -> Iterator[str]:
    """Every key of a document as a template must write it, one for each of these plural forms."""
    for block in wording.values():
        for name, key in block.items():
            for form in forms if key.counted else ("",):
                yield f"{name}-{form}" if form else name


def known(wording: Keys, written: str) -> Key | None:
    """What the key of this name holds, None where the document has no such key."""
    name, _, form = written.rpartition("-")
    for block in wording.values():
        if written in block and not block[written].counted:
            return block[written]
        if name in block and block[name].counted and form in PLURALS:
            return block[name]
    return None
