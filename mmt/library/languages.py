"""Languages as Babel knows them: what their speakers call them, and the plural forms that counting takes."""

from functools import cache


@cache
def plural_forms(locale: str) -> tuple[str, ...]:
    """The plural forms that whole numbers up to a thousand take (`one`, `few`, `other`), `other` always.

    Raises LookupError where nobody knows how that language writes dates and numbers. Babel is loaded late:
    it costs start-up time, and the shipped English needs none of it.
    """
    if locale in ("en", "en_GB", "en_US"):
        return ("one", "other")
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(locale)
    except (UnknownLocaleError, ValueError) as error:
        raise LookupError(locale) from error
    return tuple(dict.fromkeys([*(known.plural_form(number) for number in range(1000)), "other"]))


def own_name(language: str) -> str:
    """What the speakers of a language call it: `polski`. Its code, where nobody knows it."""
    if language == "en":
        return "English"
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).get_display_name(language) or language
    except (UnknownLocaleError, ValueError):
        return language
