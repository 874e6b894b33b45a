"""The tests of the examination, as a protocol file describes them.

Each kind of test has its own type; `kind` in the file says which. Each has a `position` of the
patient's body, so that an exam can be walked with the fewest turns.
"""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from .base import Item, Text, Value
from .base_test import BaseTest, Limits, Positive, Root, Substitution, Variant
from .grades import Code, rank
from .observation import TOUCHES, Measure, Observation
from .people import Sex


class MuscleTest(BaseTest, frozen=True, kw_only=True, tag="muscle"):
    """A manual muscle test.

    `primary_roots` are the main ones among `roots`, `minor_roots` small or disputed ones beside them.
    `criteria` replace the scale's own wording for a grade; `variants` are other levers or positions.
    `measure` is `result` (positive = weak) where no numeric grade is advised.
    """

    action: Text
    nerve: Text
    roots: tuple[Root, ...]
    primary_roots: tuple[Root, ...]
    minor_roots: tuple[Root, ...] = ()
    against_gravity: Text
    gravity_eliminated: Text
    fix: Text
    resist: Text
    substitutions: Annotated[tuple[Substitution, ...], Meta(min_length=1)]
    antagonists: Annotated[tuple[str, ...], Meta(min_length=1)]
    criteria: dict[str, Text] = {}
    variants: dict[str, Variant] = {}
    measure: Literal["grade", "result"] = "grade"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (self.measure, "newtons")

    def faults(self) -> Iterator[str]:
        for root in self.primary_roots:
            if root not in self.roots:
                yield f'primary root "{root}" is not among the roots'
        for root in self.minor_roots:
            if root in self.roots:
                yield f'minor root "{root}" stands among the roots'


class SignTest(BaseTest, frozen=True, kw_only=True, tag="sign"):
    """A yes/no test. `speaks_for` is the side a positive answer tells of (the crossed leg raise: the other).

    `degrees` says whether an angle may stand beside the answer, `most` how many degrees there can be: more is
    a slip of the key; `accuracy` quotes published figures with their conflicts. `muscles` are the tests that
    tell by a grade or a count what a positive answer only screens for, the best first.
    """

    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    positive: Text
    muscles: tuple[str, ...] = ()
    group: Literal["nerve", "piriformis", "hip", "function", "upper-motor-neuron"]
    speaks_for: Literal["same", "other"] = "same"
    degrees: bool = False
    most: Positive | None = None
    accuracy: str = ""
    measure: ClassVar[Measure] = "result"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return ("result", "degrees") if self.degrees else ("result",)

    @property
    def limits(self) -> Limits:
        return 0, self.most

    def misfits(self, seen: Observation) -> Iterator[tuple[str, str]]:
        yield from BaseTest.misfits(self, seen)
        if self.degrees and seen.degrees is not None and seen.result is None:
            yield "result", f"is missing; {self.id} is positive or negative, the degrees stand beside it"

    def faults(self) -> Iterator[str]:
        if self.most and not self.degrees:
            yield "`most` needs `degrees = true`"


class ShortLimit(Value, frozen=True, kw_only=True):
    """When a length counts as short: beyond the limit in the named direction, in the test's own unit.

    `by_sex` replaces the limit where the patient's sex is known; `side_difference` counts a difference
    between the sides at or above it as short on the worse side, and may stand without a limit. `says` tells
    a value beyond the limit in words, with `{value}` and `{limit}` where these stand.
    """

    direction: Literal["over", "under"]
    limit: float | None = None
    by_sex: dict[Sex, float] = {}
    side_difference: Positive | None = None
    says: str = ""

    def __post_init__(self) -> None:
        if self.limit is None and (self.side_difference is None or self.by_sex):
            raise ValueError("needs a `limit`, or a `side_difference` alone")
        if not set(re.findall("{(.*?)}", self.says)) <= {"value", "limit"}:
            raise ValueError("only {value} and {limit} may stand in braces in `says`")


class LengthTest(BaseTest, frozen=True, kw_only=True, tag="length"):
    """A muscle-length test in degrees, millimetres or positive/negative (positive = short).

    A change between visits counts only beyond `error`, between two examiners beyond `error_other`, in the
    test's unit, where such are published. `most` is how many degrees there can be to either side of nought:
    more is a slip of the key. `reads` says what the degrees are counted from, where that could be mistaken.
    `same_move` is a sign that moves the part as this test does: negative at an angle that is larger by more
    than `error`, it does not agree with a short muscle.
    """

    measure: Literal["degrees", "millimetres", "result"]
    muscles: Text
    reads: str = ""
    most: Positive | None = None
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    usual: Text
    short: ShortLimit | None = None
    error: Positive | None = None
    error_other: Positive | None = None
    same_move: str = ""
    accuracy: str = ""

    @property
    def limits(self) -> Limits:
        return self.most and -self.most, self.most

    def faults(self) -> Iterator[str]:
        if self.measure == "result" and self.short:
            yield "`short` needs a measure in degrees or millimetres"
        elif self.measure != "degrees" and self.most:
            yield "`most` needs a measure in degrees"


class Convention(Value, frozen=True, kw_only=True):
    """A way to read a grade from a count: the `least` count that earns each grade."""

    id: Text
    name: Text
    least: Annotated[dict[Code, int], Meta(min_length=1)]

    def grade(self, count: int) -> Code | None:
        """The best grade that `count` earns; None below the lowest, which is graded without gravity."""
        earned = [code for code, least in self.least.items() if count >= least]
        return max(earned, key=rank, default=None)


