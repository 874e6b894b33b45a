"""mmt's own file taken in: looked through to the end first, with nothing kept, then put in."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import msgspec

from mmt.clinic.doubts import second_record
from mmt.clinic.practice import Practice
from mmt.exchange.decoding import UnreadableError
from mmt.exchange.records import FORMAT, VERSION, Head, KeptProtocol, RecordSet, read_line
from mmt.exchange.rewritten import BEGIN, rewritten
from mmt.files import open_regular
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.exchange import Order
from mmt.model.protocol import Protocol, from_content
from mmt.storage import doubles, record_sets, stable_ids, taking_in
from mmt.storage.driver import Database, IntegrityError
from mmt.storage.faults import sentence

from .chosen import Progress
from .found import Found
from .turns import by_ourselves, in_turns
from .unfit import unfit
from .vouched import signatures, vouched

_LONGEST = 64_000_000
"""Bytes of a line: a record of thousands of visits has fewer."""

_PROTOCOLS = 500_000_000
"""Bytes of all protocols of a file: a clinic that changes its own each week has fewer after twenty years."""

_NOT_OURS = "{path} is not a file of records that mmt wrote (`mmt export --as json`)."
_CHANGED = (
    "{path}, line {at}: {error}. The file was changed after it was written, or written by another program. "
    "Have it written anew by mmt."
)
_AMISS = "Put it right in the clinic that the file is from, then have it written anew by mmt."
_REWRITTEN = (
    "{path} holds records, but another program wrote it anew: {how}. Take in the file as mmt wrote it, "
    "unopened."
)
_NEWER = "{path} was written by a newer mmt. Install the newest mmt here, then take it in again."
_TOO_MUCH = "{path} holds more than {most:g} MB of protocols, as no clinic's records do."
_CUT = "{path} ends too early: {there} of {of} lines are there. Have it written or copied anew."
_STAYS_OUT = (
    "{name}: stays out, as the file holds it only together with {here}, whose record is here already."
)
_OTHERWISE = "{name}: the record is here already, and not as in the file; it stays as it is here."


class _TakenBackError(Exception):
    """Raised to take back what was tried."""


class RecordsFile:
    """A file of records at `path`. Where `doubtful` is set, who may have a record already is taken in as
    well."""

    asks = ""
    order: Order | None = None

    def __init__(self, clinic: Practice, path: Path) -> None:
        self._clinic, self._path = clinic, path
        self.doubtful = False
        self.taken = 0
        self._out: set[int] = set()
        self._put: set[int] = set()

    def look(self, progress: Progress = lambda *_: None) -> Found:
        """Look through all of it: each record is put in and taken out again. Nothing is kept.

        Raises ClinicError where it is no such file, or cannot be read.
        """
        total, self._out, self._signatures = Found(), set(), [0, 0]
        with by_ourselves(self._clinic.places):
            for turn in in_turns(self._sets()):
                total = total.and_then(self._tried(turn))
                progress(self._at, self._last)
        return total._replace(how=vouched(*self._signatures)) if total.records and not total.stops else total

    def take(self, progress: Progress = lambda *_: None) -> int:
        """Take in what is not here yet; how many records, which `taken` tells all the while. Who came in
        since `look` is asked about again, and stays out as there. Raises ClinicError with a sentence; what
        was taken in until then stays, and the next try goes on behind it."""
        self.taken, self._put = 0, set()
        with by_ourselves(self._clinic.places):
            for turn in in_turns(self._sets()):
                taken = 0
                with self._clinic.store.writing(Act.IMPORTED) as db:
                    for at, found in turn:
                        if at in self._out or (not self.doubtful and any(self._doubts(db, found))):
                            continue
                        taken += self._take(db, at, found)
                        self._put |= {*_here(db, found)}
                self.taken += taken
                progress(self._at, self._last)
        return self.taken

    def _sets(self) -> Iterator[tuple[int, RecordSet]]:
        """The sets of records, each with the number of its line."""
        self._head, self._protocols, self._sound = Head(), dict[str, KeptProtocol](), dict[str, bytes]()
        self._read = dict[str, Protocol]()
        for at, value in self._lines():
            self._at = at
            if isinstance(value, RecordSet):
                yield at, value

    @property
    def _last(self) -> int:
        return 1 + self._head.protocols + self._head.records

    def _lines(self) -> Iterator[tuple[int, RecordSet | KeptProtocol]]:
        """The lines behind the first, each with its number. Raises ClinicError."""
        at = protocols = 0
        try:
            with open_regular(self._path) as file:
                while text := file.readline(_LONGEST):
                    at += 1
                    value = self._value(at, text)
                    if isinstance(value, Head):
                        self._head = value
                        continue
                    if isinstance(value, KeptProtocol):
                        protocols += len(text)
                        if protocols > _PROTOCOLS:
                            raise ClinicError(_TOO_MUCH.format(path=self._path, most=_PROTOCOLS / 1e6))
                        self._protocols[value.digest] = value
                    yield at, value
        except OSError as error:
            raise ClinicError(f"{self._path} cannot be read ({error.strerror}).") from None
        if not at:
            raise ClinicError(_NOT_OURS.format(path=self._path))
        if at != self._last:
            raise ClinicError(_CUT.format(path=self._path, there=at, of=self._last))

    def _value(self, at: int, text: bytes) -> Head | RecordSet | KeptProtocol:
        try:
            value = read_line(text)
        except UnreadableError as error:
            if at > 1:
                raise ClinicError(_CHANGED.format(path=self._path, at=at, error=error)) from None
            with open_regular(self._path) as file:
                how = rewritten(file.read(BEGIN))
            says = _REWRITTEN.format(path=self._path, how=how) if how else _NOT_OURS.format(path=self._path)
            raise ClinicError(says) from None
        if isinstance(value, Head) != (at == 1) or (isinstance(value, Head) and value.format != FORMAT):
            raise ClinicError(_NOT_OURS.format(path=self._path))
        if isinstance(value, Head) and value.version > VERSION:
            raise ClinicError(_NEWER.format(path=self._path))
        return value

    def _tried(self, turn: Iterator[tuple[int, RecordSet]]) -> Found:
        """What becomes of these records, tried and taken back."""
        total, self._put = Found(), set()
        with suppress(_TakenBackError), self._clinic.store.writing(Act.IMPORTED) as db:
            for at, found in turn:
                total = total.and_then(self._tried_one(db, at, found))
            raise _TakenBackError
        return total

    def _tried_one(self, db: Database, at: int, found: RecordSet) -> Found:
        doubts = tuple(self._doubts(db, found))
        here = len(_here(db, found))
        if doubts and not self.doubtful:
            self._out.add(at)
            if not here:
                return Found(doubts=doubts)
        try:
            with self._clinic.store.writing(Act.IMPORTED):
                taken = self._take(db, at, found)
        except ClinicError as error:
            return Found(doubts=doubts, problems=(str(error),))
        self._put |= {*_here(db, found)}
        if taken:
            self._signatures = [sum(pair) for pair in zip(self._signatures, signatures(found), strict=True)]
        return Found(taken, len(list(found.visits)) if taken else 0, here, doubts=doubts)

    def _take(self, db: Database, at: int, found: RecordSet) -> int:
        """Put records in; how many, which is none where one of them is here. Raises ClinicError."""
        where = f"{self._path}, line {at}: "
        try:
            named = found.faults(self._head.sites, self._protocols)
            amiss = unfit(found, self._head, self._clinic.now(), self._judged_by)
            for fault in chain(named, (f"{one} {_AMISS}" for one in amiss)):
                raise ClinicError(fault)
            if any(_here(db, found)):
                return 0
            for digest in dict.fromkeys(one.protocol for one in found.visits):
                taking_in.keep_protocol(db, digest, self._body(digest))
            taking_in.take_in(db, found, self._head.sites)
        except ClinicError as error:
            raise ClinicError(where + str(error)) from None
        except IntegrityError as error:
            raise ClinicError(where + sentence(error)) from None
        return len(found.patients)

    def _doubts(self, db: Database, found: RecordSet) -> Iterator[str]:
        """Who may have a record here already that this file did not bring, and which records stay out."""
        if known := _here(db, found):
            yield from _staying_out(found, record_sets.record_set(db, known))
            return
        for one in found.patients:
            person = one.person.patient
            others = [row for row in doubles.beside(db, person) if row.id not in self._put]
            if not one.discarded and (said := second_record(person, others)):
                yield f"{person.name}: {said}"

    def _judged_by(self, digest: str) -> tuple[Protocol, ...]:
        """What a draft is held against: the protocol that it was begun under, and that of the clinic, under
        which it would be gone on with."""
        if digest not in self._read:
            self._read[digest] = from_content(self._body(digest))
        return self._read[digest], self._clinic.protocol

    def _body(self, digest: str) -> bytes:
        """The body of a protocol of the file as it is kept, which is held against its digest once."""
        if digest not in self._sound:
            self._sound[digest] = taking_in.sound(self._protocols[digest], self._clinic.protocol)
            self._protocols[digest] = KeptProtocol(digest=digest, body=msgspec.Raw())
        return self._sound[digest]


def _here(db: Database, found: RecordSet) -> tuple[int, ...]:
    """The numbers of those of the records that are here."""
    numbers = (stable_ids.patient_of(db, one.id) for one in found.patients)
    return tuple(number for number in numbers if number is not None)


def _staying_out(found: RecordSet, here: RecordSet) -> Iterator[str]:
    """Of records of which some are here already, which stay out, or are here otherwise than in the file."""
    kept = {one.id: one for one in here.patients}
    if len(kept) < len(found.patients):
        names = ", ".join(one.person.name for one in here.patients)
        fresh = (one for one in found.patients if one.id not in kept)
        yield from (_STAYS_OUT.format(name=one.person.name, here=names) for one in fresh)
    elif here != found:
        odd = [one for one in found.patients if kept[one.id] != one] or found.patients
        yield from (_OTHERWISE.format(name=one.person.name) for one in odd)
