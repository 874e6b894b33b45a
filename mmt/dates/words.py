"""Days in words."""

import datetime

from mmt.model.born import BirthDate, ages, first_day


def in_words(born: BirthDate) -> str:
    """`2 May 1979`, `May 1979`, `1979`."""
    if isinstance(born, datetime.date):
        return f"{born.day} {born:%B} {born.year}"
    return f"{first_day(born):%B} {born.year}" if born.month else str(born)


def with_age(born: BirthDate, today: datetime.date) -> str:
    """A birth date as it will be kept: `2 May 1979, 47 years`."""
    years = str(ages(born, today))
    age = {"0": "under 1 year", "1": "1 year"}.get(years, f"{years} years")
    return f"{in_words(born)}, {age}"
