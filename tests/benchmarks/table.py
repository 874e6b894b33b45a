"""Figures side by side: what was measured, its reference in the same run, and the ratio."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One comparison, in ms unless `unit` says otherwise; `goal` is the largest ratio that is good enough."""

    what: str
    measured: Sequence[float]
    reference: str
    against: Sequence[float]
    goal: float
    quantile: float = 0.5
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """The measured quantile over the reference's."""
        return at(self.measured, self.quantile) / at(self.against, self.quantile)


def at(times: Sequence[float], quantile: float) -> float:
    """The value below which this part of `times` lies."""
    if quantile == 0.5:
        return statistics.median(times)
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(quantile * len(ordered)))]


HEAD = """| what | measured | reference | measured | ratio | goal | runs |
|---|---:|---|---:|---:|---:|---:|"""


def line(row: Row) -> str:
    """A row of the Markdown table below `HEAD`."""
    name = row.what if row.quantile == 0.5 else f"{row.what}, p{row.quantile * 100:g}"
    met = "met" if row.ratio <= row.goal else "missed"
    return (
        f"| {name} | {at(row.measured, row.quantile):.2f} {row.unit} | {row.reference} |"
        f" {at(row.against, row.quantile):.2f} {row.unit} | {row.ratio:.2f} | ≤ {row.goal:g} {met} |"
        f" {len(row.measured)} |"
    )


def tell(rows: Iterable[Row]) -> None:
    """Print each row as soon as it is measured."""
    for row in rows:
        print(line(row), flush=True)


def show(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    return "\n".join([HEAD, *map(line, rows)])
