"""The simulated patients of `docs/`: what they are measured with is what is published."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def simulate() -> Iterator[ModuleType]:
    """`docs/simulate.py`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield import_module("simulate")


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
