"""Leg length at the table: which readings are to be taken, what was read, and what it comes to."""

import datetime

from msgspec.structs import replace

from mmt.model.base import SIDES, Side, Value
from mmt.model.exam import BODY_POSITIONS, body_position
from mmt.model.exam_tests import LegLengthTest
from mmt.model.lengths import LengthError, millimetres
from mmt.model.observation import Observation
from mmt.model.review import MethodReading
from mmt.model.visit import Visit
from mmt.reasoning.leg_length import method_reading
from mmt.tui.visit.pressed import Typing


class Reading(Value, frozen=True, kw_only=True):
    """One field: a reading of a leg, or, with `side` None, a difference whose side is chosen first."""

    test: str
    side: Side | None
    trial: int = 1


class Legs(Typing, frozen=True, kw_only=True):
    """The leg-length step under way. Past the last field the cursor is at the end.

    `side` is the lower or shorter side that was chosen and whose height is still to be typed.
    """

    tests: tuple[LegLengthTest, ...]
    observations: tuple[Observation, ...] = ()
    cursor: int = 0
    side: Side | None = None

    @property
    def fields(self) -> tuple[Reading, ...]:
        """All readings to be taken, in the order of positions; a further one where two differ too much."""
        order = sorted(self.tests, key=lambda test: BODY_POSITIONS.index(body_position(test, None)))
        return tuple(one for test in order for one in self._readings(test))

    def _readings(self, test: LegLengthTest) -> tuple[Reading, ...]:
        if test.side_means != "this-leg":
            return (Reading(test=test.id, side=None),)
        taken = max((one.trial for one in self.observations if one.test == test.id), default=0)
        planned = [
            Reading(test=test.id, side=side, trial=trial)
            for trial in range(1, max(test.readings, taken) + 1)
            for side in SIDES
            if trial <= test.readings or self.value(test.id, side, trial)
        ]
        again = [side for side in SIDES if self.apart(test, side)]  # a reading more where they differ, once
        repeats = (Reading(test=test.id, side=side, trial=test.readings + 1) for side in again)
        return (*planned, *(one for one in repeats if one not in planned))

    def apart(self, test: LegLengthTest, side: Side) -> float:
        """How many mm the planned readings of a side differ, where that asks for one more; else 0."""
        held = (self.value(test.id, side, trial) for trial in range(1, test.readings + 1))
        sizes = [one.millimetres for one in held if one and one.millimetres]
        spread = max(sizes) - min(sizes) if len(sizes) > 1 else 0
        return spread if test.repeat_beyond is not None and spread >= test.repeat_beyond else 0

    @property
    def at(self) -> Reading | None:
        """The field under the cursor, None past the end."""
        return self.fields[self.cursor] if self.cursor < len(self.fields) else None

    @property
    def test(self) -> LegLengthTest | None:
        """The method under the cursor."""
        return next((one for one in self.tests if self.at and one.id == self.at.test), None)

    @property
    def in_view(self) -> LegLengthTest | None:
        """The method under the cursor, the last one past the end."""
        return self.test or (self.tests[-1] if self.tests else None)

    def value(self, test: str, side: Side | None, trial: int) -> Observation | None:
        """What a field holds; of a difference the value of either side."""
        return next(
            (
                one
                for one in self.observations
                if one.test == test and one.trial == trial and side in (None, one.side)
            ),
            None,
        )

    def moved(self, cursor: int) -> "Legs":
        """The cursor on another field; what was half typed is let go."""
        return replace(self, cursor=max(0, min(len(self.fields), cursor)), typed="", side=None)

    def resumed(self) -> "Legs":
        """The cursor on the first field that is not filled."""
        empty = (i for i, one in enumerate(self.fields) if not self.value(one.test, one.side, one.trial))
        return self.moved(next(empty, len(self.fields)))

    def with_value(self, observation: Observation) -> "Legs":
        """These readings with one in place of the earlier one of its field."""
        kept = tuple(one for one in self.observations if not same_field(self, one, observation))
        return replace(self, observations=(*kept, observation))


def same_field(legs: Legs, one: Observation, two: Observation) -> bool:
    """Whether two values fill one field: the sides of a difference share theirs."""
    if (one.test, one.trial) != (two.test, two.trial):
        return False
    test = next(test for test in legs.tests if test.id == one.test)
    return one.side == two.side or test.side_means != "this-leg"


def side_asked(test: LegLengthTest) -> str:
    """Which side a difference is written under."""
    return "lower" if test.side_means == "lower" else "shorter"


def measured(legs: Legs, test: LegLengthTest) -> MethodReading:
    """What a method comes to as it stands, with the number that is being typed."""
    now = Visit(date=datetime.date.min, examiner="?", scale="?", observations=_as_typed(legs).observations)
    return method_reading(test, now) or MethodReading(method=test.id)


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
