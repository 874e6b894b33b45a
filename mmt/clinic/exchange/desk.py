"""Writes records for other programs, and takes them in."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from mmt.clinic import papers, typed
from mmt.clinic.practice import Practice
from mmt.exchange.rewritten import BEGIN, is_records
from mmt.files import open_regular, put_stream, read_regular
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.exchange import Kind

from . import csv_out, fhir_out, records_out
from .chosen import Chosen, Progress, Tell, choose, given_out
from .patients_in import PatientsFile
from .records_in import RecordsFile

_Parts = Callable[[Practice, Chosen, Progress, Tell], Iterator[bytes]]
_MAKERS: dict[Kind, tuple[str, _Parts]] = {
    "json": ("jsonl", records_out.lines),
    "fhir": ("ndjson", fhir_out.lines),
    "csv": ("csv", csv_out.lines),
}
"""Of each kind the ending of its file, and what makes it."""

Incoming = RecordsFile | PatientsFile
"""A file that is taken in."""

_LARGEST = 200_000_000
"""Bytes of a list of patients."""

_UNWRITABLE = (
    "Nothing could be written to {place} ({why}). Check the folder and the disk, or name another folder."
)
NOTHING = "No record fits: nothing was written."


class Written(NamedTuple):
    """A file that was written with so many `records`, why others were `left_out`, a sentence each, and the
    data dictionary `beside` it, where there is one."""

    path: Path
    records: int
    left_out: tuple[str, ...]
    beside: Path | None = None


class ExchangeDesk:
    """What goes out of the records and comes in."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic

    def write(
        self,
        kind: Kind,
        folder: Path | None = None,
        *,
        patient: int | None = None,
        since: datetime.date | None = None,
        to: str = "",
        progress: Progress = lambda *_: None,
    ) -> Written:
        """Write the records, or those of a `patient`, of whoever was here `since` a day, into a folder, else
        into that of papers. Whom they are for is kept with each record; without it they are the clinic's own.

        Raises ClinicError with a sentence; then there is no file.
        """
        clinic, to = self._clinic, typed.line(to, typed.FOR)
        chosen = choose(clinic, patient, since)
        if not chosen.sets:
            raise ClinicError(" ".join((NOTHING, *chosen.left_out)))
        ending, make = _MAKERS[kind]
        left_out = [*chosen.left_out]
        place, name = folder or clinic.places.exports, self._name(patient, ending)
        made: list[Path] = []
        try:
            made.append(put_stream(place, name, make(clinic, chosen, progress, left_out.append)))
            if kind == "csv":
                made.append(put_stream(place, f"{made[0].stem}-columns.csv", csv_out.columns()))
            self._tell(kind, chosen, patient, to)
        except BaseException as error:
            for path in made:
                path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise ClinicError(_UNWRITABLE.format(place=place, why=error.strerror)) from None
            raise
        return Written(made[0], len(chosen.numbers), tuple(left_out), *made[1:])

    def _name(self, patient: int | None, ending: str) -> str:
        clinic = self._clinic
        day = clinic.today().isoformat()
        if patient is None:
            return f"records-{day}.{ending}"
        of = clinic.history(patient).patient
        return papers.file_name(of, "records", day, ending, named=clinic.settings.name_in_files)

    def _tell(self, kind: Kind, chosen: Chosen, patient: int | None, to: str) -> None:
        """Keep that records were written to a file, and for whom."""
        act = Act.EXPORTED.of(kind)
        if not to and patient is None:
            self._clinic.store.log(act)
            return
        with self._clinic.store.writing(act, patient=patient) as db:
            given_out(self._clinic, db, chosen.numbers, f"The record as {kind.upper()}", to)

    def file(self, path: Path) -> Incoming:
        """A file to take in, by what is in it: it is looked through before anything of it is kept.

        Raises ClinicError with a sentence where it cannot be read, or is nothing that mmt takes in.
        """
        try:
            with open_regular(path) as file:
                ours = is_records(file.read(BEGIN))
            return (
                RecordsFile(self._clinic, path)
                if ours
                else PatientsFile(self._clinic, path, read_regular(path, _LARGEST))
            )
        except OSError as error:
            raise ClinicError(f"{path} cannot be read ({error.strerror}).") from None
