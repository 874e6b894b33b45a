"""A list of patients as other programs write it: CSV with a head, in any order of columns."""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mmt.dates.listed import listed_birth_date, matters, orders_of
from mmt.model.born import BirthDate
from mmt.model.exchange import Order
from mmt.model.people import Patient, Sex
from mmt.model.text import clean, folded

from .arriving import Arriving
from .cells import as_text
from .language import language_of
from .unmarked import unmarked

_COLUMNS = {
    "name": "name fullname patient patientname patientfullname nombrecompleto nazwiskoiimie",
    "first": "first firstname givenname given forename vorname nombre nombres imie prenom",
    "middle": "middle mi middlename middleinitial zweitername drugieimie segundonombre",
    "last": "last lastname surname familyname family nachname familienname apellido apellidos nazwisko nom",
    "born": "dob birthdate birthday dateofbirth birth born patientdob geburtsdatum geboren fechadenacimiento"
    " fechanacimiento nacimiento dataurodzenia datedenaissance",
    "sex": "sex gender patientsex patientgender geschlecht sexo plec sexe",
    "chart": "chart chartnumber chartno chartid patientid patientnumber patientno id recid mrn accountnumber"
    " account patientennummer karteinummer historia numerokartoteki",
    "language": "language lang preferredlanguage sprache idioma jezyk",
}
_MEANS = {name: column for column, names in _COLUMNS.items() for name in names.split()}
"""What a column is by its name in small letters, without spaces and signs."""

_SEXES: dict[Sex, str] = {
    "female": "f female w weiblich woman femenino mujer k kobieta femme",
    "male": "m male mannlich man masculino hombre mezczyzna homme",
    "other": "o other d divers x nonbinary otro inna",
    "unknown": "u unknown unbekannt desconocido nieznana n na",
}
_SEX: dict[str, Sex] = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_SHOWN = 60
"""Characters of a cell that is no longer than any that could be meant."""

_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?[^\S\r\n]*(\r\n|\r|\n)', re.IGNORECASE)
"""What Excel takes for the first line of a list and does not show."""

_ONCE = {"name": "name", "first": "first name", "last": "last name", "born": "birth date", "sex": "sex"}
_TWICE = (
    "More than one column means the {what} ({names}): rename what is not to be taken in, then begin again."
)
_BROKEN = "Row {row} cannot be read as CSV: {why}."
_WHY = {
    "unexpected end": 'a quote (") is opened there and closed nowhere',
    "expected after": 'more stands behind a closing quote ("), and within quotes a quote is written twice',
}
NO_HEAD = (
    "The first row has to name the columns, a name (or first and last name) and a birth date among them. "
    "It has: {names}."
)


class ListError(ValueError):
    """The file is no list of patients; `str()` is a sentence."""


