"""The Monday of `docs/scale.md`: a crowd behaves as one, and the page is that of the measured figures."""

import math
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def scale() -> Iterator[ModuleType]:
    """The command, `docs/scale.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield import_module("scale")


@pytest.fixture(scope="module")
def monday(scale: ModuleType) -> ModuleType:
    """`docs/monday.py`."""
    return import_module("monday")


def test_the_page_is_that_of_the_figures_and_of_what_is_assumed(scale: ModuleType) -> None:
    page = (DOCS / "scale.md").read_text("utf-8")
    (carried,) = [row for row in scale.CLINICS if f"one for each {row:,} clinics" in page]
    rows = [*scale.measured(), *scale.assumed(), *scale.sizes(carried)]
    assert [row for row in rows if row not in page] == [], "run `uv run python docs/scale.py`"


def broken(monday: ModuleType, clinics: int, *, sheds: int = 0, tries: int = 1):  # type: ignore[no-untyped-def]
    """A Monday with a breakdown from nine to ten, at a server that does a request in 0.6 seconds."""
    out = (9 * monday.HOUR, 10 * monday.HOUR)
    sending = monday.Sending(tries=tries)
    return monday.came(monday.Day(clinics, 60, 2, 0.6, out=out, sheds=sheds, sending=sending))


def test_on_a_usual_day_each_visit_is_there_after_the_next_look(monday: ModuleType) -> None:
    came = monday.came(monday.Day(25, 60, 2, 0.6))
    assert (len(came.delays), came.left, came.wasted) == (25 * 60, 0, 0)
    assert 100 < came.within(0.5) < 200
    assert came.delays[-1] < 330


def test_after_a_breakdown_few_clinics_catch_up_and_nothing_is_done_for_nobody(monday: ModuleType) -> None:
    came = broken(monday, 25)
    assert (came.left, came.wasted) == (0, 0)
    assert came.delays[-1] > monday.HOUR
    assert came.caught_up < monday.HOUR / 4


def test_a_crowd_that_asks_again_and_again_never_catches_up_and_one_that_does_not_does(
    monday: ModuleType,
) -> None:
    pressing, patient, refused = (
        broken(monday, 150, tries=4),
        broken(monday, 150),
        broken(monday, 150, tries=4, sheds=50),
    )
    assert math.isinf(pressing.caught_up)
    assert pressing.wasted > 0.5
    assert pressing.left > 1000
    for came in (patient, refused):
        assert came.left == 0
        assert came.wasted < 0.2
        assert came.caught_up < 3 * monday.HOUR
