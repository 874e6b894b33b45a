"""Killed in mid-exam: what stood on the screen as saved is in the record after the next start."""

import os
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from demo_copy import copy_demo
from terminal import Terminal

from mmt.clinic import Clinic, OpenVisit
from mmt.paths import Places

KEYS = "5" * 7 + "0" * 4
"""Seven grades and four negative signs: what is left of the draft's sitting and supine tests."""

LAST = re.compile(r"Last +(?P<name>.+?) (?P<side>RIGHT|LEFT) +(?P<value>\S+) +saved")
DONE = re.compile(r"(\d+) of 26 done")


class Kill(NamedTuple):
    """How many grades were typed, stood in the record afterwards, and had been shown as saved."""

    typed: int
    kept: int
    shown: int


def test_a_few_kills(tmp_path: Path) -> None:
    assert sum(one.shown for one in kills(tmp_path, 2, apart=0.08)) > 0


@pytest.mark.long
def test_two_hundred_kills(tmp_path: Path) -> None:
    found = kills(tmp_path, 200)
    assert sum(one.shown for one in found) > 200
    print(f"typed {sum(one.typed for one in found)}, shown as saved {sum(one.shown for one in found)}")
    unkept = sum(one.kept < one.typed for one in found)
    unshown = sum(one.shown < one.kept for one in found)
    print(f"killed before the last key was kept: {unkept}; with a grade kept and not yet shown: {unshown}")
    assert min(unkept, unshown) > 20, "the kills do not fall between key, disk and screen"


def kills(folder: Path, times: int, apart: float = 0.008) -> list[Kill]:
    """So many kills, each of a program on records of its own, each at another moment; keys are at most so
    many seconds apart."""
    return [kill_once(folder / str(turn), random.Random(turn), apart) for turn in range(times)]


def kill_once(folder: Path, chance: random.Random, apart: float) -> Kill:
    """Grade for a random while, kill, reopen and compare."""
    copy_demo(folder)
    code = "from mmt.tui.app import MmtApp, run_clinic; MmtApp.APART_S = 0; run_clinic()"
    terminal = Terminal([sys.executable, "-c", code], {**os.environ, "MMT_HOME": str(folder)})
    terminal.wait_for("Arrows choose")
    terminal.send("dora\r")
    terminal.wait_for("There is an open draft")
    terminal.send("\r")
    before = counted(terminal.wait_for("of 26 done"))
    keys = KEYS[: chance.randint(1, len(KEYS))]
    for key in keys:
        terminal.send(key)
        terminal.read(chance.uniform(0.0, apart))
    terminal.kill()
    shown, visit = terminal.text, reopened(folder)
    assert len(visit.visit.observations) >= counted(shown), shown
    if last := LAST.search(shown):
        values = {
            (visit.protocol.tests[one.test].name, str(one.side).upper(), one.shown)
            for one in visit.visit.observations
        }
        assert last.group("name", "side", "value") in values, shown
    return Kill(len(keys), len(visit.visit.observations) - before, counted(shown) - before)


def counted(text: str) -> int:
    """How many tests the screen says are done."""
    found = DONE.search(text)
    assert found, text
    return int(found[1])


def reopened(folder: Path) -> OpenVisit:
    """The draft as another start of the program finds it."""
    clinic = Clinic.open(Places(folder))
    draft = clinic.search("dora")[0].draft
    assert draft is not None
    visit = clinic.view(draft)
    clinic.close()
    return visit
