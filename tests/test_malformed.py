"""Faulty case files: every fault is named, one line each, with exit status 1 and never a traceback.

Each file of tests/malformed says on its lines `#! …` what must be named, and nothing else may be.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmt.cli import commands

FILES = sorted((Path(__file__).parent / "malformed").glob("*.toml"))
WHOLE = b'id = "x"\ntitle = "x"\nsource = "x"\n[patient]\nbirth_date = 1979-05-02\n[[visits]]\n'
BYTES = {
    "empty": (b"", ["id: is missing", "title: is missing", "source: is missing", "patient: is missing"]),
    "not UTF-8": (b'id = "\xff\xfe"', ["is not UTF-8 text (byte 6); save it as UTF-8"]),
    "too large": (b"#" * 2_000_001, ["is larger than 2 MB; no case is"]),
    "a byte order mark": (
        b"\xef\xbb\xbf" + WHOLE,
        ["visits[0].date: is missing", "visits[0].examiner: is missing", "visits[0].scale: is missing"],
    ),
}


@pytest.fixture(autouse=True)
def _no_own_protocols(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path))


def expected(path: Path) -> list[str]:
    """The problems that a file says it has."""
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return [line.removeprefix("#! ") for line in lines if line.startswith("#! ")]


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 25
    assert all(expected(path) for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_is_named(path: Path) -> None:
    ran = CliRunner().invoke(commands, ["explain", str(path)])
    assert ran.stderr.splitlines() == [f"{path}: {says}" for says in expected(path)]
    assert (ran.exit_code, ran.stdout) == (1, "")


@pytest.mark.parametrize("which", BYTES)
def test_faults_of_standard_input(which: str) -> None:
    data, says = BYTES[which]
    ran = CliRunner().invoke(commands, ["explain", "--json", "-"], input=data)
    named = [line.removeprefix("standard input: ") for line in ran.stderr.splitlines()]
    assert [line for line in named if not line.startswith("visits: ")] == says
    assert (ran.exit_code, ran.stdout) == (1, "")


@pytest.mark.parametrize("command", ["explain", "handout"])
def test_the_real_program_ends_with_status_1_and_no_traceback(command: str, tmp_path: Path) -> None:
    path = next(one for one in FILES if one.stem == "story-answers")
    out = tmp_path / "sheet.pdf"
    more = ["-o", str(out)] if command == "handout" else []
    typed = [sys.executable, "-c", "from mmt.cli import main; main()", command, str(path), *more]
    ran = subprocess.run(typed, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [f"{path}: {says}" for says in expected(path)]
    assert ran.stdout == ""
    assert not out.exists()
