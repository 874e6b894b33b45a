"""A dose on the screen: its parts in words, a step up or down, and what it asks of a day."""

from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.visit import Dose


class Part(NamedTuple):
    """A part of a dose: its name, how it is said, by how much a key changes it, and its bounds."""

    name: str
    said: str
    step: int
    least: int
    most: int


PARTS = {
    "hold_s": Part("hold", "hold {} s", 5, 1, 120),
    "reps": Part("times", "{} times", 1, 1, 30),
    "sets": Part("sets", "{} sets", 1, 1, 5),
    "minutes": Part("minutes", "{} min", 1, 1, 60),
    "per_day": Part("times a day", "{} × a day", 1, 1, 6),
    "days_per_week": Part("days a week", "{} days a week", 1, 1, 7),
    "weeks": Part("weeks", "{} weeks", 1, 1, 12),
}
"""Bounds of what the keys can reach; the doses themselves come from the library."""

_SECONDS_A_MOVE = 4
_SECONDS_BETWEEN = 10


def parts_of(dose: Dose) -> list[str]:
    """The parts that this dose has."""
    return [name for name in PARTS if getattr(dose, name) is not None]


def said(dose: Dose, part: str) -> str:
    """One part in words."""
    return PARTS[part].said.format(getattr(dose, part))


def stepped(dose: Dose, part: str, by: int) -> Dose:
    """The dose with one part a step up or down, within its bounds."""
    known, now = PARTS[part], getattr(dose, part)
    step = known.step if now >= known.step + (by < 0) else 1
    return replace(dose, **{part: max(known.least, min(known.most, now + by * step))})


def minutes_a_day(dose: Dose) -> float:
    """About how many minutes a day a dose asks for, moving between repetitions included."""
    if dose.minutes is not None:
        once = 60.0 * dose.minutes
    else:
        each = max(dose.hold_s or 0, _SECONDS_A_MOVE)
        once = (dose.sets or 1) * ((dose.reps or 1) * each + _SECONDS_BETWEEN)
    return once * dose.per_day / 60
