"""All patients of the clinic with what became of them, as a table and for other programs."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mmt.model.errors import ClinicError
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.text import clean
from mmt.reasoning.outcome import Outcome, outcome, shares
from mmt.reasoning.wording import sentence
from mmt.reasoning.words import TOLD
from mmt.storage import patients

from .clinic import Clinic

_NAME = 24
"""Columns for a name in the table."""


class Outcomes(NamedTuple):
    """What became of each patient, last seen first, and whose records could not be read, a sentence each."""

    patients: list[Outcome]
    unread: tuple[str, ...]


def outcomes(clinic: Clinic) -> Outcomes:
    """Read the records of all patients with a signed visit."""
    with clinic.store.reading() as db:
        numbers = patients.with_visits(db)
    found: list[Outcome] = []
    unread = []
    for number in numbers:
        try:
            one = outcome(clinic.history(number), clinic.protocol, clinic.today())
        except ClinicError as error:
            unread.append(str(error))
            continue
        if one is not None:
            found.append(one)
    return Outcomes(sorted(found, key=lambda one: one.last, reverse=True), tuple(unread))


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
            yield f"    {_score(change, protocol)}"
        if one.done is not None:
            yield f"    last sheet done: {_done(one, protocol)}"
        for waits in one.due:
            yield f"    {sentence(waits, protocol)}"
    yield ""
    yield from _shares(found.patients, protocol)


def _score(change: Change, protocol: Protocol) -> str:
    sign, word = TOLD[change.told]
    sure = f" ({change.confidence})" if change.confidence else ""
    return f"{protocol.story[change.test].named} {change.from_} → {change.to}  {sign} {word}{sure}"


def _done(one: Outcome, protocol: Protocol) -> str:
    rule = protocol.rules.given_before
    labels = protocol.story[rule.done].labels if rule else {}
    return labels.get(str(one.done), str(one.done))


def _shares(found: Sequence[Outcome], protocol: Protocol) -> Iterator[str]:
    """Each score over all patients: of how many it is known, and of how many it is missing."""
    for one in shares(found, protocol):
        each = ((word, one.verdicts.get(verdict)) for verdict, (_, word) in TOLD.items())
        told = ", ".join(f"{word} {count}" for word, count in each if count)
        name = protocol.story[one.question].named
        yield f"{name}, known of {one.known}: {told}; missing of {one.missing}"
    yield "From the first value to the latest of each patient, each held against the error of its score."


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
        who = (one.patient.id, _text(one.patient.name), _text(one.patient.chart_number))
        values = [value for name in names for value in held.get(name, ("", "", ""))]
        rows.writerow([*who, one.first, one.last, one.visits, one.done or "", waits, *values])
    return text.getvalue()


def _text(typed: str) -> str:
    """What a person typed, so that no spreadsheet takes it for a formula."""
    return f"'{typed}" if typed[:1] in ("=", "+", "-", "@", "\t", "\r") else typed
