"""The patient's sheet as it is put together: what is suggested, its order, what it asks of a day."""

from collections.abc import Sequence

from mmt.model.protocol import Protocol
from mmt.model.review import Offer, Prescription
from mmt.model.visit import Prescribed

from .dose import minutes_a_day


def prescribed(offer: Offer) -> Prescribed:
    """An offer taken as it stands."""
    return Prescribed(stretch=offer.stretch, side=offer.side, dose=offer.dose, why=offer.why)


def suggested(found: Prescription) -> tuple[Prescribed, ...]:
    """The sheet as it is suggested; nothing of it is kept before the clinician keeps it."""
    return tuple(map(prescribed, found.offered))


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


def both_in_turn(item: Prescribed, protocol: Protocol) -> bool:
    """Whether the item is done on one side, then on the other."""
    known = protocol.stretches.get(item.stretch)
    return item.side is None and known is not None and known.sides == "each"


def minutes(item: Prescribed, protocol: Protocol) -> float:
    """About how many minutes a day an item asks for; twice the dose where each side has its turn."""
    return minutes_a_day(item.dose) * (2 if both_in_turn(item, protocol) else 1)
