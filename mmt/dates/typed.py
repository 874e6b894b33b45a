"""Days as people type them: the one day that a text can mean, or a question."""

import datetime
from typing import TypeVar

from mmt.model.born import BirthDate, ages, first_day
from mmt.model.people import OLDEST

from .numbers import HOW, numbers_of, part_of
from .words import in_words


def birth_date(text: str, today: datetime.date) -> BirthDate:
    """The one birth date that `text` can mean to a person who is alive today.

    `1979-05-02`, `19790502`, `2 May 1979`, `May 2, 1979`, `02-MAY-1979`, `2 maja 1979` have one reading;
    so has `5/25/1989`, as no year has 25 months, and `1.6.70`, as 2070 lies ahead. Dots are written in
    countries that write the day first, so `02.05.1979` has one reading and `02/05/1979` has two.
    A year alone, or one with its month (`1979`, `1979-11`, `Nov 1979`, `11/1979`), stays what it is.
    Raises ValueError with a sentence where there is no reading or more than one.
    """
    if part := part_of(text):
        if first_day(part) > today:
            raise ValueError(f"{in_words(part)} lies in the future. {HOW}")
        found: list[BirthDate] = [part]
    else:
        found = list(possible(text, today))
    alive = [born for born in found if ages(born, today).least <= OLDEST]
    if not alive:
        raise ValueError(f"That is more than {OLDEST} years ago. {HOW}")
    return only(alive, text)


def visit_day(text: str, today: datetime.date, born: BirthDate) -> datetime.date:
    """The one day until today that `text` can mean to a person born on `born`: the day of a visit.

    Raises ValueError with a sentence where there is none or more than one.
    """
    found = possible(text, today)
    return only([day for day in found if day >= first_day(born)] or list(found), text)


def possible(text: str, today: datetime.date) -> tuple[datetime.date, ...]:
    """Every day until today that `text` can mean, the earliest first. Raises ValueError without any."""
    days = set()
    for year, month, day in numbers_of(text):
        for full in _years(year, today):
            try:
                days.add(datetime.date(full, month, day))
            except ValueError:
                continue
    if not days:
        raise ValueError(f"There is no such day. {HOW}")
    if past := tuple(sorted(day for day in days if day <= today)):
        return past
    raise ValueError(f"That day lies in the future. {HOW}")


def readings(text: str, today: datetime.date) -> list[str]:
    """What a search may mean: the days that a form would take or ask about, and the words as they stand.

    Eight digits in a row may be a date or a chart number: both are looked for.
    """
    try:
        days = [day.isoformat() for day in possible(text, today)]
    except ValueError:
        days = []
    return list(dict.fromkeys([*days, text]))


T = TypeVar("T", bound=BirthDate)


def only(days: list[T], text: str) -> T:
    """The only one of these days. Raises ValueError with a sentence where `text` can mean several."""
    if len(days) > 1:
        *first, last = map(in_words, days)
        raise ValueError(
            f'"{text.strip()}" can be {", ".join(first)} or {last}. '
            "Type the month in letters and the year in full."
        )
    return days[0]


def _years(typed: str, today: datetime.date) -> list[int]:
    """A year in full; of two digits those in which a person alive today may have been born."""
    if len(typed) == 4:
        return [int(typed)]
    return [year for year in range(today.year - OLDEST, today.year + 1) if year % 100 == int(typed)]
