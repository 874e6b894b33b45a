"""The wheel holds the program with all its data, and nothing that is not part of it."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = {"protocols": "mmt/_shipped/protocols", "reports/templates": "mmt/_shipped/reports/templates"}

pytestmark = pytest.mark.skipif(not (shutil.which("uv") and shutil.which("git")), reason="needs uv and git")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files under version control, with two beside them that must stay at home."""
    copy = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    for private in ("protocols/clinic.db", "reports/templates/clinic.db-wal"):
        (copy / private).write_text("a patient", "utf-8")
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel that is built from the copy, with what they hold."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", out, checkout], check=True)
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


@pytest.mark.parametrize("folder", DATA)
def test_the_data_is_in_the_wheel_byte_by_byte(folder: str, checkout: Path, built: dict[str, bytes]) -> None:
    inside = {
        name.removeprefix(DATA[folder] + "/"): data for name, data in built.items() if DATA[folder] in name
    }
    beside = {
        path.relative_to(checkout / folder).as_posix(): path.read_bytes()
        for path in (checkout / folder).rglob("*")
        if path.is_file() and not path.name.startswith("clinic.db")
    }
    assert inside == beside
    assert len(inside) >= 4


def test_the_program_is_whole_and_alone(checkout: Path, built: dict[str, bytes]) -> None:
    program = {
        path.relative_to(checkout).as_posix() for path in (checkout / "mmt").rglob("*") if path.is_file()
    }
    inside = {name for name in built if not name.startswith(("mmt/_shipped/", "mmt-"))}
    assert inside == program
    assert any(name.endswith(".tcss") for name in inside)
    assert any(name.endswith("DejaVuSans.ttf") for name in inside)
    assert any(name.endswith("licenses/LICENSE") for name in built)


def test_files_of_a_clinic_stay_at_home(built: dict[str, bytes]) -> None:
    assert [name for name, data in built.items() if data == b"a patient"] == []
