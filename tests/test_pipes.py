"""A pipe in the place of a file is a fault that is said, and never something to wait for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from demo_copy import copy_demo

CASE = Path(__file__).parent / "cases" / "handout.toml"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")


def ran(home: Path, *command: str, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A process that has to end by itself."""
    return subprocess.run(
        [sys.executable, "-c", *command],
        input=text,
        capture_output=True,
        check=False,
        timeout=30,
        env=os.environ | {"MMT_HOME": str(home)},
    )


MAIN = "from mmt.cli import main; main()"
OPEN = """
import os
from mmt import crash
from mmt.clinic import Clinic
from mmt.model.errors import ClinicError
from mmt.paths import clinic
print(Clinic.open(clinic()).problems)
print(crash.note(ValueError(), clinic().log))
clinic().key.unlink()
os.mkfifo(clinic().key)
try:
    Clinic.open(clinic())
except ClinicError as error:
    print(error)
"""


def test_pipes_in_place_of_protocols_templates_and_logo(tmp_path: Path) -> None:
    for name in ("protocols/mine.toml", "templates/mine.toml", "templates/logo.svg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        os.mkfifo(tmp_path / name)
    checked = ran(tmp_path, MAIN, "check")
    says = "cannot be read (it is not a file); check name and rights"
    assert checked.stdout.decode().splitlines()[:3] == [
        f"protocols/mine.toml: {says}",
        f"templates/mine.toml: {says}",
        f"templates/logo.svg: {says}; papers are printed without a logo",
    ]
    assert checked.returncode == 1


def test_pipes_in_place_of_settings_key_and_log(tmp_path: Path) -> None:
    copy_demo(tmp_path / "clinic")
    for name in ("settings.json", "mmt.log"):
        os.mkfifo(tmp_path / "clinic" / name)
    said = ran(tmp_path / "clinic", OPEN).stdout.decode()
    assert (
        "settings.json: cannot be read, so the settings are those of a new clinic (it is not a file)" in said
    )
    assert "The fault could not be noted in" in said
    assert "clinic.key cannot be read (it is not a file)." in said


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_a_case_may_come_through_a_pipe_that_a_person_names(name: str, tmp_path: Path) -> None:
    explained = ran(tmp_path, MAIN, "explain", name, text=CASE.read_bytes())
    assert (explained.returncode, explained.stderr) == (0, b"")


def test_a_case_without_end_is_read_no_further_than_a_case_goes(tmp_path: Path) -> None:
    explained = ran(tmp_path, MAIN, "explain", "/dev/zero")
    assert explained.returncode == 1
    assert b"/dev/zero: is larger than 2 MB; no case is" in explained.stderr
