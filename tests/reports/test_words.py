"""Dates, days and counts are written as a reader of the language writes them."""

import datetime

import pytest

from mmt.model.born import born_of
from mmt.model.template import Wording
from mmt.reports.words import Words

DAY = datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "locale", "date", "day", "monday"),
    [
        ("en", "en_GB", "2 March 2026", "2 March", "Mon"),
        ("en", "en_US", "March 2, 2026", "March 2", "Mon"),
        ("es", "", "2 de marzo de 2026", "2 de marzo", "lun"),
        ("pl", "", "2 marca 2026", "2 marca", "pon."),
        ("el", "", "2 Μαρτίου 2026", "2 Μαρτίου", "Δευ"),
    ],
)
def test_dates_are_those_of_the_locale(language: str, locale: str, date: str, day: str, monday: str) -> None:
    words = Words(Wording(locale=locale, text={}), language)
    assert (words.date(DAY), words.day(DAY), words.weekdays()[0]) == (date, day, monday)
    assert len(words.weekdays()) == 7


@pytest.mark.parametrize(
    ("language", "born", "said"),
    [
        ("en", "1979-05-02", "May 2, 1979"),
        ("en", "1979-05", "May 1979"),
        ("pl", "1979-05", "maj 1979"),
        ("es", "1979-05", "mayo de 1979"),
        ("en", "1979", "1979"),
    ],
)
def test_a_birth_date_is_said_as_far_as_it_is_known(language: str, born: str, said: str) -> None:
    assert Words(Wording(text={}), language).born(born_of(born)) == said


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        ("en", 1, "one"),
        ("en", 5, "5 other"),
        ("pl", 2, "2 few"),
        ("pl", 5, "5 many"),
        ("es", 1_000_000, "1000000 other"),
    ],
)
def test_a_count_takes_the_plural_form_of_the_language(language: str, count: int, told: str) -> None:
    text = {"moves-one": "one", "moves-few": "{count} few", "moves-other": "{count} other"}
    if language == "pl":
        text["moves-many"] = "{count} many"
    assert Words(Wording(text=text), language).counted("moves", count) == told
