"""A clinic of many made-up patients: the same ones for the same seed, but that they end before today.

Each patient is drawn alone, so that what was stopped halfway goes on where it was.
"""

import datetime
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

from msgspec.structs import replace

from mmt.clinic.admit import admit
from mmt.clinic.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.base import SIDES, Side
from mmt.model.exam import Cell, begun
from mmt.model.exam_tests import MuscleTest, ReflexTest
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Visit
from mmt.paths import Places
from mmt.storage import patients
from mmt.storage.connect import made_up as fast

from . import LETTERHEAD, PRACTITIONERS

MOST_PATIENTS, MOST_EACH = 100_000, 60
"""So many patients, and visits of each, are made at most."""

VISITS_EACH = 6
"""So many visits a patient has where nothing is said."""

TOGETHER = 50
"""So many patients are kept in one transaction: all of them or none."""

EXAMS = ("sciatica-quick", "upper-quarter")
ACTION = "Looked at with the patient, and told what to watch for."
LADDER = ("4-", "4", "4+", "5-", "5")
FIRST = ("Ana", "Ben", "Carlos", "Élodie", "Frank", "Grażyna", "Iván", "Łukasz", "María", "Søren", "Zoë")
PARTS = ("an", "bel", "cor", "dan", "el", "fer", "gil", "is", "jo", "ka", "lin", "mar", "no", "ri", "son")

Way = Literal["better", "same", "worse"]
WAYS: tuple[Way, ...] = ("better", "better", "same", "worse")


class Size(NamedTuple):
    """How many patients with how many visits in all; the `seed` they are drawn from."""

    patients: int
    visits: int
    seed: int = 1

    @property
    def refusal(self) -> str:
        """Why no such clinic is made, in a sentence; empty where it may be."""
        if not 1 <= self.patients <= MOST_PATIENTS:
            return f"{self.patients:,} patients cannot be made: from 1 to {MOST_PATIENTS:,} can."
        most = self.patients * MOST_EACH
        if not self.patients <= self.visits <= most:
            return (
                f"{self.visits:,} visits cannot be made for {self.patients:,} patients: each has from 1 to "
                f"{MOST_EACH}, so that {self.patients:,} to {most:,} can."
            )
        return ""

    def of(self, number: int) -> int:
        """The visits of the patient with this number, from 0: more and fewer in turn, together as many as
        there are in all."""
        each, more = divmod(self.visits, self.patients)
        partner = number ^ 1
        apart = 0
        if partner < self.patients:
            room = min(each - 1, MOST_EACH - each - 1)
            apart = Random(f"{self.seed}/{number // 2}/visits").randint(0, max(0, room))
        return each + (number < more) + (apart if number % 2 else -apart)


def make_many(folder: Path, size: Size) -> Iterator[int]:
    """Make the clinic in `folder`, or go on with it; how many patients there are, each time more are kept.

    Raises ClinicError where the folder cannot be written.
    """
    clinic = _clinic(Places(folder))
    try:
        with clinic.store.reading() as db:
            there = patients.count(db)
        while there < size.patients:
            until = min(there + TOGETHER, size.patients)
            with _uncollected(), clinic.store.writing(Act.MADE_UP):
                for number in range(there, until):
                    _keep(clinic, made_up(number, size, clinic.protocol, clinic.today()))
            there = until
            yield there
    finally:
        clinic.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within it nobody looks for values that hold only each other: few are made, and to look costs more."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _clinic(places: Places) -> Clinic:
    """The clinic of these places, with both practitioners."""
    there = Clinic.exists(places)
    with fast():
        clinic = Clinic.open(places) if there else Clinic.create(places, LETTERHEAD, PRACTITIONERS[0])
    if PRACTITIONERS[1] not in clinic.practitioners:
        clinic.add_practitioner(PRACTITIONERS[1])
    return clinic


def _keep(clinic: Clinic, history: History) -> None:
    """Keep a patient with all visits, each signed by its examiner."""
    for opened in admit(clinic, history):
        opened.sign(opened.visit.examiner)


def made_up(number: int, size: Size, protocol: Protocol, today: datetime.date) -> History:
    """One patient, whose course gets better, stays or gets worse, with all visits signed before `today`."""
    chance = Random(f"{size.seed}/{number}")
    count, way, exam = size.of(number), chance.choice(WAYS), chance.choice(EXAMS)
    name = f"{chance.choice(FIRST)} {''.join(chance.choices(PARTS, k=3)).title()}"
    born = datetime.date(1940, 1, 1) + datetime.timedelta(days=chance.randrange(23_000))
    patient = Patient(
        name=name,
        birth_date=born,
        chart_number=f"M{number}",
        sex=chance.choice(("female", "male")),
        handedness=chance.choice(("right", "right", "right", "left")),
    )
    day = today - datetime.timedelta(days=chance.randrange(1, 300))
    apart = chance.randrange(7, 29)
    first = Visit(date=day, examiner=PRACTITIONERS[0], scale="MRC-8", exam=exam)
    cells = begun(first, protocol).cells
    side = chance.choice(SIDES)
    graded = sorted({one.test for one in cells if isinstance(protocol.tests[one.test], MuscleTest)})
    weak: set[tuple[str, Side | None]] = {(test, side) for test in chance.sample(graded, 2)}
    pain = chance.randrange(5, 8)
    asked = [one.id for one in protocol.safety_questions.values() if one.kind == "sign"]
    visits = []
    for at in range(count):
        step = {"better": at, "same": 0, "worse": -at}[way] + chance.choice((-1, 0, 0, 0, 1))
        visit = replace(
            first,
            date=day - datetime.timedelta(days=apart * (count - 1 - at)),
            examiner=PRACTITIONERS[chance.random() < 0.2],
            safety=dict.fromkeys(asked, False),
            story={"nprs_back": min(10, max(0, pain - step))},
            observations=tuple(_seen(one, weak, step, chance, protocol) for one in cells),
            action=ACTION,
        )
        visits.append(visit)
    return History(patient=patient, visits=tuple(visits))


def _seen(
    cell: Cell, weak: set[tuple[str, Side | None]], step: int, chance: Random, protocol: Protocol
) -> Observation:
    """What is seen of a cell: usual, but for the weak muscles, which went so many steps."""
    test = protocol.tests[cell.test]
    measure = test.measures[0]
    usual = {
        "grade": "5",
        "result": "negative",
        "touch": "normal",
        "count": test.expected if isinstance(test, ReflexTest) else 25,
        "millimetres": 870.0 + chance.randint(-2, 2),
    }
    value = usual.get(measure, 30.0 + chance.randint(-3, 3))
    if (cell.test, cell.side) in weak:
        value = LADDER[min(len(LADDER) - 1, max(0, 1 + step))]
    return Observation(test=cell.test, side=cell.side, **{measure: value})  # type: ignore[arg-type]
