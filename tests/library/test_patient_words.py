"""What a patient reads: short sentences, easy words, no blame and no promise."""

import re
import warnings

import pytest

from mmt.library.load import Library
from mmt.model.stretches import StretchText

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from textstat import textstat

FORBIDDEN = re.compile(
    r"\b(diagnos\w*|cure[sd]?|heals?|cleared|normal|diseased?|damaged?|wrong|faulty?|lazy"
    r"|syndrome|imbalances?|herniat\w*|discs?)\b",
    re.IGNORECASE,
)


def lines(text: StretchText) -> list[str]:
    steps = [step for part in (*(one.steps for one in text.parts), *text.instead.values()) for step in part]
    more = [text.feel, *text.avoid, *text.ticked.values(), text.easier, text.harder, text.course]
    return [line for line in (*text.why.values(), *steps, *more) if line]


def sentences(text: StretchText) -> list[str]:
    return [one for line in lines(text) for one in re.split(r"(?<=[.!?])\s+", line)]


def texts(library: Library) -> list[tuple[str, str, StretchText]]:
    return [
        (stretch.id, language, text)
        for stretch in library.protocol.stretches.values()
        for language, text in stretch.text.items()
    ]


def test_no_sentence_has_more_than_twelve_words(library: Library) -> None:
    for stretch, language, text in texts(library):
        for sentence in sentences(text):
            assert len(sentence.split()) <= 12, f"{stretch} ({language}): {sentence}"


def test_every_item_reads_at_grade_six_or_easier(library: Library) -> None:
    for stretch, language, text in texts(library):
        if language == "en":
            grade = textstat.flesch_kincaid_grade(" ".join(lines(text)))
            assert grade <= 6, f"{stretch}: {grade}"


def test_every_line_is_a_sentence(library: Library) -> None:
    for stretch, _, text in texts(library):
        for line in lines(text):
            assert line[-1:] in (".", "?"), f"{stretch}: {line}"
            assert line.lstrip("¿")[:1].isupper(), f"{stretch}: {line}"


def test_no_word_blames_or_promises(library: Library) -> None:
    for stretch, _, text in texts(library):
        found = FORBIDDEN.search(" ".join([text.name, *lines(text)]))
        assert found is None, f"{stretch}: {found}"


def test_no_line_names_a_side_which_is_printed_large_above_it(library: Library) -> None:
    for stretch, language, text in texts(library):
        for line in lines(text) if language == "en" else ():
            assert not re.search(r"\b(left|right)\b", line, re.IGNORECASE), f"{stretch}: {line}"


def test_every_condition_that_a_tick_or_another_form_allows_says_what_to_do_otherwise(
    library: Library,
) -> None:
    for stretch in library.protocol.stretches.values():
        allowed = [code for code, severity in stretch.precautions.items() if severity != "X"]
        for language, text in stretch.text.items():
            assert sorted(text.ticked) == sorted(allowed), f"{stretch.id} ({language})"


def test_clinicians_words_name_no_diagnosis_and_no_cure(library: Library) -> None:
    protocol = library.protocol
    said = [f"{group.says} {group.action}" for group in protocol.safety.values()] + [
        f"{stretch.course} {stretch.notes}" for stretch in protocol.stretches.values()
    ]
    for text in said:
        assert not re.search(r"\b(diagnos|cure|cleared)", text.lower()), text


@pytest.mark.parametrize("sentence", ["This will cure you.", "Your posture is wrong."])
def test_the_forbidden_words_are_found(sentence: str) -> None:
    assert FORBIDDEN.search(sentence)
