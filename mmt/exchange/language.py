"""The language of a patient as other programs tell it: a code of two letters or three, or a name."""

import re
from collections.abc import Iterable
from functools import cache

from mmt.dates.months import LANGUAGES
from mmt.model.text import folded

_CODE = re.compile("([a-z]{2,3})([-_].*)?")
_UNKNOWN = "en"


def language_of(told: Iterable[str]) -> str:
    """The code of two letters of the first language that is known: of `es`, `es-MX`, `spa`, `Spanish` or
    `hiszpański`; English where none is."""
    return next(filter(None, map(_known, told)), _UNKNOWN)


def _known(told: str) -> str:
    text = folded(told.strip())
    if named := _names().get(text):
        return named
    code = _CODE.fullmatch(text)
    short = _shorter(code[1]) if code else ""
    return short if len(short) == 2 else ""


def _shorter(code: str) -> str:
    """A code by its shorter form, as the Unicode locale data have it: `spa` is `es`."""
    from babel.core import get_global

    alias: str = get_global("language_aliases").get(code, code)
    return alias.partition("_")[0]


@cache
def _names() -> dict[str, str]:
    """The code of a language by each name in small letters."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).languages.items():
            if len(code) == 2:
                found.setdefault(folded(name), code)
    return found
