"""The people and the place: patient, practitioner, clinic."""

import datetime
from typing import Literal

from .base import Value

Sex = Literal["female", "male", "other", "unknown"]
Handedness = Literal["right", "left", "both", "unknown"]

OLDEST = 120
"""Years that nobody outlives: a birth date further back is a slip."""


class Patient(Value, frozen=True, kw_only=True):
    """A patient. `id` is the record's own number in the store, 0 before it is kept."""

    id: int = 0
    name: str = ""
    birth_date: datetime.date
    sex: Sex = "unknown"
    handedness: Handedness = "unknown"
    language: str = "en"
    chart_number: str = ""
    large_print: bool = False

    def age_on(self, day: datetime.date) -> int:
        """Completed years of age on `day`."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class Letterhead(Value, frozen=True, kw_only=True):
    """The clinic as it stands at the head of each paper. Empty fields print as blank lines to write on.

    `emergency` is the country's emergency number; without one, papers say *your emergency number*.
    """

    name: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    emergency: str = ""


class PatientRow(Value, frozen=True, kw_only=True):
    """A line of the list of patients. `last_visit` is None before the first visit; `draft` is the number of
    an open visit, `draft_date` its day, `place` where its walk stands. `also` are the other names of records
    that were joined to this one. A `damaged` row has a day that is none, which stands there as None."""

    id: int
    name: str
    birth_date: datetime.date | None
    chart_number: str = ""
    last_visit: datetime.date | None = None
    draft: int | None = None
    draft_date: datetime.date | None = None
    place: str = ""
    also: str = ""
    damaged: bool = False
