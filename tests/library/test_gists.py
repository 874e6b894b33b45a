"""The gist of each move, on the page that hangs on a fridge: how to start and what moves, on its own side."""

import re

import pytest
from msgspec.structs import replace

from mmt.library.check import check
from mmt.library.gists import gist_faults
from mmt.library.load import load
from mmt.library.to_sign import items
from mmt.model.stretches import SIDED, StretchText
from mmt.paths import shipped

LIBRARY = load([shipped("protocols")])
STRETCHES = LIBRARY.protocol.stretches
SIDES = {"en": ("left", "right"), "es": ("izquierd", "derech"), "pl": ("lew", "praw(?!ie)")}
TOOLS = {
    "en": ("belt", "towel", "strap", "pillow", "chair", "table", "wall", "bed", "doorway"),
    "es": ("cintur", "toalla", "correa", "almohada", "silla", "mesa", "pared", "cama", "puerta"),
    "pl": ("pas(?:ek|k)", "ręcznik", "taśm", "poduszk", "krze", "st[oó]l", "ścian", "łóżk", "drzwi"),
}


@pytest.mark.parametrize("language", SIDES)
def test_every_move_has_a_gist_that_names_left_and_right_as_its_side_says(language: str) -> None:
    left, right = SIDES[language]
    for name, stretch in STRETCHES.items():
        text = stretch.text[language]
        assert text.gist, name
        for gist in (text.gist, *text.gist_instead.values()):
            for ours, others in SIDED.findall(gist):
                words = (left, right) if re.match(left, ours, re.IGNORECASE) else (right, left)
                for one, word in zip((ours, others), words, strict=True):
                    assert re.match(word, one, re.IGNORECASE), (name, gist)
            apart = SIDED.sub("", gist)
            assert not re.search(rf"\b({left}|{right})", apart), (name, "a side that never changes")


@pytest.mark.parametrize("language", SIDES)
def test_a_gist_names_no_tool_that_its_steps_do_not_name(language: str) -> None:
    for name, stretch in STRETCHES.items():
        text = stretch.text[language]
        both = ((text.gist, [step for part in text.parts for step in part.steps]),)
        both += tuple((text.gist_instead[code], steps) for code, steps in text.instead.items())  # type: ignore[assignment]
        for gist, steps in both:
            for tool in TOOLS[language]:
                if re.search(tool, gist):
                    assert re.search(tool, " ".join(steps)), (name, tool)


def changed(stretch: str, **more: object) -> list[str]:
    found = STRETCHES[stretch]
    text = replace(found.text["en"], **more)
    protocol = replace(LIBRARY.protocol, stretches={stretch: replace(found, text={"en": text})})
    return [says for _, says in gist_faults(protocol)]


def test_a_gist_that_is_long_or_tells_no_side_or_lacks_a_form_is_a_fault() -> None:
    assert not list(gist_faults(LIBRARY.protocol))
    assert not changed("E06", gist="", gist_instead={})
    for stretch, gist, says in (
        ("E12", "Lift your knee.", "tells no side"),
        ("E27", "Lift your {left|right} knee.", "tells a side of a move that has none"),
        ("E12", "Lift your {left|right} knee, {so}.", "has a brace"),
        ("E12", "{left|right} " + "one " * 12, "a sentence of more than 12 words"),
        ("E12", "{left|right} one. Two. Three.", "more than 2 sentences"),
    ):
        assert any(says in one for one in changed(stretch, gist=gist)), says
    assert any('lacks "FLR"' in one for one in changed("E06", gist_instead={}))
    assert any("needs a `gist`" in one for one in changed("E06", gist=""))
    assert any("a tick allows" in one for one in changed("E06", gist_instead={"DVT": "x"}))


def test_no_gist_names_a_number_of_a_dose_and_it_is_part_of_what_is_signed() -> None:
    found = STRETCHES["E27"]
    text: StretchText = replace(found.text["en"], gist="Walk 10 minutes.")
    protocol = replace(
        LIBRARY.protocol,
        stretches={**STRETCHES, "E27": replace(found, text={**found.text, "en": text})},
    )
    assert any('text.en.gist says "10"' in one.says for one in check(protocol, LIBRARY.origins))
    digests = [{one.id: one.digest for one in items(each, {})} for each in (LIBRARY.protocol, protocol)]
    assert [name for name in digests[0] if digests[0][name] != digests[1][name]] == [
        "stretches:E27",
        "translations:E27 es",
        "translations:E27 pl",
    ]
