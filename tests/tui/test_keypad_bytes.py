"""The bytes that real keyboards send, through a pty, to what the record then holds.

One visit is typed on the top row, on the keypad in plain and in application mode, and on both under the kitty
protocol; the record must be the same each time.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from demo_copy import copy_demo
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.paths import Places

ENTER = "!"
KEYS = "4+.14-9255.21/4**5510145!025.5!38!"
"""A grade with + and pain, one with -, a reason, a grade with what took over and its correction, the guidance
on and off, signs, a leg raise at 45 degrees, two lengths."""

SEEN = [
    "TA left 4+ pain",
    "TP right 4-",
    "TP left NT",
    "EHL right 5",
    "EHL left 4 substitution rebound",
    "PER right 5",
    "PER left 5",
    "SPIR right positive",
    "SPIR left negative",
    "SLR right positive 45°",
    "SLR left negative",
    "L-PKE right 25.5°",
    "L-PKE left 38°",
]

APPLICATION = dict(zip("0123456789*+-./", "pqrstuvwxyjkmno", strict=True)) | {ENTER: "M"}
KITTY_KEYPAD = {key: 57399 + place for place, key in enumerate("0123456789./*-+" + ENTER)}
KITTY_SHIFTED = {"+": 61, "*": 56}


def plain(key: str) -> str:
    return "\r" if key == ENTER else key


def application(key: str) -> str:
    return f"\x1bO{APPLICATION[key]}"


def kitty_top_row(key: str) -> str:
    """Every key as an escape code with its text, `+` and `*` with shift."""
    if key == ENTER:
        return "\x1b[13u"
    code, shift = KITTY_SHIFTED.get(key, ord(key)), 2 if key in KITTY_SHIFTED else 1
    return f"\x1b[{code};{shift};{ord(key)}u"


def kitty_keypad(key: str) -> str:
    """The keypad's own codes, with the bit that says NumLock is on."""
    text = "" if key == ENTER else f";{ord(key)}"
    return f"\x1b[{KITTY_KEYPAD[key]};129{text}u"


def kitty_keypad_without_text(key: str) -> str:
    return f"\x1b[{KITTY_KEYPAD[key]}u"


MODES = {
    plain: "\x1b[D",
    application: "\x1bOD",
    kitty_top_row: "\x1b[1;1D",
    kitty_keypad: "\x1b[57417;1u",
    kitty_keypad_without_text: "\x1b[57417u",
}
"""Each way to send keys, with what the 4 of the keypad sends there while NumLock is off."""


def at_the_exam(folder: Path) -> Terminal:
    code = "from mmt.tui.app import MmtApp, run_clinic; MmtApp.APART_S = 0; run_clinic()"
    terminal = Terminal([sys.executable, "-c", code], {**os.environ, "MMT_HOME": str(folder)})
    terminal.wait_for("Arrows choose")
    terminal.send("dora\r")
    terminal.wait_for("There is an open draft")
    terminal.send("\r")
    terminal.wait_for("5 of 26 done")
    return terminal


def recorded(folder: Path) -> list[str]:
    """What the draft holds beyond what it held before, a line a value."""
    clinic = Clinic.open(Places(folder))
    draft = clinic.search("dora")[0].draft
    assert draft is not None
    seen = clinic.view(draft).visit.observations[5:]
    clinic.close()
    return [line(one) for one in seen]


def line(one: Observation) -> str:
    words = (one.test, one.side, one.shown, *one.flags, one.substitution)
    return " ".join(word for word in words if word)


SHORT = ("plain", "kitty_keypad")
"""The keyboards tried each time: an old terminal, and a new one that names its keypad."""


@pytest.mark.parametrize(
    "mode",
    [pytest.param(one, marks=[] if one.__name__ in SHORT else pytest.mark.long) for one in MODES],
    ids=lambda mode: mode.__name__,
)
def test_every_keyboard_types_the_same_record(mode: Callable[[str], str], tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    copy_demo(folder)
    terminal = at_the_exam(folder)
    terminal.send(MODES[mode])
    terminal.wait_for("NumLock off: press NumLock")
    terminal.send("".join(mode(key) for key in KEYS))
    terminal.wait_for("18 of 40 done")
    terminal.kill()
    assert recorded(folder) == SEEN


@pytest.mark.parametrize("times", [25, pytest.param(125, marks=pytest.mark.long)])
def test_hundreds_of_keys_without_a_pause_are_all_in_the_database_in_their_order(
    times: int, tmp_path: Path
) -> None:
    folder = tmp_path / "clinic"
    copy_demo(folder)
    terminal = at_the_exam(folder)
    terminal.send("4+/4-/5/" * times + "9")
    terminal.wait_for("patient declined", seconds=60)
    terminal.kill()
    clinic = Clinic.open(Places(folder))
    cell = (clinic.search("dora")[0].draft, "TA", "left")
    with clinic.store.reading() as db:
        rows = db.execute(
            "select value from observations where visit = ? and test = ? and side = ? order by id", cell
        )
        grades = [json.loads(value)["grade"] for (value,) in rows]
    clinic.close()
    assert grades == ["4", "4+", "4", "4-", "5"] * times
