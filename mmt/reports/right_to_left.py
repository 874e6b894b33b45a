"""Arabic and Hebrew as a line of print shows them: letters joined to their neighbours, and in the order in
which they stand from left to right."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

FROM_RIGHT, FROM_LEFT = "\u200f", "\u200e"
"""Marks without width: a line that one of them begins is read from there."""

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_ANY = re.compile(f"[{FROM_RIGHT}{_LETTERS}]")
_RUN = re.compile(rf"[{_LETTERS}](?:[^{_LETTERS}\w]*(?:\d+[^{_LETTERS}\w]*)?[{_LETTERS}])*")
"""Letters from right to left, and what stands between two of them: signs, white space, a number."""


_OPENING = dict(zip(")]}>»›", "([{<«‹", strict=True))
_CLOSING = {opening: closing for closing, opening in _OPENING.items()}


def turns(text: str) -> bool:
    """Whether something in `text` is read from right to left."""
    return _ANY.search(text) is not None


def begins_right(text: str) -> bool:
    """Whether `text` begins at the right: its first letter is one that is read from there."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((one for one in strong if one in ("L", "R", "AL")), "L") != "L"


def ordered(text: str, *, right: bool) -> str:
    """`text` as its line shows it, from left to right; one that begins at the `right` turns whole.

    In another only the words from right to left turn, so that a number or a date beside them keeps its place.
    """
    shaped = joined(text)
    if right:
        return _turned(shaped)
    return _RUN.sub(lambda run: _turned(run[0]), shaped)


def joined(text: str) -> str:
    """`text` with each Arabic letter in the form in which it joins its neighbours."""
    shaped: str = _reshaper().reshape(text)
    return shaped


@cache
def _reshaper() -> "ArabicReshaper":
    from arabic_reshaper import ArabicReshaper

    kept = {"delete_harakat": False, "support_zwj": True, "ARABIC LIGATURE ALLAH": False}
    return ArabicReshaper(kept)


def _turned(text: str) -> str:
    from bidi import get_display

    turned = get_display(text, base_dir="R")
    assert isinstance(turned, str)
    return _facing(turned)


def _facing(line: str) -> str:
    """The line with its pairs of brackets facing each other: turning it changed their order alone."""
    open_, turned, shown = Counter[str](), Counter[str](), []
    for char in line:
        if opening := _OPENING.get(char):
            whole = open_[opening] > 0
            open_[opening] -= whole
            turned[opening] += not whole
            shown.append(char if whole else opening)
        elif closing := _CLOSING.get(char):
            first = not turned[char]
            open_[char] += first
            turned[char] -= not first
            shown.append(char if first else closing)
        else:
            shown.append(char)
    return "".join(shown)
