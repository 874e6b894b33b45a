"""Acts as lines of text, and for other programs."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress

import msgspec

from mmt.clinic import Clinic
from mmt.exchange.cells import as_cell
from mmt.exchange.fhir.audit import bundles
from mmt.exchange.fhir.people import organization
from mmt.model.acts import SentAct, Told
from mmt.model.errors import ClinicError
from mmt.model.text import clean
from mmt.storage import stable_ids

NONE = "No such act is kept."
NOBODY = 'Nobody fits "{text}". Name the number of a record, a name, a birth date or a chart number.'
SEVERAL = 'Several fit "{text}": {who}. Name the number of one record.'
_NAMED = 5
"""So many patients are named where several fit."""

COLUMNS = ("number", "at", "person", "act", "patient", "name", "visit", "day_of_visit", "changes")


def number_of(clinic: Clinic, text: str) -> int:
    """The record that a person names by its number, or by what only one patient has.

    Raises ClinicError with a sentence.
    """
    if text.isdecimal():
        with suppress(ClinicError):
            return clinic.history(int(text)).patient.id
    found = clinic.search(text) if text.strip() else []
    if not found:
        raise ClinicError(NOBODY.format(text=text))
    if len(found) > 1:
        who = ", ".join(f"{one.name} (record {one.id})" for one in found[:_NAMED])
        raise ClinicError(SEVERAL.format(text=text, who=who + (", …" if len(found) > _NAMED else "")))
    return found[0].id


def about(told: Told) -> str:
    """With whose record an act was done, and on the visit of which day; empty where with none."""
    if told.patient is None:
        return ""
    day = f", visit of {told.day}" if told.day else ""
    return f"{clean(told.name) or 'patient'} (record {told.patient}){day}"


def changes(told: Told) -> Iterator[str]:
    """What an act changed, a line each."""
    if told.hidden:
        yield told.hidden
    yield from (clean(one.said) for one in told.became)


def lines(found: Iterable[Told]) -> Iterator[str]:
    """What `mmt acts` prints: an act in a line, and below it what was changed."""
    none = True
    for told in found:
        none = False
        head = f"{told.at:%Y-%m-%d %H:%M:%S}", clean(told.person), told.act, about(told)
        yield "  ".join(filter(None, head))
        yield from (f"    {one}" for one in changes(told))
    if none:
        yield NONE


def as_csv(found: Iterable[Told]) -> Iterator[str]:
    """The same for other programs, a row an act."""
    yield _row(COLUMNS)
    for told in found:
        who = (told.seq, told.at.isoformat(), as_cell(told.person), told.act)
        of = (told.patient or "", as_cell(told.name), told.visit or "", told.day or "")
        yield _row((*who, *of, as_cell("; ".join(changes(told)))))


def as_fhir(clinic: Clinic, found: Iterable[SentAct]) -> Iterator[bytes]:
    """The acts of a clinic as FHIR R4, a line a transaction Bundle."""
    with clinic.store.reading() as db:
        uid = stable_ids.clinic(db).uid
    for bundle in bundles(organization(uid, clinic.letterhead.name), found):
        yield msgspec.json.encode(bundle)


def _row(values: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
