"""Patients of a list or of FHIR taken in: looked through to the end first, with nothing kept, then put in."""

from collections.abc import Sequence
from pathlib import Path

from mmt.clinic.possible import possible
from mmt.clinic.practice import Practice
from mmt.exchange.arriving import Arriving
from mmt.exchange.fhir.patients_in import NoFhirError, arriving
from mmt.exchange.patient_list import ListError, PatientList, read_list
from mmt.exchange.unmarked import no_text, unmarked
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.exchange import Order
from mmt.model.people import PatientRow
from mmt.reasoning.same_person import clues
from mmt.storage import doubles, patients, stable_ids
from mmt.storage.driver import Database
from mmt.storage.ledger import head

from .chosen import Progress
from .found import Found
from .sifting import Fresh, Known, Sifted, sifted
from .turns import by_ourselves, in_turns

_ASKS = "Does the day stand first in {text} (dmy), or the month (mdy)?"
_AGREE = " Every date of the list fits the {first} first."
SAY = "Say it with --dates dmy or --dates mdy."
_READ = {"dmy": "Dates are read with the day first.", "mdy": "Dates are read with the month first."}
_FIRST = {"dmy": "day", "mdy": "month"}
_SHOWN = 5
_GUESSED = (
    "The list is not in Unicode, so its letters were guessed: {names}. If they are wrong, save it as CSV "
    "UTF-8 and begin again."
)
_IGNORED = "Not taken in, as mmt keeps none of it: {names}."


class PatientsFile:
    """A list of patients (CSV), or FHIR with Patients in it. `order` is how the list writes dates in numbers:
    it is asked for once, where `asks` is not empty. Where `doubtful` is set, who may have a record already is
    taken in as well."""

    def __init__(self, clinic: Practice, path: Path, data: bytes) -> None:
        self._clinic = clinic
        self.order: Order | None = None
        self.doubtful = False
        self._list: PatientList | None = None
        self.taken = 0
        self._fresh: Sequence[Fresh] | None = None
        self._seen, self._came = 0, list[PatientRow]()
        if why := no_text(data):
            raise ClinicError(f"{path}: {why}")
        text = unmarked(data).lstrip()
        try:
            if text[:1] in (b"{", b"["):
                self._arriving: tuple[Arriving, ...] = tuple(arriving(text))
            else:
                self._list = read_list(data)
        except (ListError, NoFhirError) as error:
            raise ClinicError(f"{path}: {error}") from None

    @property
    def asks(self) -> str:
        """The question for the order of dates, where the list has one that can be read both ways."""
        if self._list is None or not self._list.unsure or self.order:
            return ""
        agree = self._list.order
        hint = _AGREE.format(first=_FIRST[agree]) if agree else ""
        return _ASKS.format(text=self._list.unsure) + hint

    def look(self, progress: Progress = lambda *_: None) -> Found:
        """Look through all of it; nothing is kept. Raises ClinicError where the order of dates is missing."""
        if self.asks:
            raise ClinicError(f"{self.asks} {SAY}")
        sound, problems = self._read(progress)
        known = self._known(sound)
        self._fresh = fresh = known.fresh if self.doubtful else known.sure
        ignored = self._list.ignored if self._list else ()
        how = [_READ[self.order]] if self.order and self._list else []
        how += [_IGNORED.format(names=", ".join(filter(None, ignored)))] if any(ignored) else []
        if self._list and self._list.guessed:
            names = [one.patient.name for one in sound if not one.patient.name.isascii()]
            how += [_GUESSED.format(names="; ".join(names[:_SHOWN]))] if names else []
        return Found(
            records=len(fresh),
            here=known.here,
            repeated=known.repeated,
            problems=(*problems, *known.problems),
            doubts=known.doubts,
            whole=False,
            how=" ".join(how),
            made_of="row" if self._list else "Patient resource",
        )

    def take(self, progress: Progress = lambda *_: None) -> int:
        """Take in what `look` found; how many, which `taken` tells all the while. Who came in since is asked
        about again, and stays out as there. Raises ClinicError with a sentence; what was taken in until then
        stays."""
        if self._fresh is None:
            self.look()
        fresh, done, self.taken = self._fresh or (), 0, 0
        with by_ourselves(self._clinic.places):
            for turn in in_turns(fresh):
                with self._clinic.store.writing(Act.IMPORTED) as db:
                    self._see(db)
                    put = [self._put(db, one) for one in turn]
                done += len(put)
                self.taken += sum(put)
                self._seen += any(put)
                progress(done, len(fresh))
        return self.taken

    def _put(self, db: Database, one: Fresh) -> bool:
        """Put somebody in who did not come in meanwhile; whether."""
        if self._came_meanwhile(db, one):
            return False
        patients.add(db, one.patient, self._clinic.now(), one.uid)
        return True

    def _see(self, db: Database) -> None:
        """Look who came in, or became another one, by others' acts since the last of our own."""
        if (now := head(db).seq) > self._seen:
            self._came += doubles.came_since(db, self._seen)
            self._seen = now

    def _came_meanwhile(self, db: Database, one: Fresh) -> bool:
        """Whether somebody who came in is this person, or may be."""
        if one.uid and stable_ids.patient_of(db, one.uid) is not None:
            return True
        typed = one.row(0)
        if self.doubtful:
            return Known(self._came).same(typed) is not None
        return any(clues(typed, held) for held in self._came)

    def _read(self, progress: Progress) -> tuple[list[Fresh], list[str]]:
        """Who can be taken in, and what is wrong."""
        today = self._clinic.today()
        found = tuple(self._list.arriving(today, self.order)) if self._list else self._arriving
        sound, problems = list[Fresh](), list[str]()
        for done, one in enumerate(found, 1):
            problems += [f"{one.at}, {problem}" for problem in one.problems]
            if one.patient is not None:
                try:
                    sound.append(Fresh(one.at, possible(one.patient, today), one.uid, one.doubts))
                except ClinicError as error:
                    problems.append(f"{one.at}: {error}")
            progress(done, len(found))
        return sound, problems

    def _known(self, sound: Sequence[Fresh]) -> Sifted:
        """Those who arrive, sifted by who is here now."""
        with self._clinic.store.reading() as db:
            self._seen, self._came = head(db).seq, []
            here = doubles.everybody(db)
            named = doubles.named(db, {one.uid for one in sound if one.uid})
        return sifted(sound, here, named)
