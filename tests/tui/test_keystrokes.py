"""The table of keystrokes in the README is what the program takes, and within its goals."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "benchmarks"))

from keystrokes import exams, renewed, tallies  # noqa: E402 - found by the path above

README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_tells_the_keys_that_were_counted() -> None:
    played = tallies()
    assert [one.what for one in played if not one.met] == []
    assert renewed(README, played) == README, "run `python tests/benchmarks/keystrokes.py README.md`"


def test_amended_and_flagged_grades_stay_within_the_goal_whichever_they_are() -> None:
    played = [exams("", 1.18, 0.05, times=8, seed=seed) for seed in (2, 3)]
    assert [one.met for one in played] == [True, True]
    assert len({one.keys for one in played}) > 1, "some of the flags name what took over"


def test_a_goal_that_is_missed_is_said() -> None:
    assert not exams("", 1.1, 0.05, times=2).met
