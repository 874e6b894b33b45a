"""A copy of the records holds all that was acknowledged: by hand when mmt is idle or left, else by backup."""

import datetime
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.paths import Places


@pytest.fixture(autouse=True)
def _home(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(places.root))


def names(places: Places) -> list[str]:
    """The patients that a start on these files finds."""
    clinic = Clinic.open(places)
    found = [row.name for row in clinic.search("")]
    clinic.close()
    return found


@pytest.mark.parametrize(
    "moment", [lambda _: None, Clinic.fold_in, Clinic.close], ids=["open", "idle", "left"]
)
def test_the_two_files_alone_hold_every_patient(
    moment: Callable[[Clinic], None], clinic: Clinic, places: Places, ann: Patient, tmp_path: Path
) -> None:
    clinic.begin(ann.id, "Dr Example").sign("Dr Example")
    moment(clinic)
    copy = Places(tmp_path / "copy")
    copy.root.mkdir()
    for one, two in ((places.database, copy.database), (places.key, copy.key)):
        shutil.copy2(one, two)
    assert names(copy) == ["Ann Example"]
    kept = Clinic.open(copy)
    assert kept.history(ann.id).visits[-1].signed
    kept.close()


def backup(*words: str) -> Result:
    return CliRunner().invoke(commands, ["backup", *words])


def test_backup_says_what_it_copied_and_that_the_key_lies_beside_it(
    clinic: Clinic, ann: Patient, tmp_path: Path
) -> None:
    clinic.add_patient(Patient(name="Bo Example", birth_date=datetime.date(1990, 1, 1)))
    clinic.begin(ann.id, "Dr Example")
    ran = backup(str(tmp_path))
    (made,) = tmp_path.glob("mmt-20*")
    assert ran.exit_code == 0
    assert ran.stdout.startswith(f"Backed up 2 patients and 1 visit to {made}.\nThe key lies beside")
    assert sorted(names(Places(made))) == ["Ann Example", "Bo Example"]


def test_backup_without_folder_or_records_says_so_with_status_1(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = backup(str(tmp_path / "unplugged"))
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"There is no folder {tmp_path / 'unplugged'}.")
    places.database.rename(tmp_path / "away.db")
    ran = backup(str(tmp_path))
    assert (ran.exit_code, ran.stderr[:23]) == (1, "The records are missing")
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "none"))
    ran = backup(str(tmp_path))
    assert (ran.exit_code, ran.stderr[:20]) == (1, "There are no records")
    assert not (tmp_path / "none").exists()


def test_a_backup_while_a_draft_is_being_written_holds_one_moment_of_it(
    clinic: Clinic, ann: Patient, tmp_path: Path
) -> None:
    draft = clinic.begin(ann.id, "Dr Example")
    command = [sys.executable, "-c", "from mmt.cli import main; main()", "backup", str(tmp_path)]
    counts = [0]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, text=True) as other:
        while other.poll() is None:
            counts.append(counts[-1] + 1)
            draft.keep(Observation(test="HEEL", side="right", count=counts[-1]))
            time.sleep(0.005)
        assert other.stdout
        assert "Backed up 1 patient and 1 visit to" in other.stdout.read()
    (made,) = tmp_path.glob("mmt-20*")
    copy = Clinic.open(Places(made))
    (seen,) = copy.view(draft.visit.id).visit.seen("HEEL", "right")
    copy.close()
    assert seen.count in counts
    assert [one.count for one in draft.visit.seen("HEEL", "right")] == [counts[-1]]
