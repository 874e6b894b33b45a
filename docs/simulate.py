"""Patients measured with the error that is published (`protocols/errors/`), for the tables of this folder.

A patient has a true value; each reading of it errs on its own. What is said of the readings is left to the
program. Every draw comes from a generator that is handed in: the same seed gives the same patients.
"""

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from mmt.library.load import load
from mmt.model.base import Side
from mmt.model.grades import Scale, halves, rank
from mmt.model.measuring import Examiners, MeasuringError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Signature, Visit
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
PATIENT = Patient(birth_date=datetime.date(1976, 5, 2), sex="female", handedness="right")
FIRST = datetime.date(2026, 3, 2)
APART = datetime.timedelta(days=14)

NORMAL = (5.0, 6.0)
"""True strength of a sound muscle, in grades: how much it holds beyond what an examiner can break differs."""
WEAK = (3.0, 4.5)
"""True strength of a mildly weak one, which holds against gravity."""
AT_THE_LINE = (1.5, 3.5)
"""True strength of one about which gravity decides."""
LINE = 2.75
"""The true strength from which a muscle moves its part through the full range: between 3- and 3."""


def error_of(measure: str, examiners: Examiners = "one", *, line: bool = False) -> MeasuringError | None:
    """The published error of a scale, a test or a score, for grades that of the full range where `line`."""
    for one in PROTOCOL.errors.values():
        if measure in one.of and one.examiners == examiners and (one.below is not None) == line:
            return one
    return None


class Grader(NamedTuple):
    """An examiner who grades by a scale: errs by `sem` grades, and by `line` on what gravity tells."""

    scale: Scale
    sem: float
    line: float

    def read(self, true: float, random: Random) -> str:
        """One reading of a muscle of this true strength, as a grade of the scale."""
        against = true + random.gauss(0, self.line) >= LINE
        felt = true + random.gauss(0, self.sem if against else self.line)
        codes = [code for code in self.scale.codes if (rank(code) >= rank("3")) == against]
        return min(codes, key=lambda code: abs(worth(code) - felt))


def grader(scale: str, examiners: Examiners = "one") -> Grader:
    """How grades by this scale err where one examiner gives them all, or where two take turns."""
    sem, line = error_of(scale, examiners), error_of(scale, examiners, line=True)
    if not (sem and line and sem.sem and line.sem):
        raise LookupError(f"{scale} has no published error")
    return Grader(PROTOCOL.scales[scale], sem.sem, line.sem)


def worth(code: str) -> float:
    """Where a grade lies on the way from 0 to 5; the two that share a half stand a quarter apart."""
    return {"1+": 1.25, "5-": 4.75}.get(code, halves(code) / 2)


def graded(test: str, grade: str, side: Side = "left", trial: int = 1) -> Observation:
    """A grade as it is recorded."""
    return Observation(test=test, side=side, trial=trial, grade=grade)


def course(*visits: dict[str, Any], scale: str = "MRC-8", two: bool = False) -> History:
    """The history of a patient's visits, two weeks apart and all signed; by `two` examiners who take turns.

    Each visit is told by what differs: `observations`, `story`, an `action` …
    """
    return History(patient=PATIENT, visits=tuple(_visits(visits, scale, two)))


def _visits(visits: tuple[dict[str, Any], ...], scale: str, two: bool) -> Iterator[Visit]:
    for at, more in enumerate(visits):
        day, who = FIRST + at * APART, "AB"[at % 2 if two else 0]
        noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
        signed = Signature(by=who, at=noon, digest="0")
        given = {"examiner": who, "scale": scale, "signature": signed, **more}
        yield Visit(id=at + 1, date=day, **given)


def header(*columns: str) -> Iterator[str]:
    """The head of a table."""
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