class PatientList(NamedTuple):
    """The rows of a list, each with its number in a spreadsheet, under columns that are known; the names of
    those that are not; and whether its letters were `guessed`, as it is no Unicode."""

    columns: dict[str, int]
    named: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    guessed: bool

    @property
    def dates(self) -> Iterator[str]:
        """What stands in the column of birth dates."""
        at = self.columns["born"]
        return (row[at].strip() for _, row in self.rows if at < len(row))

    @property
    def unsure(self) -> str:
        """A date that has another meaning by the other order of day and month; empty where none has."""
        return next(filter(matters, self.dates), "")

    @property
    def order(self) -> Order | None:
        """The order that all dates in numbers agree with; None where both are possible, or none is."""
        left: set[Order] = {"dmy", "mdy"}
        for text in self.dates:
            left &= orders_of(text)
        return left.pop() if len(left) == 1 else None

    def arriving(self, today: datetime.date, order: Order | None) -> Iterator[Arriving]:
        """Each row as a patient, or with what is wrong in it."""
        return (self._arriving(number, row, today, order) for number, row in self.rows)

    def _arriving(
        self, number: int, row: tuple[str, ...], today: datetime.date, order: Order | None
    ) -> Arriving:
        cells = {name: _cell(row[at]) if at < len(row) else "" for name, at in self.columns.items()}
        at, problems = f"row {number}", []
        if len(row) > self.width:
            problems.append(
                f"{len(row)} cells, and the head has {self.width}: put names with a separator in quotes"
            )
        name = cells.get("name") or " ".join(filter(None, map(cells.get, ("first", "middle", "last"))))
        if not name:
            problems.append(f"{self.named.get('name') or self.named['last']}: is empty")
        born: BirthDate | None = None
        try:
            if not cells["born"]:
                raise ValueError("is empty")
            if len(cells["born"]) > _SHOWN:
                raise ValueError(f"has {len(cells['born']):,} characters, and is no date")
            born = listed_birth_date(cells["born"], today, order)
        except ValueError as error:
            problems.append(f"{self.named['born']}: {_quoted(cells['born'])}{error}")
        sex = _SEX.get(_plain(cells.get("sex", "")) or "unknown")
        if sex is None:
            problems.append(
                f"{self.named['sex']}: '{_short(cells['sex'])}' is not female, male, other or unknown"
            )
        if problems or born is None or sex is None:
            return Arriving(at=at, problems=tuple(problems))
        patient = Patient(
            name=name,
            birth_date=born,
            sex=sex,
            chart_number=cells.get("chart", ""),
            language=language_of([cells.get("language", "")]),
        )
        return Arriving(at=at, patient=patient)

    @property
    def width(self) -> int:
        """How many cells the head has."""
        return len(self.named) + len(self.ignored)


def _quoted(text: str) -> str:
    return f'"{_short(text)}": ' if text else ""


def _short(text: str) -> str:
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text


def _cell(text: str) -> str:
    """What a cell tells, without the apostrophe that keeps it a text."""
    bare = text[1:]
    return clean(bare if text[:1] == "'" and as_text(bare) == text else text)


def _plain(text: str) -> str:
    return "".join(char for char in folded(text) if char.isalnum())


def read_list(data: bytes) -> PatientList:
    """The list of a file. Raises ListError with a sentence where it is none."""
    decoded = _text(data)
    text = data.decode("cp1252", "replace") if decoded is None else decoded
    rows = _rows(text)
    if not rows:
        raise ListError("It is empty.")
    (_, head), *rest = rows
    known = [_MEANS.get(_plain(name), "") for name in head]
    told = [_short(clean(name)) for name in head]
    for column, what in _ONCE.items():
        if known.count(column) > 1:
            names = ", ".join(name for name, means in zip(told, known, strict=True) if means == column)
            raise ListError(_TWICE.format(what=what, names=names))
    columns = {column: known.index(column) for column in _COLUMNS if column in known}
    taken = set(columns.values())
    if "born" not in columns or not {"name", "last"} & columns.keys():
        raise ListError(NO_HEAD.format(names=", ".join(told)[:300]))
    named = {column: told[at] for column, at in columns.items()}
    ignored = tuple(name for at, name in enumerate(told) if at not in taken)
    return PatientList(columns, named, ignored, tuple(rest), guessed=decoded is None)


def _rows(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that are not empty, each with its number in a spreadsheet. Raises ListError."""
    said = _SEPARATOR.match(text)
    delimiter, text = (said[1], text[said.end() :]) if said else (_delimiter(text), text)
    csv.field_size_limit(max(1, len(text)))  # a long cell is a matter of its row
    rows, read = list[tuple[int, tuple[str, ...]]](), 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            read += 1
            if any(map(str.strip, row)):
                rows.append((read, tuple(row)))
    except csv.Error as error:
        why = next((says for part, says in _WHY.items() if part in str(error)), str(error))
        raise ListError(_BROKEN.format(row=read + 1, why=why)) from None
    return rows


def _text(data: bytes) -> str | None:
    """The text of a file in Unicode; None where it is in none."""
    try:
        return unmarked(data).decode()
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    head = re.split("[\r\n]", text.lstrip(), maxsplit=1)[0]
    found: Sequence[str] = sorted((",", ";", "\t", "|"), key=head.count, reverse=True)
    return found[0]
