"""The two faces every paper is set in, embedded: DejaVu Sans and its bold, from `fonts/`."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"
MISSING = "\ufffd"

_PRINTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER LETTER", "MICRO", "OHM", "KELVIN")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


@cache
def face(name: str) -> TTFont:
    """The face of this name, read once and made known to reportlab. No ligatures: copied text stays text."""
    font = TTFont(name, Path(__file__).parent / "fonts" / f"{name}.ttf", shapable=False)
    pdfmetrics.registerFont(font)
    return font


@cache
def _advances(name: str) -> dict[int, float]:
    widths: dict[int, float] = face(name).face.charWidths
    return widths


@cache
def _default_advance(name: str) -> float:
    return float(face(name).face.defaultWidth)


def width(text: str, name: str, size: float) -> float:
    """How wide `text` prints, in points."""
    known, default = _advances(name), _default_advance(name)
    return sum([known.get(ord(char), default) for char in text]) * size * 0.001


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
    """Code points that both faces draw and whose text can be copied out of a PDF again (16 bits at most)."""
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
