"""What a patient has a right to: that a record is restricted, and to be told to whom what of it was given."""

import datetime

from .base import Text, Value


class Restriction(Value, frozen=True, kw_only=True):
    """That a record is opened with a reason alone: why, who said so, and when."""

    reason: Text
    by: Text
    at: datetime.datetime


class Disclosure(Value, frozen=True, kw_only=True):
    """What of a record was given out: of the visit of a day, to whom as far as it was said, by whom, when."""

    what: Text
    visit: datetime.date | None = None
    to: str = ""
    by: Text
    at: datetime.datetime
