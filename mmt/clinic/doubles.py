"""Records that may be of one person, over all of the clinic: a list to work through."""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.acts import Act
from mmt.model.people import PatientRow
from mmt.reasoning.same_person import Pair, pairs
from mmt.storage import doubles

from .allowed import obey
from .doubts import CLUES, known_as
from .practice import Practice

NONE = "No two records look like those of one person."


class Double(NamedTuple):
    """Two records that may be of one person, the older one first, and what tells, in words."""

    one: PatientRow
    other: PatientRow
    told: str

    @property
    def key(self) -> tuple[int, int]:
        """The numbers of both."""
        return self.one.id, self.other.id


class DoublesDesk:
    """Finds them, and keeps what the clinic says of two records."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic

    def found(self) -> Iterator[Double]:
        """Each two that may be one person and were not told apart, by birth date. Read while it is asked for.

        Raises ClinicError where the records cannot be read.
        """
        with self._clinic.store.reading() as db:
            rows, apart = doubles.everybody(db), doubles.apart(db)
        return (_double(pair) for pair in pairs(rows) if (pair.one.id, pair.other.id) not in apart)

    def tell(self, one: int, other: int, by: str, *, apart: bool) -> None:
        """Keep that two records are of two people; or take it back, so that they are found again. Raises
        RefusedError where another one is signed in."""
        obey(self._clinic.not_as(by))
        with self._clinic.store.writing(Act.TOLD_APART, fold=True) as db:
            doubles.tell(db, one, other, by, self._clinic.now(), apart=apart)


def _double(pair: Pair) -> Double:
    return Double(pair.one, pair.other, " ".join(CLUES[clue] for clue in pair.clues))


def lines(found: Iterator[Double]) -> Iterator[str]:
    """Each two records in words, for whoever reads a list."""
    some = False
    for double in found:
        some = True
        yield f"{_numbered(double.one)}\n{_numbered(double.other)}\n  {double.told}"
    if not some:
        yield NONE


def _numbered(row: PatientRow) -> str:
    return f"Record {row.id}: {known_as(row)}"
