"""Where files live."""

import os
from pathlib import Path

import pytest

from mmt import paths
from mmt.paths import Places, clinic, shipped


def test_the_shipped_folders_hold_what_they_should() -> None:
    assert (shipped("protocols") / "tests").is_dir()
    assert (shipped("reports/templates") / "hand-out.toml").is_file()


def test_all_that_is_the_clinics_lies_below_one_folder(tmp_path: Path) -> None:
    places = Places(tmp_path)
    named = {
        places.database: "clinic.db",
        places.key: "clinic.key",
        places.protocols: "protocols",
        places.templates: "templates",
        places.exports: "export",
        places.log: "mmt.log",
    }
    assert {path: path.relative_to(tmp_path).as_posix() for path in named} == named
    assert places.protocol_folders == (shipped("protocols"), tmp_path / "protocols")
    assert places.template_folders == (shipped("reports/templates"), tmp_path / "templates")


def test_the_folder_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "records"))
    assert clinic().root == tmp_path / "records"


def test_a_tilde_means_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", "~/records")
    assert clinic().root == Path.home() / "records"


def test_a_home_that_nobody_has_is_taken_as_it_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMT_HOME", "~no-such-person/records")
    assert clinic().root == Path("~no-such-person/records")


@pytest.mark.parametrize("named", [None, ""])
@pytest.mark.skipif(os.name == "nt", reason="XDG_DATA_HOME is a word of Unix")
def test_without_a_name_it_is_the_systems_place(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if named is None:
        monkeypatch.delenv("MMT_HOME", raising=False)
    else:
        monkeypatch.setenv("MMT_HOME", named)
    assert clinic().root == Path(paths._DIRS.user_data_path)  # noqa: SLF001  (the one source of this place)
    assert clinic().root.name == "mmt"
    assert clinic().root.is_absolute()
