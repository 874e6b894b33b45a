"""The papers of a visit: what can be made of it, what was made, and what of that goes to a printer."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from mmt.files import read_regular
from mmt.model.acts import Act
from mmt.model.errors import NotSavedError, RefusedError
from mmt.model.papers import PLAIN, ScreenPicture, SheetItem, Wanted
from mmt.model.protocol import Protocol
from mmt.model.visit import History
from mmt.reports.documents import documents
from mmt.reports.record import Record
from mmt.storage import acts, disclosures

from . import papers, typed
from .allowed import NO_PRINTER_OPENS, Refusals, obey
from .held_visit import HeldVisit
from .papers import MadePaper
from .practice import Practice

if TYPE_CHECKING:
    from mmt.reports.document import Document

_LARGEST = 50_000_000
"""Bytes of a paper."""


class VisitPapers(HeldVisit):
    """A visit as papers know it. They are made from what is kept: of a signed visit they come the same on any
    later day, as far as templates, letterhead and the patient's data are the same."""

    def __init__(self, clinic: Practice, visit: int, history: History, protocol: Protocol) -> None:
        super().__init__(clinic, visit, history, protocol)
        same_day = [one for one in history.visits if one.date == self.visit.date]
        self._alone = len(same_day) == 1
        self._made: dict[str, MadePaper] | None = None
        self._made_of: dict[str, tuple[object, ...]] = {}
        self._protected: dict[bytes, Path] = {}

    @property
    def documents(self) -> Mapping[str, "Document[Any]"]:
        """What can be printed of it, by id, in the order of the keys."""
        return documents()

    def record(self, wanted: Wanted = PLAIN) -> Record:
        """What a document may read of it: the visit with its history, and what the clinic puts on paper."""
        return Record(
            history=self.history,
            protocol=self.protocol,
            review=self.review,
            letterhead=self.clinic.letterhead,
            templates=self.clinic.content.templates,
            logo=self.clinic.content.logo,
            wanted=wanted,
            only_signed=self.clinic.content.decisions.only_signed,
            mark=self._signing if self.visit.signed else "",
        )

    @cached_property
    def _signing(self) -> str:
        """The mark of the act by which it was signed. Raises ClinicError."""
        with self.clinic.store.reading() as db:
            return acts.signing(db, self.visit.id)

    @property
    def usual(self) -> Wanted:
        """How papers are made here where nothing else is wanted."""
        return Wanted(size=self.clinic.settings.paper_size)

    def paper(self, kind: str, wanted: Wanted | None = None, passphrase: str = "") -> Path:
        """Make a paper of this visit in the export folder, protected where a passphrase is given.

        One that was made already, without a change, is the file that holds it.
        Raises PaperError with a sentence.
        """
        wanted = wanted or self.usual
        to = self._for_whom(kind, wanted)
        content = documents()[kind].pdf(self.record(wanted))
        same = hashlib.sha256(msgspec.json.encode((passphrase, content))).digest() if passphrase else b""
        path = self._protected.get(same)
        if path is None or not path.exists():
            path = papers.write(
                self.clinic.places.exports, self._name(kind, "pdf"), _behind(passphrase, content)
            )
        if passphrase:
            self._protected[same] = path
        self._made = {one: held for one, held in self.made.items() if one != kind}
        self._made[kind] = papers.made_paper(path)
        self._made_of[kind] = self._what_of(wanted)
        for at, one in enumerate(documents()[kind].asks(self.record())):
            if one.addressee:
                self.clinic.addressed(typed.line(wanted.answer(at), typed.FOR))
        self._given_out(Act.MADE_PAPER, kind, to)
        return path

    def _for_whom(self, kind: str, wanted: Wanted) -> str:
        """To whom a paper goes, as it is kept. Raises ClinicError where that is too long."""
        document = documents()[kind]
        asked = enumerate(document.asks(self.record()))
        to = next((wanted.answer(at) for at, one in asked if one.addressee and wanted.answer(at)), "")
        return typed.line(to, typed.FOR) or ("the patient" if document.for_patients else "")

    def _given_out(self, act: Act, kind: str, to: str) -> None:
        """Keep what goes to whom. Where that cannot be kept the paper is made all the same: it may be the
        letter of an emergency."""
        document, clinic = documents()[kind], self.clinic
        patient, visit = self.history.patient.id, self.visit.id
        with suppress(NotSavedError), clinic.store.writing(act.of(kind), patient=patient, visit=visit) as db:
            disclosures.keep(db, patient, visit, document.title, to, clinic.store.actor, clinic.now())

    def to_print(self, kind: str, wanted: Wanted, passphrase: str = "") -> Path | None:
        """The paper of this kind that was made, for a printer; None where it is to be made first.

        That is so where none is there on such a sheet, and where what it tells may have changed since.

        Raises PaperError where this visit must not have it, RefusedError where it is behind a passphrase, or
        would be.
        """
        from mmt.reports.protect import sheet_of

        documents()[kind].filled(self.record(wanted))
        made = self.made.get(kind)
        if made and self._still(kind, wanted):
            with suppress(OSError, ValueError):  # it is gone, or something else has its name
                sheet = sheet_of(read_regular(made.path, _LARGEST))
                if sheet is None:
                    raise RefusedError(NO_PRINTER_OPENS)
                if sheet == wanted.size:
                    return made.path
        obey(Refusals(self).print(passphrase))
        return None

    def _what_of(self, wanted: Wanted) -> tuple[object, ...]:
        """What a paper depends on that may change while the visit is open."""
        return self.history.patient, replace(self.visit, place=""), replace(wanted, typed=())

    def _still(self, kind: str, wanted: Wanted) -> bool:
        """Whether a paper that was made is what is wanted, and tells what the visit holds. Of one that was
        made before this opened nobody knows more than its sheet, and that a signed visit has not changed."""
        if known := self._made_of.get(kind):
            return known == self._what_of(wanted)
        return self.visit.signed and wanted == Wanted(size=wanted.size)

    def as_text(self, kind: str, passphrase: str = "") -> Path:
        """Write a paper of this visit as plain text into the export folder, for pasting into another record.

        Raises RefusedError while papers are behind a passphrase, PaperError with a sentence.
        """
        obey(Refusals(self).as_text(passphrase))
        content = documents()[kind].text(self.record()).encode()
        path = papers.write(self.clinic.places.exports, self._name(kind, "txt"), content)
        self._given_out(Act.COPIED, kind, self._for_whom(kind, PLAIN))
        return path

    def printed(self, kind: str) -> None:
        """Keep that a paper of this visit went to a printer."""
        self.clinic.note(Act.PRINTED.of(kind), patient=self.history.patient.id, visit=self.visit.id)

    def _name(self, kind: str, ending: str) -> str:
        """What the file of a paper is called, as the clinic chose it."""
        who, day = self.history.patient, self.visit.date.isoformat()
        return papers.file_name(who, kind, day, ending, named=self.clinic.settings.name_in_files)

    @property
    def made(self) -> dict[str, MadePaper]:
        """The papers of this visit that were made, here or earlier: the newest of each kind, newest last.

        Where the patient had two visits on a day, only those made since this one was opened: a file does not
        tell whose it is.
        """
        if self._made is None:
            people, day, signature = self.history.people, self.visit.date.isoformat(), self.visit.signature
            signed = signature.at.timestamp() if signature else 0
            self._made = papers.made(self.clinic.places.exports, people, day, signed) if self._alone else {}
        return self._made

    def pictures(self, item: SheetItem) -> tuple[ScreenPicture, ...]:
        """The drawings of a stretch for the screen."""
        from mmt.reports.pixels import screen_pictures

        return screen_pictures(item)

    def blanks(self, typed: Sequence[str] = ()) -> str:
        """Where its papers have a line to write on, as no face has the letters; empty where all print."""
        return papers.blanks(self, typed)


def _behind(passphrase: str, pdf: bytes) -> bytes:
    """The paper behind a passphrase, where there is one."""
    if not passphrase:
        return pdf
    from mmt.reports.protect import protected

    return protected(pdf, passphrase)
