"""All patients of the clinic with what became of them, as a table and for other programs."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from mmt.exchange.cells import as_cell, as_text
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.text import clean
from mmt.reasoning.outcome import HOW_HELD, Outcome, done_said, outcome, score_said, share_said, shares
from mmt.reasoning.wording import sentence
from mmt.storage import patients

from .practice import HIDDEN, Practice

_NAME = 24
"""Columns for a name in the table."""


class Outcomes(NamedTuple):
    """What became of each patient, last seen first, and whose records could not be read, a sentence each."""

    patients: list[Outcome]
    unread: tuple[str, ...]


def each_outcome(clinic: Practice) -> Iterator[Outcome | str]:
    """What became of each patient with a signed visit, last seen first; of one whose records cannot be read a
    sentence."""
    clinic.note(Act.LOOKED_AT_OUTCOMES)
    with clinic.store.reading() as db:
        numbers = patients.with_visits(db)
    for number in numbers:
        try:
            found = outcome(clinic.history(number), clinic.protocol, clinic.today())
        except ClinicError as error:
            yield str(error)
        else:
            yield found or HIDDEN


def outcomes(clinic: Practice) -> Outcomes:
    """Read the records of all patients with a signed visit."""
    found = list(each_outcome(clinic))
    return Outcomes(
        [one for one in found if isinstance(one, Outcome)],
        tuple(one for one in found if isinstance(one, str)),
    )


def table(found: Outcomes, protocol: Protocol) -> Iterator[str]:
    """What `mmt outcomes` prints: a patient in two lines or more, then each score over all patients."""
    yield from found.unread
    if not found.patients:
        yield "No visit is signed yet."
        return
    for one in found.patients:
        visits = f"{one.visits} visit{'' if one.visits == 1 else 's'}"
        yield f"{clean(one.patient.name)[:_NAME]:<{_NAME}} {one.first} to {one.last}  {visits}"
        for change in one.scores:
            yield f"    {score_said(change, protocol)}"
        if done := done_said(one, protocol):
            yield f"    {done}"
        for waits in one.due:
            yield f"    {sentence(waits, protocol)}"
    yield ""
    for share in shares(found.patients, protocol):
        yield share_said(share, protocol)
    yield HOW_HELD


COLUMNS = ("number", "name", "chart_number", "first", "latest", "visits", "last_sheet_done", "waits")


def as_csv(found: Outcomes, protocol: Protocol) -> str:
    """The same for other programs, a row a patient: each score with first value, latest and verdict."""
    names = [one.id for one in protocol.story.values() if one.more]
    parts = [f"{name}_{part}" for name in names for part in ("first", "latest", "verdict")]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([*COLUMNS, *parts])
    for one in found.patients:
        held = {change.test: (change.from_, change.to, change.told) for change in one.scores}
        waits = " ".join(sentence(each, protocol) for each in one.due)
        who = (one.patient.id, as_cell(one.patient.name), as_text(one.patient.chart_number))
        values = [value for name in names for value in held.get(name, ("", "", ""))]
        rows.writerow([*who, one.first, one.last, one.visits, one.done or "", waits, *values])
    return text.getvalue()
