"""What may be a passphrase: long, and not among the first that are guessed. What it is made of is free."""

import unicodedata
from collections.abc import Iterator

SHORTEST, LONGEST = 12, 200
"""Signs."""

_GUESSES = 10**8
"""So many guesses at least, by the estimate of zxcvbn (Wheeler, USENIX Security 2016), whose lists hold the
commonest passwords, names and words, and which knows what people do with them."""


_WEIGHED = 64
"""So many signs are weighed, as more take seconds: what begins so is no easier to guess."""


def normal(typed: str) -> str:
    """A passphrase in the one form that is kept: other keyboards write the same signs otherwise."""
    return unicodedata.normalize("NFKC", typed)


def why_not(typed: str, *names: str) -> str:
    """Why this may not be the passphrase of somebody of these names, in a sentence; else empty."""
    passphrase = normal(typed)
    if len(passphrase) < SHORTEST:
        return f"Too short: a passphrase has {SHORTEST} characters or more. A few words are easy to keep."
    if len(passphrase) > LONGEST:
        return f"Too long: a passphrase has {LONGEST} characters at most."
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in passphrase):
        return "A sign of it is none that a keyboard has everywhere. Type letters, digits and signs."
    said = left = passphrase.casefold()
    for name in sorted(_parts(*names), key=len, reverse=True):
        left = left.replace(name, "")
    if left != said and not any(sign.isalpha() for sign in left):
        return (
            "The name of a person or of the clinic alone is guessed first. Add words that belong to neither."
        )
    if _guesses(passphrase, *names) < _GUESSES:
        return (
            "This is among the first that are guessed. Take three or four words that do not belong together."
        )
    return ""


def _guesses(passphrase: str, *names: str) -> float:
    from zxcvbn import zxcvbn

    return float(zxcvbn(passphrase[:_WEIGHED], user_inputs=[*_parts(*names)])["guesses"])


def _parts(*names: str) -> Iterator[str]:
    for name in names:
        yield from {one for one in (normal(name).casefold(), *normal(name).casefold().split()) if one}
