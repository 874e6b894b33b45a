"""What `mmt explain` says of telling cases, word for word: a sentence to a clinician changes only on purpose.

After a wanted change: `uv run pytest tests/test_explained.py --snapshot-update`, and read the difference.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner
from syrupy.assertion import SnapshotAssertion

from mmt.cli import commands

CASES = Path(__file__).parent / "cases"
TELLING = (
    "ankle-jerks-lost-when-old-with-mild-weakness",
    "arm-root-by-one-muscle-and-the-neck",
    "both-sides-three",
    "bridge-hamstring-6-weeks",
    "brisk-reflexes",
    "cancer-before-denied-later",
    "creeping-fall-other-examiners",
    "crossed-leg-raise",
    "crossed-lower",
    "crossed-upper",
    "dominant-arm-expected",
    "dynamometer-beside-a-grade",
    "emergency-comes-first",
    "entered-from-paper",
    "every-condition-at-once",
    "every-finding-nothing-asked",
    "factor-with-sign",
    "fall-by-another-examiner",
    "fall-seen-past-a-gap",
    "first-sheet-limits",
    "foot-drop-new",
    "foot-drop-stable-after-action",
    "force-ninety-per-cent-less",
    "function-score",
    "gates-look-back",
    "gives-way-in-three-muscles",
    "goal-with-a-measure",
    "hamstring-weaker-down-to-three",
    "heel-raise-changes",
    "heel-raise-none-before-75",
    "heel-raise-sides-at-the-limit",
    "heel-raise-three",
    "heel-walk-lost-then-done-once",
    "hip-may-be-the-source-and-back-pain-of-0",
    "hold-fell-by-far",
    "home-easy-and-weaker",
    "home-stopped-before",
    "home-walking-hurt-and-worse",
    "leg-length-changes",
    "leg-length-compensated",
    "leg-length-functional-by-apparent",
    "leg-length-likely-to-matter",
    "leg-length-one-side-measured",
    "leg-length-readings-apart",
    "leg-length-screening-alone",
    "leg-length-sides-disagree",
    "leg-length-structural",
    "leg-raise-with-angle",
    "limited-range-lowers-confidence",
    "long-nerves-and-saddle-not-asked",
    "long-nerves-knee-jerks-absent",
    "night-pain-without-a-risk",
    "one-brisk-reflex-usual-once",
    "one-leg-to-both",
    "other-arm-stronger",
    "other-lever-lowers-confidence",
    "other-scale",
    "pain-falls-two-grades",
    "pain-inhibited-three",
    "pain-scores",
    "pain-three-not-tested-again",
    "pair-trunk",
    "pattern-on-both-sides",
    "pattern-upper-motor-neuron",
    "pattern-upper-motor-neuron-without-weakness",
    "piriformis-one-form-a-sheet",
    "precaution-from-safety-lasts",
    "questions-not-asked",
    "reflex-changes",
    "retest-better",
    "sacral-touch-of-both-sides-and-new",
    "saddle-numbness",
    "scores-at-their-limits",
    "sheet-heel-raises-before-sitting",
    "sheet-two-stretches",
    "short-at-the-limit",
    "substitution-lowers-confidence",
    "swan-dive-with-glaucoma",
    "swollen-calf-denied-later",
    "telling-l5-or-common-peroneal",
    "trials-compared",
    "tumour-suspected-and-denied-later",
    "worse-in-two-visits-running",
    "wrist-drop",
)


@pytest.mark.parametrize("name", TELLING)
def test_the_words_are_those_that_were_read(
    name: str, snapshot: SnapshotAssertion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path))
    ran = CliRunner().invoke(commands, ["explain", str(CASES / f"{name}.toml")])
    assert ran.exit_code == 0, ran.output
    said, sources = ran.stdout.split("\nSOURCES\n")
    assert sources
    assert said == snapshot


def test_a_source_is_not_taken_for_another_whose_title_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path))
    visit = """
[[visits]]
date = {day}
examiner = "A"
scale = "MRC-8"
observations = [
  {{ test = "LL-FOOT", side = "left", millimetres = 40.0 }},
  {{ test = "LL-FOOT", side = "right", millimetres = 44.0 }},
]
"""
    head = 'id = "a"\ntitle = "a"\nsource = "a"\n[patient]\nbirth_date = 1979-05-02\n'
    case = head + visit.format(day="2026-03-02") + visit.format(day="2026-04-02")
    ran = CliRunner().invoke(commands, ["explain", "-"], input=case)
    changed = ran.stdout.split("CHANGES SINCE THE VISIT BEFORE\n")[1].split("\n\n")[0]
    assert "source: Mag, L81 (" in changed
