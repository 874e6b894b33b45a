"""A birth date is what is known of it, and an age is what may be true."""

import datetime

import msgspec
import pytest

from mmt.model.born import Ages, Incomplete, ages, born_of, first_day, last_day, when
from mmt.model.people import Patient, chart_key


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("1979-05-02", "1979-05-02", "1979-05-02", "on 1979-05-02"),
        ("1979-11", "1979-11-01", "1979-11-30", "in 1979-11"),
        ("1980-02", "1980-02-01", "1980-02-29", "in 1980-02"),
        ("1979", "1979-01-01", "1979-12-31", "in 1979"),
    ],
)
def test_what_is_known_is_read_and_written_as_it_is(text: str, first: str, last: str, said: str) -> None:
    born = born_of(text)
    assert (born.isoformat(), str(born), when(born)) == (text, text, said)
    assert (str(first_day(born)), str(last_day(born))) == (first, last)
    patient = Patient(birth_date=born)
    assert msgspec.json.decode(msgspec.json.encode(patient), type=Patient) == patient


@pytest.mark.parametrize("text", ["", "197911", "1979-13", "1979-00", "0000", "1979-1", "79", "1979-02-30"])
def test_what_is_no_birth_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        born_of(text)


@pytest.mark.parametrize(
    ("born", "day", "may_be", "said"),
    [
        ("1979-05-02", "2026-05-01", (46, 46), "46"),
        ("1979-05-02", "2026-05-02", (47, 47), "47"),
        ("1979-05", "2026-05-02", (46, 47), "46–47"),
        ("1979-05", "2026-05-31", (47, 47), "47"),
        ("1979", "2026-12-30", (46, 47), "46–47"),
        ("1979", "2026-12-31", (47, 47), "47"),
        ("2026", "2026-03-02", (0, 0), "0"),
        ("2025", "2026-03-02", (0, 1), "0–1"),
        ("2027", "2026-03-02", (-1, -1), "-1"),
    ],
)
def test_each_age_that_may_be_is_known(born: str, day: str, may_be: tuple[int, int], said: str) -> None:
    found = ages(born_of(born), datetime.date.fromisoformat(day))
    assert (found, str(found)) == (Ages(*may_be), said)
    assert Patient(birth_date=born_of(born)).ages_on(datetime.date.fromisoformat(day)) == found


def test_a_table_of_a_case_file_is_a_birth_date() -> None:
    assert msgspec.convert({"birth_date": {"year": 1979}}, Patient).birth_date == Incomplete(year=1979)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"birth_date": {"year": 1979, "month": 13}}, Patient)


def test_chart_numbers_are_one_whatever_their_capitals_spaces_and_zeros() -> None:
    assert {chart_key(one) for one in ("A-100", "a-100", " 0A-1 00", "00a-100")} == {"a-100"}
    assert chart_key("000") == chart_key("") == ""
