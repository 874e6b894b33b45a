"""Signing off the content: what may be decided about an item, kept durably in the clinic's file."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec.structs import replace

from mmt.files import sync_folder
from mmt.library.signoffs import Decisions, read_signoffs, write_signoffs
from mmt.model.acts import Act
from mmt.model.errors import ClinicError, RefusedError
from mmt.model.signoff import Decided, ReviewItem, Signer, SignOff, Standing, Tally, differences, tally

from .practice import Practice

NO_NAME = "Nobody signs without a name: type the clinician's name."
NO_LICENCE = "Type the licence number too: a sign-off says whose it is."
NO_NOTE = {
    "changed": "Write what must change.",
    "set-aside": "Write why it is not to be used.",
}
ELSEWHERE = "This was decided elsewhere in the meantime, and nothing was kept: look at it again."
FAULTY = "Nothing was kept: {fault}. Mend the file first, so that nothing in it is lost."


class SignOffDesk:
    """What there is to sign off in a clinic, and how it stands.

    The file may be open in another program: the records' own lock is held while it is read anew and written,
    so that neither loses what the other one kept.
    """

    def __init__(self, practice: Practice) -> None:
        self._practice = practice
        self.items = practice.content.items
        self._decisions = read_signoffs(practice.places.signoffs)
        self._ids = {one.id: one for one in self.items}

    @property
    def fault(self) -> str:
        """What is wrong with the file of decisions, in a sentence; empty where nothing is."""
        return next((str(one) for one in self._decisions.problems), "")

    @property
    def standing(self) -> Mapping[str, Standing]:
        """How the items stand that anything was decided about."""
        return self._decisions.standing(self.items)

    @property
    def tally(self) -> Tally:
        """How many items there are, and how they stand."""
        return tally(self.items, self.standing)

    @property
    def only_signed(self) -> bool:
        """Whether only what is signed off is offered and printed for patients."""
        return self._decisions.only_signed

    @property
    def who(self) -> str:
        """Who is signed in, the only one who may decide; empty where nobody has to sign in."""
        return self._practice.signed_in

    @property
    def last(self) -> Signer:
        """Who decides: who is signed in, with the licence number that was typed last, else who decided
        something last; without anybody the first who examines here."""
        made = [one for one in self._decisions.made.values() if self.who in ("", one.name)]
        if made:
            newest = max(made, key=lambda one: one.date)
            return Signer(name=newest.name, licence=newest.licence)
        return Signer(name=self.who or next(iter(self._practice.practitioners), ""))

    def changes(self, item: str) -> tuple[tuple[str, str], ...]:
        """What changed in an item since it was decided about: what stood there, and what stands there now."""
        decided = self._decisions.made.get(item)
        return tuple(differences(decided.text, self._ids[item].text)) if decided else ()

    def refused(self, item: ReviewItem, decision: Decided, by: Signer, note: str = "") -> str:
        """Why this may not be decided, in a sentence; empty where it may."""
        if not any(sign.isalpha() for sign in by.name):
            return NO_NAME
        if why := self._practice.not_as(by.name):
            return why
        if not by.licence:
            return NO_LICENCE
        if decision == "set-aside" and item.held:
            return item.held
        return NO_NOTE.get(decision, "") if not note else ""

    def decide(self, item: ReviewItem, decision: Decided, by: Signer, note: str = "") -> None:
        """Keep what a clinician decided about an item as it is now. Raises ClinicError with a sentence."""
        if why := self.refused(item, decision, by, note):
            raise RefusedError(why)
        kept = SignOff(
            item=item.id,
            decision=decision,
            name=by.name,
            licence=by.licence,
            date=self._practice.today(),
            note=note,
            digest=item.digest,
            text=item.text,
        )
        self._keep(item.id, kept)

    def withdraw(self, item: str) -> None:
        """Take a decision back: the item counts as not looked at."""
        self._keep(item, None)

    def print_only_signed(self, *, only: bool) -> None:
        """Set whether only what is signed off is offered and printed for patients. Raises ClinicError."""
        with self._writing():
            self._write(replace(self._decisions, only_signed=only))
        self._practice.note(Act.SET.of(f"only what is signed off: {'yes' if only else 'no'}"))

    def _keep(self, item: str, decided: SignOff | None) -> None:
        seen = self._decisions.made.get(item)
        with self._writing():
            made = dict(self._decisions.made)
            if made.get(item) != seen:
                raise ClinicError(ELSEWHERE)
            made.pop(item, None)
            if decided is not None:
                made[item] = decided
            self._write(replace(self._decisions, made=made))
        said = decided.decision if decided else "taken back"
        self._practice.note(Act.DECIDED_CONTENT.of(f"{item}: {said}"))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Nobody else of this clinic writes meanwhile; the file is read anew, and must be sound."""
        with self._practice.store.writing(Act.DECIDED_CONTENT):
            self._decisions = read_signoffs(self._practice.places.signoffs, self._decisions)
            if self.fault:
                raise ClinicError(FAULTY.format(fault=self.fault.rstrip(".")))
            yield

    def _write(self, decisions: Decisions) -> None:
        path = self._practice.places.signoffs
        try:
            self._decisions = write_signoffs(path, decisions)
            sync_folder(path.parent)
        except OSError as error:
            why = "a folder has this name" if error.errno == errno.EEXIST else error.strerror
            raise ClinicError(f"Nothing was kept: {path} cannot be written ({why}).") from None
