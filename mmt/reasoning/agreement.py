"""How well two readings of one thing agree: steps beyond chance, lengths by their differences."""

import math
from collections import Counter
from collections.abc import Sequence
from statistics import fmean, stdev
from typing import NamedTuple

Z = 1.96
"""Standard errors to either side that hold 95 of 100."""


class Kappa(NamedTuple):
    """Agreement beyond chance, 1 where every pair agrees and 0 where chance would do as well: its `value`,
    the standard `error` of it, and which fraction of the `pairs` agrees exactly."""

    value: float
    error: float
    exact: float
    pairs: int

    @property
    def interval(self) -> tuple[float, float]:
        """The limits that hold the true value with 95 per cent confidence, within -1 to 1."""
        return max(-1.0, self.value - Z * self.error), min(1.0, self.value + Z * self.error)


class Limits(NamedTuple):
    """How far two readings lie apart, in their unit: the `mean` difference (second less first), the standard
    deviation of the differences, and of how many `pairs`."""

    mean: float
    deviation: float
    pairs: int

    @property
    def interval(self) -> tuple[float, float]:
        """The limits of agreement, that hold 95 of 100 differences (Bland and Altman 1986)."""
        return self.mean - Z * self.deviation, self.mean + Z * self.deviation

    @property
    def sem(self) -> float:
        """The standard error of one reading: two of them lie behind a difference."""
        return self.deviation / math.sqrt(2)


def weighted_kappa(pairs: Sequence[tuple[int, int]], steps: int) -> Kappa | None:
    """Cohen's kappa of `pairs` of places on a ladder of so many `steps`, with weights that fall evenly with
    the steps between (of two steps this is the plain kappa), and its large-sample error (Fleiss, Cohen and
    Everitt 1969). None where all readings are the same step: nothing is known beyond chance then.
    """
    count = len(pairs)
    table = {cell: n / count for cell, n in Counter(pairs).items()}
    first, second = (
        [sum(p for cell, p in table.items() if cell[at] == k) for k in range(steps)] for at in (0, 1)
    )

    def weight(one: int, two: int) -> float:
        return 1 - abs(one - two) / (steps - 1)

    ladder = range(steps)
    by_chance = sum(weight(i, j) * first[i] * second[j] for i in ladder for j in ladder)
    if by_chance == 1:
        return None
    seen = sum(weight(*cell) * p for cell, p in table.items())
    value = (seen - by_chance) / (1 - by_chance)
    rows = [sum(weight(i, j) * second[j] for j in ladder) for i in ladder]
    columns = [sum(weight(i, j) * first[i] for i in ladder) for j in ladder]
    spread = sum(
        p * (weight(i, j) - (rows[i] + columns[j]) * (1 - value)) ** 2 for (i, j), p in table.items()
    )
    variance = (spread - (value - by_chance * (1 - value)) ** 2) / (1 - by_chance) ** 2 / count
    exact = sum(p for (one, two), p in table.items() if one == two)
    return Kappa(value, math.sqrt(max(0.0, variance)), exact, count)


def limits_of_agreement(pairs: Sequence[tuple[float, float]]) -> Limits:
    """The mean difference of at least two pairs and how far the differences scatter."""
    apart = [two - one for one, two in pairs]
    return Limits(fmean(apart), stdev(apart), len(apart))
