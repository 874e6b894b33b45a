"""What a dynamometer shows is kept in newtons."""

import pytest

from mmt.model.forces import FORCE_UNITS, ForceUnit, newtons


@pytest.mark.parametrize(
    ("value", "unit", "kept"), [(210, "N", 210), (21.4, "kgf", 209.9), (47.2, "lbf", 210)]
)
def test_a_force_is_kept_in_newtons_to_a_tenth(value: float, unit: ForceUnit, kept: float) -> None:
    assert newtons(value, unit) == kept


def test_every_unit_can_be_read() -> None:
    assert [newtons(1, unit) for unit in FORCE_UNITS] == [1, 9.8, 4.4]
