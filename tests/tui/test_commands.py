"""The registry of commands: one meaning a key on each screen, and a bottom line that is never cropped."""

import importlib
import pkgutil
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

import mmt.tui
from mmt.tui.keys.bar import fitted, key_bar
from mmt.tui.keys.commands import Command, Place, bindings, commands, names, shown
from mmt.tui.results.keys import FINDINGS
from mmt.tui.table import PLACES, markdown

WHERE = {place.where: place for place in PLACES}
STEPS = ("safety", "story", "exam", "leg length", "findings", "stretches", "sign", "papers", "a signed visit")
SCREENS = [(WHERE[name], WHERE["in a visit"], WHERE["everywhere"]) for name in STEPS]
SCREENS += [(WHERE[name], WHERE["everywhere"]) for name in ("start", "patients", "one patient", "emergency")]
SCREENS += [(WHERE[name],) for name in ("forms", "new visit", "dialogs", "settings", "printing", "who signs")]


def screens() -> list[type[Screen[Any]]]:
    """All screens of the program."""
    for module in pkgutil.walk_packages(mmt.tui.__path__, "mmt.tui."):
        importlib.import_module(module.name)
    found, new = set(), {Screen}
    while new:
        new = {below for one in new for below in one.__subclasses__()} - found
        found |= new
    return [one for one in found if one.__module__.startswith("mmt.tui.")]


@pytest.mark.parametrize("places", SCREENS)
def test_a_key_does_one_thing_on_a_screen(places: tuple[Place, ...]) -> None:
    for place in places:
        keys = [name for command in place.commands for name in names(command)]
        assert len(keys) == len(set(keys)), place


def test_caps_lock_changes_nothing() -> None:
    keys = {one.key: one.action for one in bindings(FINDINGS) if isinstance(one, Binding)}
    assert keys["F"] == keys["f"] == "since"


def test_no_binding_overtakes_a_grade_that_is_on_its_way() -> None:
    assert not any(one.priority for place in PLACES for one in bindings(place) if isinstance(one, Binding))


@pytest.mark.parametrize("across", [78, 108, 198, 40, 12])
@pytest.mark.parametrize("places", SCREENS)
def test_the_bottom_line_holds_whole_words(places: tuple[Place, ...], across: int) -> None:
    line = key_bar(commands(*places), across).plain
    assert len(line) <= across
    said = [f"{shown(one)} {one.label}" for one in commands(*places)]
    assert [part for part in line.split("  ") if part and part not in said] == []


@pytest.mark.parametrize("places", SCREENS)
def test_help_and_the_way_back_stand_at_the_bottom_of_80_columns(places: tuple[Place, ...]) -> None:
    labels = [one.label for one in fitted(commands(*places), 78)]
    known = {"dialogs": ["Close"], "start": ["Help"], "patients": ["Help", "Quit"]}
    known["emergency"] = ["Help", "Correct"]
    wanted = known.get(places[0].where, ["Help", "Back"])
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


def test_what_tells_every_key_goes_last() -> None:
    for places in SCREENS:
        known = [one for one in commands(*places) if one.label == "Help" and one.footer]
        assert [one for one in fitted(commands(*places), 58) if one.label == "Help"] == known


def test_keys_are_shown_as_they_stand_on_the_keyboard() -> None:
    said = {shown(one) for place in PLACES for one in place.commands}
    assert {"F1", "F8", "Esc", "Ctrl+P", "Enter", "Space", "N", "*", "+ −", "0–5"} <= said


def test_the_table_of_keys_has_every_place() -> None:
    assert [one.__name__ for one in screens() if getattr(one, "PLACE", PLACES[0]) not in PLACES] == []
    table = markdown()
    assert [one.help for place in PLACES for one in place.commands if one.help not in table] == []


def test_every_screen_binds_the_keys_of_its_place() -> None:
    unbound = [
        one.__name__
        for one in screens()
        if (place := getattr(one, "PLACE", None)) and not set(bindings(place)) <= set(one.BINDINGS)
    ]
    assert unbound == []
    assert len(screens()) > 20
