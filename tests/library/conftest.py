"""The shipped protocols, and a clinic's own folder beside them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mmt.library.load import Library, load
from mmt.paths import shipped

LoadOwn = Callable[..., Library]


@pytest.fixture(scope="session")
def library() -> Library:
    """What mmt ships, loaded once."""
    return load([shipped("protocols")])


@pytest.fixture
def load_own(tmp_path: Path) -> LoadOwn:
    """Load the shipped protocols with files of an own folder: `load_own(mine="…")` writes `mine.toml`."""

    def run(**files: str | bytes) -> Library:
        own = tmp_path / "own"
        own.mkdir(exist_ok=True)
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (own / f"{name}.toml").write_bytes(data)
        return load([shipped("protocols"), own])

    return run
