"""An index of names, by which those that may be alike are found without holding each against each.

Two names are alike where the first names agree, or each word of the shorter with one of the longer; words
agree where one begins the other, or one letter is another (`agree`).
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

_SHORTEST = 3
"""Letters of a word from which another letter is a slip and not another name."""

_KEY = 8
"""So many letters of a word are looked up; all of them are compared."""


class Name(NamedTuple):
    """The words of a name without titles, and the first name among them."""

    first: str
    words: tuple[str, ...]


def agree(one: str, other: str) -> bool:
    """Whether two words of a name may be one: a beginning, or one letter more, less, other or exchanged."""
    from rapidfuzz.distance import OSA

    short, long = sorted((one, other), key=len)
    return long.startswith(short) or (
        len(short) >= _SHORTEST and OSA.distance(short, long, score_cutoff=1) <= 1
    )


class NameIndex:
    """The names of people, each person by their place; of one person there may be several names."""

    def __init__(self, people: Sequence[Sequence[Name]]) -> None:
        self._firsts: dict[str, list[int]] = {}
        self._holders: dict[str, list[int]] = {}
        self._rarest: dict[str, list[int]] = {}
        self._keys: dict[str, list[str]] = {}
        self._agreeing: dict[str, list[str]] = {}
        held = [(at, name) for at, names in enumerate(people) for name in names if name.words]
        for at, name in held:
            self._firsts.setdefault(name.first, []).append(at)
            for word in name.words:
                self._holders.setdefault(word, []).append(at)
        for at, name in held:
            self._rarest.setdefault(min(name.words, key=self._held_by), []).append(at)
        self._words = {**self._firsts, **self._holders}
        for word in self._words:
            for key in chain(_keys(word), _beginnings(word)):
                self._keys.setdefault(key, []).append(word)

    def beside(self, names: Sequence[Name]) -> Iterator[int]:
        """The places of people who may have one of these names, in no order, some more than once; none is
        missing."""
        for name in filter(_has_words, names):
            yield from self._of(self._firsts, name.first)
            yield from self._of(self._holders, min(name.words, key=self._held_alike))
            for word in name.words:
                yield from self._of(self._rarest, word)

    def _of(self, held: dict[str, list[int]], word: str) -> Iterator[int]:
        return chain.from_iterable(held.get(one, ()) for one in self._alike(word))

    def _held_by(self, word: str) -> int:
        return len(self._holders.get(word, ()))

    def _held_alike(self, word: str) -> int:
        return sum(map(self._held_by, self._alike(word)))

    def _alike(self, word: str) -> list[str]:
        """The words of the index that agree with this one."""
        if word not in self._agreeing:
            keys = (*_keys(word), _beginning(word))
            shared = chain.from_iterable(self._keys.get(key, ()) for key in keys)
            begun = (word[:length] for length in range(1, _KEY) if word[:length] in self._words)
            self._agreeing[word] = [one for one in dict.fromkeys(chain(shared, begun)) if agree(word, one)]
        return self._agreeing[word]


def _has_words(name: Name) -> bool:
    return bool(name.words)


def _keys(word: str) -> Iterator[str]:
    """What two words share one of where a letter is another: how they begin, or that without a letter."""
    begins = word[:_KEY]
    yield begins
    yield from (begins[:at] + begins[at + 1 :] for at in range(len(begins)))


def _beginning(word: str) -> str:
    """The key of all words that begin with this one."""
    return f"{word}…"


def _beginnings(word: str) -> Iterator[str]:
    return (_beginning(word[:length]) for length in range(1, _KEY + 1))
