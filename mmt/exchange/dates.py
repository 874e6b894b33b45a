"""Birth dates as people type them, in a form, a search or a list: every reading that a text can have."""

import datetime
import re
from functools import cache
from typing import TypeVar

from mmt.model.born import BirthDate, Incomplete, ages, first_day
from mmt.model.exchange import ORDERS, Order
from mmt.model.people import OLDEST
from mmt.model.text import one_spelling

LANGUAGES = ("en", "es", "pl", "de", "de_AT", "fr", "it", "pt", "nl", "da", "nb", "sv")
"""Languages whose names of months are read, whole or abbreviated as the Unicode locale data has them."""

_ORDER = "Type the date as year-month-day, such as 1979-05-02, or as 2 May 1979."
_PART = re.compile(r"\d+|[^\W\d_]+")
_SIGNS = set(" ./,'’-")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|o)\b")
_MONTHS = 12
_FIRST = {"dmy": "day", "mdy": "month"}
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_BETWEEN = {"of", "de", "del"}

_IN_NUMBERS = re.compile(r"\s*(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(?:\d{2}|\d{4})\s*")
"""A date of which only its writer knows whether the day or the month stands first. With dots the day does."""

Numbers = tuple[str, int, int]
"""The year as it was typed, month and day."""


def birth_date(text: str, today: datetime.date) -> BirthDate:
    """The one birth date that `text` can mean to a person who is alive today.

    `1979-05-02`, `19790502`, `2 May 1979`, `May 2, 1979`, `02-MAY-1979`, `2 maja 1979` have one reading;
    so has `5/25/1989`, as no year has 25 months, and `1.6.70`, as 2070 lies ahead. Dots are written in
    countries that write the day first, so `02.05.1979` has one reading and `02/05/1979` has two.
    A year alone, or one with its month (`1979`, `1979-11`, `Nov 1979`, `11/1979`), stays what it is.
    Raises ValueError with a sentence where there is no reading or more than one.
    """
    if part := _part(text):
        if first_day(part) > today:
            raise ValueError(f"{in_words(part)} lies in the future. {_ORDER}")
        found: list[BirthDate] = [part]
    else:
        found = list(possible(text, today))
    alive = [born for born in found if ages(born, today).least <= OLDEST]
    if not alive:
        raise ValueError(f"That is more than {OLDEST} years ago. {_ORDER}")
    return _only(alive, text)


def orders_of(text: str) -> frozenset[Order]:
    """The orders in which a date of a list can be written: both, one, or none; both also where it does not
    matter, as in `1979-05-02`, `2 May 1979` and `5/5/1979`."""
    numbers = _IN_NUMBERS.fullmatch(text)
    if numbers is None:
        return frozenset(ORDERS)
    day_first, month_first = int(numbers[2]) <= _MONTHS, int(numbers[1]) <= _MONTHS
    return frozenset(order for order, can in zip(ORDERS, (day_first, month_first), strict=True) if can)


def matters(text: str) -> bool:
    """Whether a date is another one by the other order."""
    numbers = _IN_NUMBERS.fullmatch(text)
    return numbers is not None and len(orders_of(text)) > 1 and int(numbers[1]) != int(numbers[2])


def listed_birth_date(text: str, today: datetime.date, order: Order | None) -> BirthDate:
    """The birth date of a list whose dates in numbers stand in this `order`. A time behind it counts for
    nothing. Raises ValueError with a sentence where there is no reading or more than one."""
    text = _TIME.sub("", text.strip())
    if order is None or not (numbers := _IN_NUMBERS.fullmatch(text)):
        return birth_date(text, today)
    day, month = (numbers[1], numbers[2]) if order == "dmy" else (numbers[2], numbers[1])
    if int(month) > _MONTHS:
        raise ValueError(f"There is no month {month}: in this list the {_FIRST[order]} stands first.")
    wanted = int(day), int(month)
    found = [one for one in possible(text, today) if (one.day, one.month) == wanted]
    if not found:
        raise ValueError(f"There is no such day. {_ORDER}")
    return _only(found, text)


def visit_day(text: str, today: datetime.date, born: BirthDate) -> datetime.date:
    """The one day until today that `text` can mean to a person born on `born`: the day of a visit.

    Raises ValueError with a sentence where there is none or more than one.
    """
    found = possible(text, today)
    return _only([day for day in found if day >= first_day(born)] or list(found), text)


T = TypeVar("T", bound=BirthDate)


def _only(days: list[T], text: str) -> T:
    """The only one of these days. Raises ValueError with a sentence where `text` can mean several."""
    if len(days) > 1:
        *first, last = map(in_words, days)
        raise ValueError(
            f'"{text.strip()}" can be {", ".join(first)} or {last}. '
            "Type the month in letters and the year in full."
        )
    return days[0]


def possible(text: str, today: datetime.date) -> tuple[datetime.date, ...]:
    """Every day until today that `text` can mean, the earliest first. Raises ValueError without any."""
    days = set()
    for year, month, day in _numbers(text):
        for full in _years(year, today):
            try:
                days.add(datetime.date(full, month, day))
            except ValueError:
                continue
    if not days:
        raise ValueError(f"There is no such day. {_ORDER}")
    if past := tuple(sorted(day for day in days if day <= today)):
        return past
    raise ValueError(f"That day lies in the future. {_ORDER}")


