"""What was begun by mistake is discarded, or put right while it is a draft; who and when is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mmt.model.errors import ClinicError, RefusedError
from mmt.model.visit import History, Visit
from mmt.storage import patients, visits

from . import allowed, holding, papers
from .practice import Practice

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
        if not reason or not by:
            raise ClinicError("Nothing is discarded without a reason and a name.")
        with self._amending(patient, visit, self.kept) as (db, _):
            if visit is None:
                patients.discard(db, patient, reason, by, self.now())
            else:
                visits.discard(db, visit, reason, by, self.now())

    def change_examiner(self, patient: int, visit: int, examiner: str) -> None:
        """Let another of those who examine have examined in a draft, where a wrong name was chosen.

        Raises ClinicError with a sentence where that may not be.
        """
        with self._amending(patient, visit, self.fixed) as (db, history):
            draft = _one(history, visit)
            if why := allowed.change_examiner(draft, examiner, self.practitioners):
                raise RefusedError(why)
            visits.change_examiner(db, draft, examiner, self.program.who, self.now())

    def move(self, patient: int, visit: int, to: int, reason: str, by: str) -> None:
        """Let a draft that was put to the wrong patient be one of another, with all that is recorded in it.

        Both records keep that it was moved, by whom, when and why. Raises ClinicError with a sentence where
        that may not be, or `reason` or `by` is missing.
        """
        if not reason or not by:
            raise ClinicError("Nothing is moved without a reason and a name.")
        with self._amending(patient, visit, self.fixed) as (db, history):
            if why := allowed.move(_one(history, visit), history, self.history(to)):
                raise RefusedError(why)
            visits.move(db, visit, patient, to, reason, by, self.now())

    def printed(self, history: History, visit: int) -> bool:
        """Whether papers with the patient's name were made on the day of a visit, maybe of it."""
        day = _one(history, visit).date.isoformat()
        return bool(papers.made(self.places.exports, history.patient, day))

    @contextmanager
    def _amending(
        self, patient: int, visit: int | None, refused: Callable[[History, int | None], str]
    ) -> Iterator[tuple["Database", History]]:
        """A durable transaction on the records of a patient, as they are now."""
        with self.store.writing(fold=True) as db:
            history = self.history(patient)
            if visit is not None and visit not in {one.id for one in history.visits}:
                raise ClinicError(f"There is no visit number {visit} in these records.")
            if why := refused(history, visit):
                raise RefusedError(why)
            yield db, history


def _one(history: History, visit: int) -> Visit:
    return next(one for one in history.visits if one.id == visit)
