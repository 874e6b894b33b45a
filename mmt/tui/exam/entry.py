"""The state of the exam screen that a key changes, and what a key asks to be done."""

from collections.abc import Collection
from functools import cached_property
from typing import Literal

from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.exam import Cell, Exam, walk
from mmt.model.exam_tests import AnyTest, done_as
from mmt.model.forces import ForceUnit
from mmt.model.observation import Observation
from mmt.tui.visit.pressed import Pressed, Typing

Mode = Literal["cell", "flags", "substitution", "reason", "jump", "force", "variant"]


class Entry(Typing, frozen=True, kw_only=True, dict=True):
    """Where the examiner stands: the exam, an open menu, a number half typed.

    `new_trial` says that the next value of the cell is a further trial. `angle` says that the degrees of the
    sign just recorded may follow. `since` is the moment at which the clock of a held test was started, in s.
    `unit` is what a dynamometer shows. `first` is the side that is tested first. `was` is the value that the
    one in hand took the place of, empty where there was none. `folded` are the tests of the plan that are not
    walked until they are opened. `falls` are the grades that fell and that nothing confirms yet, `asked` the
    one of them that the band asks about.
    """

    exam: Exam
    tests: dict[str, AnyTest]
    mode: Mode = "cell"
    new_trial: bool = False
    angle: bool = False
    since: float | None = None
    unit: ForceUnit = "N"
    first: Side = "right"
    was: str = ""
    folded: tuple[str, ...] = ()
    falls: tuple[Observation, ...] = ()
    asked: Observation | None = None

    @property
    def test(self) -> AnyTest | None:
        """The test under the cursor as this exam does it, None past the end."""
        return done_as(self.tests[self.exam.at.test], self.exam.at.variant) if self.exam.at else None

    @property
    def open(self) -> bool:
        """Whether a menu is open or a number half typed, so that Escape closes that first."""
        return self.mode != "cell" or bool(self.typed) or self.angle or self.new_trial or self.timing

    @property
    def timing(self) -> bool:
        """Whether the clock of a held test runs."""
        return self.since is not None

    @property
    def held(self) -> Observation | None:
        """What the cell under the cursor holds."""
        return self.exam.value(self.exam.at.test, self.exam.at.side) if self.exam.at else None

    @property
    def last(self) -> Observation | None:
        """The value in hand, which flags and signs change."""
        return self.exam.value(*self.exam.last) if self.exam.last else None

    @property
    def fall(self) -> Observation | None:
        """The fall to confirm: the one that is asked about, else that of the value in hand."""
        last = self.last
        return self.asked or next((one for one in self.falls if last and one.cell == last.cell), None)

    def at(self, exam: Exam) -> "Entry":
        """This state with the exam moved or changed: menus closed, nothing half typed."""
        return replace(
            self, exam=exam, mode="cell", typed="", new_trial=False, angle=False, since=None, was=""
        )

    def walked(self, names: tuple[str, ...], first: Side) -> "Entry":
        """This state walking through the named tests with `first` as first side."""
        cells = walk((self.tests[name] for name in names), first, self.exam.variant)
        return replace(self, exam=self.exam.with_cells(cells), first=first)

    def led_by(self, first: Side) -> "Entry":
        """This state with `first` as first side; it is that side's turn at a test that holds nothing yet.

        The cursor stays where the patient would have to turn for that, and where something is half done.
        """
        walked = self.walked(self.names, first)
        at = walked.exam.at
        if at is None or self.open or any(one.test == at.test for one in self.exam.observations):
            return walked
        led = walked.exam.jumped(at.test, first)
        return replace(walked, exam=led) if led.at and led.at.position == at.position else walked

    @property
    def away(self) -> tuple[str, ...]:
        """The folded tests that were not opened: not tested, which is not normal."""
        return tuple(name for name in self.folded if name not in self.names)

    def opened(self) -> "Entry":
        """This state walking through the folded tests as well; the cursor stays."""
        return self.folding(self.folded)

    def folding(self, opened: Collection[str]) -> "Entry":
        """This state with these of the folded tests `opened`, and without the others that hold nothing and
        that the cursor is not on; the cursor stays."""
        held = {one.test for one in self.exam.observations} | ({self.exam.at.test} if self.exam.at else set())
        every = (*self.names, *(name for name in self.away if name in opened))
        kept = tuple(name for name in every if name not in self.folded or name in held or name in opened)
        return self if kept == self.names else self.walked(kept, self.first)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The tests that the walk goes through, in its order."""
        return tuple(dict.fromkeys(cell.test for cell in self.exam.cells))


def observed(entry: Entry, cell: Cell, **measure: object) -> Observation:
    """A value of the cell under the cursor: a correction of the one it holds, or a new trial."""
    held = entry.held
    fields = {"test": cell.test, "side": cell.side, "variant": cell.variant, **measure}
    if held is None:
        return Observation(**fields)  # type: ignore[arg-type]
    if entry.new_trial:
        return Observation(**fields, trial=held.trial + 1)  # type: ignore[arg-type]
    fields |= {"trial": held.trial, "variant": held.variant}
    if "not_tested" not in measure:
        fields |= {"flags": held.flags, "substitution": held.substitution, "newtons": held.newtons}
    return Observation(**fields)  # type: ignore[arg-type]


def fill(entry: Entry, observation: Observation) -> Pressed[Entry]:
    """The value goes into the cell under the cursor, which goes on to the next one that holds nothing.

    So no grade corrects another unseen, and a correction leads back to where the examiner left off.
    """
    exam = entry.exam.record(observation).passed()
    return Pressed(state=replace(entry.at(exam), was=replaced(entry)), keep=observation)


def replaced(entry: Entry) -> str:
    """The value that the next one takes the place of; empty for an empty cell or a new trial."""
    return entry.held.shown if entry.held and not entry.new_trial else ""


def change(entry: Entry, observation: Observation, word: str = "") -> Pressed[Entry]:
    """The value in hand changes where it stands; the cursor and a number half typed stay."""
    changed = replace(entry, exam=entry.exam.record(observation), mode="cell")
    return Pressed(state=changed, keep=observation, word=word)
