"""A dynamometer's value beside the grade in hand: typed in its own unit, kept in newtons."""

from msgspec.structs import replace

from mmt.model.exam_tests import MuscleTest
from mmt.model.forces import FORCE_UNITS, ForceUnit, newtons
from mmt.model.observation import LARGEST, Observation
from mmt.tui.visit.pressed import Pressed, refuse

from . import number
from .entry import Entry, change

UNIT_KEYS: dict[str, ForceUnit] = {"n": "N", "k": "kgf", "l": "lbf"}


def takes_force(entry: Entry) -> bool:
    """Whether the value in hand is a muscle's, so that a force can stand beside it."""
    last = entry.last
    graded = last is not None and (last.grade is not None or last.result is not None)
    return last is not None and graded and isinstance(entry.tests.get(last.test), MuscleTest)


def begin(entry: Entry) -> Pressed[Entry]:
    """Ask for the force of the value in hand."""
    if not takes_force(entry):
        return refuse(entry, "A dynamometer's value stands beside the grade of a muscle: grade first.")
    return Pressed(state=replace(entry, mode="force", typed=""))


def press(entry: Entry, key: str) -> Pressed[Entry]:
    """What a key does while a force is typed."""
    last = entry.last
    if last is None or key == "escape" or (key in ("enter", "backspace", "/") and not entry.typed):
        return Pressed(state=replace(entry, mode="cell", typed=""))
    if key == "enter":
        return _keep(entry, last)
    if key == "backspace":
        return Pressed(state=replace(entry, typed=entry.typed[:-1]))
    if key == "*":
        following = FORCE_UNITS.index(entry.unit) + 1
        return Pressed(state=replace(entry, unit=FORCE_UNITS[following % len(FORCE_UNITS)]))
    if key in UNIT_KEYS:
        return Pressed(state=replace(entry, unit=UNIT_KEYS[key]))
    if key == "x" and last.newtons is not None:
        done = change(entry, replace(last, newtons=None), f"{last.newtons:g} N taken back.")
        return replace(done, state=replace(done.state, typed=""))
    if (key.isdecimal() or (key == "." and "." not in entry.typed)) and len(entry.typed) < number.LONGEST:
        return Pressed(state=replace(entry, typed=entry.typed + key))
    return refuse(entry, "Type the force; * changes the unit, Enter keeps it, Backspace erases.")


def in_newtons(entry: Entry) -> float | None:
    """The force that is being typed, in N; None where it is none yet."""
    try:
        return newtons(float(entry.typed), entry.unit)
    except ValueError:
        return None


def _keep(entry: Entry, last: Observation) -> Pressed[Entry]:
    force = in_newtons(entry)
    if force is None:
        return refuse(entry, f"{entry.typed} is no number.")
    if force > LARGEST["newtons"]:
        return refuse(entry, f"{entry.typed} {entry.unit} is more than can be: is the unit right?")
    converted = "" if entry.unit == "N" else f" = {force:g} N"
    done = change(entry, replace(last, newtons=force), f"{entry.typed} {entry.unit}{converted}")
    return replace(done, state=replace(done.state, typed=""))
