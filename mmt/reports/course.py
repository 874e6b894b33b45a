"""A whole course on paper: the note of each visit, one after the other."""

from collections.abc import Sequence

from mmt.model.errors import PaperError

from .documents import documents
from .record import Record

NOTHING = "There is no course to print: nothing is recorded in any visit."


def course(records: Sequence[Record]) -> bytes:
    """The notes of these visits as one PDF, in their order; one in which nothing is recorded has none.

    Raises PaperError where no visit has a note, or one cannot be printed.
    """
    note = documents()["visit-note"]
    held = [record for record in records if not record.visit.empty]
    if not held:
        raise PaperError(NOTHING)
    return note.drawn_together([(note.filled(one), one.template(note.id)) for one in held])
