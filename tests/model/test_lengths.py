"""Lengths are read as people write them and kept in millimetres."""

import pytest

from mmt.model.lengths import LengthError, millimetres


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("861.5", 861.5),
        ("861,5", 861.5),
        ("861", 861),
        ("0", 0),
        (" 849 mm ", 849),
        ("86.15cm", 861.5),
        ("86 cm", 860),
        ("33 1/2 in", 850.9),
        ("33-1/2 in", 850.9),
        ("33 7/8", 860.4),
        ("33+7/8", 860.4),
        ("3/8 in", 9.5),
        ('33.5"', 850.9),
        ("33.5″", 850.9),
        ("33.5 inches", 850.9),
        ("33.5 in.", 850.9),
        (".5", 0.5),
    ],
)
def test_a_length_is_read_in_the_unit_it_is_written_in(text: str, expected: float) -> None:
    assert millimetres(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mm",
        "-5",
        "12 1/0 in",
        "1/",
        "abc",
        "1e3",
        "inf",
        "nan",
        "12 cm 3",
        "4 5",
        "9999",
        "9999999",
        "1" * 5000,
        "33 1/2 cm",
    ],
)
def test_what_is_no_length_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(LengthError, match=r"\w+ .*\."):
        millimetres(text)
