"""The people and the place: patient, practitioner, clinic."""

import datetime
from typing import Literal

from .base import Value
from .born import Ages, BirthDate, ages

Sex = Literal["female", "male", "other", "unknown"]
Handedness = Literal["right", "left", "both", "unknown"]

OLDEST = 120
"""Years that nobody outlives: a birth date further back is a slip."""


class Patient(Value, frozen=True, kw_only=True):
    """A patient. `id` is the record's own number in the store, 0 before it is kept."""

    id: int = 0
    name: str = ""
    birth_date: BirthDate
    sex: Sex = "unknown"
    handedness: Handedness = "unknown"
    language: str = "en"
    chart_number: str = ""
    large_print: bool = False

    def ages_on(self, day: datetime.date) -> Ages:
        """The completed years of age that the patient may have on `day`."""
        return ages(self.birth_date, day)


class Letterhead(Value, frozen=True, kw_only=True):
    """The clinic as it stands at the head of each paper. Empty fields print as blank lines to write on.

    `emergency` is the country's emergency number; without one, papers say *your emergency number*.
    """

    name: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    emergency: str = ""


def chart_key(chart: str) -> str:
    """A chart number as it is held against others: capitals, spaces and zeros in front do not count."""
    return "".join(chart.split()).lower().lstrip("0")


class PatientRow(Value, frozen=True, kw_only=True):
    """A line of the list of patients. `last_visit` is None before the first visit; `draft` is the number of
    an open visit, `draft_date` its day, `place` where its walk stands. `also` are the other names of records
    that were joined to this one. A `damaged` row has a day that is none, which stands there as None."""

    id: int
    name: str
    birth_date: BirthDate | None
    chart_number: str = ""
    last_visit: datetime.date | None = None
    draft: int | None = None
    draft_date: datetime.date | None = None
    place: str = ""
    also: str = ""
    damaged: bool = False
