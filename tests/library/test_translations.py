"""Other languages: every sentence of a sheet is there, or its absence is named and nothing prints by half."""

from pathlib import Path

import pytest

from mmt.library.languages import own_name
from mmt.library.load import Library, load
from mmt.library.spoken import paper_problems, spoken
from mmt.library.templates import load_templates
from mmt.model.stretches import StretchText
from mmt.paths import shipped

TEMPLATES, _ = load_templates([shipped("reports/templates")])

GERMAN = """
[[translations]]
stretch = "E10"
language = "de"
captions = [
  "Knie gebeugt, unten bleibt eine Lücke.",
  "Drücke den Rücken flach.",
  "Sitz aufrecht vorn auf dem Stuhl.",
  "Kipp das Becken. Mach den Rücken rund.",
]
name = "Becken kippen"
why.default = "Das ist ein leichter Anfang."
why.weak-belly = "Dein Bauch war im Test schwach. Das stärkt ihn."
why.bending = "Ein Hohlkreuz tut dir weh. Das macht den Rücken flach."
feel = "Der Bauch arbeitet."
avoid = ["Halte die Luft nicht an."]
easier = "Drücke nur wenig."
harder = "Hebe dabei einen Fuß."
parts = [{ steps = ["Lege dich auf den Rücken.", "Drücke ihn flach.", "Halte und atme.", "Lass los."] }]
"""

OWN_TILT = """
[[stretches]]
id = "E10"
name = "Own pelvic tilt"
kind = "strength"
targets = "belly"
sides = "both"
default = true
dose = { hold_s = 5, reps = 10, per_day = 1, days_per_week = 7, weeks = 6 }
course = "Weeks."
sources = ["derived"]
evidence = "derived"
[stretches.text.en]
name = "Own pelvic tilt"
why.default = "It helps."
feel = "A pull."
avoid = ["Do not bounce."]
easier = "Less."
harder = "More."
parts = [{ steps = ["Lie down.", "Tilt."] }]
"""


def own(folder: Path, **files: str) -> Library:
    """The shipped protocols with a clinic's own files over them."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load([shipped("protocols"), folder])


def said(found: Library) -> list[str]:
    return [str(one) for one in found.problems]


def missed(found: Library) -> list[str]:
    return [str(one) for one in paper_problems(found, TEMPLATES)]


def lines(text: StretchText) -> list[str]:
    steps = [step for part in text.parts for step in part.steps]
    return [
        *text.why.values(),
        *text.ticked.values(),
        *(step for steps in text.instead.values() for step in steps),
        *steps,
        text.feel,
        *text.avoid,
        text.easier,
        text.harder,
    ]


def test_a_whole_sheet_speaks_english_spanish_and_polish(library: Library) -> None:
    assert spoken(library.protocol, TEMPLATES) == ("en", "es", "pl")
    assert [own_name(one) for one in ("en", "es", "pl")] == ["English", "español", "polski"]
    assert missed(library) == []


@pytest.mark.parametrize("language", ["es", "pl"])
def test_no_sentence_of_a_translation_was_left_in_english(library: Library, language: str) -> None:
    for stretch in library.protocol.stretches.values():
        english = {one for one in lines(stretch.text["en"]) if " " in one}
        assert not english & set(lines(stretch.text[language])), stretch.id


def test_a_clinics_own_language_is_missed_wherever_it_is_silent(tmp_path: Path) -> None:
    found = own(tmp_path, de=GERMAN)
    assert found.protocol.stretches["E10"].text["de"].name == "Becken kippen"
    assert spoken(found.protocol, TEMPLATES) == ("en", "es", "pl")
    silent = missed(found)
    assert [one for one in silent if 'stretches E11: has no text in "de"' in one]
    assert not [one for one in silent if "stretches E10" in one or "figures E10" in one]
    assert [one for one in silent if 'figures E11: drawing 1 has no caption in "de"' in one]
    assert 'templates: hand-out: has no wording in "de"' in silent


def test_a_translation_of_nothing_and_one_with_other_steps_are_named(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        nothing=GERMAN.replace("E10", "E99"),
        fewer=GERMAN.replace(', "Lass los."', ""),
    )
    assert any('translates "E99", which is not a stretch' in one for one in said(found))
    assert any("text.de.parts have not as many steps" in one for one in said(found))


def test_a_stretch_of_the_clinics_own_does_not_get_the_words_of_the_one_it_replaces(tmp_path: Path) -> None:
    found = own(tmp_path, tilt=OWN_TILT)
    assert list(found.protocol.stretches["E10"].text) == ["en"]
    assert any('stretches E10: has no text in "es"' in one for one in missed(found))
