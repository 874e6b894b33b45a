"""One call to the disk fails, each in its turn: a sentence, nothing acknowledged is lost, and it goes on."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from kept import begun, made, opened
from power_cut import missing
from test_power_cut import PROGRAM, recorded

from mmt.model.protocol import Protocol
from mmt.paths import Places
from mmt.storage.clinic_data import practitioners

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "strace is there")

FAULTS = [
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("fsync", "EIO"),
    ("ftruncate", "EIO"),
    ("pread64", "EIO"),
    ("openat", "EMFILE"),
    ("openat", "EROFS"),
    ("pwrite64", "EROFS"),
    ("unlink", "EIO"),
]
SET_UP_FAULTS = [
    ("pwrite64", "ENOSPC"),
    ("fsync", "EIO"),
    ("link", "EPERM"),
    ("mkdir", "ENOSPC"),
    ("unlink", "EIO"),
]


def run(folder: Path, call: str, error: str, when: str, grades: int) -> tuple[int, list[str], int]:
    """Keep grades while calls on the records fail: exit status, what was said, how many calls failed."""
    trace = folder.with_name("trace")
    records = [
        f"{folder}/clinic{end}" for end in (".key", ".mark", ".db", ".db-wal", ".db-shm", ".db-journal")
    ]
    strace = ["strace", "-f", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={call}"]
    paths = [word for path in (*records, str(folder)) for word in ("-P", path)]
    done = subprocess.run(
        [
            *strace,
            *(paths if folder.is_dir() else []),
            *("-e", f"inject={call}:error={error}:when={when}"),
            *(sys.executable, str(PROGRAM), str(folder), str(grades), "FULL"),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines(), trace.read_text().count("(INJECTED)")


def judge(folder: Path, status: int, said: list[str], grades: int) -> None:
    """All was kept in the end, or a sentence says why not; what was acknowledged is there in any case."""
    saved = [int(line.removeprefix("saved ")) for line in said if line.startswith("saved ")]
    assert all(line.endswith(".") for line in said if line.startswith(("refused: ", "not saved: ")))
    if status == 0:
        assert saved[-1] == grades
    else:
        assert (status, said[-1].split(":")[0]) == (3, "refused")
    if (folder / "clinic.db").exists():
        found = recorded(Places(folder))
        assert found == list(range(1, len(found) + 1))
        assert len(found) >= max(saved, default=0)


@pytest.fixture
def folder(tmp_path: Path, ready: Path, protocol: Protocol) -> Path:
    """A clinic with a draft."""
    places = Places(shutil.copytree(ready, tmp_path / "clinic"))
    store = opened(places)
    begun(store, protocol)
    store.close()
    return places.root


@pytest.mark.parametrize(
    ("call", "error", "when", "says"),
    [
        ("pwrite64", "ENOSPC", "20+23", "not saved: The disk is full. Make room on it, then try again."),
        ("fsync", "EIO", "4+5", "not saved: The disk does not answer, or is full. Check it, then try again."),
    ],
)
def test_calls_that_fail_now_and_then_lose_nothing(
    call: str, error: str, when: str, says: str, folder: Path
) -> None:
    status, said, failed = run(folder, call, error, when, grades=20)
    judge(folder, status, said, 20)
    assert status == 0
    assert 5 < failed < 50
    assert says in said


def test_a_file_that_cannot_be_opened_for_writing_is_told_before_the_first_grade(folder: Path) -> None:
    status, said, _ = run(folder, "openat", "EMFILE", "2", grades=2)
    assert status == 3
    assert all(
        "The records can only be read: their disk is full, or cannot be written." in one for one in said
    )


def test_a_set_up_that_fails_can_be_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    status, said, _ = run(folder, "pwrite64", "ENOSPC", "9", grades=1)
    assert (status, [line.split(":")[0] for line in said]) == (3, ["refused"])
    judge(folder, *run(folder, "pwrite64", "ENOSPC", "5000", grades=3)[:2], 3)
    assert len(recorded(Places(folder))) == 3


@pytest.mark.long
@pytest.mark.parametrize(("call", "error"), FAULTS)
def test_each_call_fails_in_its_turn(call: str, error: str, folder: Path, tmp_path: Path) -> None:
    for turn in count(1):
        copy = shutil.copytree(folder, tmp_path / f"turn-{turn}")
        status, said, failed = run(copy, call, error, str(turn), grades=3)
        judge(copy, status, said, 3)
        if not failed:
            assert status == 0
            return


@pytest.mark.long
@pytest.mark.parametrize(("call", "error"), SET_UP_FAULTS)
def test_each_call_of_a_set_up_fails_in_its_turn(call: str, error: str, tmp_path: Path) -> None:
    for turn in count(1):
        folder = tmp_path / f"turn-{turn}"
        status, said, failed = run(folder, call, error, str(turn), grades=1)
        judge(folder, status, said, 1)
        store = opened(Places(folder)) if (folder / "clinic.db").exists() else made(Places(folder))
        with store.reading() as db:
            assert practitioners(db) == ("Dr Example",)
        store.close()
        if not failed:
            assert status == 0
            return
