"""What a patient may ask for: a copy of all that is kept, a restriction, to whom it was given, erasure."""

import datetime
from pathlib import Path
from typing import NamedTuple

from mmt.exchange.patient_file import PatientFile, as_json
from mmt.model.acts import Act
from mmt.model.rights import Disclosure, Restriction
from mmt.model.visit import local_day
from mmt.reasoning.retention import kept_until
from mmt.reports.course import course
from mmt.storage import belongings, disclosures, restrictions

from . import papers, typed
from .allowed import obey
from .open_visit import OpenVisit
from .practice import Practice, given


class Copy(NamedTuple):
    """A copy of all that is kept of a patient: the `course` to read, where there is one, and the `record` for
    other programs."""

    record: Path
    course: Path | None


class RightsDesk:
    """The rights of one patient."""

    def __init__(self, clinic: Practice, patient: int) -> None:
        self._clinic = clinic
        self.patient = patient

    @property
    def restriction(self) -> Restriction | None:
        """Why the record opens with a reason alone; None where it opens as others do."""
        with self._clinic.store.reading() as db:
            return restrictions.restriction(db, self.patient)

    def restrict(self, reason: str, by: str) -> None:
        """Let the record open with a reason alone. Raises ClinicError where reason or name are missing."""
        self._restrict(*given(reason, by, "restricted"), restricted=True)

    def lift(self, reason: str, by: str) -> None:
        """Let the record open as others do again. Raises ClinicError where reason or name are missing."""
        self._restrict(*given(reason, by, "lifted"), restricted=False)

    def _restrict(self, reason: str, by: str, *, restricted: bool) -> None:
        act = Act.RESTRICTED if restricted else Act.LIFTED
        obey(self._clinic.not_as(by))
        history = self._clinic.history(self.patient)
        with self._clinic.store.writing(act, patient=self.patient, fold=True) as db:
            for one in history.people:
                restrictions.restrict(db, one.id, reason, by, self._clinic.now(), restricted=restricted)
        self._clinic.stay_in(self.patient)

    @property
    def disclosures(self) -> tuple[Disclosure, ...]:
        """What of the record was given out, the latest first."""
        with self._clinic.store.reading() as db:
            return disclosures.of_patient(db, self.patient)

    @property
    def given_out(self) -> list[str]:
        """What of the record was given out, a line each, the latest first."""
        return [_disclosed(one) for one in self.disclosures]

    @property
    def restricted(self) -> str:
        """Whether the record is restricted, in a sentence."""
        why = self.restriction
        if why is None:
            return "The record opens as others do."
        return f"Since {local_day(why.at)}: {why.reason} ({why.by}). It opens with a reason alone."

    @property
    def kept_until(self) -> datetime.date | None:
        """The last day on which the record must be kept; None where no visit asks for any."""
        history = self._clinic.history(self.patient)
        days = [one.date for one in history.visits if not one.empty]
        return (
            max((kept_until(self._clinic.retention, one, days[-1]) for one in history.people), default=None)
            if days
            else None
        )

    @property
    def retained(self) -> str:
        """How long the record must be kept and by what, in words."""
        rule, until = self._clinic.retention, self.kept_until
        said = f"{until}, by {rule.law} ({rule.name})" if until else "no day: nothing is recorded in a visit"
        return f"{said}. {rule.notes} F9, then R chooses the place."

    def not_erasable(self) -> str:
        """Why the record may not be erased today, in a sentence; else empty."""
        until = self.kept_until
        if until is None or self._clinic.today() > until:
            return ""
        rule = self._clinic.retention
        return f"The record is kept until {until} by {rule.law} ({rule.name}); it is not erased before."

    def copy(self, to: str, folder: Path | None = None) -> Copy:
        """Write a copy of all that is kept into a folder, else into that of papers. Whom it is for is kept.

        A draft is in the record for other programs and not in the course. Raises ClinicError with a sentence;
        then nothing of it is in the folder, nor kept as given out.
        """
        clinic, place = self._clinic, folder or self._clinic.places.exports
        to, what = typed.line(to, typed.FOR), "All that is kept"
        history, day = clinic.history(self.patient), clinic.today().isoformat()
        signed = [OpenVisit(clinic, one.id, *clinic.read(one.id)) for one in history.visits if one.signed]
        records = [one.record(one.usual) for one in signed if not one.visit.empty]
        with papers.together(place) as put:
            told = put(self._name("course", day, "pdf"), course(records)) if records else None
            with clinic.store.writing(Act.DISCLOSED, patient=self.patient) as db:
                disclosures.keep(db, self.patient, None, what, to, clinic.store.actor, clinic.now())
                record = put(self._name("record", day, "json"), as_json(self.file()))
        return Copy(record, told)

    def erase(self) -> None:
        """Erase the record for good, with the papers of it in the export folder. Backups are not touched.

        Raises RefusedError before the time is over by the law of the place, ClinicError with a sentence
        where another program has the records open.
        """
        clinic = self._clinic
        obey(self.not_erasable())
        people = clinic.history(self.patient).people
        clinic.let_go()
        clinic.store.erase(self.patient)
        clinic.close_record()
        papers.remove(clinic.places.exports, people)

    def file(self) -> PatientFile:
        """All that is kept of the patient, as one value."""
        clinic, history = self._clinic, self._clinic.history(self.patient)
        with clinic.store.reading() as db:
            recorded = belongings.rows(db, self.patient)
        return PatientFile(
            made=clinic.now(),
            clinic=clinic.letterhead,
            patient=history.patient,
            visits=history.visits,
            moved=history.moved,
            joined=history.joined,
            restriction=self.restriction,
            disclosures=self.disclosures,
            recorded=recorded,
        )

    def _name(self, kind: str, day: str, ending: str) -> str:
        patient = self._clinic.history(self.patient).patient
        return papers.file_name(patient, kind, day, ending, named=self._clinic.settings.name_in_files)


def _disclosed(one: Disclosure) -> str:
    """What was given out, in words."""
    of = f" of {one.visit}" if one.visit else ""
    return f"{local_day(one.at)}  {one.what}{of}, to {one.to or 'whom was not said'} ({one.by})"
