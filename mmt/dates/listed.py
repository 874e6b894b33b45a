"""Birth dates of a list, whose dates in numbers all stand in one order."""

import datetime
import re

from mmt.model.born import BirthDate
from mmt.model.exchange import ORDERS, Order

from .numbers import HOW
from .typed import birth_date, only, possible

_MONTHS = 12
_FIRST = {"dmy": "day", "mdy": "month"}
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}.*$")
_IN_NUMBERS = re.compile(r"\s*(\d{1,2})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(?:\d{2}|\d{4})\s*")
"""A date of which only its writer knows whether the day or the month stands first. With dots the day does."""


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
        raise ValueError(f"There is no such day. {HOW}")
    return only(found, text)
