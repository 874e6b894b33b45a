"""Agreement: the figures of published worked examples, and what they come to with many pairs."""

import random
from itertools import product

import pytest

from mmt.reasoning.agreement import Kappa, limits_of_agreement, weighted_kappa

MARRIED = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
"""Answers of 91 couples on a ladder of four steps (Agresti 1990, table 2.10; data `SexualFun` of the R
package vcd, whose `Kappa` gives 0.2374 with an error of 0.0783 for weights of equal spacing)."""

PEAK_FLOW = (
    *(
        (494, 512),
        (395, 430),
        (516, 520),
        (434, 428),
        (476, 500),
        (557, 600),
        (413, 364),
        (442, 380),
        (650, 658),
    ),
    *((433, 445), (417, 432), (656, 626), (267, 260), (478, 477), (178, 259), (423, 350), (427, 451)),
)
"""First readings of 17 people by two meters, in litres a minute (Bland and Altman 1986, table 1): the
mean of large less mini is -2.1, the standard deviation 38.8."""


def pairs_of(table: tuple[tuple[int, ...], ...]) -> list[tuple[int, int]]:
    places = range(len(table))
    return [(i, j) for i, j in product(places, places) for _ in range(table[i][j])]


def test_the_weighted_kappa_of_a_published_table() -> None:
    found = weighted_kappa(pairs_of(MARRIED), 4)
    assert found is not None
    assert (round(found.value, 4), round(found.error, 4)) == (0.2374, 0.0783)
    assert found.pairs == 91
    assert found.exact == pytest.approx(33 / 91)
    assert found.interval == pytest.approx((0.2374 - 1.96 * 0.0783, 0.2374 + 1.96 * 0.0783), abs=1e-3)


def test_of_two_steps_it_is_the_plain_kappa() -> None:
    """50 people, yes or no: 20 both yes, 15 both no, 5 and 10 apart: 0.7 seen, 0.5 by chance."""
    found = weighted_kappa(pairs_of(((20, 5), (10, 15))), 2)
    assert found is not None
    assert found.value == pytest.approx(0.4)


def test_perfect_agreement_is_one_and_one_step_alone_says_nothing() -> None:
    perfect = weighted_kappa([(0, 0), (1, 1), (2, 2)], 3)
    assert perfect is not None
    assert (perfect.value, perfect.error, perfect.exact) == (1, 0, 1)
    assert perfect.interval == (1, 1)
    assert weighted_kappa([(2, 2)] * 40, 3) is None


def test_no_interval_of_kappa_goes_beyond_one() -> None:
    assert Kappa(0.9, 0.1, 0.95, 20).interval == pytest.approx((0.704, 1))
    assert Kappa(-0.9, 0.1, 0, 20).interval == pytest.approx((-1, -0.704))


def test_who_reads_first_does_not_matter_to_kappa() -> None:
    turned = [(two, one) for one, two in pairs_of(MARRIED)]
    assert weighted_kappa(turned, 4) == pytest.approx(weighted_kappa(pairs_of(MARRIED), 4))


def test_the_limits_of_agreement_of_a_published_table() -> None:
    found = limits_of_agreement([(mini, large) for large, mini in PEAK_FLOW])
    assert (round(found.mean, 1), round(found.deviation, 1), found.pairs) == (-2.1, 38.8, 17)
    assert found.interval == pytest.approx((-2.12 - 1.96 * 38.77, -2.12 + 1.96 * 38.77), abs=0.1)


@pytest.mark.parametrize("error", [0.3, 5.0])
def test_with_many_pairs_the_error_found_is_the_true_one(error: float) -> None:
    """Two readings of one true value, each with the same error: by 4,000 pairs within 5 per cent."""
    chance = random.Random(7)
    true = [chance.uniform(0, 50) for _ in range(4000)]
    found = limits_of_agreement([(chance.gauss(one, error), chance.gauss(one, error)) for one in true])
    assert found.sem == pytest.approx(error, rel=0.05)
    few = limits_of_agreement([(chance.gauss(1, error), chance.gauss(1, error)) for _ in range(5)])
    assert abs(few.sem - error) > abs(found.sem - error), "five pairs tell less"
