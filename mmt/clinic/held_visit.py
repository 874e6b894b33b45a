"""A visit as it is kept, with what follows from it, and this program's hold on it while it is a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, TakenOverError
from mmt.model.program import Holder
from mmt.model.protocol import Protocol
from mmt.model.review import Review, Watch
from mmt.model.visit import History, Visit
from mmt.reasoning import review, watch

from . import holding
from .practice import Practice

if TYPE_CHECKING:
    from mmt.storage.driver import Database


class HeldVisit:
    """One program at a time holds a draft. `elsewhere` says in a sentence that this one does not: then it
    stands here as it was read last, and nothing of it may be changed before `hold` takes it over.

    `history` is the patient with the visits up to this one, `protocol` what it is done under. `acknowledged`
    holds the alarms seen since it was opened: whoever opens it later is alarmed again; `unkept` what was
    typed and could not be kept, by what was asked for, to be offered once more.
    """

    def __init__(self, clinic: Practice, visit: int, history: History, protocol: Protocol) -> None:
        self.clinic = clinic
        self.elsewhere = ""
        self.unkept: dict[str, str] = {}
        self._holder: Holder | None = None
        self.acknowledged: set[tuple[object, ...]] = set()
        self._read(visit, history, protocol)

    def _read(self, visit: int, history: History, protocol: Protocol) -> None:
        index = next(at for at, one in enumerate(history.visits) if one.id == visit)
        self.history = history.up_to(index)
        self.protocol = protocol
        self._review: Review | None = None
        self._watch: Watch | None = None

    @property
    def visit(self) -> Visit:
        """The visit as it is kept now."""
        return self.history.visits[-1]

    @property
    def review(self) -> Review:
        """What reasoning says of the visit as it is now."""
        if self._review is None:
            self._review = review(self.history, self.protocol)
        return self._review

    @property
    def watch(self) -> Watch:
        """What must be known of the visit after each key."""
        if self._watch is None:
            self._watch = watch(self.history, self.protocol)
        return self._watch

    def _became(self, visit: Visit) -> None:
        self.history = self.history.with_visit(visit)
        self.clinic.know(self.history)
        self._review = self._watch = None

    def hold(self, *, over: bool = False) -> None:
        """Go on with the draft here, as it is kept now; where that may not be, `elsewhere` says why.

        One that another program may have open is only taken `over`, and from nobody but whom `elsewhere` told
        last: where a third one has it by now, that one is told.
        """
        if over and self._holder:
            self._read_anew(holding.take_over(self.clinic, self.history, self.visit.id, self._holder))
        else:
            self._read_anew(holding.take(self.clinic, self.visit.id))
        if self.elsewhere == holding.MOVED:
            self.leave()

    def overtaken(self) -> bool:
        """Look whether the draft was taken from this program: then it is read anew; `elsewhere` says so."""
        if self.visit.signed or self.elsewhere:
            return False
        with self.clinic.store.reading() as db:
            held = holding.lost(self.clinic, db, self.visit.id)
        if held.why:
            self._read_anew(held)
        return bool(held.why)

    def leave(self) -> None:
        """Let go of the draft: it opens elsewhere without a question."""
        holding.leave(self.clinic, self.visit.id)

    @contextmanager
    def _writing(self, act: Act, *, fold: bool = False) -> Iterator["Database"]:
        """A durable transaction on the draft; see `Store.writing`.

        Raises TakenOverError where this program does not hold it any more, after reading it anew.
        """
        patient, visit = self.history.patient.id, self.visit.id
        with self.clinic.store.writing(act, patient=patient, visit=visit, fold=fold) as db:
            held = holding.lost(self.clinic, db, self.visit.id)
            if held.why:
                self._read_anew(held)
                raise TakenOverError(self.elsewhere)
            yield db

    def _read_anew(self, held: holding.Held) -> None:
        """Take in what is kept now."""
        self.elsewhere, self._holder = held
        try:
            history, protocol = self.clinic.read(self.visit.id)
            if history.patient.id == self.history.patient.id:
                self._read(self.visit.id, history, protocol)
            else:
                self.elsewhere = holding.MOVED
        except KeyError:
            self.elsewhere = holding.GONE
        except ClinicError as error:
            self.elsewhere = str(error)
        if self.visit.signed:
            self.elsewhere = holding.SIGNED_ELSEWHERE
