"""What all tests of the examination share, and what an observation of one may be."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from .base import Item, Text, Value
from .observation import LARGEST, UNITS, Measure, Observation

Position = Literal["sitting", "supine", "side-lying", "side-lying-on-test-side", "prone", "standing"]
SeenFrom = Literal["front", "behind"]
Region = Literal["leg", "trunk", "arm", "neck"]
Root = Annotated[
    str, Meta(pattern=r"^(C[1-8]|T([1-9]|1[0-2])|L[1-5]|S[1-5]|XI)$", description="a root, such as L5")
]
Positive = Annotated[float, Meta(gt=0)]
Keyed = Literal["grade", "yes-no", "score", "number"]
"""How a value is keyed: one digit a grade, 1 or 0, one digit of a reflex or a touch, or digits and Enter."""

Limits = tuple[float | None, float | None]
"""The least and the most that a number can be; None where nothing limits it."""

_KEYED: dict[Measure, Keyed] = {"grade": "grade", "result": "yes-no"}


class Substitution(Value, frozen=True, kw_only=True):
    """A compensation to watch for. `id` is a test of the library in capitals, or a word in small letters."""

    id: Text
    text: Text


class Variant(Value, frozen=True, kw_only=True):
    """Another lever or position of a test. Where it names a `position`, the scale's own words grade it."""

    text: Text
    position: Position | None = None
    seen_from: SeenFrom | None = None
    resist: str = ""


class BaseTest(Item, frozen=True, kw_only=True, tag_field="kind"):
    """What all tests share. `seen_from` tells on which side of the screen the patient's right stands.

    Each kind says by its `measure` what an observation of it usually carries, and in `measures` all that one
    may. `scores` are what each digit from 0 up means, where one digit is the whole value; an empty word where
    the digit is the name. `limits` are what its number can be, where it has one. `brief` is what it is called
    in a line of many, where its id is no abbreviation that clinicians use.
    """

    scores: ClassVar[tuple[str, ...]] = ()

    name: Text
    brief: str = ""
    position: Position
    region: Region = "leg"
    sides: Literal["each", "midline"] = "each"
    seen_from: SeenFrom = "front"
    notes: str = ""

    @property
    def named(self) -> str:
        """The name for a line of many: `TA`, `knee jerk`."""
        return self.brief or self.id

    @property
    def measure(self) -> Measure:
        """What an observation of it usually carries."""
        raise NotImplementedError

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What an observation may carry: the first, or the second beside it."""
        return (self.measure,)

    @property
    def keyed(self) -> Keyed:
        """How a value is keyed."""
        return "score" if self.scores else _KEYED.get(self.measure, "number")

    @property
    def scores_said(self) -> str:
        """The digits that fill it: `0 to 4`, `0 absent, 1 less, 2 normal, 3 more`; empty where none do."""
        if self.scores and not any(self.scores):
            return f"0 to {len(self.scores) - 1}"
        return ", ".join(f"{digit} {word}" for digit, word in enumerate(self.scores))

    def scored(self, digit: int) -> Mapping[str, int | str]:
        """The measure that one of these digits gives, and its value."""
        return {self.measure: self.scores[digit] or digit}

    @property
    def limits(self) -> Limits:
        """What its number can be, where it has one."""
        return None, None

    @property
    def variants(self) -> dict[str, Variant]:
        """Other levers or positions that it may be done in, by their names."""
        return {}

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """The compensations to watch for."""
        return ()

    def refuses(self, measure: Measure, value: float) -> str:
        """Why a number cannot be of this test: a slip of the key or of the unit. Empty where it can."""
        least, most = self.limits
        if (least is None or least <= value) and (most is None or value <= most):
            return ""
        goes = (f" from {least:g}" if least is not None else "") + (
            f" to {most:g}" if most is not None else ""
        )
        unit = UNITS.get(measure, "")
        return f"{value:g}{unit} cannot be: {self.id} goes{goes}{unit}"

    def misfits(self, seen: Observation) -> Iterator[tuple[str, str]]:
        """The fields of an observation that cannot be of this test, each with the reason."""
        if self.sides == "each" and seen.side is None:
            yield "side", f"is missing; {self.id} is tested on each side"
        elif self.sides == "midline" and seen.side is not None:
            yield "side", f"must be left out; {self.id} has no sides"
        for name in seen.measured:
            if name not in self.measures:
                yield name, f"does not fit {self.id}, which is recorded as {' or '.join(self.measures)}"
            elif name in LARGEST and (why := self.refuses(name, getattr(seen, name))):
                yield name, why
        if self.variants and seen.variant is not None and seen.variant not in self.variants:
            names = " or ".join(self.variants)
            yield "variant", f'"{seen.variant}" is not a variant of {self.id}, which has {names}'

    def faults(self) -> Iterator[str]:
        """What of the test, as its file describes it, does not fit together."""
        yield from ()
