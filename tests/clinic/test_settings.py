"""Settings are kept over a restart; a faulty file harms nothing and is said."""

import os
from pathlib import Path

import pytest
from demo_copy import copy_demo

from mmt.clinic import Clinic
from mmt.model.errors import ClinicError
from mmt.model.settings import Settings
from mmt.paths import Places


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_demo(tmp_path / "clinic")


def reopened(folder: Path) -> Clinic:
    return Clinic.open(Places(folder))


def test_a_setting_is_kept_for_the_next_start(folder: Path) -> None:
    clinic = reopened(folder)
    assert clinic.settings == Settings(side_order="right")
    chosen = Settings(theme="light", bell=False, reduced_motion=True, side_order="sound")
    clinic.change_settings(chosen)
    clinic.close()
    again = reopened(folder)
    assert again.settings == chosen
    assert again.problems == ()
    again.close()
    assert os.name == "nt" or (folder / "settings.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "data",
    [
        *(b"{", b'{"side_order": "upwards"}', b'{"theme": "pink"}', b'{"bell": "no"}', b'{"colour": "red"}'),
        b'{"theme": "d\xfcnn"}',
    ],
)
def test_a_faulty_file_of_settings_is_named_and_left_alone(folder: Path, data: bytes) -> None:
    path = folder / "settings.json"
    path.write_bytes(data)
    clinic = reopened(folder)
    assert clinic.settings == Settings()
    assert [str(path) in one for one in clinic.problems] == [True]
    clinic.close()
    assert path.read_bytes() == data


def test_a_setting_that_cannot_be_kept_holds_and_says_so(folder: Path) -> None:
    clinic = reopened(folder)
    (folder / "settings.json").mkdir()
    with pytest.raises(ClinicError, match="could not be kept"):
        clinic.change_settings(Settings(side_order="sound"))
    assert clinic.settings.side_order == "sound"
    clinic.close()
