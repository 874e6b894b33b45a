"""A backup or a restore that is killed leaves what was there, and nothing that passes for more than it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mmt.clinic import Clinic
from mmt.clinic.backups.making import found
from mmt.clinic.backups.manifest import checked
from mmt.clinic.backups.restoring import restore
from mmt.model.people import Patient
from mmt.paths import Places

PROGRAM = Path(__file__).with_name("killed.py")


@pytest.fixture
def root(clinic: Clinic, ann: Patient, tmp_path: Path) -> Path:
    """A clinic whose backups go to a drive, and a good backup of it elsewhere."""
    for name in ("stick", "elsewhere"):
        (tmp_path / name).mkdir()
    clinic.backups().choose(str(tmp_path / "stick"))
    clinic.backups().make(tmp_path / "elsewhere").folder.rename(tmp_path / "good")
    clinic.close()
    return tmp_path


@pytest.mark.parametrize(
    "many", [pytest.param(4, id="short"), pytest.param(100, id="long", marks=pytest.mark.long)]
)
def test_killed_at_any_moment_backups_are_good_or_hidden_and_restores_whole_or_none(
    many: int, root: Path
) -> None:
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, str(PROGRAM), str(root), str(many), "1"], check=True, env=here)
    there = list(found(root / "stick"))
    assert there
    assert all(checked(path) for path in there)
    assert set(there) == set((root / "stick").glob("[!.]*"))
    assert (root / "to-0").is_dir()
    for turn in range(many + 1):
        to = root / f"to-{turn}"
        if not to.exists():
            restore(root / "good", to)
            assert not list(root.glob(f".to-{turn}-*"))
        assert names(to) == ["Ann Example"]
    assert checked(root / "good")
    assert names(root / "clinic") == ["Ann Example"]


def names(folder: Path) -> list[str]:
    """The patients that a start on these records finds."""
    clinic = Clinic.open(Places(folder))
    found = [row.name for row in clinic.search("")]
    clinic.close()
    return found
