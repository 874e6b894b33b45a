"""A paper is opened with the system's viewer, or a sentence says where it is."""

import sys
import time
from pathlib import Path

import pytest

from mmt.viewer import open_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens files by itself")
VIEWER = "open" if sys.platform == "darwin" else "xdg-open"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper with a name that a shell would stumble over, on a computer without a viewer."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "it's $(a) paper; 1.pdf"


def viewer(paper: Path, script: str, mode: int = 0o700) -> None:
    path = paper.parent / "bin" / VIEWER
    path.write_text(script)
    path.chmod(mode)


def test_the_viewer_gets_the_file_and_nothing_of_the_terminal(paper: Path) -> None:
    told = paper.with_name("told")
    viewer(paper, f'#!/bin/sh\necho "noise"; echo "noise" >&2; [ -t 0 ] || printf %s "$1" > "{told}"\n')
    assert open_file(paper) == ""
    end = time.monotonic() + 10
    while not (told.exists() and told.read_text() == str(paper)):
        assert time.monotonic() < end, "the viewer was never told"
        time.sleep(0.01)


def test_without_a_viewer_the_place_is_told(paper: Path) -> None:
    assert open_file(paper) == f"No viewer was found on this computer. The paper is at {paper}"


def test_a_viewer_that_does_not_start_is_told(paper: Path) -> None:
    viewer(paper, "\x7fELF no program")
    assert open_file(paper) == f"The viewer did not start (Exec format error). The paper is at {paper}"


def test_at_a_station_nothing_opens_on_the_computer_that_keeps_the_records(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = paper.with_name("told")
    viewer(paper, f"#!/bin/sh\n/bin/touch {told}\n")
    monkeypatch.setenv("MMT_STATION", "Room 2")
    assert open_file(paper) == f"P prints it. It is kept on the computer that keeps the records, at {paper}"
    time.sleep(0.05)
    assert not told.exists()
