"""Grades are ordered labels with a ruler for differences."""

import pytest

from mmt.model.grades import (
    CODES,
    at_most,
    crosses_gravity,
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


def test_a_sign_is_set_removed_or_refused() -> None:
    codes = ("0", "1", "2", "3", "4-", "4", "4+", "5")
    assert signed("4", "+", codes) == "4+"
    assert signed("4+", "+", codes) == "4"
    assert signed("4+", "-", codes) == "4-"
    assert signed("3", "+", codes) is None
    assert signed("5", "+", codes) is None