class CountTest(BaseTest, frozen=True, kw_only=True, tag="count"):
    """A counted test (heel raises): the raw count is kept; a change counts beyond `error` repetitions.

    The sides differ where the counts do by more than `error` and by more than `side_percent` of the higher
    one. `conventions` disagree on the grade of a count: the first one gives it, all are shown. `muscle` is
    the muscle test that the count speaks for where that one was not graded.
    """

    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    error: Positive
    side_percent: Annotated[float, Meta(ge=0, le=100)] = 0
    stop: tuple[Text, ...] = ()
    conventions: tuple[Convention, ...] = ()
    muscle: str = ""
    measure: ClassVar[Measure] = "count"


class HoldTest(BaseTest, frozen=True, kw_only=True, tag="hold"):
    """A held test in seconds; a change counts only beyond `error` seconds, where one is published."""

    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    error: Positive | None = None
    measure: ClassVar[Measure] = "seconds"


class ReflexTest(BaseTest, frozen=True, kw_only=True, tag="reflex"):
    """A tendon reflex, 0 absent to 4 with clonus; `expected` is the usual answer. A change counts only beyond
    `error` steps. `both_absent_from` is the age in completed years from which healthy people often lack it on
    both sides; None where none do. A yes to a safety question of `not_of_age` tells that age
    alone is not why."""

    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    roots: tuple[Root, ...]
    expected: int
    error: Annotated[int, Meta(ge=0, le=4)] = 0
    both_absent_from: Annotated[int, Meta(ge=0, le=120)] | None = None
    not_of_age: tuple[str, ...] = ()
    measure: ClassVar[Measure] = "count"
    scores: ClassVar[tuple[str, ...]] = ("",) * 5
    limits: ClassVar[Limits] = (0, 4)


class TouchTest(BaseTest, frozen=True, kw_only=True, tag="touch"):
    """A light touch at a key point of the skin: absent, less, normal or more than elsewhere.

    `roots` are those of the point. A change counts only beyond `error` steps, and then it is possible.
    `accuracy` quotes published figures. Less or absent it names the touches of `asks_for` as missing where
    they were not tested.
    """

    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    roots: tuple[Root, ...]
    error: Annotated[int, Meta(ge=0, le=3)] = 1
    accuracy: str = ""
    asks_for: tuple[str, ...] = ()
    measure: ClassVar[Measure] = "touch"
    scores: ClassVar[tuple[str, ...]] = TOUCHES


class LegLengthTest(BaseTest, frozen=True, kw_only=True, tag="leg-length"):
    """A way to measure leg length. `error` is its limit in mm; without one it never votes on the reading. The
    limit of a mean of fewer `readings` is `error_single`, that between two examiners `error_other`; a change
    between them is no more than possible under `likely_other`.

    `side_means` says how the millimetres are read: a length of each leg, or a difference written under one
    side (block: the lower side; prone check and Allis: the shorter one). A reading under `least` or over
    `most` mm is a slip of the key or of the unit.
    """

    method: Literal["true", "apparent", "block", "prone", "femur", "tibia", "long-sit", "foot"]
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]
    side_means: Literal["this-leg", "lower", "shorter"]
    measure: Literal["millimetres", "result"] = "millimetres"
    error: Positive | None = None
    error_single: Positive | None = None
    error_other: Positive | None = None
    likely_other: Positive | None = None
    readings: Annotated[int, Meta(ge=1, le=9)] = 1
    least: Positive | None = None
    most: Positive | None = None
    repeat_beyond: Positive | None = None

    @property
    def limits(self) -> Limits:
        return self.least or (1 if self.side_means == "this-leg" else 0), self.most

    def error_of(self, readings: int, *, other: bool = False) -> float | None:
        """The limit in mm that holds for so many readings a side, `other` between two examiners; None where
        the method has none."""
        if self.error is None:
            return None
        single = self.error_single if readings < self.readings else None
        return max(self.error, single or 0, (other and self.error_other) or 0)

    def refuses(self, measure: Measure, value: float) -> str:
        why = BaseTest.refuses(self, measure, value)
        return f"{why}; the side tells which leg, the number how much" if why and value < 0 else why

    def faults(self) -> Iterator[str]:
        if self.measure == "result" and self.error:
            yield "`error` needs a measure in millimetres"


AnyTest = MuscleTest | SignTest | LengthTest | CountTest | HoldTest | ReflexTest | TouchTest | LegLengthTest


def done_as(test: AnyTest, variant: str | None) -> AnyTest:
    """The test as this variant of it is done; the test itself where it has no such variant."""
    if not isinstance(test, MuscleTest) or not variant or variant not in test.variants:
        return test
    other = test.variants[variant]
    return replace(
        test,
        against_gravity=other.text,
        resist=other.resist or test.resist,
        position=other.position or test.position,
        seen_from=other.seen_from or test.seen_from,
        criteria={} if other.position else test.criteria,
    )


class ExamPlan(Item, frozen=True, kw_only=True):
    """An exam: which tests it walks through, and which leg-length methods it offers.

    Of each test that has the `variant` of this name, that variant is done. The tests of `screen` are walked
    as well once something points to a nerve, and folded until then.
    """

    name: Text
    about: Text
    tests: Annotated[tuple[str, ...], Meta(min_length=1)]
    leg_length: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()
    scale: str = "MRC-8"
    variant: str = ""
