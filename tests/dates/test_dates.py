"""A birth date has one reading and is taken, or more than one and is asked for; nothing is guessed."""

import datetime
import re

import pytest

from mmt.dates.typed import birth_date, readings, visit_day
from mmt.dates.words import with_age
from mmt.model.born import Incomplete

TODAY = datetime.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1979-05-02", "1979-05-02"),
        ("1979.5.2", "1979-05-02"),
        ("19790502", "1979-05-02"),
        ("25121979", "1979-12-25"),
        ("2 May 1979", "1979-05-02"),
        ("May 2, 1979", "1979-05-02"),
        ("1979 May 2", "1979-05-02"),
        ("02-MAY-1979", "1979-05-02"),
        ("02MAY1979", "1979-05-02"),
        ("2nd May 1979", "1979-05-02"),
        ("2nd of May '79", "1979-05-02"),
        ("2 de mayo de 1979", "1979-05-02"),
        ("2. Maerz 1979", "1979-03-02"),
        ("2 März 1979", "1979-03-02"),
        ("1er août 1979", "1979-08-01"),
        ("2 paź 1979", "1979-10-02"),
        ("15 Jänner 1979", "1979-01-15"),
        ("5/25/1989", "1989-05-25"),
        ("25/12/1979", "1979-12-25"),
        ("5/5/1989", "1989-05-05"),
        ("2.5.1979", "1979-05-02"),
        ("1.6.70", "1970-06-01"),
        ("70-06-01", "1970-06-01"),
        ("5/25/89", "1989-05-25"),
        ("29.11.2026", "2026-11-29"),
        ("30.11.1905", "1905-11-30"),
    ],
)
def test_one_reading_is_taken(typed: str, day: str) -> None:
    assert birth_date(f" {typed} ", TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("02/05/1979", '"02/05/1979" can be 5 February 1979 or 2 May 1979.'),
        ("2-5.1979", "can be 5 February 1979 or 2 May 1979"),
        ("02051979", "can be 5 February 1979 or 2 May 1979"),
        ("2 May 24", "can be 2 May 1924 or 2 May 2024. Type the month in letters and the year in full."),
        ("10/11/12", "can be 12 November 1910, 11 October 1912, 10 November 1912, "),
        ("1979-13", "There is no such month"),
        ("0 1979", "There is no such month"),
        ("2026-12", "December 2026 lies in the future"),
        ("2027", "2027 lies in the future"),
        ("1904", "more than 120 years ago"),
        ("May June 1979", "Type the date"),
        ("2 May", "The year is missing"),
        ("2.5", "The year is missing"),
        ("0000", "Day and month are missing"),
        ("197911", "Type the date"),
        ("1979112", "Type the date"),
        ("197952", "Type the date"),
        ("1979-112", "Type the date"),
        ("2 marraskuu 1979", "Type the date"),
        ("2 Marvel 1979", "Type the date"),
        ("2 May June 1979", "Type the date"),
        ("1.6.7", "Type the date"),
        ("-2-5-1979", "Type the date"),
        ("", "Type the date"),
        ("a" * 500 + "!", "Type the date"),
        ("፩/5/1979", "Type the date"),
        ("31/02/1979", "There is no such day"),
        ("2 May 0000", "There is no such day"),
        ("30.11.2026", "lies in the future"),
        ("29.11.1905", "more than 120 years ago"),
    ],
)
def test_what_is_unsure_is_told_and_kept_nowhere(typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        birth_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1979", "1979"),
        ("1979-11", "1979-11"),
        ("1979 12", "1979-12"),
        ("11/1979", "1979-11"),
        ("Nov 1979", "1979-11"),
        ("listopad 1979", "1979-11"),
        ("November of 1979", "1979-11"),
        ("2026-11", "2026-11"),
        ("1905", "1905"),
    ],
)
def test_a_year_or_a_month_stays_what_it_is(typed: str, kept: str) -> None:
    assert birth_date(f" {typed} ", TODAY).isoformat() == kept


@pytest.mark.parametrize("typed", ["1979", "1979-11", "May 1979"])
def test_a_visit_is_of_a_day(typed: str) -> None:
    with pytest.raises(ValueError, match="missing"):
        visit_day(typed, TODAY, datetime.date(1970, 1, 1))


def test_a_date_is_shown_as_it_will_be_kept() -> None:
    assert with_age(Incomplete(year=1979), TODAY) == "1979, 46–47 years"
    assert with_age(Incomplete(year=1979, month=5), TODAY) == "May 1979, 47 years"
    assert with_age(datetime.date(1979, 5, 2), TODAY) == "2 May 1979, 47 years"
    assert with_age(datetime.date(2025, 11, 29), TODAY) == "29 November 2025, 1 year"
    assert with_age(datetime.date(2025, 11, 30), TODAY) == "30 November 2025, under 1 year"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("frank", ["frank"]),
        ("1971-03-21", ["1971-03-21"]),
        ("21.3.1971", ["1971-03-21", "21.3.1971"]),
        ("3/4/1971", ["1971-03-04", "1971-04-03", "3/4/1971"]),
        ("21 March 1899", ["1899-03-21", "21 March 1899"]),
        ("19710321", ["1971-03-21", "19710321"]),
        ("1971", ["1971"]),
    ],
)
def test_a_search_looks_for_every_reading_and_for_the_words(typed: str, meant: list[str]) -> None:
    assert readings(typed, TODAY) == meant
