"""Names of months, in the languages of lists and forms."""

from functools import cache

from mmt.model.text import one_spelling

LANGUAGES = ("en", "es", "pl", "de", "de_AT", "fr", "it", "pt", "nl", "da", "nb", "sv")
"""Languages whose names are read, whole or abbreviated as the Unicode locale data has them."""


@cache
def months_by_name() -> dict[str, set[int]]:
    """The number of a month by each name; several where languages call different months by one name."""
    from babel import Locale

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for names in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in names[width].items():
                    found.setdefault(one_spelling(name).strip("."), set()).add(number)
    return found
