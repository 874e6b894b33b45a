"""What a protocol file may say of a test's limits."""

import msgspec
import pytest

from mmt.model.exam_tests import Convention, ShortLimit


def test_a_short_limit_needs_a_limit_or_a_difference_of_the_sides_alone() -> None:
    assert ShortLimit(direction="over", limit=5).limit == 5
    assert ShortLimit(direction="under", side_difference=10).side_difference == 10
    for given in ({}, {"by_sex": {"male": 20}}, {"by_sex": {"male": 20}, "side_difference": 10}):
        with pytest.raises(msgspec.ValidationError, match="needs a `limit`"):
            msgspec.convert({"direction": "over", **given}, ShortLimit)


def test_a_count_earns_the_best_grade_that_it_reaches() -> None:
    convention = Convention(id="a", name="A", least={"3": 1, "4": 10, "5": 25})
    assert [convention.grade(count) for count in (0, 1, 9, 10, 24, 25, 99)] == [
        None, "3", "3", "4", "4", "5", "5",
    ]  # fmt: skip
