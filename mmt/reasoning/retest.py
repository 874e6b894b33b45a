"""What a second trial at the same visit says of an alarm: a fall is confirmed or lifted, pain answered.

A grade that is low by itself, and a fall below the line of gravity, ask for none: they stand at once.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mmt.model.grades import holds_gravity
from mmt.model.observation import Observation
from mmt.model.review import State
from mmt.model.visit import Visit

from .seen import worth


class Trial(NamedTuple):
    """A graded trial as alarms read it: whether it is `low` by itself, the grade that it fell from, and
    whether it `asks` for a test without pain, which may have lowered it."""

    grade: Observation
    low: bool
    fall: tuple[Visit, Observation] | None
    asks: bool

    @property
    def alarms(self) -> bool:
        """Whether the trial alarms by itself."""
        return self.low or self.fall is not None

    @property
    def sure(self) -> bool:
        """Whether no other trial changes the alarm."""
        return self.low or (self.fall is not None and not holds_gravity(self.grade.code))


class Settled(NamedTuple):
    """How the alarm of a visit stands, and the value beside the worst that settled it, with its visit where
    that is an earlier one."""

    state: State
    by: Observation | None = None
    then: Visit | None = None


def settled(trials: Sequence[Trial], needed: int) -> Settled | None:
    """How the trials of a muscle at one visit, in any order, settle its alarm; None where it stands at once.

    So many as are `needed` that alarm each confirm a fall. A better trial without pain, after the last that
    alarms, lifts it, and so it does where pain lowered a grade. A trial in pain neither confirms nor lifts.
    """
    if any(one.sure for one in trials):
        return None
    ordered = sorted(trials, key=lambda one: one.grade.trial)
    fell = [one.grade for one in ordered if one.alarms and not one.grade.pained]
    pained = [one.grade for one in ordered if one.grade.pained and (one.alarms or one.asks)]
    if bool(fell) == bool(pained):
        return None
    if len(fell) >= needed:
        worst = min(fell, key=worth)
        return Settled("confirmed-by-trial", [one for one in fell if one is not worst][-1])
    if any(one.confirmed for one in fell):
        return Settled("confirmed-by-examiner")
    last = (fell or pained)[-1]
    later = (one.grade for one in ordered if one.grade.trial > last.trial and not one.grade.pained)
    if better := next(later, None):
        return Settled("lifted", better)
    return Settled("not-confirmed") if fell else None
