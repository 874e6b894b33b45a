"""What was seen at the table: one observation a test, side and trial."""

from typing import Annotated, Literal, get_args

from msgspec import Meta

from .base import Side, Text, Value
from .grades import CODES

Flag = Literal["pain", "substitution", "gives-way", "range-limited", "other-cause"]
NotTested = Literal["pain", "cast", "surgery", "declined", "contraindicated", "time"]
Result = Literal["positive", "negative"]
Touch = Literal["absent", "less", "normal", "more"]
FLAGS: tuple[Flag, ...] = get_args(Flag)
NOT_TESTED: tuple[NotTested, ...] = get_args(NotTested)
TOUCHES: tuple[Touch, ...] = get_args(Touch)
"""How a light touch may be felt, in the order of its steps; the digit that keys each is its place."""

Measure = Literal["grade", "degrees", "millimetres", "count", "seconds", "newtons", "result", "touch"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
LARGEST: dict[str, float] = {
    "degrees": 180,
    "millimetres": 3000,
    "count": 999,
    "seconds": 9999,
    "newtons": 9999,
}
"""What a record can hold of each number, also below nought where there is such; more is a slip of the key."""

_GRADE = f"^({'|'.join(CODES)})$".replace("+", r"\+")
UNITS: dict[str, str] = {"degrees": "°", "millimetres": " mm", "seconds": " s", "newtons": " N"}


Key = tuple[tuple[str, Side | None], int]
"""A test and side, and which trial of it."""


class Observation(Value, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One thing seen: exactly one of the measures, or the reason why it was not tested.

    `degrees` may stand beside a `result` (straight leg raise), `newtons` (dynamometer) beside the grade or
    result of a muscle. Units: degrees, mm, counts, s, N. Degrees and millimetres of length tests are positive
    above the horizontal. `side` is None for midline tests. `confirmed` is set where the examiner is sure of a
    grade that fell, without another trial.
    """

    test: Text
    side: Side | None = None
    trial: Annotated[int, Meta(ge=1, le=99)] = 1
    grade: Annotated[str, Meta(pattern=_GRADE)] | None = None
    degrees: float | None = None
    millimetres: float | None = None
    count: Annotated[int, Meta(ge=0, le=LARGEST["count"])] | None = None
    seconds: Annotated[float, Meta(ge=0, le=LARGEST["seconds"])] | None = None
    newtons: Annotated[float, Meta(ge=0, le=LARGEST["newtons"])] | None = None
    result: Result | None = None
    touch: Touch | None = None
    not_tested: NotTested | None = None
    flags: tuple[Flag, ...] = ()
    substitution: str | None = None
    variant: str | None = None
    confirmed: bool = False

    @property
    def cell(self) -> tuple[str, Side | None]:
        """The test and side that this observation fills."""
        return self.test, self.side

    @property
    def key(self) -> Key:
        """What names this value: a later one of the same test, side and trial takes its place."""
        return self.cell, self.trial

    @property
    def measured(self) -> tuple[Measure, ...]:
        """The measures that this observation carries."""
        return tuple(name for name in MEASURES if getattr(self, name) is not None)

    @property
    def code(self) -> str:
        """The grade of one that was graded; empty for all others."""
        return self.grade or ""

    @property
    def number(self) -> int:
        """The count of one that was counted; 0 for all others."""
        return self.count or 0

    @property
    def felt(self) -> int:
        """The step of a touch that was tested, 0 absent to 3 more; that of a normal one for all others."""
        return TOUCHES.index(self.touch or "normal")

    @property
    def force(self) -> float:
        """The force in newtons of one that was measured; 0 for all others."""
        return self.newtons or 0.0

    @property
    def numb(self) -> bool:
        """Whether a touch was felt less than usual, or not at all."""
        return self.touch in ("absent", "less")

    @property
    def pained(self) -> bool:
        """Whether pain limited the effort, so that the grade is no evidence of weakness."""
        return "pain" in self.flags

    @property
    def shown(self) -> str:
        """The value in the shortest form a clinician writes: `4+`, `12 mm`, `positive`, `less`, `NT`."""
        if self.grade is not None:
            return self.grade
        if self.not_tested is not None:
            return "NT"
        if self.touch is not None:
            return self.touch
        if self.result is not None:
            return self.result if self.degrees is None else f"{self.result} {self.degrees:g}°"
        name = self.measured[0]
        return f"{getattr(self, name):g}{UNITS.get(name, '')}"
