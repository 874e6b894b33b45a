"""Doses in the words of a stretch: how often and how long stand in its dose, which may be changed."""

import re
from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.stretches import StretchText

NUMBERS = {
    "en": "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty",
    "es": "una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|sesenta",
    "pl": "jed(?:en|n[aąo]|nego|nej)|dw(?:a|ie|óch)|trzy|trzech|czter(?:y|ech)|pięć|pięciu|sześć|sześciu"
    "|siedem|osiem|dziewięć|dziesięć|dziesięciu|piętnaście|dwadzieścia|trzydzieści|sześćdziesiąt",
}
UNITS = {
    "en": "times?|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?|breaths?|reps?|repetitions?|sets?"
    "|rounds?",
    "es": "ve(?:z|ces)|segundos?|minutos?|horas?|días?|semanas?|respiraci(?:ón|ones)|repetici(?:ón|ones)"
    "|series?",
    "pl": r"raz(?:y|em)?|sekund\w*|minut\w*|godzin\w*|dzień|dni|tydzień|tygodni\w*|oddech\w*|powtórze\w*"
    r"|seri\w*",
}
ONCE = {
    "en": "twice|thrice|(?<!at )once(?! more)",
    "es": "dos veces",
    "pl": "dwukrotnie|trzykrotnie",
}
"""By language: numbers as words, what a dose counts, and words that are both."""

_DIGITS = r"\d+(?![\d.,]*\s*(?:°|%|cm\b|mm\b|in\b|degrees?\b|grados?\b|stopni\w*))"
"""A number in digits that is no angle and no length. In the words of a move it can only be a dose."""


def dose_faults(protocol: Protocol) -> Iterator[tuple[str, str]]:
    """The stretches whose words give a number of a dose, and where: it would contradict a changed dose.

    What is done otherwise (easier, harder) may have a dose of its own.
    """
    for stretch in protocol.stretches.values():
        for language, text in stretch.text.items():
            for place, told in _told(text):
                if found := dose_in(told, language):
                    says = (
                        f'text.{language}.{place} says "{found}": how often and how long stands in the dose'
                    )
                    yield f"stretches:{stretch.id}", says
    for figures in protocol.figures.values():
        for number, drawing in enumerate(figures.drawings, start=1):
            for language, told in drawing.caption.items():
                if found := dose_in(told, language):
                    says = f'the caption of drawing {number} ({language}) says "{found}", a number of a dose'
                    yield f"figures:{figures.id}", says


def dose_in(told: str, language: str) -> str:
    """The number of a dose in a sentence, empty where there is none. Of an unknown language digits only."""
    kinds = [_DIGITS]
    if language in NUMBERS:
        kinds += [
            rf"\b(?:{NUMBERS[language]})\s+(?:\w+\s+)?(?:{UNITS[language]})\b",
            rf"\b(?:{ONCE[language]})\b",
        ]
    match = re.search("|".join(kinds), told, re.IGNORECASE)
    return match[0] if match else ""


def _told(text: StretchText) -> Iterator[tuple[str, str]]:
    """What is done as the dose says, each with its place."""
    yield "gist", text.gist
    yield from ((f"gist_instead.{code}", told) for code, told in text.gist_instead.items())
    for part in text.parts:
        yield from (("steps", step) for step in part.steps)
    yield from ((f"instead.{code}", step) for code, steps in text.instead.items() for step in steps)
    yield "feel", text.feel
    yield from (("avoid", one) for one in text.avoid)
    yield from ((f"ticked.{code}", one) for code, one in text.ticked.items())
