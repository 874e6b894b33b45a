"""One key of the leg-length step, and what it does."""

from msgspec.structs import replace

from mmt.model.base import Side, other
from mmt.model.exam_tests import LegLengthTest
from mmt.model.lengths import LengthError, millimetres
from mmt.model.observation import Observation
from mmt.tui.visit.pressed import Pressed, refuse

from .readings import Legs, same_field, side_asked

SIDE_KEYS: dict[str, Side] = {"1": "right", "2": "left"}
LEVEL = "0"
SIGNS = '.,/ +-"″incmINCM'
CLEARS = "/ twice clears it."
SIZE_MISSING = "Only the side is chosen, and not kept: type how much, or Backspace takes the side back."
LONGEST = 16
"""Signs a length may have as it is typed."""


def press(legs: Legs, key: str, text: str = "") -> Pressed[Legs]:
    """What `key` does; `text` is what it writes into a length."""
    if key == "escape":
        return Pressed(state=replace(legs, typed="", side=None))
    if key == "backspace":
        return _erase(legs)
    if legs.at is None:
        return _at_the_end(legs, key)
    if key == "enter":
        return _enter(legs)
    if key == "/" and not legs.typed:
        return Pressed(state=legs.moved(legs.cursor - 1))
    if key == "x":
        return _withdraw(legs)
    test = legs.test
    assert test is not None
    if test.side_means != "this-leg" and legs.side is None:
        return _side(legs, test, key)
    if key == "/" and (legs.typed.endswith("/") or len(legs.typed) >= LONGEST):
        return Pressed(state=replace(legs, typed=""), word="Erased.")
    fits = text.isdecimal() or (legs.typed and text and text in SIGNS)
    if fits and len(legs.typed) < LONGEST:
        return Pressed(state=replace(legs, typed=legs.typed + text))
    return refuse(legs, 'Type a length and press Enter: 861.5, 86.1 cm, 33 7/8 in or 33.9".')


def _at_the_end(legs: Legs, key: str) -> Pressed[Legs]:
    if key in ("/", "enter"):
        return Pressed(state=legs.moved(legs.cursor + (1 if key == "enter" else -1)))
    return refuse(legs, "All readings are through. / steps back, Enter goes on to the next step.")


def _erase(legs: Legs) -> Pressed[Legs]:
    if legs.typed:
        return Pressed(state=replace(legs, typed=legs.typed[:-1]))
    if legs.side is not None:
        return Pressed(state=replace(legs, side=None))
    return refuse(legs, "Nothing is typed here: / steps back.")


def _side(legs: Legs, test: LegLengthTest, key: str) -> Pressed[Legs]:
    """The lower or shorter side first: 1 right, 2 left, 0 level."""
    if key == LEVEL:
        level = {"result": "negative"} if test.measure == "result" else {"millimetres": 0.0}
        return _kept(legs, Observation(test=test.id, side="right", **level))
    if key in SIDE_KEYS:
        if test.measure == "result":
            return _kept(legs, Observation(test=test.id, side=SIDE_KEYS[key], result="positive"))
        return Pressed(state=replace(legs, side=SIDE_KEYS[key]))
    return refuse(legs, f"First the {side_asked(test)} side: 1 right, 2 left, 0 level.")


def _enter(legs: Legs) -> Pressed[Legs]:
    reading = legs.at
    assert reading is not None
    if not legs.typed and legs.side is not None:
        return refuse(legs, SIZE_MISSING)
    if not legs.typed:
        return Pressed(state=legs.moved(legs.cursor + 1))
    try:
        size = millimetres(legs.typed)
    except LengthError as error:
        return refuse(legs, f"{error} {CLEARS}")
    test = legs.test
    if test is not None and test.refuses("millimetres", size):
        return refuse(
            legs, f"{size:g} mm is no length of a leg: is the unit right? 861, 86.1 cm or 33 7/8 in. {CLEARS}"
        )
    side = reading.side or legs.side
    kept = _kept(legs, Observation(test=reading.test, side=side, trial=reading.trial, millimetres=size))
    if legs.typed.strip() == f"{size:g}":
        return kept
    return replace(kept, word=f"{legs.typed.strip()} = {size:g} mm")


def _kept(legs: Legs, observation: Observation) -> Pressed[Legs]:
    opposite = legs.value(observation.test, other(observation.side or "right"), observation.trial)
    replaced = opposite if opposite and same_field(legs, opposite, observation) else None
    filled = legs.with_value(observation)
    return Pressed(state=filled.moved(filled.cursor + 1), keep=observation, withdraw=replaced)


def _withdraw(legs: Legs) -> Pressed[Legs]:
    """Drop what is half typed; else take the reading back."""
    if legs.typed or legs.side is not None:
        return Pressed(state=replace(legs, typed="", side=None), word=f"Dropped: {legs.typed or legs.side}")
    reading = legs.at
    held = legs.value(reading.test, reading.side, reading.trial) if reading else None
    if held is None:
        return refuse(legs, "Nothing is recorded here.")
    kept = tuple(one for one in legs.observations if one != held)
    without = replace(legs, observations=kept)
    return Pressed(
        state=without.moved(without.cursor), withdraw=held, word=f"{held.shown} taken back: not done."
    )
