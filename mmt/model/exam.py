"""The exam under way: which cell the cursor is on, what was recorded, what comes next."""

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import pairwise
from typing import Literal, get_args

from msgspec.structs import replace

from .base import SIDES, Side, Value, other
from .exam_tests import AnyTest, done_as
from .grades import signed
from .observation import Observation
from .protocol import Protocol
from .visit import Visit

BodyPosition = Literal[
    "sitting", "supine", "lying on the right side", "lying on the left side", "prone", "standing"
]
BODY_POSITIONS: tuple[BodyPosition, ...] = get_args(BodyPosition)


class Cell(Value, frozen=True, kw_only=True):
    """One place to fill: a test on a side, in the position that the patient's body takes for it.

    `variant` is the one that is done, None for the test itself.
    """

    test: str
    side: Side | None
    position: BodyPosition
    variant: str | None = None


def body_position(test: AnyTest, side: Side | None) -> BodyPosition:
    """How the patient lies for a test of this side: the left leg is tested lying on the right side."""
    if test.position == "side-lying":
        return "lying on the right side" if side == "left" else "lying on the left side"
    if test.position == "side-lying-on-test-side":
        return "lying on the left side" if side == "left" else "lying on the right side"
    return test.position


def walk(tests: Iterable[AnyTest], first: Side = "right", variant: str = "") -> tuple[Cell, ...]:
    """The cells of an exam in the order of fewest turns.

    Sitting, supine, lying on the right side, on the left, prone, standing; within a position in the order of
    `tests`, and of each test the `first` side before the other. Tests that have the `variant` are done as it.
    """
    sides = (first, other(first))
    cells = [
        Cell(
            test=test.id,
            side=side,
            position=body_position(done_as(test, variant), side),
            variant=variant if variant in test.variants else None,
        )
        for test in tests
        for side in (sides if test.sides == "each" else (None,))
    ]
    return tuple(sorted(cells, key=lambda cell: BODY_POSITIONS.index(cell.position)))


class Exam(Value, frozen=True, kw_only=True, dict=True):
    """An exam under way. `cursor` is the index of the cell to fill next; past the end the walk is done.
    `variant` is the one that its plan asks for.

    `last` is the filled cell in hand: the one that was filled last, or that the cursor was moved back onto.
    Flags, `+` and `-` belong to it.
    """

    cells: tuple[Cell, ...]
    codes: tuple[str, ...]
    observations: tuple[Observation, ...] = ()
    cursor: int = 0
    last: tuple[str, Side | None] | None = None
    variant: str = ""

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
        return len(self.cells) - len(self.still_open)

    @cached_property
    def still_open(self) -> tuple[Cell, ...]:
        """The cells that hold nothing, in the order of the walk: not done, which is not normal."""
        return tuple(cell for cell in self.cells if (cell.test, cell.side) not in self._latest)

    @cached_property
    def _latest(self) -> dict[tuple[str, Side | None], Observation]:
        return {one.cell: one for one in sorted(self.observations, key=lambda one: one.trial)}

    def value(self, test: str, side: Side | None) -> Observation | None:
        """The latest trial of a test and side, None where nothing was recorded."""
        return self._latest.get((test, side))

    def record(self, observation: Observation) -> "Exam":
        """This exam with the observation in place of an earlier one of the same cell and trial."""
        kept = tuple(one for one in self.observations if one.key != observation.key)
        return replace(self, observations=(*kept, observation), last=observation.cell)

    def amended(self, sign: str) -> Observation | None:
        """The last grade with `sign` set or removed; None where there is none or the scale lacks it."""
        held = self.value(*self.last) if self.last else None
        code = signed(held.grade, sign, self.codes) if held and held.grade else None
        return replace(held, grade=code) if held and code else None

    def moved(self, by: int) -> "Exam":
        """The cursor moved by so many cells, kept between the first cell and the end."""
        return self._landed(max(0, min(len(self.cells), self.cursor + by)))

    def passed(self) -> "Exam":
        """The cursor on the next cell that holds nothing, else at the end; what is in hand stays in hand."""
        return self._open_from(self.cursor + 1)

    def _open_from(self, start: int) -> "Exam":
        still_open = set(self.still_open)
        following = range(start, len(self.cells))
        cursor = next((at for at in following if self.cells[at] in still_open), len(self.cells))
        return replace(self, cursor=cursor)

    def jumped(self, test: str, side: Side | None = None) -> "Exam":
        """The cursor on a test (and side, if given); unchanged where the exam lacks it."""
        for index, cell in enumerate(self.cells):
            if cell.test == test and side in (None, cell.side):
                return self._landed(index)
        return self

    def _landed(self, cursor: int) -> "Exam":
        cell = self.cells[cursor] if cursor < len(self.cells) else None
        held = cell and self.value(cell.test, cell.side)
        return replace(self, cursor=cursor, last=held.cell if held else self.last)

    def withdrawn(self, test: str, side: Side | None, trial: int) -> "Exam":
        """This exam without the value of a test, side and trial; `last` is let go where nothing is left."""
        kept = tuple(one for one in self.observations if one.key != ((test, side), trial))
        gone = self.last == (test, side) and all(one.cell != self.last for one in kept)
        return replace(self, observations=kept, last=None if gone else self.last)

    def with_cells(self, cells: tuple[Cell, ...]) -> "Exam":
        """This exam walked through other cells; the cursor stays on its cell where that is among them."""
        at = self.at
        place = cells.index(at) if at in cells else min(self.cursor, len(cells))
        return replace(self, cells=cells, cursor=len(cells) if at is None else place)

    @property
    def place(self) -> str:
        """Where the cursor stands, as a visit keeps it (`exam:TA:left`, `exam:` past the end)."""
        return f"exam:{self.at.test}:{self.at.side or ''}" if self.at else "exam:"

    def resumed(self, place: str) -> "Exam":
        """The cursor on the first cell not filled at or after `place`; past the end where all are filled."""
        name, _, side = place.removeprefix("exam:").partition(":")
        start = self.jumped(name, side if side in SIDES else None) if place.startswith("exam:") else self
        return self._open_from(len(self.cells) if place == "exam:" else start.cursor)


def begun(
    visit: Visit,
    protocol: Protocol,
    first: Side = "right",
    folded: Collection[str] = (),
    added: Collection[str] = (),
    ahead: Collection[str] = (),
) -> Exam:
    """The exam of a visit: the tests of its plan, and whatever else was seen, the cursor where it was left.

    The `added` tests are walked too; the `folded` ones of the plan are no cells until they are opened. Those
    `ahead` come before the others of their position.
    The leg-length methods of the plan are taken in a step of their own and are no cells of the exam.
    """
    plan = protocol.exams.get(visit.exam)
    apart = plan.leg_length if plan else ()
    observed = tuple(one for one in visit.observations if one.test not in apart)
    planned = [name for name in (*ahead, *(plan.tests if plan else ())) if name not in folded]
    names = dict.fromkeys((*planned, *added, *(one.test for one in observed)))
    scale, variant = protocol.scales.get(visit.scale), plan.variant if plan else ""
    exam = Exam(
        cells=walk((protocol.tests[name] for name in names if name in protocol.tests), first, variant),
        variant=variant,
        codes=scale.codes if scale else (),
        observations=observed,
        last=observed[-1].cell if observed else None,
    )
    return exam.resumed(visit.place)


def sound_side(leg_pain_side: object) -> Side:
    """The side to test first when the sound side is wanted: opposite to the pain, right when unknown."""
    return other(leg_pain_side) if leg_pain_side in SIDES else "right"
