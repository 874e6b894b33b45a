"""How far repeated measurements of one thing lie apart, as published."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from .base import Item, Text, Value
from .base_test import Positive
from .grades import Code

Examiners = Literal["one", "two"]


class MeasuringError(Item, frozen=True, kw_only=True):
    """The error of one measurement; how often a verdict is wrong is worked out from it.

    `of` names scales, tests or questions of the story, `examiners` whether `one` measured both times or `two`
    did. `sem` is the standard error of one measurement in its unit, for grades in whole grades;
    `kappa` the agreement of a yes/no test beyond chance. `below` limits an error of grades to what lies below
    that grade: whether a muscle moves its part against gravity at all. `size` is a true change that should
    be found, in the same unit.
    """

    name: Text
    of: Annotated[tuple[str, ...], Meta(min_length=1)]
    examiners: Examiners = "one"
    sem: Positive | None = None
    kappa: Annotated[float, Meta(gt=0, lt=1)] | None = None
    below: Code | None = None
    size: Positive | None = None
    notes: Text

    def faults(self) -> Iterator[str]:
        """What does not fit together in itself."""
        if (self.sem is None) == (self.kappa is None):
            yield "needs a `sem` or a `kappa`"
        if (self.sem is None or self.below is not None) != (self.size is None):
            yield "a `sem` of what is measured needs the `size` of a change that should be found"


class OwnError(Value, frozen=True, kw_only=True):
    """How far two readings of a `test` lie apart in the hands of this clinic: 95 of 100 within `limit`, in
    the test's unit, from so many `pairs` by `one` examiner or `two`."""

    test: Text
    examiners: Examiners
    limit: Positive
    pairs: Annotated[int, Meta(ge=2)]
