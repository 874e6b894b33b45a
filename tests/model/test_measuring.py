"""Errors of measurement: what one must say to be worked with."""

from typing import Any

import pytest

from mmt.model.measuring import MeasuringError

NEITHER = "needs a `sem` or a `kappa`"
SIZE = "a `sem` of what is measured needs the `size` of a change that should be found"


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"sem": 2, "size": 5}, []),
        ({"kappa": 0.6}, []),
        ({"sem": 0.1, "below": "3"}, []),
        ({}, [NEITHER]),
        ({"sem": 2, "kappa": 0.6, "size": 5}, [NEITHER]),
        ({"sem": 2}, [SIZE]),
        ({"kappa": 0.6, "size": 5}, [SIZE]),
        ({"sem": 0.1, "below": "3", "size": 1}, [SIZE]),
    ],
)
def test_an_error_is_a_standard_error_with_a_size_or_an_agreement(
    given: dict[str, Any], faults: list[str]
) -> None:
    error = MeasuringError(
        id="own", name="Own", of=("TA",), notes="Own.", sources=("derived",), evidence="derived", **given
    )
    assert list(error.faults()) == faults
