"""Birth dates as people type them, in a form and in a search."""

import datetime
import re

_ORDER = "Type the birth date as year-month-day, such as 1979-05-02, or as 2 May 1979."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def birth_date(text: str, today: datetime.date) -> datetime.date:
    """A date from `1979-05-02`, `1979/5/2`, `19790502`, `2 May 1979`, `May 2, 1979` or `02.05.1979`.

    `02/05/1979` could be read either way round and is refused. Raises ValueError with a sentence.
    """
    typed = text.strip().lower()
    numbers = re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})", typed)
    dotted = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", typed)
    named = re.fullmatch(r"(?:(\d{1,2})\.? +)?([a-z]{3})[a-z]*\.?(?: +(\d{1,2}),?)? +(\d{4})", typed)
    if numbers:
        year, month, day = map(int, numbers.groups())
    elif dotted:
        day, month, year = map(int, dotted.groups())
    elif named and named[2] in _MONTHS and (named[1] or named[3]):
        year, month, day = int(named[4]), _MONTHS.index(named[2]) + 1, int(named[1] or named[3])
    else:
        raise ValueError(_ORDER)
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day. {_ORDER}") from None
    if not today.year - 130 <= found.year or found > today:
        raise ValueError("The birth date lies in the future or too far back; type it again.")
    return found


def readings(text: str) -> list[str]:
    """What a search may mean. A date typed in any order is looked for by its numbers, whichever is the day.

    Eight digits in a row may be a date or a chart number: both are looked for.
    """
    together = re.fullmatch(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*", text)
    parted = re.fullmatch(r"\s*(\d{1,4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,4})\s*", text)
    if together:
        return [" ".join(together.groups()), text]
    if parted:
        return [" ".join(part.rjust(2, "0") for part in parted.groups())]
    return [text]
