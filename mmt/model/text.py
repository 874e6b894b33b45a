"""What a person typed, made safe to keep: the one door through which text enters the model."""

import re
import unicodedata

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories that never belong in a record: control, format, surrogate, private use, unassigned."""

_JOINERS = {"\u200c", "\u200d"}
"""Zero-width joiners carry meaning in several scripts and stay."""

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain letter and an accent."""


def folded(text: str) -> str:
    """`text` in small letters without accents, to find people and name files: `Żółć` becomes `zolc`."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", small)
    return "".join(char for char in apart if not unicodedata.combining(char))


_ALIKE = re.compile("(?<=[aou])e|(?<=a)a")


def one_spelling(text: str) -> str:
    """`text` folded, with the ways to write one letter made one, to find people: `Müller` and `Mueller`
    become `muller`, `Åse` and `Aase` become `ase`. What begins a word begins it afterwards too."""
    return _ALIKE.sub("", folded(text))


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` in Unicode NFC without control, surrogate, private-use and format characters.

    The joiners that scripts need stay. White space is folded to single spaces. With `lines=True` line
    breaks are kept (notes); otherwise they count as white space (names).
    """
    folded = text if text.isascii() and text.replace("\n", "").isprintable() else _without_controls(text)
    if not lines:
        return " ".join(folded.split())
    return "\n".join(" ".join(line.split()) for line in folded.split("\n")).strip("\n")


def never_kept(text: str) -> str:
    """The first sign of `text` that no record holds, as `clean` drops it; empty where there is none."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return ""
    kept = _JOINERS | {"\n"}
    return next((one for one in text if unicodedata.category(one) in _DROPPED and one not in kept), "")


def _without_controls(text: str) -> str:
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if char in "\n\t " or char in _JOINERS or unicodedata.category(char) not in _DROPPED
    )
