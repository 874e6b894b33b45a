"""The printed sheet against the PEMAT-P (AHRQ), item by item where a machine can tell.

The numbers are the items' own: 1 to 19 say whether the sheet is understood, 20 to 26 whether it is acted on.
"""

import re
import warnings
from functools import cache

import pytest
from paper_samples import TEMPLATES, printed, sheet
from pdf_reading import Drawn, Said, drawn, embedded, fonts, pages, squeezed

from mmt.model.papers import Sheet
from mmt.reports.typeface import BOLD

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from textstat import textstat

SHEETS = {
    "one": ("E01:left",),
    "three": ("E02", "E12:right", "E27"),
    "five": ("E01:left", "E03", "E11", "E14:left", "E27"),
}
JARGON = re.compile(
    r"\b(reps?|ROM|MRC|supine|prone|flexion|extension|abduct\w*|adduct\w*|lumbar|piriformis|sciatic\w*|radicul\w*"
    r"|neural|bilateral|unilateral|contraindicat\w*|palpat\w*|isometric|patient)\b",
    re.IGNORECASE,
)
CODES = re.compile(r"\b[A-Z]\d{2}(\.\d+)?\b")
"""Codes of diagnoses (M54.3), and the library's own ids (E01)."""

PASSIVE = re.compile(
    r"\b(is|are|was|were|be|been|being) (\w+ed|done|made|held|kept|shown|given)\b", re.IGNORECASE
)
PLAN = ("Stop and call", "Emergency: go to the hospital now", "Next visit", "Call us")
REST = ("How does it feel?", "When you sit", "What to expect", "Your diary")
NO_ACTION = {"You", "Your", "The", "This", "That", "It", "A", "An", "There"}


@cache
def shown(name: str) -> tuple[Sheet, bytes, list[Drawn]]:
    value = sheet(*SHEETS[name], ordered=True)
    pdf = printed(value, TEMPLATES["hand-out"])
    return value, pdf, [drawn(page) for page in pages(pdf)]


def all_said(name: str) -> list[Said]:
    return [one for page in shown(name)[2] for one in page.said]


def told(name: str) -> str:
    """All words of the sheet, in the order they are printed."""
    return " ".join(" ".join(one.text for one in all_said(name)).split())


def headings(name: str) -> list[str]:
    return [one.text for one in all_said(name) if one.face == BOLD and one.size >= 14]


pytestmark = pytest.mark.parametrize("name", SHEETS)


def test_1_11_title_and_summary_say_at_once_what_the_sheet_is_for(name: str) -> None:
    value, _, (first, *_) = shown(name)
    count = len(value.items)
    largest = max((one for one in first.said if not one.text.isdigit()), key=lambda one: one.size)
    assert largest.text == ("Your move" if count == 1 else f"Your {count} moves")
    below = [one for one in first.said if one.y < largest.y]
    assert below[0].text.startswith(
        "Do this move at home." if count == 1 else f"Do these {count} moves at home."
    )


def test_2_nothing_distracts(name: str) -> None:
    _, pdf, _ = shown(name)
    assert embedded(pdf) == []
    assert len(fonts(pdf)) == 2
    assert len({round(one.size, 1) for one in all_said(name)}) <= 9


def test_3_4_the_words_are_those_of_every_day(name: str) -> None:
    assert JARGON.findall(told(name)) == []
    assert CODES.findall(told(name)) == []
    value, _, _ = shown(name)
    words = [item.text("en") for item in value.items]
    steps = " ".join(step for one in words for part in one.parts for step in part.steps)
    assert textstat.flesch_kincaid_grade(steps) <= 6


def test_5_the_voice_is_active(name: str) -> None:
    assert [match.group() for match in PASSIVE.finditer(told(name))] == []


def test_6_7_numbers_are_plain_and_nothing_has_to_be_reckoned(name: str) -> None:
    assert not re.search(r"\d[.,]\d|%|\bper\b|\btotal\b|\bdivide\b|\bmultipl", told(name))
    numbers = [one for one in all_said(name) if one.text.isdigit() and one.size > 26]
    assert len(numbers) >= 4 * len(shown(name)[0].items)


def test_8_9_10_every_part_has_a_header_and_the_parts_stand_in_order(name: str) -> None:
    value, _, _ = shown(name)
    moves = [squeezed(item.text("en").name) for item in value.items]
    found = squeezed("".join(headings(name)))
    places = [found.index(part) for part in (*moves, *map(squeezed, PLAN))]
    assert places == sorted(places)
    behind = found[places[-1] :]
    assert all(part in behind for part in (*moves, *map(squeezed, REST)))


def test_12_what_matters_most_stands_in_a_box(name: str) -> None:
    value, _, drawn_pages = shown(name)
    marked = ["Emergency: go to the hospital now"]
    marked += [
        {"left": "LEFT", "right": "RIGHT"}[side] for item in value.items if (side := item.prescribed.side)
    ]
    for text in marked:
        page, one = next((page, one) for page in drawn_pages for one in page.said if one.text == text)
        reach = [corner for corner in page.corners if abs(corner[1] - one.y) < 2 * one.size]
        assert min(x for x, _ in reach) < one.x, text
        assert max(x for x, _ in reach) > one.right, text


def test_19_tables_are_simple(name: str) -> None:
    first = shown(name)[2][0]
    sentences = [one.text for one in first.said if one.text.startswith(("Hold ", "10 times.", "5 minutes."))]
    assert len(sentences) >= len(shown(name)[0].items) - 1
    assert all(len(part.split()) <= 4 for one in sentences for part in one.split(". "))


def test_20_21_the_reader_is_told_what_to_do(name: str) -> None:
    value, _, _ = shown(name)
    assert len(re.findall(r"\byou(r)?\b", told(name), re.IGNORECASE)) > 20
    for item in value.items:
        for part in item.text("en").parts:
            for step in part.steps:
                assert step.endswith("?") or "?" in step or step.split()[0] not in NO_ACTION, step


def test_22_every_action_is_broken_into_small_numbered_steps(name: str) -> None:
    value, _, _ = shown(name)
    read = squeezed(told(name))
    for item in value.items:
        for part in item.text("en").parts:
            assert len(part.steps) <= 12
            for number, step in enumerate(part.steps, start=1):
                assert f"{number}{squeezed(step)}" in read
                assert all(len(one.split()) <= 12 for one in re.split(r"(?<=[.?!])\s", step))


def test_23_25_a_diary_helps_to_keep_at_it_and_says_how_to_use_it(name: str) -> None:
    read = told(name)
    assert read.index("Your diary") < read.index("Tick a box each time.") < read.index("Week 1, from")
    assert read.count("Pain, 0 to 10") == 2, "to the next visit"
