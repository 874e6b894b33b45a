"""Which backups are kept, by when they were made."""

import datetime
from collections.abc import Callable, Hashable, Iterable

DAYS, WEEKS, MONTHS = 7, 4, 12
"""The last backup is kept of so many of the latest days, weeks and months that have one. Those without one do
not count, so that nothing goes while the clinic is closed."""

_Moment = datetime.datetime
_KEPT: tuple[tuple[int, Callable[[_Moment], Hashable]], ...] = (
    (DAYS, lambda made: made.date()),
    (WEEKS, lambda made: made.isocalendar()[:2]),
    (MONTHS, lambda made: (made.year, made.month)),
)


def kept(made: Iterable[_Moment]) -> set[_Moment]:
    """Those of these moments whose backups are kept, the newest always among them. Each is in the clinic's
    own time: its day is the clinic's day."""
    newest_first = sorted(made, reverse=True)
    keep: set[_Moment] = set()
    for most, span in _KEPT:
        last: dict[Hashable, _Moment] = {}
        for one in newest_first:
            last.setdefault(span(one), one)
        keep.update(list(last.values())[:most])
    return keep
