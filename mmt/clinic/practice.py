"""A clinic as one program has it open: its records, protocols, templates and settings."""

import datetime
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from mmt.model.acts import Act
from mmt.model.errors import ClinicError, RefusedError, RestrictedError
from mmt.model.measuring import OwnError
from mmt.model.people import Letterhead, Patient
from mmt.model.program import Program
from mmt.model.protocol import Protocol, content
from mmt.model.retention import USUAL, Retention
from mmt.model.rights import Restriction
from mmt.model.settings import Settings
from mmt.model.sign_in import SignIn
from mmt.model.visit import History, Visit, local_day
from mmt.paths import Places
from mmt.storage import clinic_data, joins, patients, restrictions, visits
from mmt.storage.keyfile import Secrets, read_secrets
from mmt.storage.store import Store, utc_now

from . import own_errors, settings, typed
from .program import this_program
from .signing_in import Entered, enter, keep_entry, seed_of

if TYPE_CHECKING:
    from .content import Content


HIDDEN = "A second examiner's blind visit is open: what was recorded before is shown once it is signed."
JOINED = (
    "Record {patient} was joined to record {to} on {day}: {reason} ({by}). Its visits are there; "
    "search finds it by either name."
)


NOT_AS = "{who} is signed in: nothing is kept in the name of {name}. Leave mmt and sign in as {name}."

_NOTED = ("name_in_files", "backups", "lock_after", "retention")
"""Settings that tell what becomes of patients' data, or how they are guarded: their changes are kept."""
_RESTRICTED = "The record of {name} is restricted since {day}: {reason} ({by}). It opens with a reason alone."


def given(reason: str, by: str, what: str) -> tuple[str, str]:
    """Why something is done and by whom, as it is kept. Raises ClinicError where one of them is missing."""
    reason, by = typed.line(reason, "The reason"), typed.line(by, "The name")
    if not reason or not by:
        raise ClinicError(f"Nothing is {what} without a reason and a name.")
    return reason, by


def _restricted(patient: Patient, why: Restriction) -> str:
    return _RESTRICTED.format(name=patient.name, day=local_day(why.at), reason=why.reason, by=why.by)


_WAITING = 1000
"""So many acts wait at most until they can be kept."""

_OFFERED = 5
"""So many of those to whom letters went are offered again."""


class _Noted(NamedTuple):
    """An act that waits until it is kept."""

    act: str
    patient: int | None
    visit: int | None
    at: datetime.datetime