def readings(text: str, today: datetime.date) -> list[str]:
    """What a search may mean: the days that a form would take or ask about, and the words as they stand.

    Eight digits in a row may be a date or a chart number: both are looked for.
    """
    try:
        days = [day.isoformat() for day in possible(text, today)]
    except ValueError:
        days = []
    return list(dict.fromkeys([*days, text]))


def in_words(born: BirthDate) -> str:
    """`2 May 1979`, `May 1979`, `1979`."""
    if isinstance(born, datetime.date):
        return f"{born.day} {born:%B} {born.year}"
    return f"{first_day(born):%B} {born.year}" if born.month else str(born)


def missing(born: BirthDate) -> str:
    """What a birth date that is not whole lacks, and that it may stay so; empty where it is whole."""
    if isinstance(born, datetime.date):
        return ""
    lacks = "The day is" if born.month else "Day and month are"
    return f"{lacks} missing. Where nobody knows, F10 twice keeps {in_words(born)} as it is."


def with_age(born: BirthDate, today: datetime.date) -> str:
    """A birth date as it will be kept: `2 May 1979, 47 years`."""
    years = str(ages(born, today))
    age = {"0": "under 1 year", "1": "1 year"}.get(years, f"{years} years")
    return f"{in_words(born)}, {age}"


def _part(text: str) -> Incomplete | None:
    """The year, or year and month, that is all that was typed; None where it is more, or something else.
    Raises ValueError where there is no such month."""
    parts = _parts(text)
    words = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    year = next((one for one in numbers if len(one) == 4), None)
    if year is None or year == "0000" or len(parts) > 2 or len(words) > 1:
        return None
    months = _months().get(words[0], set()) if words else {int(one) for one in numbers if len(one) <= 2}
    if len(parts) == 1:
        return Incomplete(year=int(year))
    if len(months) != 1:
        return None
    (month,) = months
    if not 1 <= month <= 12:
        raise ValueError(f"There is no such month. {_ORDER}")
    return Incomplete(year=int(year), month=month)


def _numbers(text: str) -> list[Numbers]:
    """Year, month and day in each order that the text allows. Raises ValueError where it is not a date."""
    typed, parts = _typed(text), _parts(text)
    dotted = re.fullmatch(r"\d+\.\s*\d+\.\s*\d+\.?", typed) is not None
    fit = [
        (year, int(month), int(day))
        for year, month, day in _orders(parts, dotted)
        if len(year) in (2, 4) and max(len(month), len(day)) <= 2
    ]
    if not fit:
        raise ValueError(_ORDER)
    return fit


def _typed(text: str) -> str:
    """What was typed, in one spelling. Raises ValueError where it has signs that no date has."""
    typed = _ORDINAL.sub("", " ".join(one_spelling(text).split()))
    if not set(_PART.sub("", typed)) <= _SIGNS or typed[:1] in _SIGNS:
        raise ValueError(_ORDER)
    return typed


def _parts(text: str) -> list[str]:
    """The numbers and words of what was typed."""
    return [part for part in _PART.findall(_typed(text)) if part not in _BETWEEN]


def _orders(parts: list[str], dotted: bool) -> list[tuple[str, str, str]]:
    """The parts as year, month and day in each order that they can stand in.

    Of eight digits the year is first or last. Raises ValueError where the parts are no date.
    """
    numbers = [part for part in parts if part.isdecimal()]
    words = [part for part in parts if not part.isdecimal()]
    if words:
        months = _months().get(words[0], set())
        if not months or len(words) > 1 or len(numbers) > 2:
            raise ValueError(_ORDER)
        if len(numbers) < 2:
            lacks = "day" if [len(one) for one in numbers] == [4] else "year"
            raise ValueError(f"The {lacks} is missing. {_ORDER}")
        day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
        return [(year, str(month), day) for month in months]
    if len(numbers) == 1 and len(numbers[0]) == 8:
        digits = numbers[0]
        year, one, two = digits[4:], digits[:2], digits[2:4]
        return [(digits[:4], digits[4:6], digits[6:]), (year, two, one), (year, one, two)]
    if len(numbers) != 3:
        raise ValueError(f"{_missing(numbers)}{_ORDER}")
    first, middle, last = numbers
    if len(first) == 4:
        return [(first, middle, last)]
    if dotted:
        return [(last, middle, first)]
    year_last = [(last, middle, first), (last, first, middle)]
    return [*year_last, (first, middle, last)] if len(last) == 2 else year_last


def _years(typed: str, today: datetime.date) -> list[int]:
    """A year in full; of two digits those in which a person alive today may have been born."""
    if len(typed) == 4:
        return [int(typed)]
    return [year for year in range(today.year - OLDEST, today.year + 1) if year % 100 == int(typed)]


def _missing(numbers: list[str]) -> str:
    """What `1979-11`, `1979` and `2/5` lack, as a sentence; nothing where they are not the half of a date."""
    match sorted(map(len, numbers)):
        case [4]:
            return "Day and month are missing. "
        case [1 | 2, 4]:
            return "The day is missing. "
        case [1 | 2, 1 | 2]:
            return "The year is missing. "
    return ""


@cache
def _months() -> dict[str, set[int]]:
    """The number of a month by each name; several where languages call different months by one name."""
    from babel import Locale

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for names in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in names[width].items():
                    found.setdefault(one_spelling(name).strip("."), set()).add(number)
    return found
