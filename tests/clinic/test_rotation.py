"""Which backups are kept: of the last days, weeks and months one each, and never fewer than there are."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from mmt.clinic.backups.rotation import DAYS, MONTHS, WEEKS, kept

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
MOMENTS = st.sets(
    st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2026, 12, 31)).map(
        lambda one: one.replace(tzinfo=datetime.UTC)
    )
)


def before(*days: int) -> list[datetime.datetime]:
    return [NOON - datetime.timedelta(days=one) for one in days]


def test_of_two_years_of_days_seven_days_four_weeks_and_twelve_months_are_left() -> None:
    left = sorted({one.date() for one in kept(before(*range(730)))}, reverse=True)
    assert [str(one) for one in left[:10]] == [
        *("2026-11-30", "2026-11-29", "2026-11-28", "2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24"),
        *("2026-11-22", "2026-11-15"),  # the Sundays of the weeks before; those of this and last are there
        "2026-10-31",
    ]
    assert [str(one) for one in left[10:]] == [
        *("2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31"),
        *("2026-02-28", "2026-01-31", "2025-12-31"),
    ]


def test_of_one_day_the_last_is_left_and_of_a_closed_clinic_all() -> None:
    assert kept(NOON - datetime.timedelta(hours=one) for one in range(5)) == {NOON}
    closed = before(0, 40, 41, 42, 43, 44, 45)
    assert kept(closed) == set(closed)


@given(MOMENTS)
def test_the_newest_is_kept_and_keeping_again_removes_no_more(made: set[datetime.datetime]) -> None:
    left = kept(made)
    assert left <= made
    assert len(left) <= DAYS + WEEKS + MONTHS
    assert not made or max(made) in left
    assert kept(left) == left
