"""A sentence before it is worded: which one it is, and what is filled into it."""

from .base import Value


class Said(Value, frozen=True, kw_only=True):
    """A sentence by its `key`, with what was `given` for its places: ids, sides, values, sentences in turn.

    `mmt.reasoning.words` has the sentences, `mmt.reasoning.wording` fills them: only what shows or prints a
    conclusion words it.
    """

    key: str
    given: tuple[tuple[str, object], ...] = ()

    def value(self, place: str) -> object:
        """What was given for a place; None where it has none of this name."""
        return dict(self.given).get(place)


Sentences = tuple[Said, ...]


def said(key: str, **given: object) -> Said:
    """The sentence of this key with what is filled into it."""
    return Said(key=key, given=tuple(given.items()))
