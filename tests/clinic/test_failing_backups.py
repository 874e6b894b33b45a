"""One call to the disk fails, each in its turn, while a backup is made: a good one or a sentence."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from mmt.clinic import Clinic
from mmt.clinic.backups.manifest import checked
from mmt.model.people import Patient
from mmt.paths import Places

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace makes the calls fail"),
]
COMMAND = [sys.executable, "-c", "from mmt.cli import main; main()", "backup"]


@pytest.mark.parametrize(
    ("call", "error", "step"),
    [("pwrite64", "ENOSPC", 41), ("pwrite64", "EIO", 41), ("fsync", "EIO", 1), ("rename", "EIO", 1)],
)
def test_a_backup_whose_call_fails_is_good_or_told(
    call: str, error: str, step: int, clinic: Clinic, ann: Patient, places: Places, tmp_path: Path
) -> None:
    clinic.begin(ann.id, "Dr Example")
    clinic.close()
    for turn in count(1, step):
        stick, trace = tmp_path / f"stick-{turn}", tmp_path / "trace"
        stick.mkdir()
        inject = f"inject={call}:error={error}:when={turn}"
        strace = ["strace", "-f", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={call}", "-e", inject]
        done = subprocess.run(
            [*strace, *COMMAND, str(stick)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "MMT_HOME": str(places.root)},
        )
        there = list(stick.glob("[!.]*"))
        assert all(checked(path) for path in there)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or (done.returncode == 1 and done.stderr.endswith(".\n")), done.stderr
        assert len(there) == 1 or done.returncode == 1
        if "(INJECTED)" not in trace.read_text():
            assert (done.returncode, turn > 1) == (0, True)
            return
