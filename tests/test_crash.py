"""A fault of the program is noted by its places, and nothing that a patient said is in the note."""

import stat
from pathlib import Path

import pytest

from mmt.crash import note

CANARY = "Quillfeather"


def faulty(name: str) -> None:
    key = f"x'{name}'"
    raise ValueError(f"cannot read {key}")


def fault() -> ValueError:
    with pytest.raises(ValueError, match="cannot read") as caught:
        faulty(CANARY)
    return caught.value


def test_the_note_names_places_and_no_values(tmp_path: Path) -> None:
    log = tmp_path / "new" / "mmt.log"
    says = note(fault(), log)
    text = log.read_text("utf-8")
    assert CANARY not in text + says
    assert "ValueError" in text
    assert "test_crash.py:" in text
    assert ": faulty" in text
    reference = says.split("Fault ")[1].split()[0]
    assert reference in text
    assert says == (
        "mmt met a fault of its own and stopped. What was shown as saved is saved. "
        f"Fault {reference} is noted in {log}."
    )
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_notes_are_added_one_to_the_other(tmp_path: Path) -> None:
    references = [note(fault(), tmp_path / "mmt.log").split("Fault ")[1].split()[0] for _ in range(2)]
    text = (tmp_path / "mmt.log").read_text("utf-8")
    assert text.index(references[0]) < text.index(references[1])


@pytest.mark.parametrize("there", ["folder", "link", "no folder"])
def test_a_note_that_cannot_be_made_is_told_and_raises_nothing(there: str, tmp_path: Path) -> None:
    log, elsewhere = tmp_path / "mmt.log", tmp_path / "elsewhere"
    if there == "folder":
        log.mkdir()
    elif there == "link":
        log.symlink_to(elsewhere)
    else:
        elsewhere.write_text("")
        log = elsewhere / "mmt.log"
    assert note(fault(), log) == (
        "mmt met a fault of its own and stopped. What was shown as saved is saved. "
        f"The fault could not be noted in {log}."
    )
    assert not elsewhere.exists() or elsewhere.read_text() == ""
