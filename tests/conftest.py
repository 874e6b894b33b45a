"""What tests of every room may ask for."""

import ctypes
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from mmt.clinic import content
from mmt.library import load as loading
from mmt.library.load import Found, Library, _folder
from mmt.paths import Places, shipped
from mmt.toml.problems import Problem

if sys.dont_write_bytecode:
    # who wants no compiled modules beside the sources has them beside pytest's cache: without any, each
    # worker and each program that a test starts would compile all of them anew
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "compiled")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    del os.environ["PYTHONDONTWRITEBYTECODE"]

_SHIPPED = shipped("protocols")


@cache
def _shipped_items() -> tuple[dict[tuple[str, str], Found], list[Problem]]:
    problems: list[Problem] = []
    return _folder(_SHIPPED, problems), problems


def _read_once(folder: Path, problems: list[Problem]) -> dict[tuple[str, str], Found]:
    """The items of a folder of protocols; those that come with mmt are read once for all tests."""
    if folder != _SHIPPED:
        return _folder(folder, problems)
    found, faults = _shipped_items()
    problems += faults
    return found


_load = loading.load


@cache
def _shipped_library() -> Library:
    return _load([_SHIPPED])


def _load_once(folders: Sequence[Path], signoffs: Path | None = None) -> Library:
    """A library; that of what comes with mmt alone is checked and joined once for all tests."""
    return _shipped_library() if list(folders) == [_SHIPPED] and not signoffs else _load(folders, signoffs)


_read = content.read


@cache
def _shipped_content() -> content.Content:
    return _read(Places(_SHIPPED / "no-clinic"))


def _content(places: Places) -> content.Content:
    """What a clinic works with; that of a clinic without a file of its own is read once for all tests."""
    own = (places.protocols, places.templates, places.signoffs, places.own_errors)
    return _read(places) if any(one.exists() for one in own) else _shipped_content()


pytest.MonkeyPatch().setattr("mmt.library.load._folder", _read_once)
pytest.MonkeyPatch().setattr("mmt.library.load.load", _load_once)
pytest.MonkeyPatch().setattr("mmt.clinic.content.read", _content)

# SQLCipher wipes memory for good once it was told to: it makes a large value ten times slower to keep
pytest.MonkeyPatch().setattr("mmt.storage.connect._WIPED", "cipher_memory_security = OFF")

_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
"""Bytes that have to be free where the records of tests lie in memory: a disk makes each kept value wait."""


def pytest_configure(config: pytest.Config) -> None:
    # pytest-cov begins to measure before it knows that it is in a worker, and then once more on top
    plugin = config.pluginmanager.getplugin("_cov")
    if hasattr(config, "workerinput") and plugin is not None and plugin.cov_controller is not None:
        plugin.cov_controller.pause()
    if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("TMPDIR", str(_IN_MEMORY))
        tempfile.tempdir = None
    gc.set_threshold(20_000, 20, 20)  # what thousands of tests hold is looked through less often


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than there are cores: tests of the terminal spend a third of their time waiting."""
    cores = yield
    return cores if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else cores + 1


_VERSION_3 = 0x20080522
_PAST_MODES = 0b110
"""The bits of Linux's capabilities to write and to read whatever a file's mode says."""


@pytest.fixture
def bound_by_modes() -> Iterator[None]:
    """File modes bind the test, also where root runs it."""
    if os.name == "nt":
        pytest.skip("file modes mean nothing on Windows")
    if os.geteuid() != 0:
        yield
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("root writes whatever a file's mode says, and only Linux lets it lay that power down")
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    had = powers[0]
    powers[0] = had & ~_PAST_MODES
    assert libc.capset(header, powers) == 0
    yield
    powers[0] = had
    assert libc.capset(header, powers) == 0


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Move the computer to another time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows takes its time zone from the system alone")

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


_COVERING = tuple(Path(__file__).parent / one for one in ("model", "reasoning", "test_cases.py"))
"""Where the branches of model and reasoning have to be tested: that a screen comes by proves nothing."""

_BY_CHANCE = ("_properties.py", "_safe_side.py", "_mirror.py")
"""Tests of made-up histories: a branch that only they come by may be missed the next time."""


def _covers(path: Path) -> bool:
    return any(map(path.is_relative_to, _COVERING)) and not path.name.endswith(_BY_CHANCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Measure coverage, where it is asked for, in those tests alone."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    if plugin is None or plugin.cov_controller is None or _covers(item.path):
        return (yield)
    plugin.cov_controller.pause()
    try:
        return (yield)
    finally:
        plugin.cov_controller.resume()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.name == "nt" or not shutil.which("mount") or subprocess.run(mounted, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
