"""Killed at any moment of a visit: what was told as kept is in the record at the next start, and no more than
what the next key asks for; the records are whole, and the draft goes on."""

import os
import subprocess
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

import msgspec
import pytest
from demo_copy import copy_demo
from killed_visits import KEYS, NOTE, Alone, Kill

PROGRAM = Path(__file__).with_name("killed_visits.py")


def test_a_few_visits_that_are_killed(tmp_path: Path) -> None:
    killed(tmp_path, 0, many=1, each=48)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 9))
def test_visits_that_are_killed_at_any_moment(seed: int, tmp_path: Path) -> None:
    found = killed(tmp_path, seed, many=250)
    steps = Counter(one.step for one in found)
    behind = sum(one.kept < one.typed for one in found)
    between = sum(one.kept > one.told for one in found)
    unshown = sum(one.unshown for one in found)
    print(f"\nseed {seed}: {', '.join(f'{step} {steps[step]}' for step in KEYS)}")
    print(f"before the last key was kept: {behind}, kept and not told: {between}, not shown: {unshown}")
    assert set(steps) == set(KEYS), "a step was never killed in"
    assert min(behind, between + unshown) > 5, "the kills do not fall between key, disk and screen"


@pytest.mark.long
@pytest.mark.parametrize("seed", [9, 10], ids=["with a passphrase", "without"])
def test_visits_that_are_killed_as_each_thing_is_kept(seed: int, tmp_path: Path) -> None:
    found = killed(tmp_path, seed, each=1)
    assert [one.kept for one in found] == [one.told for one in found] == list(range(1, len(found) + 1))


def killed(root: Path, seed: int, many: int = 0, each: int = 0) -> list[Kill]:
    """Visits that were killed, so many at random and some as they kept something; each left all it should."""
    copy_demo(root / "clinic")
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = [sys.executable, str(PROGRAM), str(root), str(seed), str(many), str(each)]
    told = subprocess.run(program, check=True, env=here, stdout=subprocess.PIPE).stdout.splitlines()
    alone = msgspec.json.decode(told[0], type=Alone)
    holds_all_that_is_typed(alone)
    found = [msgspec.json.decode(line, type=Kill) for line in told[1:]]
    assert len(found) == many + (each and (len(alone.states) - 1) // each)
    assert [wrong for one in found for wrong in one.wrong] == []
    return found


def holds_all_that_is_typed(alone: Alone) -> None:
    """Or the kills would prove nothing."""
    visit, papers = alone.states[-1].visit, alone.states[-1].papers
    assert [step for step, _ in groupby(one.step for one in alone.states)] == list(KEYS)
    assert visit
    assert visit.signature
    assert not visit.altered
    assert papers == ("Hand-out for the patient",)
    assert set(visit.safety.values()) == set(visit.precautions.values()) == {False}
    assert (len(visit.safety), len(visit.precautions)) == (7, 12)
    assert visit.story == {"groc": 3, "sheet_done": "most"}
    seen = {(*one.cell, one.trial): one for one in visit.observations}
    assert len(seen) == 20
    legs = [seen["LL-TRUE", side, trial].millimetres for trial in (1, 2) for side in ("right", "left")]
    assert legs == [902, 889, 903, 904]
    assert seen["EHL", "right", 1].grade == seen["GAS", "left", 1].grade == "5"
    assert seen["L-PKE", "left", 1].degrees == 38
    assert seen["SLR", "right", 1].flags == ("substitution",)
    assert seen["GMED", "left", 1].not_tested == "time"
    assert (seen["GMED", "right", 1].grade, seen["GMED", "right", 1].flags) == ("4+", ("range-limited",))
    assert [one.verdict for one in visit.decisions.values()] == ["accepted", "set-aside", "accepted"]
    assert visit.prescription
    assert (visit.prescription[0].dose.reps, visit.prescription[0].dose.per_day) == (3, 2)
    assert visit.note == "".join(NOTE)
    earlier = [one.visit for one in alone.states if one.visit]
    assert any(one.seen("EHL", "right") and one.seen("EHL", "right")[0].grade == "4" for one in earlier)
    assert any(one.seen("GAS", "left") and one.seen("GAS", "left")[0].not_tested for one in earlier)
