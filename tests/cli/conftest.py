"""A folder for each command that is typed here."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic's folder that is not there yet; what is written goes into `tmp_path`."""
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def _same_umask() -> Iterator[None]:
    """`main` sets the umask of its process, which is this one."""
    before = os.umask(0o022)
    yield
    os.umask(before)
