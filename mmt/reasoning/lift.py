"""Shoe lifts: when one may be weighed at all, how it would be tried, and what speaks against it."""

from mmt.model.review import Category, LegLength, Reading
from mmt.model.rules import LiftRule
from mmt.model.said import Said, Sentences, said


def lift(
    reading: Reading, category: Category, size: float | None, rule: LiftRule, age: int | None = None
) -> Sentences:
    """What there is to say of a lift: one sentence why not, or how a trial would go, with its warnings.

    `size` in mm, `age` in completed years.
    """
    # A lift is only weighed for a difference of the bones beyond the error of its method.
    if size is None or reading != "structural" or category == "common":
        return (said(f"no-lift-{'none' if reading == 'structural' else reading}"),)
    if age is not None and age < rule.from_age:
        return (said("no-lift-child", age=rule.from_age),)
    low, high = (round(size * share / 100) for share in (rule.share_from, rule.share_to))
    return (
        said("lift-evidence"),
        said("lift-trial", lift="lift", low=low, high=high),
        said("lift-stop", lift="lift"),
        said("lift-refer"),
    )


def no_lift(legs: LegLength | None) -> Said | None:
    """Why no lift is to be weighed after this visit's leg length; None where one may be."""
    if legs is None or not legs.lift:
        return said("no-lift-unmeasured")
    return None if len(legs.lift) > 1 else legs.lift[0]
