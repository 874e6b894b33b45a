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
    "both-sides-three",
    "creeping-fall-other-examiners",
    "crossed-leg-raise",
    "crossed-lower",
    "crossed-upper",
    "dominant-arm-expected",
    "factor-with-sign",
    "fall-by-another-examiner",
    "first-sheet-limits",
    "foot-drop-new",
    "function-score",
    "heel-raise-changes",
    "leg-length-changes",
    "leg-length-readings-apart",
    "leg-length-sides-disagree",
    "leg-length-structural",
    "limited-range-lowers-confidence",
    "one-leg-to-both",
    "other-arm-stronger",
    "other-lever-lowers-confidence",
    "other-scale",
    "pain-falls-two-grades",
    "pain-inhibited-three",
    "pain-scores",
    "pair-trunk",
    "pattern-upper-motor-neuron",
    "precaution-from-safety-lasts",
    "questions-not-asked",
    "saddle-numbness",
    "short-at-the-limit",
    "substitution-lowers-confidence",
    "swan-dive-with-glaucoma",
    "telling-l5-or-common-peroneal",
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
