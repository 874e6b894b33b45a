"""A clinic: its patients and their visits."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from mmt.library.signoffs import read_signoffs
from mmt.model.acts import Act, Asked
from mmt.model.errors import ClinicError, DoubtError, RefusedError
from mmt.model.people import Letterhead, Patient, PatientRow
from mmt.model.sign_in import NewKeys, SignIn
from mmt.model.visit import History, Visit
from mmt.paths import Places
from mmt.reasoning.outcome import Outcome, outcome
from mmt.rights import exposed
from mmt.storage import clinic_data, doubles, holds, patients, visits
from mmt.storage.remains import remains
from mmt.storage.store import Store, utc_now

from . import allowed, doubts, holding, signing_in, typed
from .acts.desk import ActsDesk
from .amending import CHANGED, Amending
from .backups.desk import BackupDesk
from .doubles import DoublesDesk
from .hands import HandsDesk
from .open_visit import OpenVisit
from .outcomes import each_outcome
from .possible import possible
from .rights import RightsDesk
from .sign_off import SignOffDesk

if TYPE_CHECKING:
    from .exchange.desk import ExchangeDesk
    from .keys import KeyDesk
    from .sending.desk import SendingDesk

UNWIPED = (
    "Parts of an erased record still lie in unused pages of the file: its disk was full, or failed. Make "
    "room, and close mmt on all other stations: it is finished here once no key is pressed, and at leaving."
)
NOT_AS_KEPT = (
    "NOT AS KEPT: another program changed this. {what}. Do not rely on it; `mmt verify` says all that was "
    "changed."
)
NEEDS_PASSPHRASE = "Who examines here signs in: give the passphrase with the name."

SEARCH_LIMIT = 50
"""So many patients are listed at once: nobody reads further, they type one letter more."""

LETTERHEAD, PRACTITIONER = "The head of papers", "The practitioner's name"


class Clinic(Amending):
    """An open clinic: its patients, their visits, and what is set up for them."""

    _tried_to_wipe = False

    @staticmethod
    def exists(places: Places) -> bool:
        """Whether a clinic was set up in these places, be it whole or not: then no other is begun there."""
        return bool(remains(places.database, places.key))

    @classmethod
    def open(
        cls, places: Places, sign_in: SignIn | None = None, **clock: Callable[[], datetime.date]
    ) -> "Clinic":
        """Open the records, which a clinic with passphrases does by one of them.

        Raises SignInError where it is missing or wrong, ClinicError with a sentence where they cannot be
        opened.
        """
        now: Callable[[], datetime.datetime] = clock.get("now", utc_now)  # type: ignore[assignment]
        entered = signing_in.enter(places, sign_in, now)
        kept = Store.open(places.database, places.key, entered and entered.secrets)
        try:
            clinic = cls(places, kept, **clock)  # type: ignore[arg-type]
            if entered:
                clinic.enter(entered)
        except BaseException:
            kept.close()
            raise
        if not entered:
            clinic.note(Act.OPENED_CLINIC)
        return clinic

    @classmethod
    def create(
        cls,
        places: Places,
        letterhead: Letterhead,
        practitioner: str,
        keys: NewKeys | None = None,
        **clock: Callable[[], datetime.date],
    ) -> "Clinic":
        """Set up a new clinic with its first practitioner, who is signed in then; without `keys` its records
        open without a passphrase. Raises ClinicError with a sentence."""
        letterhead = typed.lines(letterhead, LETTERHEAD)
        if not (practitioner := typed.line(practitioner, PRACTITIONER)):
            raise ClinicError("Type the practitioner's name: each visit says who examined.")
        at = places.database, places.key
        now: datetime.datetime = clock.get("now", utc_now)()  # type: ignore[assignment]
        if keys is None:
            return cls(places, Store.create(*at, letterhead, practitioner, now), **clock)  # type: ignore[arg-type]
        signing_in.refuse_weak(keys.passphrase, practitioner, letterhead.name)
        Store.create(*at, letterhead, practitioner, now, signing_in.maker(practitioner, keys, now)).close()
        return cls.open(places, SignIn(who=practitioner, passphrase=keys.passphrase), **clock)

    def close(self) -> None:
        """Leave what is open and close the records; the file is whole by itself then."""
        self.let_go()
        holding.leave(self)
        self.write_down()
        self.after_showing = lambda do: do()
        self.note(Act.LEFT_CLINIC)
        self._tried_to_wipe = False
        self.finish_erasing()
        self.store.close()

    def fold_in(self) -> None:
        """Make the file of the records whole by itself, for whoever copies it. Costs about as much as keeping
        a grade, so that it is not for the moment between a key and its answer; nothing is at risk without it.
        """
        self.store.fold_in()

    def backups(self) -> BackupDesk:
        """Where copies of all that the clinic needs go, and the last of them."""
        return BackupDesk(self)

    def keys(self) -> "KeyDesk":
        """Who may open the records, and by what."""
        from .keys import KeyDesk

        return KeyDesk(self)

    def add_practitioner(self, name: str) -> None:
        """Let another practitioner examine. Where passphrases are asked for, one is given: `KeyDesk.add`."""
        if self.signed_in:
            raise RefusedError(NEEDS_PASSPHRASE)
        name = typed.line(name, PRACTITIONER)
        with self.store.writing(Act.ADDED_PRACTITIONER, fold=True) as db:
            clinic_data.add_practitioner(db, name, self.now())
        self.read_practitioners()

    def change_letterhead(self, letterhead: Letterhead, *, was: Letterhead) -> None:
        """Change what stands at the head of each paper from what it `was` as it was read.

        Raises ClinicError where it was changed elsewhere since: that is not written over unseen.
        """
        letterhead = typed.lines(letterhead, LETTERHEAD)
        with self.store.writing(Act.CHANGED_LETTERHEAD, fold=True) as db:
            if not self._letterhead_fault and (now := clinic_data.letterhead(db)) != was:
                self.letterhead = now
                raise ClinicError(CHANGED)
            clinic_data.keep_letterhead(db, letterhead, self.now())
        self.letterhead, self._letterhead_fault = letterhead, ""

    def search(self, text: str) -> list[PatientRow]:
        """Patients that fit what was typed; with nothing typed those who came last."""
        with self.store.reading() as db:
            return patients.search(db, text, SEARCH_LIMIT)

    def drafts(self) -> list[PatientRow]:
        """Patients with an open visit, the latest on top."""
        with self.store.reading() as db:
            return patients.drafts(db)

    def todays(self) -> list[PatientRow]:
        """Patients with a visit today."""
        with self.store.reading() as db:
            return patients.seen_on(db, self.today())

    def outcomes(self) -> Iterator[Outcome | str]:
        """What became of each patient, last seen first; of one that cannot be read a sentence. Read while it
        is asked for: there may be many."""
        return each_outcome(self)

    def outcome(self, patient: int) -> Outcome | None:
        """What became of one patient; None where no visit is signed."""
        return outcome(self.history(patient), self.protocol, self.today())

    def acts(self, asked: Asked | None = None) -> ActsDesk:
        """Who did what with the records: all of it, or what is asked for. That it was asked for is kept."""
        return ActsDesk(self, asked or Asked())

    def rights(self, patient: int) -> RightsDesk:
        """What a patient may ask for."""
        return RightsDesk(self, patient)

    def exchange(self) -> "ExchangeDesk":
        """What goes out to other programs, and comes in from them."""
        from .exchange.desk import ExchangeDesk

        return ExchangeDesk(self)

    def sending(self) -> "SendingDesk":
        """What goes to the server that was chosen."""
        from .sending.desk import SendingDesk

        return SendingDesk(self)

    def doubles(self) -> DoublesDesk:
        """Records that may be of one person."""
        return DoublesDesk(self)

    def hands(self) -> HandsDesk:
        """How well the clinic's own readings agree, and whose errors changes are judged by."""
        return HandsDesk(self)

    def add_patient(self, patient: Patient, *, sure: bool = False) -> Patient:
        """Keep a new patient; the same with its record number. Raises ClinicError for impossible data.

        Raises DoubtError where the person may have a record already, unless the caller is `sure`.
        """
        patient = possible(patient, self.today())
        with self.store.writing(Act.ADDED_PATIENT, fold=True) as db:
            if not sure:
                _doubt(doubts.birth_date(patient), doubts.second_record(patient, doubles.beside(db, patient)))
            number = patients.add(db, patient, self.now())
        with self.store.reading() as db:
            return patients.get(db, number)

    def change_patient(self, patient: Patient, *, was: Patient, sure: bool = False) -> None:
        """Keep the changed data of a patient, which `was` so as it was read.

        Raises ClinicError for impossible data, and where they were changed elsewhere since they were read.

        Raises DoubtError where what was changed may be another's record, unless the caller is `sure`.
        """
        patient = possible(patient, self.today())
        with self.store.writing(Act.CHANGED_PATIENT, fold=True) as db:
            if self.history(patient.id).patient != was:
                raise ClinicError(CHANGED)
            if not sure and _known_by(was) != _known_by(patient):
                short = doubts.birth_date(patient) if was.birth_date != patient.birth_date else ""
                _doubt(short, doubts.second_record(patient, doubles.beside(db, patient)))
            patients.change(db, patient)

    def begin(
        self,
        patient: int,
        examiner: str,
        scale: str = "",
        exam: str = "",
        *,
        day: datetime.date | None = None,
        blind: bool = False,
        sure: bool = False,
    ) -> OpenVisit:
        """Begin a visit of today, or of an earlier `day` that is entered from paper, and marked so for good.

        A `blind` one is a second examiner's: until it is signed nothing recorded before is seen anywhere.
        Without a scale that of the visit before is used, else the exam's.
        Raises ClinicError where the patient has an open visit already: a draft is resumed, not doubled; and
        for a day that cannot be. Raises DoubtError where the day is odd, unless the caller is `sure` of it.
        """
        examiner = typed.line(examiner, "The examiner's name")
        with self.store.writing(Act.BEGAN, fold=True) as db:
            history = self.history(patient)
            today = self.today()
            day = day or today
            if why := allowed.begin(history, day, today) or self.not_as(examiner):
                raise RefusedError(why)
            if blind and (why := self.not_blind(history, examiner, day)):
                raise RefusedError(why)
            if not sure:
                newest = visits.day_begun_last(db)
                odd = doubts.day_of_visit(today, history, newest)
                _doubt(odd, doubts.from_paper(day, history) if day < today else "")
            last = next((one for one in reversed(history.visits) if one.date <= day), None)
            exam = exam or (
                last.exam if last and last.exam in self.protocol.exams else next(iter(self.protocol.exams))
            )
            scale = scale or (last.scale if last else self.protocol.exams[exam].scale)
            entered = today if day < today else None
            visit = Visit(date=day, entered=entered, blind=blind, examiner=examiner, scale=scale, exam=exam)
            number = visits.begin(db, patient, visit, self.protocol, self.now())
            holds.take(db, number, self.here, self.now())
        return self._opened(number)

    def look_at(self, patient: int) -> History:
        """A patient's record, to be shown: who looked at it is kept. Raises ClinicError as `history` does."""
        history = self.history(patient)
        self.note(Act.OPENED_PATIENT, patient=patient)
        return history

    def not_as_kept(self, patient: int) -> str:
        """That another program changed what is not signed of a patient, in a sentence; empty where nothing is
        known of that. Of signed visits each says so itself. Raises ClinicError."""
        found = self.store.not_as_kept(patient)
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        return NOT_AS_KEPT.format(what=f"{found[0]}{more}") if found else ""

    def may_look_again(self, history: History) -> bool:
        """Whether another of those who examine may do a blind visit of a patient today."""
        return len(self.practitioners) > 1 and bool(allowed.second_look(history, self.today()))

    def not_blind(self, history: History, examiner: str, day: datetime.date) -> str:
        """Why this examiner may not do a blind visit of a patient on this day, in a sentence; else empty."""
        return allowed.begin_blind(history, examiner, day, self.protocol)

    def view(self, visit: int, patient: int | None = None) -> OpenVisit:
        """A visit with what it was done under: to go on with a draft, or to look at a signed one.

        A draft that another program may have open is there to look at; its `elsewhere` says so.
        Raises ClinicError where it is missing, is not one of this `patient`, or was signed under a protocol
        that cannot be read any more.
        """
        opened = self._opened(visit)
        if patient not in (None, opened.history.patient.id):
            raise ClinicError(holding.MOVED)
        if not opened.visit.signed:
            opened.hold()
        self.note(Act.OPENED_VISIT, patient=opened.history.patient.id, visit=visit)
        return opened

    def _opened(self, visit: int) -> OpenVisit:
        """A visit as it is kept, whoever holds it."""
        try:
            return OpenVisit(self, visit, *self.read(visit))
        except KeyError:
            raise ClinicError(f"There is no visit number {visit} in these records.") from None

    @property
    def only_signed(self) -> bool:
        """Whether only what is signed off is offered and printed for patients; read without the protocols."""
        return read_signoffs(self.places.signoffs).only_signed

    def sign_off(self) -> SignOffDesk:
        """What of the content can be signed off, and how it stands. `read_content_anew` takes it into use."""
        return SignOffDesk(self)

    @property
    def trouble(self) -> str:
        """Why nothing can be kept as the records lie now, in a sentence; empty where nothing is known."""
        return self.store.trouble

    @property
    def unwiped(self) -> str:
        """That an erasure is not at its end, in a sentence; empty where it is, or nothing can be read."""
        with suppress(ClinicError):
            return UNWIPED if self.store.unwiped else ""
        return ""

    def finish_erasing(self) -> None:
        """Bring an erasure to its end that the disk cut off, once until the records are opened anew; where it
        still cannot be, `unwiped` goes on saying so."""
        if not self._tried_to_wipe and not self.trouble:
            self._tried_to_wipe = True
            if self.unwiped:
                self.let_go()
            with suppress(ClinicError):
                self.store.finish_erasing()

    @property
    def exposed(self) -> str:
        """Who else may reach the records, and what to do, in a sentence; empty where nobody."""
        found = exposed(self.places.private)
        return f"{found[0].says} `mmt doctor` says what to do." if found else ""


def _known_by(patient: Patient) -> tuple[object, ...]:
    """What a person is known again by."""
    return patient.name, patient.birth_date, patient.chart_number


def _doubt(*said: str) -> None:
    if odd := " ".join(filter(None, said)):
        raise DoubtError(odd)
