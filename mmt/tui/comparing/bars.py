"""Values as blocks and lines, to be read without colour: grades of both sides, leg differences with error."""

from collections.abc import Iterable
from math import ceil

from mmt.model.grades import halves
from mmt.model.review import Change, MethodReading

FIVE = 10
"""Columns of a bar: a grade of 5 in half grades."""

SPREAD = 14
"""Columns to either side of level legs."""


def butterfly(right: Change, left: Change) -> str:
    """The grades of both sides, the patient's right at the left: `····▒▒████│███████░░░`."""
    return f"{_bar(right)[::-1]}│{_bar(left)}"


def _bar(change: Change) -> str:
    """A bar that grows to the right: what was held both times, then what was gained or lost."""
    then, now = halves(change.from_), halves(change.to)
    held, most = min(then, now), max(then, now)
    return ("█" * held + ("▒" if now > then else "░") * (most - held)).ljust(FIVE, "·")


def millimetres(pairs: Iterable[tuple[MethodReading, MethodReading]]) -> int:
    """How many mm one column stands for, so that all differences with their errors find room."""
    widest = max((abs(one.signed or 0) + (one.error or 0) for pair in pairs for one in pair), default=0)
    return max(1, ceil(widest / SPREAD))


def difference(reading: MethodReading, sign: str, per_column: int) -> str:
    """A leg-length difference on a line, where `│` is level and the side that is shorter is its own side, the
    right at the left: `  ├───●───┤    │`."""
    line = [" "] * (2 * SPREAD + 1)
    line[SPREAD] = "│"
    at = _column(-(reading.signed or 0), per_column)
    if reading.error is not None:
        reach = round(reading.error / per_column)
        least, most = max(0, at - reach), min(2 * SPREAD, at + reach)
        for column in range(least, most + 1):
            line[column] = "┼" if column == SPREAD else "─"
        line[least], line[most] = "├", "┤"
    line[at] = sign
    return "".join(line)


def _column(signed: float, per_column: int) -> int:
    return max(0, min(2 * SPREAD, SPREAD + round(signed / per_column)))
