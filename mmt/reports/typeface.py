"""The faces every paper is set in, embedded from `fonts/`: Source Sans Pro and its bold, and DejaVu Sans for
single letters that those lack."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from .right_to_left import begins_right, joined, ordered, turns

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSansPro-Regular"
BOLD = "SourceSansPro-Bold"

BLANK = "_"
"""What a line to write on is set of."""

_SPARE = {REGULAR: "DejaVuSans", BOLD: "DejaVuSans-Bold"}
"""The face that lends a letter where the first one lacks it."""

_SHORTEST, _LONGEST = 6, 24
"""Signs of the line that stands where no face has the letters."""

_SCRIPTS = (
    *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC"),
    *("COMBINING", "MODIFIER LETTER", "MICRO", "OHM", "KELVIN"),
)
"""Those that are printed as they are read: their letters need no shaping, or get it."""

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Signs without width: joiners, marks and overrides of direction, variants of signs."""

_OVERRIDES = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


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
    return advance(shown(text), name, size)


def advance(text: str, name: str, size: float) -> float:
    """How wide a text that is `shown` is, in points."""
    known = _advances(name)
    return sum([known.get(ord(char), 0) for char in text]) * size * 0.001


def runs(text: str, name: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text that is `shown` as they are drawn, each with its face: the named one where it has
    the letters."""
    own = _own(name)
    if text.isascii() or own.keys() >= set(map(ord, text)):
        yield name, text
        return
    for lent, letters in groupby(text, lambda char: ord(char) not in own):
        yield _SPARE[name] if lent else name, "".join(letters)


def shown(text: str) -> str:
    """`text` as its line shows it from left to right: a blank to write on stands where no face has the
    letters, and nothing turns the order of what follows it."""
    if text.isascii() or _plain().issuperset(text):
        return text
    text = unicodedata.normalize("NFC", text.translate(_OVERRIDES))
    line = _blanked(text)
    return _UNSEEN.sub("", ordered(line, right=begins_right(text)) if turns(line) else line)


def unprintable(text: str) -> str:
    """The characters that paper cannot show as typed, each once, in order."""
    return "".join(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if not _prints(char)))


def legible(text: str) -> bool:
    """Whether a letter or a number of `text` is printed."""
    return any(char.isalnum() and _prints(char) for char in unicodedata.normalize("NFC", text))


@cache
def _plain() -> frozenset[str]:
    """Letters and signs of both weights that are drawn as they are, wherever they stand."""
    both = map(chr, _own(REGULAR).keys() & _own(BOLD).keys() & set(range(0x20, 0x3000)))
    return frozenset(char for char in both if not unicodedata.combining(char) and not _UNSEEN.match(char))


def _blanked(text: str) -> str:
    """`text` with a blank in place of each run of letters that the faces lack."""
    if all(map(_prints, text)):
        return text
    told = ""
    for lacking, letters in groupby(_pieces(text), key=lambda piece: piece[0]):
        run = "".join(letter for _, letter in letters)
        told += BLANK * min(max(_SHORTEST, 2 * len(run)), _LONGEST) if lacking else run
    return told


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Each character, and whether the faces lack it, or it is a space or an unseen sign between such."""
    lacks = [not _prints(char) for char in text]
    for at, char in enumerate(text):
        between = (char == " " or _UNSEEN.match(char)) and 0 < at < len(text) - 1
        yield lacks[at] or bool(between and lacks[at - 1] and lacks[at + 1]), char


@cache
def _glyphs() -> frozenset[int]:
    """Code points drawn in both weights, whose text can be copied out of a PDF again (16 bits at most)."""
    return frozenset(_advances(REGULAR).keys() & _advances(BOLD).keys() & set(range(0x10000)))


def _has(char: str) -> bool:
    return ord(char) in _glyphs()


@lru_cache(maxsize=4096)
def _prints(char: str) -> bool:
    if char in "\n\t" or _UNSEEN.match(char):
        return True
    if not _has(char):
        return False
    if turns(char):
        return all(_has(one) for one in joined(f"\u0640{char}\u0640{char} {char}\u0640"))
    if unicodedata.category(char)[0] not in "LM":
        return True
    return unicodedata.name(char, "").startswith(_SCRIPTS) or char in "ªº"
