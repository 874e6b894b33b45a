"""A clinic for each test, on a fixed day, and the demo's clinic as it opens."""

import datetime
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_copy import copy_demo

from mmt.clinic import Clinic
from mmt.model.people import Letterhead, Patient
from mmt.paths import Places

sys.path.append(str(Path(__file__).parents[1] / "exchange"))  # where a server to send to is

TODAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)
LETTERHEAD = Letterhead(name="Example Clinic", address="1 Example Street", telephone="555 0100")

Start = Callable[[], Clinic]


@pytest.fixture(autouse=True)
def _same_umask() -> Iterator[None]:
    """A clinic sets the umask of its process, which is this one."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic that was just set up, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "clinic"
    Clinic.create(Places(folder), LETTERHEAD, "Dr Example").close()
    return folder


@pytest.fixture
def places(tmp_path: Path, ready: Path) -> Places:
    return Places(shutil.copytree(ready, tmp_path / "clinic"))


@pytest.fixture
def start(places: Places) -> Iterator[Start]:
    """Start the program once more on the same records."""
    running: list[Clinic] = []

    def once_more() -> Clinic:
        running.append(Clinic.open(places, today=lambda: TODAY, now=lambda: NOW))
        return running[-1]

    yield once_more
    for clinic in running:
        clinic.close()


@pytest.fixture
def clinic(start: Start) -> Clinic:
    return start()


@pytest.fixture
def ann(clinic: Clinic) -> Patient:
    """A patient without a visit."""
    return clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Clinic]:
    clinic = Clinic.open(Places(copy_demo(tmp_path / "demo")))
    yield clinic
    clinic.close()
