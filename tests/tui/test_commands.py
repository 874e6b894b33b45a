"""The registry of commands: one meaning a key on each screen, and a bottom line that is never cropped."""

import pytest
from textual.binding import Binding

from mmt.tui.keys.bar import fitted, key_bar
from mmt.tui.keys.commands import PLACES, Command, bindings, commands, names, shown
from mmt.tui.keys.legend import LEGENDS
from mmt.tui.keys.table import WHERE, markdown

STEPS = ("safety", "story", "exam", "leg-length", "findings", "prescription", "sign", "papers")
SCREENS = [(name, "walk", "anywhere") for name in STEPS]
SCREENS += [(name, "anywhere") for name in ("start", "patients", "patient", "emergency")]
SCREENS += [("form",), ("new-visit",), ("dialog",), ("settings",), ("sign-as",)]


@pytest.mark.parametrize("places", SCREENS)
def test_a_key_does_one_thing_on_a_screen(places: tuple[str, ...]) -> None:
    for place in places:
        keys = [name for command in PLACES[place] for name in names(command)]
        assert len(keys) == len(set(keys)), place


def test_caps_lock_changes_nothing() -> None:
    keys = {one.key: one.action for one in bindings("findings") if isinstance(one, Binding)}
    assert keys["F"] == keys["f"] == "since"


def test_no_binding_overtakes_a_grade_that_is_on_its_way() -> None:
    assert not any(one.priority for place in PLACES for one in bindings(place) if isinstance(one, Binding))


@pytest.mark.parametrize("across", [78, 108, 198, 40, 12])
@pytest.mark.parametrize("places", SCREENS)
def test_the_bottom_line_holds_whole_words(places: tuple[str, ...], across: int) -> None:
    line = key_bar(commands(*places), across).plain
    assert len(line) <= across
    said = [f"{shown(one)} {one.label}" for one in commands(*places)]
    assert [part for part in line.split("  ") if part and part not in said] == []


@pytest.mark.parametrize("places", SCREENS)
def test_help_and_the_way_back_stand_at_the_bottom_of_80_columns(places: tuple[str, ...]) -> None:
    labels = [one.label for one in fitted(commands(*places), 78)]
    known = {"dialog": ["Close"], "start": ["Help"], "patients": ["Help", "Quit"]}
    known["emergency"] = ["Help", "Correct"]
    wanted = known.get(places[0], ["Help", "Back"])
    assert [word for word in wanted if word not in labels] == []


def test_the_least_needed_go_first() -> None:
    rows = (
        Command("a", "a", "Aaa", ""),
        Command("b", "b", "Bbb", "", footer=2),
        Command("c", "c", "Ccc", ""),
    )
    assert [one.id for one in fitted(rows, 30)] == ["a", "b", "c"]
    assert [one.id for one in fitted(rows, 13)] == ["a", "c"]
    assert [one.id for one in fitted(rows, 6)] == ["a"]


def test_keys_are_shown_as_they_stand_on_the_keyboard() -> None:
    said = {shown(one) for rows in PLACES.values() for one in rows}
    assert {"F1", "F8", "Esc", "Ctrl+P", "Enter", "Space", "N", "*", "+ −", "0–5"} <= said


def test_the_table_of_keys_has_every_place() -> None:
    assert set(WHERE) == set(PLACES)
    table = markdown()
    assert [one.help for rows in PLACES.values() for one in rows if one.help not in table] == []


def test_signs_are_explained_for_places_that_exist() -> None:
    assert set(LEGENDS) <= set(PLACES)
