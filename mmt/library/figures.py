"""Checks of the drawings against the stretches that they show."""

from collections.abc import Iterator

from mmt.model.figures import Figures
from mmt.model.protocol import Protocol

MOST_WORDS = 12
"""Words under a drawing."""


def fitting(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """Drawings without words, with too many, or of a stretch or step that does not exist."""
    for one in protocol.figures.values():
        if one.id not in protocol.stretches:
            yield f"figures:{one.id}", "draws a stretch that is not in the library"
        for number, says in _fitting(one, protocol):
            yield f"figures:{one.id}", f"drawing {number} {says}"


def _fitting(one: Figures, protocol: Protocol) -> Iterator[tuple[int, str]]:
    stretch = protocol.stretches.get(one.id)
    for number, drawing in enumerate(one.drawings, start=1):
        if "en" not in drawing.caption:
            yield number, "has no English caption"
        for language, words in drawing.caption.items():
            if len(words.split()) > MOST_WORDS:
                yield number, f"has a caption of more than {MOST_WORDS} words in {language}"
        text = stretch.text.get("en") if stretch else None
        parts = [part.steps for part in text.parts] if text else []
        if text and drawing.form:
            parts = [text.instead[drawing.form]] if drawing.form in text.instead else []
        if text and drawing.part > len(parts):
            yield number, f"shows part {drawing.part} of {len(parts)}"
        elif text:
            steps = len(parts[drawing.part - 1])
            for step in drawing.steps:
                if step > steps:
                    yield number, f"shows step {step} of {steps}"
