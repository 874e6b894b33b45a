"""From which day on a record may be erased."""

import datetime

from mmt.model.born import ages, last_day
from mmt.model.people import Patient
from mmt.model.retention import Retention


def kept_until(rule: Retention, patient: Patient, last: datetime.date) -> datetime.date:
    """The last day on which the record of a patient is kept who was seen `last` on a day.

    Of a birth date that is not whole the latest day counts, so that nothing is erased too early.
    """
    until = _years_after(last, rule.years)
    minor = ages(patient.birth_date, last).least < rule.minor_under
    if rule.until_age is None or not minor:
        return until
    return max(until, _years_after(last_day(patient.birth_date), rule.until_age))


def _years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; where there is none, as on 29 February, the day after it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)
