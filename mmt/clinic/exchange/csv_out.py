"""Signed visits as CSV, a row an observation, in the order of the days; and its data dictionary."""

import csv
import io
from collections.abc import Iterable, Iterator

from mmt.clinic.practice import Practice
from mmt.exchange.rows import COLUMNS, dictionary, rows
from mmt.model.counted import counted
from mmt.model.people import Patient
from mmt.storage import joins, patients, record_sets, visits

from .chosen import ALTERED, Chosen, Progress, Tell, protocol_of

_BOM = b"\xef\xbb\xbf"
"""By it a spreadsheet knows that letters are UTF-8."""


def lines(clinic: Practice, chosen: Chosen, progress: Progress, tell: Tell) -> Iterator[bytes]:
    """The lines of the file, read while they are asked for. A visit that is not as it was signed is left out,
    and told."""
    yield _BOM + _line([column.name for column in COLUMNS])
    people: dict[int, Patient] = {}
    altered = 0
    with clinic.store.reading() as db:
        found = record_sets.signed_by_day(db, chosen.numbers, chosen.since)
        for done, (number, record) in enumerate(found, 1):
            visit, of = visits.get(db, number), joins.root(db, record)
            altered += visit.altered
            if of not in people:
                people[of] = patients.get(db, of)
            if not visit.altered:
                for row in rows(people[of], visit, protocol_of(clinic, visit)):
                    yield _line(row)
            progress(done, len(found))
    if altered:
        tell(ALTERED.format(counted=counted(altered, "visit")))


def columns() -> Iterator[bytes]:
    """The data dictionary as CSV."""
    heads = (_line(row) for row in dictionary())
    yield _BOM + next(heads)
    yield from heads


def _line(values: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(values)
    return text.getvalue().encode()
