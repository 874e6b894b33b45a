"""What the embedded faces print as typed, and what must be flagged before printing."""

import pytest
from msgspec.structs import replace
from paper_samples import TEMPLATES

from mmt.reports.right_to_left import begins_right
from mmt.reports.rows import wrapped
from mmt.reports.scripts import unprintable_wording
from mmt.reports.style import Style
from mmt.reports.typeface import BOLD, legible, runs, shown, unprintable, width


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz Żółć-O'Brien [L] <b>",
        "Ñandú Ångström Đặng Nguyễn ẞ ﬁ ª º",
        "Ἀθηνᾶ Παπαδόπουλος Щукин Ђорђе",
        "½ × ° µ Ω – — “ ” ‘ ’ … ✓ ▲ ▼ → • \u00a0",
        "q\u0303 two\nlines",
        "Գարուն გია דרך שָׁלוֹם عمر مُحَمَّد ٣ دکتر علی\u200cرضا پچژگ",
        "",
    ],
)
def test_scripts_that_the_faces_have_print(text: str) -> None:
    assert unprintable(text) == ""


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("अनिता", "अनिता"),
        ("Li 李李 Wei", "李"),
        ("Գ ა ສ ہ", "ສہ"),
        ("ok 😀", "😀"),
    ],
)
def test_other_scripts_are_named_once_and_in_order(text: str, lacks: str) -> None:
    assert unprintable(text) == "".join(dict.fromkeys(lacks))


def test_a_text_is_as_wide_as_its_pieces_and_a_lent_letter_keeps_its_own_width() -> None:
    pieces = list(runs("Aminu Ɓala", BOLD))
    assert pieces == [(BOLD, "Aminu "), ("DejaVuSans-Bold", "Ɓ"), (BOLD, "ala")]
    assert width("Aminu Ɓala", BOLD, 12) == pytest.approx(sum(width(text, face, 12) for face, text in pieces))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("שלום (abc) 12", "12 (abc) םולש"),
        ("(ע) [(א)] Li (b) ג", "ג Li (b) [(א)] (ע)"),
        ("Signed by עמר, 3 March", "Signed by רמע, 3 March"),
        ("\u200eעמר Khan", "רמע Khan"),
        ("عمر", "\ufeae\ufee4\ufecb"),
        ("سلام", "\ufee1\ufefc\ufeb3"),
        ("ש\u05b8ל", "ל\u05b8ש"),
        ("李明 Ann 李 明", "______ Ann ______"),
        ("李" * 400, "_" * 24),
        ("李 עמר", "______ רמע"),
        ("ok 👨\u200d👩\u200d👧\ufe0f!", "ok __________!"),
        ("a\u202egnp.\u200bb\u2066c", "agnp.bc"),
        ("עמר \u202dאב", "בא רמע"),
        ("e\u0301", "é"),
    ],
)
def test_a_line_is_shown_as_it_is_read_with_blanks_for_what_no_face_has(typed: str, line: str) -> None:
    assert shown(typed) == line
    assert width(typed, BOLD, 12) == width(line, BOLD, 12)


def test_a_name_of_which_no_letter_prints_is_known() -> None:
    assert all(map(legible, ("Li 李", "عمر")))
    assert not any(map(legible, ("王小明", "😀", "", "- .")))


def test_a_paragraph_that_begins_at_the_right_ends_there_on_each_of_its_lines() -> None:
    style = Style(BOLD, 12, 14, "#000000")
    broken = wrapped("שלום לך ואז Khan ועוד הרבה מילים", style, 60)
    assert len(broken) > 2
    assert all(begins_right(line) for line in broken)
    assert "".join(broken).replace("\u200f", "") == "שלום לךואז Khanועוד הרבהמילים"


def test_wording_from_right_to_left_is_named_as_what_papers_are_not_laid_out_for() -> None:
    template = TEMPLATES["warning-card"]
    hebrew = replace(
        template, id="he", wording={"he": replace(template.wording["en"], text={"title": "שלום"})}
    )
    told = list(unprintable_wording({"en": template, "he": hebrew}, {}))
    assert told == [
        "template he, wording.he: is read from right to left, but the papers are laid out from left to right"
    ]
