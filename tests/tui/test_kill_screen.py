"""Killed in mid-exam: what stood on the screen as saved is in the record after the next start."""

import os
import random
import re
import shutil
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.clinic.demo import make_demo
from mmt.model.visit import Visit
from mmt.paths import Places

KEYS = "5" * 7 + "0" * 4
"""Seven grades and four negative signs: what is left of the draft's sitting and supine tests."""

LAST = re.compile(r"Last +(?P<name>.+?) (?P<side>RIGHT|LEFT) +(?P<value>\S+) +saved")
DONE = re.compile(r"(\d+) of 26 done")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill") / "clinic"
    make_demo(folder).close()
    return folder


def test_a_few_kills(prepared: Path, tmp_path: Path) -> None:
    assert sum(kill_once(prepared, tmp_path / str(turn), random.Random(turn)) for turn in range(4)) > 0


@pytest.mark.long
def test_two_hundred_kills(prepared: Path, tmp_path: Path) -> None:
    assert sum(kill_once(prepared, tmp_path / str(turn), random.Random(turn)) for turn in range(200)) > 200


def kill_once(prepared: Path, folder: Path, chance: random.Random) -> int:
    """Grade for a random while, kill, reopen and compare; how many new values had been shown as saved."""
    shutil.copytree(prepared, folder)
    code = "from mmt.tui.app import run_clinic; run_clinic()"
    terminal = Terminal([sys.executable, "-c", code], {**os.environ, "MMT_HOME": str(folder)})
    terminal.wait_for("listed")
    terminal.send("dora\r")
    terminal.wait_for("There is an open draft")
    terminal.send("\r")
    before = counted(terminal.wait_for("of 26 done"))
    for key in KEYS[: chance.randint(1, len(KEYS))]:
        terminal.send(key)
        terminal.read(chance.uniform(0.0, 0.03))
    terminal.kill()
    shown, visit = terminal.text, reopened(folder)
    kept = {one.cell: one for one in visit.observations}
    assert len(kept) >= counted(shown), shown
    if last := LAST.search(shown):
        values = [one.shown for one in visit.observations if one.side == last["side"].lower()]
        assert last["value"] in values, shown
    return counted(shown) - before


def counted(text: str) -> int:
    """How many tests the screen says are done."""
    found = DONE.search(text)
    assert found, text
    return int(found[1])


def reopened(folder: Path) -> Visit:
    """The draft as another start of the program finds it."""
    clinic = Clinic.open(Places(folder))
    draft = clinic.search("dora")[0].draft
    assert draft is not None
    visit = clinic.view(draft).visit
    clinic.close()
    return visit
