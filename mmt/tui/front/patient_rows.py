"""Patients as rows: drafts on top, today's next, then who was seen last."""

import datetime
from collections.abc import Sequence

from textual.content import Content

from mmt.dates.typed import readings
from mmt.model.born import ages
from mmt.model.people import PatientRow
from mmt.tui.desk import Home
from mmt.tui.visit.steps import BY_ID, step_of
from mmt.tui.visit.values import MONTHS
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading

BORN, CHART, LAST = 16, 9, 20
SIDES = BORN + CHART + LAST
"""Columns beside the name; the name takes what is left."""

LEAST = 12
"""Columns a name has at least; with less room chart number and last visit give way."""

MANY = 50
"""Found patients from which it is quicker to type on than to read."""


def column_heads(across: int) -> Content:
    """What stands above the columns."""
    name = _name(across)
    more = "" if _narrow(across) else f"{'Chart':<{CHART}}Last visit"
    return Content.styled(f"{'Patient':<{name}}{'Born (age)':<{BORN}}{more}", "dim")


def _narrow(across: int) -> bool:
    """Whether name and birth date need all the room there is."""
    return across < LEAST + SIDES


def _name(across: int) -> int:
    """Columns for the name."""
    return max(LEAST, across - (BORN if _narrow(across) else SIDES))


def home_rows(
    drafts: Sequence[PatientRow],
    todays: Sequence[PatientRow],
    latest: Sequence[PatientRow],
    today: datetime.date,
    across: int,
) -> list[Row]:
    """The home screen with nothing typed; nobody stands on it twice."""
    rows: list[Row] = []
    seen: set[int] = set()
    for title, found in (("Open drafts", drafts), ("Today", todays), ("Seen last", latest)):
        new = [one for one in found if one.id not in seen]
        seen |= {one.id for one in new}
        if new:
            rows += [heading(title), *(patient_row(one, today, across) for one in new)]
    return rows


def looked_up(home: Home, text: str) -> list[PatientRow]:
    """Patients that fit what was typed, a date in each reading that it can have."""
    found = (row for reading in readings(text, home.today()) for row in home.search(reading))
    return list({row.id: row for row in found}.values())


def found_rows(found: Sequence[PatientRow], today: datetime.date, across: int) -> list[Row]:
    """What a search found."""
    if not found:
        return []
    more = "; type more to narrow it down" if len(found) >= MANY else ""
    return [
        heading("Search", f"{len(found)} found{more}"),
        *(patient_row(one, today, across) for one in found),
    ]


def patient_row(one: PatientRow, today: datetime.date, across: int) -> Row:
    """One patient: name, birth date with age, chart number, last visit, and an open draft in words;
    below it the other names of joined records."""
    born = one.birth_date
    text = Content.assemble(
        cell(one.name, _name(across)).stylize("bold"),
        f"{f'{born} ({ages(born, today)})' if born else '':<{BORN}}",
    )
    if not _narrow(across):
        last = Content.styled(_last(one, today), "bold" if one.draft is not None else "")
        text += cell(one.chart_number, CHART) + last
    if one.also:
        text += "\n" + plain(f"  also {one.also}").stylize("dim")
    return Row(text, str(one.id))


def cell(text: str, across: int) -> Content:
    """What a person typed, in a column; an ellipsis says where it is cut."""
    short = plain(text).truncate(across - 1, ellipsis=True)
    return short.pad_right(across - short.cell_length)


def _last(one: PatientRow, today: datetime.date) -> str:
    """When the patient was here last; of a draft, where it stands, or of which day it is."""
    if one.damaged:
        return "cannot be read"
    if one.draft_date == today:
        return f"draft at {BY_ID[step_of(one.place)].name}"
    if one.draft_date is not None:
        year = f" {one.draft_date.year}" if one.draft_date.year != today.year else ""
        return f"draft of {one.draft_date.day} {MONTHS[one.draft_date.month - 1]}{year}"
    if one.last_visit == today:
        return "today"
    return one.last_visit.isoformat() if one.last_visit else "new"
