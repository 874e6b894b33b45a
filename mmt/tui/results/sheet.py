"""The patient's sheet as it is put together: its order, its doses part by part, what it asks of a day."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.protocol import Protocol
from mmt.model.review import Offer, Prescription
from mmt.model.visit import Dose, Prescribed


class Part(NamedTuple):
    """A part of a dose: its name, how it is said, and its bounds."""

    name: str
    said: str
    least: int
    most: int


PARTS = {
    "hold_s": Part("seconds to hold", "hold {} s", 1, 120),
    "reps": Part("times", "{} times", 1, 30),
    "sets": Part("sets", "{} sets", 1, 5),
    "minutes": Part("minutes", "{} min", 1, 60),
    "per_day": Part("times a day", "{} × a day", 1, 6),
    "days_per_week": Part("days a week", "{} days a week", 1, 7),
    "weeks": Part("weeks", "{} weeks", 1, 12),
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


def typed(dose: Dose, part: str, digits: str) -> Dose | None:
    """The dose with the typed number as this part; None where it is out of bounds."""
    known = PARTS[part]
    return replace(dose, **{part: int(digits)}) if known.least <= int(digits) <= known.most else None


def bounds(part: str) -> str:
    """What a part may be: `1 to 6 times a day`."""
    known = PARTS[part]
    return f"{known.least} to {known.most} {known.name}"


def offers(found: Prescription) -> dict[str, Offer]:
    """All that fits, by stretch, in the order of a sheet."""
    return {one.stretch: one for one in (*found.offered, *found.more)}


def in_order(items: Sequence[Prescribed], found: Prescription) -> tuple[Prescribed, ...]:
    """The items in the order of a sheet: as they are offered, what is always offered last."""
    order = list(offers(found))

    def place(item: Prescribed) -> tuple[bool, int]:
        known = item.stretch in order
        return item.why == "default" and known, order.index(item.stretch) if known else len(order)

    return tuple(sorted(items, key=place))


def minutes(item: Prescribed, protocol: Protocol) -> float:
    """About how many minutes a day an item asks for, moving between repetitions included.

    It is twice the dose where each side has its turn.
    """
    dose, known = item.dose, protocol.stretches.get(item.stretch)
    if dose.minutes is not None:
        once = 60.0 * dose.minutes
    else:
        each = max(dose.hold_s or 0, _SECONDS_A_MOVE)
        once = (dose.sets or 1) * ((dose.reps or 1) * each + _SECONDS_BETWEEN)
    in_turn = item.side is None and known is not None and known.sides == "each"
    return once * dose.per_day / 60 * (2 if in_turn else 1)
