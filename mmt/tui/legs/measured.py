"""What the readings of a leg-length method come to as they are typed."""

from statistics import fmean

from mmt.model.base import SIDES, Side, Value
from mmt.model.exam_tests import LegLengthTest
from mmt.model.lengths import LengthError, millimetres
from mmt.model.observation import Observation

from .readings import Legs


class Measured(Value, frozen=True, kw_only=True):
    """What one method comes to as it stands: means of the legs, the difference and its error, in mm."""

    right: float | None = None
    left: float | None = None
    difference: float | None = None
    shorter: Side | None = None
    error: float | None = None


def measured(legs: Legs, test: LegLengthTest) -> Measured:
    """The means and the difference of a method, with the number that is being typed."""
    values = [one for one in _as_typed(legs).observations if one.test == test.id]
    sizes = {
        side: [one.millimetres for one in values if one.side == side and one.millimetres is not None]
        for side in SIDES
    }
    right, left = (fmean(sizes[side]) if sizes[side] else None for side in SIDES)
    if test.side_means == "this-leg":
        if right is None or left is None:
            return Measured(right=right, left=left)
        shorter: Side | None = "right" if right < left else "left" if left < right else None
        error = test.error_of(min(map(len, sizes.values())))
        return Measured(right=right, left=left, difference=abs(right - left), shorter=shorter, error=error)
    size = right if right is not None else left
    side: Side = "right" if right is not None else "left"
    error = test.error_of(max(map(len, sizes.values())))
    return Measured(difference=size, shorter=side if size else None, error=error)


def _as_typed(legs: Legs) -> Legs:
    """The readings with the one that is being typed; a leg of half the length is only half typed."""
    reading = legs.at
    side = (reading.side or legs.side) if reading else None
    if reading is None or not legs.typed or side is None:
        return legs
    try:
        size = millimetres(legs.typed)
    except LengthError:
        return legs
    known = [one.millimetres for one in legs.observations if one.test == reading.test and one.millimetres]
    if reading.side is not None and known and size < max(known) / 2:
        return legs
    return legs.with_value(Observation(test=reading.test, side=side, trial=reading.trial, millimetres=size))
