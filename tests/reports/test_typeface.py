"""What the embedded faces print as typed, and what must be flagged before printing."""

import pytest

from mmt.reports.typeface import BOLD, runs, unprintable, width


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz Żółć-O'Brien [L] <b>",
        "Ñandú Ångström Đặng Nguyễn ẞ ﬁ ª º",
        "Ἀθηνᾶ Παπαδόπουλος Щукин Ђорђе",
        "½ × ° µ Ω – — “ ” ‘ ’ … ✓ ▲ ▼ → • \u00a0",
        "q\u0303 two\nlines",
        "",
    ],
)
def test_latin_greek_and_cyrillic_print(text: str) -> None:
    assert unprintable(text) == ""


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("अनिता", "अनिता"),
        ("Li 李李 Wei", "李"),
        ("אבא", "אב"),
        ("عمر", "عمر"),
        ("٣", "٣"),
        ("Գ ა ສ", "Գაສ"),
        ("ok 😀", "😀"),
    ],
)
def test_other_scripts_are_named_once_and_in_order(text: str, lacks: str) -> None:
    assert unprintable(text) == "".join(dict.fromkeys(lacks))


def test_a_text_is_as_wide_as_its_pieces_and_a_lent_letter_keeps_its_own_width() -> None:
    pieces = list(runs("Aminu Ɓala", BOLD))
    assert pieces == [(BOLD, "Aminu "), ("DejaVuSans-Bold", "Ɓ"), (BOLD, "ala")]
    assert width("Aminu Ɓala", BOLD, 12) == pytest.approx(sum(width(text, face, 12) for face, text in pieces))
