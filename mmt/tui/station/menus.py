"""The menus chosen by digit: flags, substitution, the reason why not tested; and the jump by name."""

from msgspec.structs import replace

from mmt.model.exam_tests import MuscleTest, Substitution
from mmt.model.observation import FLAGS, NOT_TESTED, Flag, Observation

from . import jump
from .entry import Entry, Outcome, change, fill, observed, refuse

FLAG_WORDS = {
    "pain": "pain",
    "substitution": "substitution",
    "gives-way": "gives way",
    "range-limited": "range limited",
    "other-cause": "other cause",
}
REASON_WORDS = {
    "pain": "pain",
    "cast": "cast",
    "surgery": "surgery",
    "declined": "patient declined",
    "contraindicated": "contraindicated",
    "time": "no time",
}
CLOSING = ("enter", "backspace", "escape", "/")


def press(entry: Entry, key: str) -> Outcome:
    """What a key does while a menu is open."""
    if entry.mode == "jump":
        return jump.press(entry, key)
    if key in CLOSING:
        return Outcome(entry=replace(entry, mode="cell"))
    if entry.mode == "flags":
        return _flag(entry, key)
    if entry.mode == "substitution":
        return _substitution(entry, key)
    return _reason(entry, key)


def choices(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The open menu: each key and what it chooses."""
    if entry.mode == "flags":
        flags = tuple((str(number), FLAG_WORDS[flag]) for number, flag in enumerate(FLAGS, 1))
        return (*flags, ("0", "none of these"), ("9", "not tested (at the cursor)"))
    if entry.mode == "reason":
        return tuple((str(number), REASON_WORDS[why]) for number, why in enumerate(NOT_TESTED, 1))
    if entry.mode == "substitution":
        return tuple((str(number), one.text) for number, one in enumerate(_substitutions(entry), 1))
    return ()


def open_flags(entry: Entry) -> Outcome:
    """The flags of the value in hand."""
    last = entry.last
    if last is None or last.not_tested is not None:
        return refuse(entry, "Nothing to flag yet: grade first. n marks a test not tested.")
    return Outcome(entry=replace(entry, mode="flags"))


def _flag(entry: Entry, key: str) -> Outcome:
    last = entry.last
    if last is None:
        return Outcome(entry=replace(entry, mode="cell"))
    if key == "0":
        return change(entry, replace(last, flags=(), substitution=None), "Flags taken off.")
    if key == "9":
        return Outcome(entry=replace(entry, mode="reason" if entry.exam.at else "cell", typed=""))
    if not (key.isdecimal() and int(key) <= len(FLAGS)):
        return refuse(entry, f"No flag {key}: 1 to 5, 0 for none, Enter closes.")
    flag = FLAGS[int(key) - 1]
    if flag in last.flags:
        return change(entry, _without(last, flag), f"No longer flagged: {FLAG_WORDS[flag]}.")
    if flag == "substitution" and _substitutions(entry):
        return Outcome(entry=replace(entry, mode="substitution"))
    return change(entry, _flagged(last, flag))


def _substitution(entry: Entry, key: str) -> Outcome:
    last, known = entry.last, _substitutions(entry)
    if last is None or not (key.isdecimal() and 1 <= int(key) <= len(known)):
        return refuse(entry, f"No substitution {key}: 1 to {len(known)}, Enter closes.")
    return change(entry, replace(_flagged(last, "substitution"), substitution=known[int(key) - 1].id))


def _reason(entry: Entry, key: str) -> Outcome:
    cell = entry.exam.at
    if cell is None or not (key.isdecimal() and 1 <= int(key) <= len(NOT_TESTED)):
        return refuse(entry, f"No reason {key}: 1 to {len(NOT_TESTED)}, Enter closes.")
    return fill(entry, observed(entry, cell, not_tested=NOT_TESTED[int(key) - 1]))


def _substitutions(entry: Entry) -> tuple[Substitution, ...]:
    test = entry.tests.get(entry.last.test) if entry.last else None
    return test.substitutions[:9] if isinstance(test, MuscleTest) else ()


def _flagged(observation: Observation, flag: Flag) -> Observation:
    kept = {*observation.flags, flag}
    return replace(observation, flags=tuple(one for one in FLAGS if one in kept))


def _without(observation: Observation, flag: Flag) -> Observation:
    kept = tuple(one for one in observation.flags if one != flag)
    took_over = None if flag == "substitution" else observation.substitution
    return replace(observation, flags=kept, substitution=took_over)
