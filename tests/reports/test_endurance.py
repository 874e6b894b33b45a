"""A day's worth of papers, and many days': memory does not grow with them."""

import gc
import itertools
import tracemalloc

import pytest
from msgspec.structs import replace
from paper_samples import PATIENT, TEMPLATES, printed, sheet

from mmt.model.papers import Sheet

MOVES = ("E01:left", "E02", "E03", "E11", "E12:right", "E14:left", "E27")
SHEETS = 500
WARM = 25
GROWTH = 300_000
"""Bytes: what caches may still gain after the first sheets; one sheet kept alive costs more."""


def of_a_day(number: int) -> Sheet:
    """A sheet like no other before: another patient, other moves, now and then large print or US paper."""
    wanted = list(itertools.combinations(MOVES, 3))[number % 35]
    return sheet(
        *wanted,
        patient=replace(PATIENT, name=f"Patient {number} Example"),
        large_print=number % 7 == 0,
        size="letter" if number % 3 == 0 else "a4",
    )


@pytest.mark.long
def test_five_hundred_sheets_in_a_row_leave_no_memory_behind() -> None:
    template = TEMPLATES["hand-out"]
    tracemalloc.start()
    try:
        for number in range(SHEETS):
            assert printed(of_a_day(number), template).startswith(b"%PDF-")
            if number == WARM:
                gc.collect()
                before, _ = tracemalloc.get_traced_memory()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < GROWTH
