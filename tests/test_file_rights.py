"""Whether others reach the files of a clinic, by their modes and owners."""

import os
import stat
from pathlib import Path

import pytest

from mmt.rights import close, exposed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="file modes mean nothing on Windows")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_what_others_reach_is_told_and_closed(mode: int, tmp_path: Path) -> None:
    key = tmp_path / "clinic.key"
    key.touch()
    key.chmod(mode)
    (found,) = exposed([tmp_path, key, tmp_path / "missing"])
    assert found == (key, f"Other accounts of this computer can look into {key}, or change it.", True)
    close(key)
    assert stat.S_IMODE(key.stat().st_mode) == mode & 0o700
    assert exposed([key]) == []


def test_what_belongs_to_another_is_told_and_no_mode_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: here + 1)
    (found,) = exposed([tmp_path])
    assert "belongs to another account" in found.says
    assert not found.by_mode
