"""Shoe lifts: when one may be weighed at all, how it would be tried, and what speaks against it."""

from mmt.model.protocol import Protocol
from mmt.model.review import Category, LegLength, Reading

from . import words


def lift(reading: Reading, category: Category, size: float | None, protocol: Protocol) -> tuple[str, ...]:
    """What there is to say of a lift: one sentence why not, or how a trial would go, with its warnings.

    A lift is only weighed for a difference of the bones beyond the error of its method. `size` in mm.
    """
    if reading != "structural" or category == "common" or size is None:
        return (words.NO_LIFT["none" if reading == "structural" else reading],)
    rule = protocol.rules.lift
    facts = {name: getattr(rule, name) for name in rule.__struct_fields__}
    low, high = (round(size * share / 100) for share in (rule.share_from, rule.share_to))
    return tuple(sentence.format(**facts, low=low, high=high) for sentence in words.LIFT)


def no_lift(legs: LegLength | None) -> str:
    """Why no lift is to be weighed after this visit's leg length; empty where one may be."""
    said = legs.lift if legs else ()
    if not said:
        return words.NO_LIFT["unmeasured"]
    return said[0] if len(said) < len(words.LIFT) else ""
