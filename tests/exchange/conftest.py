"""Two clinics of other names, each made once for all tests of a file."""

import datetime
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from mmt.clinic import Clinic, content
from mmt.model.people import Letterhead
from mmt.paths import Places

for room in ("reasoning", "storage"):  # where histories and rows are made up
    sys.path.append(str(Path(__file__).parents[1] / room))

NOW = datetime.datetime(2026, 3, 2, 9, 30, 15, 250000, tzinfo=datetime.UTC)

Ready = Callable[[str], Path]
Make = Callable[[str], Clinic]


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """The folder of a clinic of a name that was just set up, to be copied."""

    @cache
    def folder(name: str) -> Path:
        places = Places(tmp_path_factory.mktemp("ready") / name)
        Clinic.create(places, Letterhead(name=f"{name} Clinic"), f"Dr {name}").close()
        return places.root

    return folder


@pytest.fixture(scope="session")
def shipped_content(ready: Ready) -> content.Content:
    """Protocols and templates as they are shipped."""
    return content.read(Places(ready("Oak")))


@pytest.fixture
def content_once(shipped_content: content.Content, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protocols and templates are read once for all clinics: none of them has its own."""
    monkeypatch.setattr(content, "read", lambda _: shipped_content)


@pytest.fixture
def make(tmp_path: Path, ready: Ready) -> Iterator[Make]:
    """Makes an empty clinic of a name, on a fixed day."""
    made: list[Clinic] = []

    def one(name: str) -> Clinic:
        places = Places(shutil.copytree(ready(name), tmp_path / name))
        made.append(Clinic.open(places, today=NOW.date, now=lambda: NOW))  # type: ignore[arg-type,return-value]
        return made[-1]

    yield one
    for clinic in made:
        clinic.close()


@pytest.fixture
def oak(make: Make) -> Clinic:
    """The clinic that records go out of."""
    return make("Oak")


@pytest.fixture
def elm(make: Make) -> Clinic:
    """The empty clinic that they come into."""
    return make("Elm")