class Practice:
    """What a visit needs of its clinic. `today` gives the local date, `now` the moment in UTC; `program` is
    the one that has the records open. Tests put in their own. `let_go` ends what else this program does with
    the records, for whoever needs them alone."""

    def __init__(
        self,
        places: Places,
        kept: Store,
        *,
        today: Callable[[], datetime.date] = datetime.date.today,
        now: Callable[[], datetime.datetime] = utc_now,
        program: Program | None = None,
    ) -> None:
        os.umask(0o077)
        self.places = places
        self.today = today
        self.now = now
        self.program = program or this_program()
        self.store = kept
        kept.clock = now
        self.after_showing: Callable[[Callable[[], object]], object] = lambda do: do()
        self.let_go: Callable[[], object] = lambda: None
        self._noted: deque[_Noted] = deque(maxlen=_WAITING)
        self._content: Content | None = None
        self._reading = Lock()
        self._read: History | None = None
        self._rules: tuple[str, Protocol] | None = None
        self._let_in: int | None = None
        self.settings, self._settings_fault = settings.read(places.settings)
        self.letterhead, self._letterhead_fault = Letterhead(), ""
        self.signed_in = ""
        self.told: tuple[str, ...] = ()
        self.read_practitioners()
        with kept.reading() as db:
            try:
                self.letterhead = clinic_data.letterhead(db)
            except ClinicError as error:
                self._letterhead_fault = f"{error} To go on, type them anew."

    def read_practitioners(self) -> None:
        """Read anew who examines here."""
        with self.store.reading() as db:
            self.practitioners = clinic_data.practitioners(db)

    def beside(self, secrets: Secrets) -> "Practice":
        """The same records with a connection of its own, for the thread that calls: whoever works with it
        closes its `store`. Raises ClinicError."""
        content, kept = self.content, self.store.beside(secrets)
        try:
            other = Practice(self.places, kept, today=self.today, now=self.now, program=self.program)
        except BaseException:
            kept.close()
            raise
        other._content = content
        return other

    def enter(self, entered: Entered, act: Act = Act.SIGNED_IN) -> None:
        """Know who signed in; what has to be told of is in `told`."""
        self.told = keep_entry(self.places, self.store, entered, act)
        self.signed_in = entered.who
        self.read_practitioners()

    def lock(self) -> None:
        """Close the records and forget their keys until `unlock`. What is read already stays in memory."""
        self.let_go()
        self.write_down()
        with suppress(ClinicError):  # the disk refuses: it is locked all the same
            self.store.log(Act.LOCKED)
        self.store.lock()

    def unlock(self, passphrase: str) -> None:
        """Open the records again for who was signed in. Raises as `Clinic.open` does; then they
        stay locked."""
        entered = enter(self.places, SignIn(who=self.signed_in, passphrase=passphrase), self.now)
        self.store.unlock(entered.secrets if entered else read_secrets(self.places.key))
        if entered:
            self.enter(entered, Act.UNLOCKED)

    @property
    def names(self) -> tuple[str, ...]:
        """Who may be named in the records now: who is signed in, else all who examine here."""
        return (self.signed_in,) if self.signed_in else self.practitioners

    @property
    def here(self) -> Program:
        """The program that has the records open, as others are told of it: with who is signed in."""
        who = ", ".join(filter(None, (self.signed_in, self.program.who)))
        return replace(self.program, who=who)

    def not_as(self, name: str) -> str:
        """Why nothing may be kept under this name, in a sentence: another one is signed in; else empty."""
        other = self.signed_in and name != self.signed_in
        return NOT_AS.format(who=self.signed_in, name=name) if other else ""

    def seed(self, passphrase: str) -> bytes:
        """What the signature of who is signed in is made with; nothing where nobody has to sign in.

        Raises SignInError where it is not the passphrase.
        """
        return seed_of(self.places, self.store, passphrase) if self.signed_in else b""

    def note(self, act: str, *, patient: int | None = None, visit: int | None = None) -> None:
        """Keep in the chain that something was done that changes nothing of the record: it was looked at, or
        given away. A screen is shown first, where `after_showing` is told to wait for it.

        Where it cannot be kept, as on a full disk, the work goes on all the same, and it is tried again with
        the next one.
        """
        self._noted.append(_Noted(act, patient, visit, self.store.clock()))
        self.after_showing(self.write_down)

    def write_down(self) -> None:
        """Keep what was noted until now."""
        with suppress(ClinicError):
            while self._noted:
                one = self._noted[0]
                self.store.log(one.act, patient=one.patient, visit=one.visit, at=one.at)
                self._noted.popleft()

    @property
    def content(self) -> "Content":
        """Protocols and templates as they were when first asked for. To open the records needs none of them.

        A thread may read them while the list of patients can already be used.
        """
        from .content import read

        with self._reading:
            self._content = self._content or read(self.places)
        return self._content

    def read_content_anew(self) -> None:
        """Read protocols and templates again when they are asked for: a decision about them was made."""
        with self._reading:
            self._content = None

    def judge_by(self, own: tuple[OwnError, ...]) -> None:
        """Judge changes by these errors of the clinic's own hands from here on, without any by the published
        ones. Signed visits stay judged as on their day. Raises ClinicError where that cannot be kept."""
        now = self.content
        own_errors.write(self.places.own_errors, own, self.today())
        self.note(Act.JUDGED.of(", ".join(one.test for one in own) or "the published ones"))
        with self._reading:
            self._content = replace(now, protocol=replace(now.protocol, own=own))

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong in files of protocols, templates and settings, a line each."""
        return (*self.content.problems, *filter(None, [self._settings_fault, self._letterhead_fault]))

    @property
    def protocol(self) -> Protocol:
        """The protocol that new visits are done under."""
        return self.content.protocol

    @property
    def retention(self) -> Retention:
        """How long records are kept by the law of the place that the clinic chose."""
        rules = self.content.retention
        return rules.get(self.settings.retention) or rules[USUAL]

    def change_settings(self, chosen: Settings) -> None:
        """Set this station up anew. It holds even where it could not be kept, which raises ClinicError."""
        before, self.settings = self.settings, chosen
        for name in _NOTED:
            if getattr(before, name) != (now := getattr(chosen, name)):
                self.note(Act.SET.of(f"{name.replace('_', ' ')}: {_said(now)}"))
        settings.write(self.places.settings, chosen)

    def addressed(self, to: str) -> None:
        """Keep to whom a letter went, so that it is typed once: offered again, the latest first."""
        before = self.settings.addressees
        names = tuple(dict.fromkeys((to, *before)))[:_OFFERED]
        if to and names != before:
            with suppress(ClinicError):  # it holds now, and the letter is made
                self.change_settings(replace(self.settings, addressees=names))

    def history(self, patient: int) -> History:
        """A patient with all visits, oldest first; while a blind visit is open with that one alone.

        Raises ClinicError where the record is missing, or was joined to another; it says to which. Raises
        RestrictedError where it is restricted and nobody was let in with a reason.
        """
        try:
            with self.store.reading() as db:
                if not self.is_in(patient) and (why := restrictions.restriction(db, patient)):
                    raise RestrictedError(_restricted(patients.get(db, patient), why))
                read = History(
                    patient=patients.get(db, patient),
                    visits=visits.of_patient(db, patient),
                    moved=visits.moved(db, patient),
                    joined=joins.of_patient(db, patient),
                )
        except KeyError:
            raise ClinicError(self._why_gone(patient)) from None
        self._read = read.in_values_of(self._read) if self._read else read
        return self._read.blinded

    def let_in(self, patient: int, reason: str, by: str) -> None:
        """Open a restricted record until another one is opened; the reason is kept, with who gave it.

        Raises ClinicError where one of them is missing.
        """
        reason, by = given(reason, by, "opened")
        if why := self.not_as(by):
            raise RefusedError(why)
        with self.store.writing(Act.OPENED_RESTRICTED, patient=patient) as db:
            restrictions.opened(db, patient, reason, by, self.now())
        self._let_in = patient

    def is_in(self, patient: int) -> bool:
        """Whether a restricted record of this patient is open here, for a reason that was given."""
        return patient == self._let_in

    def stay_in(self, patient: int) -> None:
        """Whoever has a record open goes on with it, though it was restricted just now."""
        self._let_in = patient

    def close_record(self) -> None:
        """From here on a restricted record asks for a reason again."""
        self._let_in = None

    def know(self, history: History) -> None:
        """Know that a history is kept like this now: read again it comes in the very same values."""
        self._read = history

    def _why_gone(self, patient: int) -> str:
        with self.store.reading() as db:
            away = [one for one in joins.of_patient(db, patient) if one.patient.id == patient]
        if not away or away[-1].parted:
            return f"There is no patient number {patient} in these records."
        last = away[-1]
        return JOINED.format(
            patient=patient, to=last.to, day=local_day(last.at), reason=last.reason, by=last.by
        )

    def read(self, visit: int) -> tuple[History, Protocol]:
        """What is kept of the patient of a visit, and the protocol that the visit is done under.

        Raises KeyError where there is no such visit; ClinicError as `view` does.
        """
        with self.store.reading() as db:
            history = self.history(visits.patient_of(db, visit))
        found = next((one for one in history.visits if one.id == visit), None)
        if found is None:
            raise RefusedError(HIDDEN)
        return history, self.rules_of(found)

    def rules_of(self, visit: Visit) -> Protocol:
        """The protocol that a visit is judged under: of a signed one that of its day, else the present one.

        Raises ClinicError where it was written by a version of mmt that this one cannot follow.
        """
        if not visit.signed:
            return self.protocol
        try:
            with self.store.reading() as db:
                digest = visits.protocol_digest(db, visit.id)
                if digest == content(self.protocol)[0]:
                    return self.protocol
                if self._rules is None or self._rules[0] != digest:
                    self._rules = digest, visits.protocol_of(db, visit.id)
                return self._rules[1]
        except msgspec.ValidationError:
            raise ClinicError(
                "This visit was signed under a protocol that this version of mmt cannot read. "
                "Nothing is lost: it opens with the version that signed it, or with a newer one."
            ) from None


def _said(value: object) -> str:
    """A setting in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "none"
