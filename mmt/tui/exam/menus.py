"""The menus chosen by digit: flags and what else a keypad lacks a key for, substitution, the reason why not
tested, the way a muscle was tested; and the jump by name."""

from collections.abc import Iterator

from msgspec.structs import replace

from mmt.model.base_test import Substitution, Variant
from mmt.model.observation import FLAGS, NOT_TESTED, Flag, Observation
from mmt.tui.visit.pressed import Pressed, refuse
from mmt.tui.visit.values import FLAG_WORDS, REASON_WORDS

from . import force, jump
from .entry import Entry, change, fill, observed

TRIAL, FORCE, TELLING, NOT_DONE, VARIANT, TAKE_BACK, CONFIRM = "6", "7", "8", "9", ".", "-", "+"
"""What the menu of flags holds besides flags, so that a keypad is enough."""

CLOSING = ("enter", "backspace", "escape", "/")


def press(entry: Entry, key: str) -> Pressed[Entry]:
    """What a key does while a menu is open."""
    if entry.mode == "jump":
        return jump.press(entry, key)
    if entry.mode == "force":
        return force.press(entry, key)
    if key in CLOSING:
        return Pressed(state=replace(entry, mode="cell"))
    if entry.mode == "flags":
        return _flag(entry, key)
    if entry.mode == "substitution":
        return _substitution(entry, key)
    if entry.mode == "variant":
        return _variant(entry, key)
    return _reason(entry, key)


def choices(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The open menu: each key and what it chooses."""
    if entry.mode == "flags":
        return tuple(_offered(entry))
    if entry.mode == "reason":
        return tuple((str(number), REASON_WORDS[why]) for number, why in enumerate(NOT_TESTED, 1))
    if entry.mode == "substitution":
        return tuple((str(number), one.text) for number, one in enumerate(_substitutions(entry), 1))
    if entry.mode == "variant":
        return tuple(_ways(entry))
    return ()


def _offered(entry: Entry) -> Iterator[tuple[str, str]]:
    """What the menu of flags offers: flags of the value in hand, and what can be done here."""
    if flaggable(entry):
        for number, flag in enumerate(FLAGS, 1):
            yield str(number), FLAG_WORDS[flag]
        yield "0", "no flag"
    if entry.held or entry.last:
        yield TRIAL, "new trial"
    if entry.fall:
        yield CONFIRM, "confirm the fall"
    if force.takes_force(entry):
        yield FORCE, "dynamometer"
    yield TELLING, "telling test"
    if entry.exam.at is not None:
        yield NOT_DONE, "not tested"
    if _variants(entry):
        yield VARIANT, "tested another way"
    if entry.last:
        yield TAKE_BACK, "take it back"


def flaggable(entry: Entry) -> bool:
    """Whether the value in hand was tested, so that a flag can qualify it."""
    return entry.last is not None and entry.last.not_tested is None


def _flag(entry: Entry, key: str) -> Pressed[Entry]:
    last = entry.last
    if key == FORCE:
        return force.begin(entry)
    if key == VARIANT and _variants(entry):
        return Pressed(state=replace(entry, mode="variant"))
    if key == NOT_DONE and entry.exam.at is not None:
        return Pressed(state=replace(entry, mode="reason", typed=""))
    if key == TAKE_BACK and last is not None:
        return take_back(entry, last)
    if last is None or not flaggable(entry):
        return refuse(entry, "Nothing to flag yet: grade first.")
    if key == "0":
        return change(entry, replace(last, flags=(), substitution=None), "Flags taken off.")
    if not (key.isdecimal() and int(key) <= len(FLAGS)):
        return refuse(entry, f"No flag {key}: 1 to 5, 0 for none, Enter closes.")
    flag = FLAGS[int(key) - 1]
    if flag in last.flags:
        return change(entry, _without(last, flag), f"No longer flagged: {FLAG_WORDS[flag]}.")
    if flag == "substitution" and _substitutions(entry):
        return Pressed(state=replace(entry, mode="substitution"))
    return change(entry, _flagged(last, flag))


def take_back(entry: Entry, value: Observation) -> Pressed[Entry]:
    """A value goes: its test is not done, and the cursor stands there."""
    exam = entry.exam.withdrawn(value.test, value.side, value.trial).jumped(value.test, value.side)
    return Pressed(state=entry.at(exam), withdraw=value, word=f"{value.shown} taken back: not done.")


def _substitution(entry: Entry, key: str) -> Pressed[Entry]:
    last, known = entry.last, _substitutions(entry)
    if last is None or not (key.isdecimal() and 1 <= int(key) <= len(known)):
        return refuse(entry, f"No substitution {key}: 1 to {len(known)}, Enter closes.")
    return change(entry, replace(_flagged(last, "substitution"), substitution=known[int(key) - 1].id))


def _reason(entry: Entry, key: str) -> Pressed[Entry]:
    cell = entry.exam.at
    if cell is None or not (key.isdecimal() and 1 <= int(key) <= len(NOT_TESTED)):
        return refuse(entry, f"No reason {key}: 1 to {len(NOT_TESTED)}, Enter closes.")
    return fill(entry, observed(entry, cell, not_tested=NOT_TESTED[int(key) - 1]))


def _variant(entry: Entry, key: str) -> Pressed[Entry]:
    last, known = entry.last, tuple(_variants(entry))
    if last is None or not (key.isdecimal() and int(key) <= len(known)):
        return refuse(entry, f"No way {key}: 0 to {len(known)}, Enter closes.")
    chosen = known[int(key) - 1] if int(key) else None
    return change(entry, replace(last, variant=chosen), "")


def _ways(entry: Entry) -> Iterator[tuple[str, str]]:
    """The ways to test the muscle in hand, the usual one first; a sign stands at the one that was used."""
    held = entry.last.variant if entry.last else None
    ways = {None: "the usual way"} | {name: one.text for name, one in _variants(entry).items()}
    for number, (name, text) in enumerate(ways.items()):
        yield str(number), f"{'✓ ' if name == held else ''}{text}"


def _variants(entry: Entry) -> dict[str, Variant]:
    """Other positions and levers of the muscle in hand, nine at most."""
    test = entry.tests.get(entry.last.test) if entry.last and flaggable(entry) else None
    return dict(list(test.variants.items())[:9]) if test else {}


def _substitutions(entry: Entry) -> tuple[Substitution, ...]:
    test = entry.tests.get(entry.last.test) if entry.last else None
    return test.substitutions[:9] if test else ()


def _flagged(observation: Observation, flag: Flag) -> Observation:
    kept = {*observation.flags, flag}
    return replace(observation, flags=tuple(one for one in FLAGS if one in kept))


def _without(observation: Observation, flag: Flag) -> Observation:
    kept = tuple(one for one in observation.flags if one != flag)
    took_over = None if flag == "substitution" else observation.substitution
    return replace(observation, flags=kept, substitution=took_over)
