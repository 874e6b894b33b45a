"""What enters the record is what was typed, without what could harm a screen or a paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmt.model.counted import counted
from mmt.model.text import clean, folded, never_kept, one_spelling


def test_names_stay_as_typed() -> None:
    name = "Łukasz Żółć-O'Brien [L] <b>"
    assert clean(name) == name


def test_controls_and_direction_marks_go() -> None:
    assert clean("\x1b]0;x\x07Ann\u202e\ue000 \ud800Lee") == "]0;xAnn Lee"


def test_decomposed_accents_become_one_letter() -> None:
    assert clean("Zo\u0308e") == "Zöe"


def test_joiners_of_scripts_stay() -> None:
    assert clean("क\u094d\u200dष") == "क\u094d\u200dष"


def test_a_name_has_one_line_and_a_note_keeps_its_lines() -> None:
    assert clean(" Ann\n  Lee ") == "Ann Lee"
    assert clean("first\n\n second\t line\n", lines=True) == "first\n\nsecond line"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(clean(text, lines=True), lines=True) == clean(text, lines=True)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łukasz Żółć-O'Brien", "lukasz zolc-o'brien"),
        ("Øystein Æbelø Þór Đặng", "oystein aebelo thor dang"),
        ("STRAUSS Strauß", "strauss strauss"),
        ("Çınar İnce", "cinar ince"),
        ("Ἀθηνᾶ ΟΔΟΣ", "αθηνα οδοσ"),
        ("Чайковский Ёлка", "чаиковскии елка"),
        ("山田", "山田"),
    ],
)
def test_folding_leaves_plain_small_letters(text: str, plain: str) -> None:
    assert folded(text) == folded(text.upper()) == plain


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("texts", "plain"),
    [
        (("Müller", "Mueller", "MULLER"), "muller"),
        (("Åse Jørgensen", "Aase Joergensen"), "ase jorgensen"),
        (("Strauß", "strauss"), "strauss"),
        (("Ælfric", "Aelfric"), "alfric"),
        (("Łukasz",), "lukasz"),
    ],
)
def test_the_spellings_of_one_letter_become_one(texts: tuple[str, ...], plain: str) -> None:
    assert {one_spelling(text) for text in texts} == {plain}


@given(st.text(st.sampled_from("aeoubAEäöüåæ "), max_size=12), st.integers(0, 12))
def test_what_begins_a_name_begins_it_in_one_spelling_too(text: str, letters: int) -> None:
    assert one_spelling(text).startswith(one_spelling(text[:letters]))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Ann Example\nsecond line", ""),
        ("Zoë Łukasz", ""),
        ("a\u200db", ""),
        ("bell\x07", "\x07"),
        ("turned\u202eround", "\u202e"),
    ],
)
def test_the_sign_that_no_record_holds_is_named(text: str, sign: str) -> None:
    assert never_kept(text) == sign


def test_a_thing_is_counted_in_words() -> None:
    assert [counted(many, "record") for many in (0, 1, 1200)] == ["0 records", "1 record", "1,200 records"]
