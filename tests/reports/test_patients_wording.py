"""What a patient reads on a whole sheet: easy words, short sentences, no diagnosis, no promise."""

import re
import warnings
from collections.abc import Iterator

import pytest
from paper_samples import IN_FOURS, STRETCHES, TEMPLATES, sheet

from mmt.model.papers import Sheet
from mmt.model.template import Template
from mmt.reports.typeface import unprintable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from textstat import textstat

FORBIDDEN = re.compile(
    r"\b(diagnos\w*|cure[sd]?|heal\w*|cleared|fix(?:es|ed)|normal|syndrome|disc)\b", re.IGNORECASE
)
ADDRESSED = {"clinic", "telephone", "from", "from-paper", "page", "week", "document"}
"""Keys of names, numbers and dates: no sentences."""


SITTING = (
    *("feet flat", "knees level", "Sit far back", "towel", "eye height", "an arm away", "elbows"),
    *("keyboard close", "every 30 minutes", "Change often", "wallet", "each side in turn"),
)
"""What advice on sitting at a desk must hold."""


def spoken(template: Template, language: str = "en") -> list[str]:
    """Every sentence of a template, its braces filled with something short."""
    found: list[str] = []
    for key, value in template.wording[language].text.items():
        if key not in ADDRESSED:
            found += [value] if isinstance(value, str) else value
    found += [one.text[language] for one in template.symptoms.values()]
    return [re.sub(r"\{\w+\}", "3", one) for one in found]


def sentences(texts: list[str]) -> Iterator[str]:
    for one in texts:
        yield from re.split(r"(?<=[.!?:])\s+", one)


def whole(value: Sheet) -> str:
    """All that is said on a sheet, headings and lists as sentences of their own."""
    texts = spoken(TEMPLATES["hand-out"])
    for item in value.items:
        words = item.text("en")
        steps = [step for part in words.parts for step in part.steps]
        texts += [*words.why.values(), *steps, words.feel, *words.avoid, words.easier, words.harder]
        texts += [*words.ticked.values(), words.course]
        texts += [one.drawing.caption["en"] for one in item.pictures if one.drawing.headed]
    return " ".join(one if one[-1] in ".?!" else f"{one}." for one in filter(None, texts))


@pytest.mark.parametrize("document", ["hand-out", "warning-card", "lift-page", "what-we-found"])
def test_no_sentence_has_more_than_ten_words(document: str) -> None:
    for sentence in sentences(spoken(TEMPLATES[document])):
        assert len(sentence.split()) <= 10, sentence


@pytest.mark.parametrize("language", ["es", "pl"])
@pytest.mark.parametrize("document", ["hand-out", "warning-card", "what-we-found"])
def test_no_sentence_has_more_than_twelve_words_in_another_language(document: str, language: str) -> None:
    told = spoken(TEMPLATES[document], language)
    for sentence in sentences(told):
        assert len(sentence.split()) <= 12, sentence
        assert unprintable(sentence) == ""
    assert not set(told) & {one for one in spoken(TEMPLATES[document]) if " " in one}, "left in English"


@pytest.mark.parametrize("wanted", [*((one,) for one in STRETCHES), *IN_FOURS])
def test_a_whole_sheet_reads_at_grade_six_or_easier(wanted: tuple[str, ...]) -> None:
    assert textstat.flesch_kincaid_grade(whole(sheet(*wanted))) <= 6


@pytest.mark.parametrize("document", ["warning-card", "lift-page", "what-we-found"])
def test_a_page_reads_at_grade_six_or_easier(document: str) -> None:
    told = " ".join(one if one[-1] in ".?!" else f"{one}." for one in spoken(TEMPLATES[document]))
    assert textstat.flesch_kincaid_grade(told) <= 6


@pytest.mark.parametrize("document", list(TEMPLATES))
def test_no_wording_diagnoses_or_promises_and_all_of_it_prints(document: str) -> None:
    for text in spoken(TEMPLATES[document]):
        assert not FORBIDDEN.search(text.replace("does not diagnose", "")), text
        assert unprintable(text) == ""


def test_the_sitting_advice_is_complete() -> None:
    told = " ".join(TEMPLATES["hand-out"].wording["en"].text["sitting-tips"])
    for word in SITTING:
        assert word in told, word


def test_the_course_is_told_as_it_was_agreed() -> None:
    text = TEMPLATES["hand-out"].wording["en"].text
    told = text["course-lines"]
    assert text["course-soon"] == "Most people get better over weeks to months."
    assert not [one for one in told if "better" in one], "not promised to everybody"
    assert "These moves may help." in told
    assert "They are not a quick fix." in told
