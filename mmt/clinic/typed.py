"""What people typed, at the door of the records: cleaned, and refused where it is longer than its kind is.

Screens and readers of files clean as well. Nothing comes in by another way.
"""

from typing import TypeVar

import msgspec
from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.errors import ClinicError
from mmt.model.text import clean

LINE = 1000
"""Characters of a name, an answer, a reason: some ten rows of a screen."""

NOTE = 50_000
"""Characters of a note: some fifteen pages."""

FOR = "Whom it is for"
"""How it is said of a text that tells to whom something is given out."""

V = TypeVar("V", bound=Value)


def line(text: str, what: str) -> str:
    """`text` as one line. Raises ClinicError where it is too long; `what` begins that sentence."""
    return _bounded(clean(text), what, LINE)


def note(text: str, what: str) -> str:
    """`text` with its lines. Raises ClinicError where it is too long; `what` begins that sentence."""
    return _bounded(clean(text, lines=True), what, NOTE)


def lines(value: V, what: str) -> V:
    """A value with each of its texts as one line. Raises ClinicError as `line` does."""
    texts = {
        name: line(text, f"{what} ({name.replace('_', ' ')})")
        for name, text in msgspec.structs.asdict(value).items()
        if isinstance(text, str)
    }
    return replace(value, **texts)


def _bounded(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise ClinicError(
            f"{what} has {len(text):,} characters; {most:,} are kept at most. Shorten it, then try again."
        )
    return text
