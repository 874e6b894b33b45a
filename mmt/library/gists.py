"""Checks of the gist of a move: short, for its side, and for each form that is another move."""

import re
from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.stretches import SIDED, Stretch, StretchText

from .faults import Fault

MOST_WORDS = 12
MOST_SENTENCES = 2
"""What a gist holds at most: so many sentences, each of so many words."""


def gist_faults(protocol: Protocol) -> Iterator[Fault]:
    """Gists that are too long, tell the wrong side, or lack a form that another language tells."""
    for stretch in protocol.stretches.values():
        forms = stretch.text["en"].gist_instead.keys() if "en" in stretch.text else set()
        for language, text in stretch.text.items():
            for place, says in _faults(text, stretch):
                yield f"stretches:{stretch.id}", f"text.{language}.{place} {says}"
            for code in sorted(forms ^ text.gist_instead.keys() if text.gist else ()):
                says = f'text.{language}.gist_instead and the English one differ in "{code}"'
                yield f"stretches:{stretch.id}", says


def _faults(text: StretchText, stretch: Stretch) -> Iterator[tuple[str, str]]:
    for place, told in _gists(text):
        sentences = re.split(r"(?<=[.!?])\s+", told) if told else []
        if len(sentences) > MOST_SENTENCES:
            yield place, f"has more than {MOST_SENTENCES} sentences"
        for sentence in sentences:
            if len(sentence.split()) > MOST_WORDS:
                yield place, f'has a sentence of more than {MOST_WORDS} words: "{sentence}"'
        if re.search("[{}]", SIDED.sub("", told)):
            yield place, "has a brace that is not {for the left|for the right}"
        if SIDED.search(told) and stretch.sides == "both":
            yield place, "tells a side of a move that has none"
    if text.gist and stretch.sides == "each" and not SIDED.search(text.gist):
        yield "gist", "tells no side: write {left|right} for the side that it is done on"
    for code in text.gist_instead:
        if not text.gist:
            yield f"gist_instead.{code}", "needs a `gist`"
        if stretch.precautions.get(code, "X") == "X":
            yield f"gist_instead.{code}", "is not for a precaution of it that a tick allows"
    for code in sorted(text.instead.keys() - text.gist_instead.keys() if text.gist else ()):
        yield "gist_instead", f'lacks "{code}", a form with steps of its own'


def _gists(text: StretchText) -> Iterator[tuple[str, str]]:
    yield "gist", text.gist
    yield from ((f"gist_instead.{code}", told) for code, told in text.gist_instead.items())
