"""What the program says of itself on screens."""

import pytest

from mmt.model.label import LABEL, LABEL_LINES, UNREVIEWED_LINES


@pytest.mark.parametrize("lines", [LABEL_LINES, UNREVIEWED_LINES])
def test_a_label_fits_a_line_and_says_that_it_does_not_diagnose(lines: tuple[str, ...]) -> None:
    assert all("not diagnose" in line and "mergencies" in line for line in (*lines, LABEL))
    assert sorted(lines, key=len, reverse=True) == list(lines)
    assert len(lines[1]) <= 78
