"""`docs/change.md`: its patients are measured with the published errors, its limits are those that hold."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def change() -> Iterator[ModuleType]:
    """The command, `docs/change.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield import_module("change")


@pytest.fixture(scope="module")
def simulate(change: ModuleType) -> ModuleType:
    """`docs/simulate.py`."""
    return import_module("simulate")


def test_the_page_tells_of_each_measure_and_error_as_it_is(change: ModuleType) -> None:
    page = (DOCS / "change.md").read_text("utf-8")
    rows = [f"| {one.name} | {one.examiners} | {one.limit} |" for one in change.measures()]
    assert [
        row
        for row in (*rows, *change.errors(), *change.unknown(), *change.of_the_course())
        if row not in page
    ] == [], "run `just change`"
    lines = [line for line in page.splitlines() if line.startswith(tuple(rows))]
    assert len(lines) == len(rows) >= 60
    assert [line for line in lines if float(line.split(" | ")[3].removesuffix(" %")) > change.MOST] == []


def test_few_who_did_not_change_are_told_a_likely_or_real_change(change: ModuleType) -> None:
    """A small sample of the page: of 100 at a rate of 5 per cent, 13 or more come once in 600 times."""
    wrong = {one: change.share(change.said(one, 100), sure=True) for one in change.measures()}
    assert {one.name: share for one, share in wrong.items() if share > 12} == {}
    assert sum(wrong.values()) / len(wrong) < change.MOST


def disagree(simulate: ModuleType, scale: str, examiners: str, between: tuple[float, float]) -> float:
    """In how many of 100 muscles two readings are not the same grade."""
    random, by = Random(1), simulate.grader(scale, examiners)
    muscles = [random.uniform(*between) for _ in range(3000)]
    return sum(by.read(one, random) != by.read(one, random) for one in muscles) / 30


def test_grades_agree_as_often_as_published(simulate: ModuleType) -> None:
    near_normal = (3.5, 4.5)
    assert 30 < disagree(simulate, "MRC-6", "two", near_normal) < 40, "64 per cent of chiropractors agreed"
    assert disagree(simulate, "MRC-8", "two", near_normal) > 50, "48 per cent with a 4+"
    assert disagree(simulate, "MRC-6", "one", near_normal) < disagree(simulate, "MRC-6", "two", near_normal)
    assert disagree(simulate, "MRC-8", "one", simulate.NORMAL) < 10
    assert disagree(simulate, "MRC-8", "one", (2.0, 2.4)) == 0, "gravity tells"


def test_a_course_is_visits_two_weeks_apart_by_one_examiner_or_two(simulate: ModuleType) -> None:
    grades = ({"observations": (simulate.graded("TA", code),)} for code in ("4", "4+", "5"))
    visits = simulate.course(*grades, scale="Kendall-12", two=True).visits
    assert [one.examiner for one in visits] == ["A", "B", "A"]
    assert [one.seen("TA", "left")[0].grade for one in visits] == ["4", "4+", "5"]
    assert {(visits[at + 1].date - visits[at].date).days for at in (0, 1)} == {14}
    assert all(one.signed and one.scale == "Kendall-12" for one in visits)


@pytest.fixture(scope="module")
def false_alarms(change: ModuleType) -> ModuleType:
    """`docs/false_alarms.py`."""
    return import_module("false_alarms")


def test_the_page_tells_of_false_alarms_by_each_scale(false_alarms: ModuleType) -> None:
    page = (DOCS / "change.md").read_text("utf-8")
    assert false_alarms.HEAD in page
    assert false_alarms.MISSES in page
    for scale in false_alarms.SCALES:
        for examiners in false_alarms.EXAMINERS:
            found = [line for line in page.splitlines() if line.startswith(f"| {scale} | {examiners} | ")]
            assert len(found) == 1 + len(false_alarms.SIZES)


def test_a_second_trial_lifts_false_falls_and_few_large_true_ones(false_alarms: ModuleType) -> None:
    at_once, retest, _ = false_alarms.WAYS
    before = false_alarms.stable("MRC-8", "one", at_once, 40)
    now = false_alarms.stable("MRC-8", "one", retest, 40)
    assert before.low <= now.second < before.second
    assert now.low == before.low, "a grade of 3 or less blocks at once"
    assert now.later < before.later
    large = false_alarms.fallen("MRC-8", "one", 1.5, retest, 40)
    assert large.shown > 80
    assert large.lifted < 15
    assert large.missed_later < 15
