"""Fields that take a number, ended by Enter: counts, degrees, lengths, seconds; the clock of held tests."""

from typing import Any

from msgspec.structs import replace

from mmt.model.lengths import millimetres
from mmt.model.observation import LARGEST, Measure
from mmt.tui.visit.pressed import Pressed, refuse

from .entry import Entry, change, fill, observed

CLOCK = "0"
"""Starts and stops the clock of a held test: the largest key of a keypad, and no time begins with it."""

CLOCK_RUNS = "The clock runs: 0 or Enter stops it, Backspace takes it back."

LONGEST_MM = 4
"""Digits a length in mm may have before its point."""

LONGEST = 16
"""Signs a number may have as it is typed."""

UNITS = {"degrees": "degrees", "count": "times", "seconds": "seconds", "millimetres": "mm"}


def typing(entry: Entry) -> bool:
    """Whether digits are text here: a number is half typed, or its field is under the cursor."""
    return bool(entry.typed) or entry.angle or entry.timing


def field(entry: Entry) -> Measure:
    """The measure that the number under the cursor is kept as."""
    return "degrees" if entry.angle or entry.test is None else entry.test.measures[0]


def press(entry: Entry, key: str, now: float) -> Pressed[Entry] | None:
    """What a key does in a number field; None where it means what it means elsewhere.

    In an empty field only digits are text, so that a sign, a flag or a step back still reach the value in
    hand. After the first digit `.` and `/` are text too, but `/` clears what cannot be kept; `-` turns the
    sign of an angle. Backspace only erases. A held test is timed by `0`, with `now` in s.
    """
    if entry.test is None or (not entry.angle and entry.test.keyed != "number"):
        return None
    if entry.since is not None:
        return _clock(entry, key, now - entry.since)
    if key == CLOCK and not entry.typed and field(entry) == "seconds":
        return Pressed(state=replace(entry, since=now))
    if key == "enter":
        return _end(entry) if entry.typed else None
    if key == "backspace":
        erased = Pressed(state=replace(entry, typed=entry.typed[:-1]))
        return erased if entry.typed else refuse(entry, "Nothing is typed here: / steps back.")
    if key == "0" and entry.angle and not entry.typed:
        return refuse(entry, "An angle does not begin with 0. Type the degrees; / or Enter leaves them out.")
    if key == "/" and (why := _refused(entry)):
        return Pressed(state=replace(entry, typed=""), word=f"Erased. {why}")
    if key.isdecimal() or (entry.typed and _is_text(entry, key)):
        if len(entry.typed) >= LONGEST:
            return refuse(entry, "That is longer than any number here: / clears it.")
        return Pressed(state=replace(entry, typed=entry.typed + key))
    if not entry.typed:
        return None
    if key == "-" and field(entry) in ("degrees", "millimetres"):
        turned = entry.typed[1:] if entry.typed.startswith("-") else "-" + entry.typed
        return Pressed(state=replace(entry, typed=turned))
    return refuse(entry, f"{entry.typed} is not kept yet: Enter keeps it, Backspace erases.")


def _refused(entry: Entry) -> str:
    """Why what is typed cannot be kept, however it is gone on with; empty where it can be."""
    if not entry.typed:
        return ""
    if field(entry) == "millimetres" and not (entry.typed.endswith("/") or len(entry.typed) >= LONGEST):
        digits = entry.typed.lstrip("-").partition(".")[0]
        long = digits.isdecimal() and len(digits) > LONGEST_MM
        return "That is longer than any length here." if long else ""
    try:
        _read(entry)
    except ValueError as error:
        return str(error)
    return ""


def _clock(entry: Entry, key: str, seconds: float) -> Pressed[Entry]:
    """A key while the clock runs: stopped it is kept, to a tenth of a second."""
    if key in (CLOCK, "enter") and entry.exam.at is not None:
        held = min(round(seconds, 1), LARGEST["seconds"])
        return fill(entry, observed(entry, entry.exam.at, seconds=held))
    if key in ("backspace", "escape"):
        return Pressed(state=replace(entry, since=None), word="The clock is taken back: nothing is kept.")
    return refuse(entry, CLOCK_RUNS)


def _is_text(entry: Entry, key: str) -> bool:
    if field(entry) == "millimetres":
        return key in './" +' or (len(key) == 1 and key in "incm")
    return key in "./"


def _read(entry: Entry) -> float | int:
    """What is typed as the measure under the cursor. Raises ValueError with a sentence."""
    measure, test = field(entry), entry.test
    value = read(measure, entry.typed)
    if test is not None and (why := test.refuses(measure, value)):
        raise ValueError(f"{why}.")
    return value


def read(measure: Measure, typed: str) -> float | int:
    """The number that was typed. Raises ValueError with a sentence."""
    if measure == "millimetres":
        size = millimetres(typed.removeprefix("-"))
        return -size if typed.startswith("-") else size
    try:
        value = int(typed) if measure == "count" else float(typed)
    except ValueError:
        raise ValueError(f"{typed} is not a number of {UNITS[measure]}.") from None
    if abs(value) > LARGEST[measure]:
        raise ValueError(f"{typed} {UNITS[measure]} is more than can be.")
    return value


def _end(entry: Entry) -> Pressed[Entry]:
    measure = field(entry)
    try:
        value = _read(entry)
    except ValueError as error:
        return refuse(entry, f"{error} / clears it.")
    kept: dict[str, Any] = {measure: value}
    if entry.angle and entry.held is not None:
        done = change(entry, replace(entry.held, **kept))
        return replace(done, state=replace(done.state.at(done.state.exam.passed()), was=entry.was))
    assert entry.exam.at is not None
    return fill(entry, observed(entry, entry.exam.at, **kept))
