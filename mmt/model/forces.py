"""Forces as a dynamometer shows them, in newtons."""

from typing import Literal, get_args

ForceUnit = Literal["N", "kgf", "lbf"]
FORCE_UNITS: tuple[ForceUnit, ...] = get_args(ForceUnit)

_NEWTONS: dict[ForceUnit, float] = {"N": 1.0, "kgf": 9.80665, "lbf": 4.4482216152605}
"""By definition: standard gravity times one kilogram, and times one pound of 0.45359237 kg."""


def newtons(value: float, unit: ForceUnit) -> float:
    """`value` of a unit in newtons, to a tenth."""
    return round(value * _NEWTONS[unit], 1)
