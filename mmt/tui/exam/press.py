"""One key of the examination, and what it does."""

from msgspec.structs import replace

from mmt.model.exam import Cell
from mmt.model.exam_tests import SignTest
from mmt.tui.visit.pressed import Pressed, refuse

from . import force, menus, number
from .entry import Entry, change, fill, observed, replaced


def press(entry: Entry, key: str, now: float = 0.0) -> Pressed[Entry]:
    """What `key` (a symbol of `symbols`) does in this state, at the moment `now` (s of any steady clock)."""
    if entry.mode == "flags" and key in (menus.TRIAL, menus.CONFIRM):
        does = trial if key == menus.TRIAL else confirm
        return does(replace(entry, mode="cell"))
    if entry.mode != "cell":
        return menus.press(entry, key)
    if (number.typing(entry) or key == "backspace") and (done := number.press(entry, key, now)) is not None:
        return done
    if key in "+-":
        return _sign(entry, key)
    if key == ".":
        return Pressed(state=replace(entry, mode="flags"))
    if key in ("/", "backspace"):
        return _back(entry)
    if key == "enter":
        return Pressed(state=entry.at(entry.exam.passed() if entry.angle else entry.exam.moved(1)))
    if key == "escape":
        return Pressed(state=entry.at(entry.exam))
    if key == "j":
        return Pressed(state=replace(entry, mode="jump", typed=""))
    acts = {"x": _withdraw, "t": trial, "c": confirm, "d": force.begin}
    if key in acts:
        return acts[key](entry)
    return _fill(entry, key, now)


def _fill(entry: Entry, key: str, now: float) -> Pressed[Entry]:
    """A digit for the cell under the cursor, or `n` for not tested."""
    cell, test = entry.exam.at, entry.test
    if cell is None or test is None:
        return refuse(entry, "The exam is at its end. / steps back, Enter goes on to the next step.")
    filled_by = test.keyed
    if key == "n" or (key == "9" and filled_by != "number"):
        return Pressed(state=replace(entry, mode="reason"))
    if filled_by == "grade":
        return _grade(entry, cell, key)
    if filled_by == "yes-no":
        return _sign_test(entry, cell, key)
    if filled_by == "score":
        if key.isdecimal() and int(key) < len(test.scores):
            return fill(entry, observed(entry, cell, **test.scored(int(key))))
        return refuse(entry, f"No {key}: it is {test.scores_said}; 9 is not tested.")
    return number.press(entry, key, now) or refuse(entry, f"No {key} here: type the number and press Enter.")


def _grade(entry: Entry, cell: Cell, key: str) -> Pressed[Entry]:
    if key in entry.exam.codes:
        return fill(entry, observed(entry, cell, grade=key))
    return refuse(entry, f"No {key}: a grade is 0 to 5; 9 is not tested.")


def _sign_test(entry: Entry, cell: Cell, key: str) -> Pressed[Entry]:
    if key not in ("0", "1"):
        return refuse(entry, f"No {key}: 1 is positive, 0 is negative; 9 is not tested.")
    observation = observed(entry, cell, result="positive" if key == "1" else "negative")
    if key == "1" and isinstance(entry.test, SignTest) and entry.test.degrees:
        exam = entry.exam.record(observation)
        return Pressed(state=replace(entry.at(exam), angle=True, was=replaced(entry)), keep=observation)
    return fill(entry, observation)


def _sign(entry: Entry, sign: str) -> Pressed[Entry]:
    last = entry.last
    if last is None or last.grade is None:
        return refuse(entry, f"No grade to put {sign} on: grade first.")
    amended = entry.exam.amended(sign)
    if amended is None:
        return refuse(entry, f"This scale has no {last.grade[0]}{sign}.")
    return change(entry, amended)


def _back(entry: Entry) -> Pressed[Entry]:
    if entry.angle:
        return Pressed(state=entry.at(entry.exam))
    if entry.exam.cursor == 0:
        return refuse(entry, "This is the first test.")
    return Pressed(state=entry.at(entry.exam.moved(-1)))


def _withdraw(entry: Entry) -> Pressed[Entry]:
    held = entry.held
    return menus.take_back(entry, held) if held else refuse(entry, "Nothing is recorded here.")


def trial(entry: Entry) -> Pressed[Entry]:
    """The next value is a further trial of the fall that is asked about, else of the cell under the cursor,
    else of the value in hand."""
    held = None if entry.asked else entry.held
    if held is None and (last := entry.asked or entry.last) is not None:
        entry = entry.at(entry.exam.jumped(last.test, last.side))
        held = entry.last
    if held is None:
        return refuse(entry, "Nothing to repeat yet: grade first.")
    entry = replace(entry.at(entry.exam), new_trial=True)
    return Pressed(state=entry, word=f"Trial {held.trial + 1}: the earlier value stays.")


def confirm(entry: Entry) -> Pressed[Entry]:
    """A fall is confirmed as it is, without a further trial."""
    if entry.fall is None:
        return refuse(entry, "No fall waits to be confirmed.")
    return change(entry, replace(entry.fall, confirmed=True), "Confirmed without another trial.")
