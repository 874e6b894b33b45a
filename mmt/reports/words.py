"""The wording of a document in its language: sentences by key, with counts, names and dates filled in."""

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import product
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names, get_month_names
from babel.units import format_unit

from mmt.model.born import BirthDate, first_day
from mmt.model.template import Wording
from mmt.reasoning.fluent import filled


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
        return filled(text if isinstance(text, str) else " ".join(text), fills)

    def counted(self, key: str, count: int) -> str:
        """The sentence that speaks of this many things, in the plural form that the language has for it."""
        form = f"{key}-{self._locale.plural_form(count)}"
        return self(form if form in self._text else f"{key}-other", count=count)

    def rows(self, key: str, **fills: object) -> tuple[str, ...]:
        """The sentences of a list, their `{names}` filled in."""
        text = self._text[key]
        return tuple(filled(one, fills) for one in ((text,) if isinstance(text, str) else text))

    def has(self, key: str) -> bool:
        """Whether the wording speaks of this."""
        return key in self._text

    def date(self, day: datetime.date) -> str:
        """A date as a reader of this language writes it."""
        return format_date(day, "long", self._locale)

    def born(self, born: BirthDate) -> str:
        """A birth date, as far as it is known."""
        if isinstance(born, datetime.date):
            return self.date(born)
        return format_skeleton("yMMMM" if born.month else "y", first_day(born), locale=self._locale)

    def day(self, day: datetime.date) -> str:
        """A date without its year."""
        return format_skeleton("MMMMd", day, locale=self._locale)

    def day_in(self, text: str, after: datetime.date) -> datetime.date | None:
        """The first day from `after` on that a text names, as 2026-03-16 or by the name of its month in this
        language or English; None where it names none."""
        if iso := _ISO.search(text):
            with suppress(ValueError):
                return datetime.date.fromisoformat(iso[0])
        words = [one.strip(".,").casefold() for one in _WORD.findall(text) if one != "de"]
        for locale in (self._locale, _locale("en")):
            months = {name: number for number, name in _months(locale)}
            for before, month, behind in zip(["", *words], words, [*words[1:], ""], strict=False):
                if month in months and (day := next(filter(str.isdecimal, (before, behind)), "")):
                    return _next(after, months[month], int(day))
        return None

    def millimetres(self, length: float) -> str:
        """A length with its unit."""
        return format_unit(length, "length-millimeter", "short", locale=self._locale)

    def weekdays(self) -> Sequence[str]:
        """The short names of the days, from Monday."""
        names = get_day_names("abbreviated", "stand-alone", self._locale)
        return [names[day] for day in range(7)]


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"[^\W\d_]+|(?<!\d)\d{1,2}(?![\d:])")


def _months(locale: Locale) -> Iterator[tuple[int, str]]:
    """Each month with its names, as they stand in a date and by themselves, in full and short."""
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    contexts: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
    for width, context in product(widths, contexts):
        for number, name in get_month_names(width, context, locale).items():
            yield number, name.strip(".").casefold()


def _next(after: datetime.date, month: int, day: int) -> datetime.date | None:
    """This day of the month in the year of `after`, or in the next one where it lies before."""
    for year in (after.year, after.year + 1):
        with suppress(ValueError):
            if (found := datetime.date(year, month, day)) >= after:
                return found
    return None


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
