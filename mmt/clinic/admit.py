"""A history put into a clinic as if it were recorded there: for the demo, imports and generators."""

import copy
import datetime
from collections.abc import Callable, Iterator

from mmt.model.visit import History, Visit

from .clinic import Clinic
from .open_visit import OpenVisit


def at_ten(visit: Visit) -> datetime.datetime:
    """Ten o'clock on the day on which a visit is recorded, by this computer's time zone."""
    return datetime.datetime.combine(visit.entered or visit.date, datetime.time(10)).astimezone()


def admit(
    clinic: Clinic, history: History, clock: Callable[[Visit], datetime.datetime] = at_ten
) -> Iterator[OpenVisit]:
    """Keep a patient and each visit, oldest first, under the rules that the examiner has.

    Each visit is handed out once it is filled, to be looked at and finished; one that has a signature in
    `history` is then signed by that name and gets its notes. `clock` says when a visit is recorded: what is
    written down in it bears that time. Raises ClinicError as recording by hand would; what came before is
    kept, but within one `clinic.store.writing()` nothing is.
    """
    patient, then = clinic.add_patient(history.patient, sure=True), clinic
    for visit in history.visits:
        then = _on(then, clock(visit))  # knows what the one before has read
        opened = then.begin(patient.id, visit.examiner, visit.scale, visit.exam, day=visit.date, sure=True)
        _fill(opened, visit)
        yield opened
        if visit.signature and not opened.visit.signed:
            opened.sign(visit.signature.by)
        for note in visit.addenda:
            opened.add(note.text, note.by)


def _on(clinic: Clinic, moment: datetime.datetime) -> Clinic:
    """The same clinic with its clock at a moment."""
    then = copy.copy(clinic)
    then.today, then.now = moment.date, lambda: moment.astimezone(datetime.UTC)
    return then


def _fill(opened: OpenVisit, visit: Visit) -> None:
    """All that stands in a visit, in the order of a walk."""
    opened.take_in(visit)
    if visit.action:
        opened.act(visit.action)
    if visit.override:
        opened.go_on(visit.override.reason, visit.override.by)
    for finding, decision in visit.decisions.items():
        opened.decide(finding, decision.verdict)
    if visit.prescription is not None:
        opened.prescribe(visit.prescription)
    opened.write(note=visit.note or None, next_visit=visit.next_visit or None)
    if visit.place:
        opened.move(visit.place)
