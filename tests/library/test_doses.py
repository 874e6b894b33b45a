"""How often and how long stands in the dose alone: a step that says it too contradicts a changed dose."""

import pytest

from mmt.library.doses import dose_in
from mmt.library.load import Library


@pytest.mark.parametrize(
    ("language", "told", "found"),
    [
        ("en", "Do this 5 times.", "5"),
        ("en", "Hold for ten seconds.", "ten seconds"),
        ("en", "Wait for two slow breaths.", "two slow breaths"),
        ("en", "Do it twice.", "twice"),
        ("es", "Hágalo cinco veces.", "cinco veces"),
        ("es", "Aguante 10 segundos.", "10"),
        ("pl", "Zrób to pięć razy.", "pięć razy"),
        ("pl", "Trzymaj dwie sekundy.", "dwie sekundy"),
        ("fi", "Tee tämä 5 kertaa.", "5"),
        ("en", "Bend the hip to 90 degrees.", ""),
        ("en", "Bend one knee at a time.", ""),
        ("en", "Lower one foot and the other arm.", ""),
        ("en", "Put both hands a fist's width apart.", ""),
        ("en", "It may ease at once.", ""),
        ("en", "Not in your first hour up.", ""),
        ("es", "Doble una rodilla cada vez.", ""),
        ("es", "Sepárelas 10 cm.", ""),
        ("pl", "Opuść jedną stopę i drugą rękę.", ""),
    ],
)
def test_a_number_of_a_dose_is_found_and_no_other(language: str, told: str, found: str) -> None:
    assert dose_in(told, language) == found


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"Let go slowly."', '"Let go. Do this three times."', "text.en.steps"),
        ('"Do not round your back."', '"Do not hold over 20 seconds."', "text.en.avoid"),
        ('"Keep your back straight."', '"Keep straight."', ""),
        ("Pull only a little.", "Pull twice only.", "text.en.ticked.IRR"),
    ],
)
def test_a_stretch_that_says_its_dose_twice_is_named(
    load_own: object, old: str, new: str, place: str
) -> None:
    from mmt.paths import shipped

    text = (shipped("protocols") / "stretches/E01-seated-piriformis.toml").read_text(encoding="utf-8")
    found: Library = load_own(mine=text.replace(old, new))  # type: ignore[operator]
    told = [str(one) for one in found.problems if "how often and how long" in str(one)]
    assert [place in one for one in told] == ([True] if place else [])


def test_no_stretch_of_the_library_says_its_dose_twice(library: Library) -> None:
    assert [str(one) for one in library.problems] == []
