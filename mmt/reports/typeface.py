"""The faces every paper is set in, embedded from `fonts/`: Source Sans Pro and its bold, and DejaVu Sans for
single letters that those lack."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro-Regular"
BOLD = "SourceSansPro-Bold"
MISSING = "\ufffd"

_SPARE = {REGULAR: "DejaVuSans", BOLD: "DejaVuSans-Bold"}
"""The face that lends a letter where the first one lacks it."""

_PRINTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER LETTER", "MICRO", "OHM", "KELVIN")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


@cache
def face(name: str) -> "TTFont":
    """The face of this name, read once and made known to reportlab. No ligatures: copied text stays text."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(name, Path(__file__).parent / "fonts" / f"{name}.ttf", shapable=False)
    pdfmetrics.registerFont(font)
    return font


@cache
def _own(name: str) -> dict[int, float]:
    """How wide each letter of a face is, in thousandths of its size."""
    widths: dict[int, float] = face(name).face.charWidths
    return widths


@cache
def _advances(name: str) -> dict[int, float]:
    return {**_own(_SPARE.get(name, name)), **_own(name)}


@lru_cache(maxsize=1024)
def width(text: str, name: str, size: float) -> float:
    """How wide `text` prints, in points. Remembered: a sheet asks it of each word in every form it tries."""
    known = _advances(name)
    missing = known[ord(MISSING)]
    return sum([known.get(ord(char), missing) for char in text]) * size * 0.001


def runs(text: str, name: str) -> Iterator[tuple[str, str]]:
    """The pieces of `text` as they are drawn, each with its face: the named one where it has the letters."""
    if text.isascii():
        yield name, text
        return
    own = _own(name)
    for lent, letters in groupby(printed(text), lambda char: ord(char) not in own):
        yield _SPARE[name] if lent else name, "".join(letters)


def unprintable(text: str) -> str:
    """The characters that paper cannot show as typed, each once, in order.

    Latin, Greek and Cyrillic print as typed. Other scripts are named even where the face has their letters:
    they need shaping or run from right to left, and would be printed wrong.
    """
    return "".join(dict.fromkeys(char for char in text if not _prints(char)))


def printed(text: str) -> str:
    """`text` with a mark in place of each character that the faces lack, so that none vanishes unseen."""
    return text if text.isascii() else "".join(char if _has(char) else MISSING for char in text)


@cache
def _glyphs() -> frozenset[int]:
    """Code points drawn in both weights, whose text can be copied out of a PDF again (16 bits at most)."""
    return frozenset(_advances(REGULAR).keys() & _advances(BOLD).keys() & set(range(0x10000)))


def _has(char: str) -> bool:
    return ord(char) in _glyphs()


def _prints(char: str) -> bool:
    if char in "\n\t":
        return True
    if not _has(char):
        return False
    if unicodedata.bidirectional(char) in _RIGHT_TO_LEFT:
        return False
    if unicodedata.category(char)[0] not in "LM":
        return True
    return unicodedata.name(char, "").startswith(_PRINTED_SCRIPTS) or char in "ªº"
