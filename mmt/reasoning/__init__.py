"""Pure functions of model values: what an exam may mean, with its reasons. Never a diagnosis."""

from .areas import AreasFound, areas_found
from .change import compare
from .comparison import comparison
from .course import CourseRow, course_row
from .door import door, due, waited
from .given import LastSheet, last_sheet
from .goals import goals
from .lift import no_lift
from .prescribe import as_offered, barred
from .reviewing import concluded, review, watch
from .standing import (
    LOUD,
    alarm_key,
    alert_name,
    asked_now,
    blocks,
    interrupts,
    locking,
    standing,
    unconfirmed,
)
from .usual_course import usual_course

__all__ = [
    "LOUD",
    "AreasFound",
    "CourseRow",
    "LastSheet",
    "alarm_key",
    "alert_name",
    "areas_found",
    "as_offered",
    "asked_now",
    "barred",
    "blocks",
    "compare",
    "comparison",
    "concluded",
    "course_row",
    "door",
    "due",
    "goals",
    "interrupts",
    "last_sheet",
    "locking",
    "no_lift",
    "review",
    "standing",
    "unconfirmed",
    "usual_course",
    "waited",
    "watch",
]
