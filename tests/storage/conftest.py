"""A clinic's file for each test, and the shipped protocol for all of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import made, opened

from mmt.library.load import load
from mmt.model.protocol import Protocol
from mmt.paths import Places, shipped
from mmt.storage.store import Store


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return load([shipped("protocols")]).protocol


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic that was just set up, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "clinic"
    made(Places(folder)).close()
    return folder


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "clinic")


@pytest.fixture
def store(ready: Path, places: Places) -> Iterator[Store]:
    shutil.copytree(ready, places.root)
    kept = opened(places)
    yield kept
    kept.close()
