"""How patients are spoken to in Spanish and Polish: not as *ty*, not as a man, of no torn muscle."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from on_paper import strings

from mmt.library.load import Library
from mmt.library.templates import load_templates
from mmt.paths import shipped

TEMPLATES, _ = load_templates([shipped("reports/templates")])

TO_A_FRIEND = re.compile(
    r"\b(?:\w+sz|ty|ciebie|tobie|ci|cię|two(?:j\w*|im\w*|ich)|twój"
    r"|\w*(?:[auiy]j|dź)"
    r"|\w*(?:łóż|łącz|stań|suń|puść|wróć|rób|nieś|noś|weź|leż|staw|zmień|móż|wól|chyl|twórz|łap|uń|wiń)"
    r"|(?:miej|ćwicz|patrz|wypchnij|zostaw))\b",
    re.IGNORECASE,
)
"""Polish as to a friend: second person, pronouns, and the imperatives of what a move asks."""

TO_A_MAN = re.compile(
    r"\b(?:sentado|tumbado|acostado|erguido|quieto|cansado|mareado|preocupado|dormido)\b",
    re.IGNORECASE,
)
"""Spanish that agrees with a man who is spoken to."""

TORN = re.compile(r"\btir[oó]n(?:es)?\b", re.IGNORECASE)
SPOKEN = {"pl": TO_A_FRIEND, "es": re.compile(f"{TO_A_MAN.pattern}|{TORN.pattern}", re.IGNORECASE)}


def told(library: Library, language: str) -> list[str]:
    """All that a paper may say to a patient in a language."""
    protocol = library.protocol
    texts: list[Any] = [one.text[language] for one in protocol.stretches.values()]
    texts += [one.caption[language] for figure in protocol.figures.values() for one in figure.drawings]
    for template in TEMPLATES.values():
        texts += [one.text[language] for one in template.symptoms.values()]
        texts += [template.wording[language].text] if language in template.wording else []
    return list(strings(msgspec.to_builtins(texts)))


@pytest.mark.parametrize("language", SPOKEN)
def test_nobody_is_spoken_to_as_a_friend_or_as_a_man(library: Library, language: str) -> None:
    said = told(library, language)
    assert len(said) > 600
    assert [one for one in said if SPOKEN[language].search(one)] == []


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("pl", "Połóż się na plecach."),
        ("pl", "Nie zaokrąglaj pleców."),
        ("pl", "Kręci ci się w głowie."),
        ("pl", "Możesz poczuć luz."),
        ("pl", "Twoje ćwiczenia"),
        ("es", "Siéntese erguido."),
        ("es", "Un tirón suave."),
    ],
)
def test_such_words_are_found(language: str, wrong: str) -> None:
    assert SPOKEN[language].search(wrong)


def test_files_of_the_languages_are_read(library: Library) -> None:
    files = {path.stem for path in Path(shipped("protocols") / "languages").glob("*.toml")}
    assert files == set(SPOKEN)
