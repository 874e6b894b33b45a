"""What was typed as numbers: year, month and day in each order that they can stand in."""

import re

from mmt.model.born import Incomplete
from mmt.model.text import one_spelling

from .months import months_by_name

HOW = "Type the date as year-month-day, such as 1979-05-02, or as 2 May 1979."
"""How to type a date that has one reading."""

_PART = re.compile(r"\d+|[^\W\d_]+")
_SIGNS = set(" ./,'’-")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|o)\b")
_BETWEEN = {"of", "de", "del"}

Numbers = tuple[str, int, int]
"""The year as it was typed, month and day."""


def part_of(text: str) -> Incomplete | None:
    """The year, or year and month, that is all that was typed; None where it is more, or something else.
    Raises ValueError where there is no such month."""
    parts = _parts(text)
    words = [part for part in parts if not part.isdecimal()]
    numbers = [part for part in parts if part.isdecimal()]
    year = next((one for one in numbers if len(one) == 4), None)
    if year is None or year == "0000" or len(parts) > 2 or len(words) > 1:
        return None
    months = (
        months_by_name().get(words[0], set()) if words else {int(one) for one in numbers if len(one) <= 2}
    )
    if len(parts) == 1:
        return Incomplete(year=int(year))
    if len(months) != 1:
        return None
    (month,) = months
    if not 1 <= month <= 12:
        raise ValueError(f"There is no such month. {HOW}")
    return Incomplete(year=int(year), month=month)


def numbers_of(text: str) -> list[Numbers]:
    """Year, month and day in each order that the text allows. Raises ValueError where it is not a date."""
    typed, parts = _typed(text), _parts(text)
    dotted = re.fullmatch(r"\d+\.\s*\d+\.\s*\d+\.?", typed) is not None
    fit = [
        (year, int(month), int(day))
        for year, month, day in _orders(parts, dotted)
        if len(year) in (2, 4) and max(len(month), len(day)) <= 2
    ]
    if not fit:
        raise ValueError(HOW)
    return fit


def _typed(text: str) -> str:
    """What was typed, in one spelling. Raises ValueError where it has signs that no date has."""
    typed = _ORDINAL.sub("", " ".join(one_spelling(text).split()))
    if not set(_PART.sub("", typed)) <= _SIGNS or typed[:1] in _SIGNS:
        raise ValueError(HOW)
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
        months = months_by_name().get(words[0], set())
        if not months or len(words) > 1 or len(numbers) > 2:
            raise ValueError(HOW)
        if len(numbers) < 2:
            lacks = "day" if [len(one) for one in numbers] == [4] else "year"
            raise ValueError(f"The {lacks} is missing. {HOW}")
        day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
        return [(year, str(month), day) for month in months]
    if len(numbers) == 1 and len(numbers[0]) == 8:
        digits = numbers[0]
        year, one, two = digits[4:], digits[:2], digits[2:4]
        return [(digits[:4], digits[4:6], digits[6:]), (year, two, one), (year, one, two)]
    if len(numbers) != 3:
        raise ValueError(f"{_missing(numbers)}{HOW}")
    first, middle, last = numbers
    if len(first) == 4:
        return [(first, middle, last)]
    if dotted:
        return [(last, middle, first)]
    year_last = [(last, middle, first), (last, first, middle)]
    return [*year_last, (first, middle, last)] if len(last) == 2 else year_last


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
