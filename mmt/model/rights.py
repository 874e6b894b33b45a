"""What a patient has a right to: that a record is restricted, and told to whom what of it was given."""

import datetime

from .base import Text, Value


class Restriction(Value, frozen=True, kw_only=True):
    """That a record is opened with a reason alone: why, who said so, and when."""

    reason: Text
    by: Text
    at: datetime.datetime
