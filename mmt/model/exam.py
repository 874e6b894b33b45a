"""The exam under way: which cell the cursor is on, what was recorded, what comes next."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from .base import SIDES, Side, Value, other
from .exam_tests import AnyTest
from .grades import signed
from .observation import Observation

BodyPosition = Literal[
    "sitting", "supine", "lying on the right side", "lying on the left side", "prone", "standing"
]
BODY_POSITIONS: tuple[BodyPosition, ...] = (
    "sitting",
    "supine",
    "lying on the right side",
    "lying on the left side",
    "prone",
    "standing",
)


class Cell(Value, frozen=True, kw_only=True):
    """One place to fill: a test on a side, in the position that the patient's body takes for it."""

    test: str
    side: Side | None
    position: BodyPosition


def body_position(test: AnyTest, side: Side | None) -> BodyPosition:
    """How the patient lies for a test of this side: the left leg is tested lying on the right side."""
    if test.position == "side-lying":
        return "lying on the right side" if side == "left" else "lying on the left side"
    if test.position == "side-lying-on-test-side":
        return "lying on the left side" if side == "left" else "lying on the right side"
    return test.position


def walk(tests: Iterable[AnyTest], first: Side = "right") -> tuple[Cell, ...]:
    """The cells of an exam in the order of fewest turns (decision 21).

    Sitting, supine, lying on the right side, on the left, prone, standing; within a position in the order of
    `tests`, and of each test the `first` side before the other.
    """
    sides = (first, other(first))
    cells = [
        Cell(test=test.id, side=side, position=body_position(test, side))
        for test in tests
        for side in (sides if test.sides == "each" else (None,))
    ]
    return tuple(sorted(cells, key=lambda cell: BODY_POSITIONS.index(cell.position)))


class Exam(Value, frozen=True, kw_only=True):
    """An exam under way. `cursor` is the index of the cell to fill next; past the end the walk is done.

    `last` is the cell that was filled last: flags, `+` and `-` belong to it.
    """

    cells: tuple[Cell, ...]
    codes: tuple[str, ...]
    observations: tuple[Observation, ...] = ()
    cursor: int = 0
    last: tuple[str, Side | None] | None = None

    @property
    def at(self) -> Cell | None:
        """The cell under the cursor, None past the end."""
        return self.cells[self.cursor] if self.cursor < len(self.cells) else None

    @property
    def turns_left(self) -> int:
        """How often the patient still has to turn, counted from the cell under the cursor."""
        return sum(one.position != two.position for one, two in pairwise(self.cells[self.cursor :]))

    @property
    def filled(self) -> int:
        """How many cells hold an observation, tested or with a reason why not."""
        seen = {one.cell for one in self.observations}
        return sum((cell.test, cell.side) in seen for cell in self.cells)

    def value(self, test: str, side: Side | None) -> Observation | None:
        """The latest trial of a test and side, None where nothing was recorded."""
        trials = [one for one in self.observations if one.cell == (test, side)]
        return max(trials, key=lambda one: one.trial, default=None)

    def record(self, observation: Observation) -> "Exam":
        """This exam with the observation in place of an earlier one of the same cell and trial."""
        key = (observation.cell, observation.trial)
        kept = tuple(one for one in self.observations if (one.cell, one.trial) != key)
        return replace(self, observations=(*kept, observation), last=observation.cell)

    def amended(self, sign: str) -> Observation | None:
        """The last grade with `sign` set or removed; None where there is none or the scale lacks it."""
        held = self.value(*self.last) if self.last else None
        code = signed(held.grade, sign, self.codes) if held and held.grade else None
        return replace(held, grade=code) if held and code else None

    def moved(self, by: int) -> "Exam":
        """The cursor moved by so many cells, kept between the first cell and the end."""
        return replace(self, cursor=max(0, min(len(self.cells), self.cursor + by)))

    def jumped(self, test: str, side: Side | None = None) -> "Exam":
        """The cursor on a test (and side, if given); unchanged where the exam lacks it."""
        for index, cell in enumerate(self.cells):
            if cell.test == test and side in (None, cell.side):
                return replace(self, cursor=index)
        return self


def sound_side(leg_pain_side: object) -> Side:
    """The side to test first when the sound side is wanted: opposite to the pain, right when unknown."""
    return other(leg_pain_side) if leg_pain_side in SIDES else "right"
