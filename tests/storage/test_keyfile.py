"""The key is random, its owner's alone, written before it is used, and never shown."""

import stat
import traceback
from pathlib import Path

import pytest

from mmt.storage.keyfile import Secrets, fresh_secrets, read_secrets


def test_a_key_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "clinic.key"
    key = fresh_secrets(path)
    assert read_secrets(path).pragma == key.pragma
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_no_two_keys_are_alike(tmp_path: Path) -> None:
    assert len({fresh_secrets(tmp_path / str(number)).lines for number in range(20)}) == 20


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "clinic.key"
    before = fresh_secrets(path).lines
    with pytest.raises(FileExistsError):
        fresh_secrets(path)
    assert path.read_text() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_key_is_not_shown_where_values_are_printed(tmp_path: Path) -> None:
    key = fresh_secrets(tmp_path / "clinic.key")

    def fail(held: Secrets) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        fail(key)
    report = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "Secrets(…)" in report
    assert key.lines.strip() not in report + repr(key) + str(key) + f"{key}"


def test_a_key_may_be_typed_in_capitals_or_groups(tmp_path: Path) -> None:
    path = tmp_path / "clinic.key"
    key = fresh_secrets(path)
    path.write_text(" ".join(key.lines.strip().upper()[at : at + 8] for at in range(0, 64, 8)))
    assert read_secrets(path).pragma == key.pragma
