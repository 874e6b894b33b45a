"""What a patient may feel has one action, whichever paper or stretch tells of it, in every language."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from mmt.library.load import Library
from mmt.library.spoken import paper_problems
from mmt.library.templates import load_templates
from mmt.model.template import Action
from mmt.paths import shipped

SHIPPED = shipped("reports/templates")
TEMPLATES, PROBLEMS = load_templates([SHIPPED])
SYMPTOMS = TEMPLATES["hand-out"].symptoms
STOP_IF = re.compile(
    r"\b(stop if|call us if|pare si|llame si|przerwij,? (gdy|jeśli)|zadzwoń,? (gdy|jeśli))", re.IGNORECASE
)

ASKED: dict[str, Action] = {
    "bladder": "emergency",
    "bowels": "emergency",
    "saddle": "emergency",
    "both-legs": "emergency",
    "weak-leg": "emergency",
    "numbness-grows": "emergency",
    "hip-hurts": "stop",
    "thigh-tears": "stop",
    "pregnancy-bleeding": "stop",
    "pregnancy-movements": "stop",
    "numb-patch": "stop",
    "tingling-spreads": "stop",
    "pain-moves-down": "stop",
    "pain-up-a-lot": "stop",
    "pain-up-next-day": "stop",
    "pain-up-a-little": "half",
    "mild-pull": "go",
}
"""What each sign asks of the patient, as it was agreed."""


def test_every_sign_asks_what_was_agreed_and_stands_in_every_language() -> None:
    assert PROBLEMS == []
    assert {key: SYMPTOMS[key].action for key in ASKED} == ASKED
    for key, one in SYMPTOMS.items():
        assert set(one.text) == {"en", "es", "pl"}, key


NEW_OR_MORE = {
    "en": r"\b(starts?|weaker|grows)\b",
    "es": r"\b(empiezan?|crece)\b",
    "pl": r"\b(zaczyna\w*|rozszerza)\b",
}
"""What tells a sign that just began, or grew, from what somebody has had for years."""


@pytest.mark.parametrize("language", NEW_OR_MORE)
def test_a_sign_that_many_have_had_for_long_is_an_emergency_only_where_it_is_new_or_more(
    language: str,
) -> None:
    for key in ("bladder", "both-legs", "weak-leg", "numbness-grows"):
        told = SYMPTOMS[key].text[language]
        assert re.search(NEW_OR_MORE[language], told), told


APART = {
    "en": ("does not spread", "grows or spreads"),
    "es": ("no crezca", "de la pierna crece"),
    "pl": ("nie rozszerza", "się rozszerza"),
}
"""What tells numbness to telephone about from numbness to go to hospital with."""


@pytest.mark.parametrize("language", APART)
def test_no_two_signs_of_numb_or_weak_legs_are_meant_by_one_event(language: str) -> None:
    stays, grows = APART[language]
    assert stays in SYMPTOMS["numb-patch"].text[language]
    assert grows in SYMPTOMS["numbness-grows"].text[language]
    weak = re.compile(r"weak|giving way|fuerza|fallar|słab|ugina", re.IGNORECASE)
    found = {key: one.action for key, one in SYMPTOMS.items() if weak.search(one.text[language])}
    assert found == {"both-legs": "emergency", "weak-leg": "emergency"}


TODAY = re.compile(r"\b(today|hoy|dziś)\b")
MORE = {"en": "than before|From now on", "es": "que antes|Desde ahora", "pl": "niż przedtem|Od teraz"}


@pytest.mark.parametrize("language", MORE)
def test_a_sign_that_may_be_there_counts_once_it_is_more_and_none_names_today(language: str) -> None:
    for key in ("hip-hurts", "arm-hurts", "arm-tingles", "weak-leg"):
        assert re.search(MORE[language], SYMPTOMS[key].text[language]), key
    assert not [key for key, one in SYMPTOMS.items() if TODAY.search(one.text[language])]


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_no_sentence_stands_under_two_signs(language: str) -> None:
    told = [one.text[language] for one in SYMPTOMS.values()]
    assert len(set(told)) == len(told)


def test_papers_share_one_table(library: Library) -> None:
    for template in TEMPLATES.values():
        assert template.symptoms == SYMPTOMS
    for stretch in library.protocol.stretches.values():
        assert stretch.stops, stretch.id
        assert {SYMPTOMS[name].action for name in stretch.stops} == {"stop"}, stretch.id


def test_no_other_sentence_of_a_stretch_or_paper_says_when_to_stop(library: Library) -> None:
    for stretch in library.protocol.stretches.values():
        for language, text in stretch.text.items():
            steps = [step for part in text.parts for step in part.steps]
            steps += [step for steps in text.instead.values() for step in steps]
            told = [*steps, text.feel, *text.avoid, *text.ticked.values(), text.easier, text.harder]
            assert not [one for one in told if STOP_IF.search(one)], (stretch.id, language)


def test_a_clinic_changes_a_sign_by_its_key_and_a_fault_leaves_it(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('id = "symptoms"\n[symptoms.dizzy]\ntext.en = "The room spins."')
    templates, problems = load_templates([SHIPPED, tmp_path])
    assert problems == []
    changed = templates["warning-card"].symptoms["dizzy"]
    assert (changed.text["en"], changed.text["pl"]) == ("The room spins.", SYMPTOMS["dizzy"].text["pl"])
    for fault, told in (
        ('[symptoms.dizzy]\naction = "wait"', "symptoms.dizzy.action"),
        (
            '[symptoms.new]\naction = "stop"\nsources = ["derived"]\ntext.es = "x"',
            "symptoms.new.text: has no English",
        ),
        ('[signs.dizzy]\naction = "stop"', "signs: is not known here"),
        ('symptoms = "none"', "symptoms: must be a table"),
    ):
        (tmp_path / "mine.toml").write_text(f'id = "symptoms"\n{fault}')
        templates, problems = load_templates([SHIPPED, tmp_path])
        assert any(told in str(one) for one in problems), problems
        assert templates["hand-out"].symptoms == SYMPTOMS


def test_a_sign_that_is_missing_or_cannot_wait_is_named_at_the_stretch(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(
        'id = "symptoms"\n[symptoms.dizzy]\naction = "emergency"\nsources = ["nobody"]'
        '\n[symptoms.ear]\naction = "stop"\nsources = ["derived"]\ntext.en = "Your ear rings."'
    )
    templates, _ = load_templates([SHIPPED, tmp_path])
    told = [str(one) for one in paper_problems(library, templates)]
    assert any('stretches E22: stops at "dizzy", whose action is "emergency"' in one for one in told)
    assert any('symptoms dizzy: source "nobody" is not in the list' in one for one in told)
    assert any('symptoms ear: has no text in "pl"' in one for one in told)
    assert templates["hand-out"].language("pl") == "en"
    del (signs := dict(SYMPTOMS))["dizzy"]
    fewer = {name: replace(one, symptoms=signs) for name, one in TEMPLATES.items()}
    assert any(
        'stops at "dizzy", which is not a symptom' in str(one) for one in paper_problems(library, fewer)
    )
