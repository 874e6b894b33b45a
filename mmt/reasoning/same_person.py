"""Whether two names may be those of one person, told of two people with one birth date."""

import re

from mmt.model.text import one_spelling

_TITLE = re.compile(
    "mr|mrs|ms|miss|mx|dr|prof|sir|dame|lady|rev|jr|sr|ii|iii|frau|herr|fr|hr|med|dipl|ing|mag"
    "|pan|pani|mme|mlle|madame|monsieur|sra|srta|senor|senora|senorita"
)
_APOSTROPHES = re.compile("['’ʼ]")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Letters of a word from which another letter is a slip and not another name."""


def alike(one: str, other: str) -> bool:
    """Whether these may be two ways to write the name of one person whose birth date is the same.

    Titles do not count, nor accents, capitals and order. Either every word of the shorter name stands in the
    longer one (a middle name, a second surname), or the first names agree (a married name). A word agrees
    with itself, with its beginning (`Alex`, `A.`), and with one letter more, less, other or exchanged.
    """
    few, many = sorted((_words(one), _words(other)), key=len)
    if not few:
        return False
    return _agree(_first(one), _first(other)) or all(any(_agree(word, at) for at in many) for word in few)


def _words(name: str) -> list[str]:
    """The words of a name without titles; all of them where it has no others."""
    words = _WORD.findall(_APOSTROPHES.sub("", one_spelling(name)))
    return [word for word in words if not _TITLE.fullmatch(word)] or words


def _first(name: str) -> str:
    """The first name: what stands first, or behind the comma of `Müller, Anna`."""
    surname, _, given = name.partition(",")
    return (_words(given) or _words(surname))[0]


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or (len(short) >= _SHORTEST and _one_slip(short, long))


def _one_slip(short: str, long: str) -> bool:
    """Whether one letter more, another one, or two exchanged ones lead from the one word to the other."""
    same = next(at for at, letter in enumerate(short) if letter != long[at])
    here, there = short[same:], long[same:]
    exchanged = here[:2] == there[1::-1] and here[2:] == there[2:]
    return here == there[1:] or here[1:] == there[1:] or exchanged
