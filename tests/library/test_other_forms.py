"""What is told of a stretch in its other form fits that form, in every language."""

import re

import pytest

from mmt.library.load import load
from mmt.model.papers import SheetItem
from mmt.model.stretches import Stretch, StretchText
from mmt.model.visit import Prescribed
from mmt.paths import shipped

STRETCHES = load([shipped("protocols")]).protocol.stretches
LANGUAGES = ("en", "es", "pl")
FLOOR = re.compile(r"\b(floor|mat|ground|suelo|colchoneta|esterilla|podło\w*|macie|maty)\b", re.IGNORECASE)
ELSEWHERE = re.compile(r"\b(kneel\w*|heels|under your knees|easier form|do not stand)\b", re.IGNORECASE)
"""What the forms on bed or chair, and at a table, have not."""


def told(stretch: Stretch, language: str, *ticked: str, form: str = "FLR") -> StretchText:
    """What the sheet tells of a stretch in its form for those who cannot get down to the floor."""
    prescribed = Prescribed(stretch=stretch.id, dose=stretch.dose, ticked=ticked)
    return SheetItem(prescribed=prescribed, stretch=stretch, forms=(form,)).text(language)


def lines(text: StretchText) -> list[str]:
    steps = [step for part in text.parts for step in part.steps]
    return [*steps, text.feel, *text.avoid, text.easier, text.harder, text.course]


FORMED = [one for one in STRETCHES.values() if one.precautions.get("FLR") == "form"]
RAISED = [
    (one, code)
    for one in STRETCHES.values()
    for code, severity in one.precautions.items()
    if severity == "form" and re.search(r"\b(bed|chair|table|on your side)\b", one.text["en"].ticked[code])
]
"""The forms on bed or chair, at a table or on the side, whatever asks for them."""


@pytest.mark.parametrize(("stretch", "form"), RAISED, ids=lambda one: getattr(one, "id", one))
def test_a_form_on_bed_or_chair_never_names_the_floor(stretch: Stretch, form: str) -> None:
    ticks = [code for code, severity in stretch.precautions.items() if severity == "!"]
    for language in LANGUAGES:
        for line in lines(told(stretch, language, *ticks, form=form)):
            assert not FLOOR.search(line), f"{stretch.id} {form} ({language}): {line}"


def test_every_form_for_those_who_cannot_get_down_is_one_of_them() -> None:
    assert {one.id for one in FORMED} == {one.id for one, code in RAISED if code == "FLR"}


@pytest.mark.parametrize("stretch", FORMED, ids=lambda one: one.id)
def test_what_belongs_to_the_usual_steps_is_not_told_with_the_steps_of_a_form(stretch: Stretch) -> None:
    ticks = [code for code, severity in stretch.precautions.items() if severity == "!"]
    if "FLR" in stretch.text["en"].instead:
        for line in lines(told(stretch, "en", *ticks)):
            assert not ELSEWHERE.search(line), f"{stretch.id}: {line}"


def test_what_a_tick_asks_for_in_any_form_stays() -> None:
    assert "Sit tall. Keep your back straight." in told(STRETCHES["E01"], "en", "OST", "KNE").avoid


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_avoid_on_a_chair_is_not_what_to_avoid_on_the_heels(language: str) -> None:
    asked = " ".join(told(STRETCHES["E08"], language).avoid)
    assert not re.search(r"\b(hips|caderas|bioder)\b", asked), asked
