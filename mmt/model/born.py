"""A birth date as it is known: a day, or a month or a year alone. What is not known is never filled in."""

import calendar
import datetime
import re
from typing import Annotated, NamedTuple

from msgspec import Meta

from .base import Value

_PARTS = re.compile(r"(\d{4})(?:-(\d\d))?")


class Incomplete(Value, frozen=True, kw_only=True):
    """A birth date of which only the year is known, or the year and the month."""

    year: Annotated[int, Meta(ge=datetime.MINYEAR, le=datetime.MAXYEAR)]
    month: Annotated[int, Meta(ge=1, le=12)] | None = None

    def isoformat(self) -> str:
        """`1979-11` or `1979`, as ISO 8601 writes a date of less precision."""
        return f"{self.year:04}" if self.month is None else f"{self.year:04}-{self.month:02}"

    __str__ = isoformat


BirthDate = datetime.date | Incomplete


class Ages(NamedTuple):
    """The ages that a person may have, in completed years: the `least` and the `most`, mostly one."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.most) if self.least == self.most else f"{self.least}–{self.most}"


def born_of(text: str) -> BirthDate:
    """A birth date from ISO 8601. Raises ValueError where the text is none."""
    if parts := _PARTS.fullmatch(text):
        year, month = int(parts[1]), int(parts[2]) if parts[2] else None
        datetime.date(year, 1 if month is None else month, 1)
        return Incomplete(year=year, month=month)
    return datetime.date.fromisoformat(text)


def when(born: BirthDate) -> str:
    """`on 1979-05-02`, `in 1979-05`, `in 1979`."""
    return f"{'on' if isinstance(born, datetime.date) else 'in'} {born}"


def first_day(born: BirthDate) -> datetime.date:
    """The earliest day that a birth date may mean."""
    return born if isinstance(born, datetime.date) else datetime.date(born.year, born.month or 1, 1)


def last_day(born: BirthDate) -> datetime.date:
    """The latest day that a birth date may mean."""
    if isinstance(born, datetime.date):
        return born
    month = born.month or 12
    return datetime.date(born.year, month, calendar.monthrange(born.year, month)[1])


def ages(born: BirthDate, day: datetime.date) -> Ages:
    """The completed years of age on `day`, below 0 before the birth. Of a birth date that may lie before the
    day or after it, it is before: whoever is there on a day was born by then."""
    most = _years(first_day(born), day)
    return Ages(max(_years(last_day(born), day), min(most, 0)), most)


def _years(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
