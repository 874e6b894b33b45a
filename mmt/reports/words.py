"""The wording of a document in its language: sentences by key, with counts, names and dates filled in."""

import datetime
from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names
from babel.units import format_unit

from mmt.model.template import Wording


class Words:
    """Sentences by key. The keys a document needs, and what may be filled in, are in `mmt.model.wording`.

    Dates, days and plural forms are those of the wording's `locale`, else of its language.
    """

    def __init__(self, wording: Wording, language: str) -> None:
        self._text = wording.text
        self._locale = _locale(wording.locale or language)

    def __call__(self, key: str, **fills: object) -> str:
        """The sentence of this key, its `{names}` filled in."""
        text = self._text[key]
        return (text if isinstance(text, str) else " ".join(text)).format(**fills)

    def counted(self, key: str, count: int) -> str:
        """The sentence that speaks of this many things, in the plural form that the language has for it."""
        form = f"{key}-{self._locale.plural_form(count)}"
        return self(form if form in self._text else f"{key}-other", count=count)

    def rows(self, key: str, **fills: object) -> tuple[str, ...]:
        """The sentences of a list, their `{names}` filled in."""
        text = self._text[key]
        return tuple(one.format(**fills) for one in ((text,) if isinstance(text, str) else text))

    def has(self, key: str) -> bool:
        """Whether the wording speaks of this."""
        return key in self._text

    def date(self, day: datetime.date) -> str:
        """A date as a reader of this language writes it."""
        return format_date(day, "long", self._locale)

    def day(self, day: datetime.date) -> str:
        """A date without its year."""
        return format_skeleton("MMMMd", day, locale=self._locale)

    def millimetres(self, length: float) -> str:
        """A length with its unit."""
        return format_unit(length, "length-millimeter", "short", locale=self._locale)

    def weekdays(self) -> Sequence[str]:
        """The short names of the days, from Monday."""
        names = get_day_names("abbreviated", "stand-alone", self._locale)
        return [names[day] for day in range(7)]


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
