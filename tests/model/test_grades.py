"""Grades are ordered labels with a ruler for differences."""

from itertools import combinations

import pytest

from mmt.model.grades import (
    CODES,
    at_most,
    crosses_gravity,
    full_grade_apart,
    halves,
    holds_gravity,
    rank,
    signed,
)


def test_the_ladder_goes_from_nothing_to_normal() -> None:
    assert [rank(code) for code in CODES] == list(range(14))
    assert CODES[0] == "0"
    assert CODES[-1] == "5"


@pytest.mark.parametrize(
    ("code", "expected"),
    [("0", 0), ("3-", 5), ("3", 6), ("3+", 7), ("4-", 7), ("4+", 9), ("5-", 9), ("5", 10)],
)
def test_a_sign_counts_half_a_grade(code: str, expected: int) -> None:
    assert halves(code) == expected


def test_three_minus_is_at_most_three_and_three_plus_is_not() -> None:
    assert at_most("3-", "3")
    assert at_most("3", "3")
    assert not at_most("3+", "3")


def test_the_line_of_gravity_lies_below_three() -> None:
    assert holds_gravity("3")
    assert not holds_gravity("3-")
    assert crosses_gravity("3-", "3")
    assert not crosses_gravity("3", "5")


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("5", "4", True),
        ("5", "4+", False),
        ("4", "4+", False),
        ("3+", "4+", True),
        ("3-", "3", True),
        ("2+", "3-", False),
        ("4+", "5-", False),
    ],
)
def test_a_full_grade_is_one_whole_step_or_the_line_of_gravity(one: str, two: str, apart: bool) -> None:
    assert full_grade_apart(one, two) is apart
    assert full_grade_apart(two, one) is apart


def test_a_difference_is_the_same_in_both_directions() -> None:
    for one, two in combinations(CODES, 2):
        assert full_grade_apart(one, two) == full_grade_apart(two, one)


def test_a_sign_is_set_removed_or_refused() -> None:
    codes = ("0", "1", "2", "3", "4-", "4", "4+", "5")
    assert signed("4", "+", codes) == "4+"
    assert signed("4+", "+", codes) == "4"
    assert signed("4+", "-", codes) == "4-"
    assert signed("3", "+", codes) is None
    assert signed("5", "+", codes) is None
