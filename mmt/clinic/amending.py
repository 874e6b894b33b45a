"""What was begun by mistake is discarded, or put right while it is a draft; who and when is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, DoubtError, RefusedError
from mmt.model.visit import History, Visit
from mmt.storage import joins, patients, visits

from . import allowed, doubts, holding, papers
from .practice import Practice, given

if TYPE_CHECKING:
    from mmt.storage.driver import Database

CHANGED = (
    "This was changed elsewhere in the meantime, and nothing was kept: go back and open it to look again."
)


class Amending(Practice):
    """Each method keeps what it does in one transaction, or nothing of it."""

    def open_elsewhere(self, visit: int) -> str:
        """Where else a draft is open, in a sentence; empty where nowhere."""
        return holding.told(self, visit)

    def kept(self, history: History, visit: int | None) -> str:
        """Why the visit of this number may not be discarded, or without one the patient; else empty."""
        if visit is None:
            return allowed.discard_patient(history)
        at = history.visits.index(_one(history, visit))
        return allowed.discard_visit(history.up_to(at), self.protocol) or self.open_elsewhere(visit)

    def fixed(self, history: History, visit: int | None) -> str:
        """Why it may not be put right whose the visit of this number is; else empty."""
        if visit is None:
            return allowed.NO_DRAFT
        return allowed.amend(_one(history, visit)) or self.open_elsewhere(visit)

    def discard(self, patient: int, visit: int | None, reason: str, by: str) -> None:
        """Discard a draft, or without a visit's number a patient without visits, both made by mistake.

        The record keeps what was in it, who did it, when and why. Raises ClinicError with a sentence where
        that may not be, it is gone already or open elsewhere, or `reason` or `by` is missing.
        """
        reason, by = given(reason, by, "discarded")
        allowed.obey(self.not_as(by))
        act = Act.DISCARDED_PATIENT if visit is None else Act.DISCARDED
        with self._amending(act, patient, visit, self.kept) as (db, _):
            if visit is None:
                patients.discard(db, patient, reason, by, self.now())
            else:
                visits.discard(db, visit, reason, by, self.now())

    def change_examiner(self, patient: int, visit: int, examiner: str) -> None:
        """Let another of those who examine have examined in a draft, where a wrong name was chosen.

        Raises ClinicError with a sentence where that may not be.
        """
        with self._amending(Act.CHANGED_EXAMINER, patient, visit, self.fixed) as (db, history):
            draft = _one(history, visit)
            if why := self.not_as(examiner) or allowed.change_examiner(draft, examiner, self.practitioners):
                raise RefusedError(why)
            by = self.signed_in or self.program.who
            visits.change_examiner(db, draft, examiner, by, self.now())

    def move(self, patient: int, visit: int, to: int, reason: str, by: str) -> None:
        """Let a draft that was put to the wrong patient be one of another, with all that is recorded in it.

        Both records keep that it was moved, by whom, when and why. Raises ClinicError with a sentence where
        that may not be, or `reason` or `by` is missing.
        """
        reason, by = given(reason, by, "moved")
        allowed.obey(self.not_as(by))
        with self._amending(Act.MOVED, patient, visit, self.fixed) as (db, history):
            if why := allowed.move(_one(history, visit), history, self.history(to)):
                raise RefusedError(why)
            visits.move(db, visit, to, reason, by, self.now())

    def join(self, patient: int, other: int, reason: str, by: str, *, sure: bool = False) -> None:
        """Let the record `other` be read with the one of a patient: its visits stand among these by date, and
        search finds them by either name. The data of this patient stand; no visit is touched.

        Raises ClinicError with a sentence where that may not be, or `reason` or `by` is missing. Raises
        DoubtError where birth date or sex differ, unless the caller is `sure`.
        """
        reason, by = given(reason, by, "joined")
        allowed.obey(self.not_as(by))
        with self.store.writing(Act.JOINED, fold=True) as db:
            here, there = self.history(patient), self.history(other)
            if why := self.unjoinable(here, there):
                raise RefusedError(why)
            if not sure and (odd := doubts.one_person(here.patient, there.patient)):
                raise DoubtError(odd)
            signed = sum(one.signed for one in (*here.visits, *there.visits))
            joins.join(db, other, patient, signed, reason, by, self.now())

    def unjoinable(self, here: History, there: History) -> str:
        """Why the record `there` may not be joined to the one `here`, in a sentence; else empty."""
        return allowed.join(here, there, self.protocol) or self._held_elsewhere(here, there)

    def part(self, patient: int, reason: str, by: str) -> None:
        """Undo the last join of a record to the one of a patient; both are read alone again.

        Raises ClinicError with a sentence where that may not be, or `reason` or `by` is missing.
        """
        reason, by = given(reason, by, "parted")
        allowed.obey(self.not_as(by))
        with self.store.writing(Act.PARTED, patient=patient, fold=True) as db:
            history = self.history(patient)
            if why := self.unpartable(history):
                raise RefusedError(why)
            last = allowed.standing_join(history)
            assert last is not None
            joins.part(db, last.id, reason, by, self.now())

    def unpartable(self, history: History) -> str:
        """Why the last join of a record may not be undone, in a sentence; else empty."""
        return allowed.part(history) or self._held_elsewhere(history)

    def _held_elsewhere(self, *histories: History) -> str:
        drafts = (one.id for history in histories for one in history.visits if not one.signed)
        return next(filter(None, map(self.open_elsewhere, drafts)), "")

    def printed(self, history: History, visit: int) -> bool:
        """Whether papers with the patient's name were made on the day of a visit, maybe of it."""
        day = _one(history, visit).date.isoformat()
        return bool(papers.made(self.places.exports, history.people, day))

    @contextmanager
    def _amending(
        self, act: Act, patient: int, visit: int | None, refused: Callable[[History, int | None], str]
    ) -> Iterator[tuple["Database", History]]:
        """A durable transaction on the records of a patient, as they are now."""
        with self.store.writing(act, patient=patient, visit=visit, fold=True) as db:
            history = self.history(patient)
            if visit is not None and visit not in {one.id for one in history.visits}:
                raise ClinicError(f"There is no visit number {visit} in these records.")
            if why := refused(history, visit):
                raise RefusedError(why)
            yield db, history


def _one(history: History, visit: int) -> Visit:
    return next(one for one in history.visits if one.id == visit)
