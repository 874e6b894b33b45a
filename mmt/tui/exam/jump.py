"""Jumping to a test by part of its name; a test that the exam lacks is added in its position."""

from msgspec.structs import replace

from mmt.model.exam_tests import AnyTest, LegLengthTest
from mmt.model.text import folded
from mmt.tui.visit.pressed import Pressed, refuse

from .entry import Entry

SHOWN = 9
"""As many as digits can choose."""


def matches(entry: Entry) -> tuple[AnyTest, ...]:
    """The tests that the typed part fits, those of the exam first, then by how well it fits."""
    part = folded(entry.typed).strip()
    within = set(entry.names)
    found = [
        (test.id not in within, place, test)
        for test in entry.tests.values()
        if not isinstance(test, LegLengthTest) and (place := _fits(part, test)) is not None
    ]
    found.sort(key=lambda one: one[:2])
    return tuple(test for _, _, test in found[:SHOWN])


def press(entry: Entry, key: str) -> Pressed[Entry]:
    """What a key does in the jump field: letters are text, a digit or Enter chooses."""
    if key == "escape" or (key == "backspace" and not entry.typed):
        return Pressed(state=replace(entry, mode="cell", typed=""))
    if key == "backspace":
        return Pressed(state=replace(entry, typed=entry.typed[:-1]))
    if key == "enter" or key.isdecimal():
        found = matches(entry)
        index = 0 if key == "enter" else int(key) - 1
        if not 0 <= index < len(found):
            return refuse(entry, "No test by that name. Backspace erases, Esc leaves.")
        return Pressed(state=_onto(entry, found[index]))
    if len(key) == 1:
        return Pressed(state=replace(entry, typed=entry.typed + key))
    return refuse(entry, "Type part of a name; Enter takes the first, Esc leaves.")


def _onto(entry: Entry, test: AnyTest) -> Entry:
    if test.id not in entry.names:
        entry = entry.walked((*entry.names, test.id), entry.first)
    exam = entry.exam
    own = [cell for cell in exam.cells if cell.test == test.id]
    still_open = [cell for cell in own if exam.value(cell.test, cell.side) is None]
    return entry.at(exam.jumped(test.id, (still_open or own)[0].side))


def _fits(part: str, test: AnyTest) -> int | None:
    """How well a part fits a test: 0 its id, 1 a word of its name, 2 anywhere; None not at all."""
    name, short = folded(test.name), folded(test.id)
    if short.startswith(part):
        return 0
    if any(word.startswith(part) for word in name.split()):
        return 1
    return 2 if part in name or part in short else None
