"""Whether two records may be of one person: by birth date and name, or by the chart number."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from operator import ne
from typing import Literal, NamedTuple

from mmt.model.base import grouped
from mmt.model.people import PatientRow, chart_key
from mmt.model.text import one_spelling

from .names_alike import Name, NameIndex, agree

Clue = Literal["chart", "born", "part", "exchanged", "digit"]
"""What tells: one chart number; one birth date; one that may be meant by the other, of which only a part is
known; one with day and month exchanged; one in which a digit is another."""

_TITLE = re.compile(
    "mr|mrs|ms|miss|mx|dr|prof|sir|dame|lady|rev|jr|sr|ii|iii|frau|herr|fr|hr|med|dipl|ing|mag"
    "|pan|pani|mme|mlle|madame|monsieur|sra|srta|senor|senora|senorita"
)
_APOSTROPHES = re.compile("['’ʼ]")
_WORD = re.compile(r"[^\W_]+")
_DAY = len("1979-05-02")
_FEW = 16
"""People who are sooner held against each other than found by an index."""


class Pair(NamedTuple):
    """Two records that may be of one person, the older one first, and what tells."""

    one: PatientRow
    other: PatientRow
    clues: tuple[Clue, ...]


class _Person(NamedTuple):
    """What a person is known again by: each of the names, and the `words` of all of them."""

    row: PatientRow
    born: str
    chart: str
    names: tuple[Name, ...]
    words: frozenset[str]


class _Day:
    """All people of one birth date, the oldest record first."""

    def __init__(self, people: list[_Person]) -> None:
        self._people = people
        self._index = NameIndex([one.names for one in people]) if len(people) > _FEW else None

    def older(self, person: _Person) -> Iterator[_Person]:
        """Those with an older record who may be this person, some more than once; none is missing."""
        some = (self._people[at] for at in self._index.beside(person.names)) if self._index else self._people
        return (one for one in some if one.row.id < person.row.id)


def alike(one: str, other: str) -> bool:
    """Whether these may be two ways to write the name of one person whose birth date is the same.

    Titles do not count, nor accents, capitals and order. Either every word of the shorter name stands in the
    longer one (a middle name, a second surname), or the first names agree (a married name). A word agrees
    with itself, with its beginning (`Alex`, `A.`), and with one letter more, less, other or exchanged.
    """
    return _alike(_name(one), _name(other))


def clues(one: PatientRow, other: PatientRow) -> tuple[Clue, ...]:
    """What tells that two records may be of one person; empty where nothing does.

    Where the birth dates are not the same day, names have to agree in more than the first name.
    """
    return tuple(_clues(_person(one), _person(other)))


def near(born: str) -> set[str]:
    """The other birth dates, as ISO 8601, that may stand for this one by a slip, or are a part of it."""
    if len(born) < _DAY:
        return {born[:4]} - {born}
    digits = (
        f"{born[:at]}{digit}{born[at + 1 :]}"
        for at, held in enumerate(born)
        if held != "-"
        for digit in "0123456789"
    )
    return {*digits, f"{born[:5]}{born[8:]}-{born[5:7]}", born[:7], born[:4]} - {born}


def oldest_pairs(rows: Sequence[PatientRow]) -> Iterator[Pair]:
    """Of each of these records, which stand in the order of their numbers, one older record that may be of
    the same person, where there is one.

    Quick also where thousands share a birth date, a name or a chart number."""
    people = [_person(row) for row in rows]
    days = {day: _Day(some) for day, some in grouped((one.born, one) for one in people if one.born).items()}
    beside = {day: {day: held} for day, held in days.items()}
    for day, held in days.items():
        for other in near(day) & days.keys():
            beside[day][other] = days[other]
            beside[other][day] = held
    charts: dict[str, _Person] = {}
    for person in people:
        first = charts.setdefault(person.chart, person) if person.chart else person
        older = chain.from_iterable(held.older(person) for held in beside.get(person.born, {}).values())
        for one in chain(older, () if first is person else (first,)):
            if found := tuple(_clues(one, person)):
                yield Pair(one.row, person.row, found)
                break


def pairs(rows: Sequence[PatientRow]) -> Iterator[Pair]:
    """Every two of these records that may be of one person, by birth date; those by chart number alone last.

    Only records with birth dates near each other are compared, so that it is quick for many.
    """
    people = [_person(row) for row in rows]
    by_day = grouped((one.born, one) for one in people if one.born)
    for day in sorted(by_day):
        before = (by_day[one] for one in sorted(near(day)) if one < day and one in by_day)
        beside = chain.from_iterable(product(there, by_day[day]) for there in before)
        sharing = ((one, other) for one, other in beside if not one.words.isdisjoint(other.words))
        found = _those_alike(chain(combinations(by_day[day], 2), sharing))
        yield from (pair for pair in found if pair.clues != ("chart",))
    by_chart = grouped((one.chart, one) for one in people if one.chart)
    for some in by_chart.values():
        yield from (pair for pair in _those_alike(combinations(some, 2)) if pair.clues == ("chart",))


def _those_alike(both: Iterator[tuple[_Person, _Person]]) -> Iterator[Pair]:
    for one, other in both:
        if found := tuple(_clues(one, other)):
            older, newer = sorted((one.row, other.row), key=lambda row: row.id)
            yield Pair(older, newer, found)


def _clues(one: _Person, other: _Person) -> Iterator[Clue]:
    if one.chart and one.chart == other.chart:
        yield "chart"
    how = _birth(one.born, other.born)
    fits = _alike if how == "born" else _same
    if how and any(fits(this, that) for this in one.names for that in other.names):
        yield how


def _birth(one: str, other: str) -> Clue | None:
    """How two birth dates belong together; None where they do not."""
    short, long = sorted((one, other), key=len)
    if len(short) < _DAY:
        return "part" if short and f"{long}-".startswith(f"{short}-") else None
    if short == long:
        return "born"
    if (short[:4], short[5:7], short[8:]) == (long[:4], long[8:], long[5:7]):
        return "exchanged"
    return "digit" if sum(map(ne, short, long)) == 1 else None


def _person(row: PatientRow) -> _Person:
    born = row.birth_date.isoformat() if row.birth_date else ""
    names = [_name(one) for one in (row.name, *filter(None, row.also.split(", ")))]
    words = frozenset(chain.from_iterable(one.words for one in names))
    return _Person(row, born, chart_key(row.chart_number), tuple(names), words)


def _name(name: str) -> Name:
    """The first name is what stands first, or behind the comma of `Müller, Anna`."""
    words = _words(name)
    surname, _, given = name.partition(",")
    leading = _words(given) or _words(surname)
    return Name(leading[0] if leading else "", tuple(words))


def _words(name: str) -> list[str]:
    """The words of a name without titles; all of them where it has no others."""
    words = _WORD.findall(_APOSTROPHES.sub("", one_spelling(name)))
    return [word for word in words if not _TITLE.fullmatch(word)] or words


def _alike(one: Name, other: Name) -> bool:
    if not one.words or not other.words:
        return False
    return agree(one.first, other.first) or _within(one, other)


def _same(one: Name, other: Name) -> bool:
    """Whether these are one name of two words or more, one of them the very same."""
    shared = not set(one.words).isdisjoint(other.words)
    return shared and min(len(one.words), len(other.words)) > 1 and _within(one, other)


def _within(one: Name, other: Name) -> bool:
    """Whether every word of the shorter name stands in the longer one."""
    few, many = sorted((one.words, other.words), key=lambda words: (len(words), words))
    return all(any(agree(word, at) for at in many) for word in few)
