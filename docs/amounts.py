"""Amounts as people read them."""

import math

from monday import HOUR


def time_of(seconds: float) -> str:
    """A time; one that is endless is over the day."""
    if math.isinf(seconds):
        return "not that day"
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3 * HOUR else f"{seconds / HOUR:.0f} h"


def number(value: float) -> str:
    """A number in three digits."""
    for unit, name in ((1e9, "billion"), (1e6, "million")):
        if value >= unit:
            return f"{value / unit:,.3g} {name}"
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 10 else f"{value:.2g}"


def room(value: float) -> str:
    """Bytes in three digits."""
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= unit:
            return f"{float(f'{value / unit:.3g}'):,g} {name}"
    return f"{value:.0f} bytes"
