"""A sheet in the patient's language: whole, with the dates and plurals of that language."""

import pytest
from paper_samples import STRETCHES, TEMPLATES, card, printed, sheet
from pdf_reading import pages, squeezed, text

TOLD = {
    "es": ("Sus 3 ejercicios", "IZQUIERDA", "DERECHA", "2 de marzo de 2026", "Semana 1", "Página 1 de"),
    "pl": ("3 ćwiczenia w domu", "LEWA", "PRAWA", "2 marca 2026", "Tydzień 1", "Strona 1 z"),
}
ENGLISH = ("Easier", "Week", "LEFT", "RIGHT", "Take care", "times a day", "March", "Page 1")


@pytest.mark.parametrize("language", TOLD)
def test_a_sheet_is_whole_in_its_language(language: str) -> None:
    value = sheet(language=language, next_visit="")
    told = squeezed(text(printed(value, TEMPLATES["hand-out"])))
    for words in TOLD[language]:
        assert squeezed(words) in told, words
    for item in value.items:
        for part in item.stretch.text[language].parts:
            for step in part.steps:
                assert squeezed(step) in told, step
    for words in ENGLISH:
        assert squeezed(words) not in told, words


@pytest.mark.parametrize("language", TOLD)
def test_the_warning_card_stays_on_one_page_in_its_language(language: str) -> None:
    pdf = printed(card(language=language), TEMPLATES["warning-card"])
    assert len(pages(pdf)) == 1
    assert squeezed(str(TEMPLATES["warning-card"].wording[language].text["go-now"])) in squeezed(text(pdf))


FIRST, *OTHERS = TOLD


@pytest.mark.parametrize(
    "language", [FIRST, *(pytest.param(one, marks=pytest.mark.long) for one in ("en", *OTHERS))]
)
def test_every_stretch_prints_in_its_language_and_for_both_sides_says_to_change_them(language: str) -> None:
    change = squeezed(str(TEMPLATES["hand-out"].wording[language].text["change-sides"]))
    told = squeezed(text(printed(sheet(*STRETCHES, language=language), TEMPLATES["hand-out"])))
    for name, stretch in STRETCHES.items():
        words = stretch.text[language]
        for line in (words.name, words.feel, words.easier, words.harder):
            assert squeezed(line) in told, (name, line)
    each = [name for name, stretch in STRETCHES.items() if stretch.sides == "each"]
    assert told.count(change) == 2 * len(each)
    left = [f"{name}:left" for name in each[:3]]
    assert change not in squeezed(text(printed(sheet(*left, language=language), TEMPLATES["hand-out"])))
