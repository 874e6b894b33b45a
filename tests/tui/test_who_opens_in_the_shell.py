"""Commands that open the records ask who it is at the terminal, unseen; without a terminal they say so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.model.sign_in import NewKeys
from mmt.paths import Places
from mmt.storage.slots import cost

MMT = [sys.executable, "-c", "from mmt.cli import main; main()"]
PASSPHRASE, CODE = "slow green kettle song", "0000-0000-0000-0000-0000-0000-0000"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic behind a passphrase, at the cost that everybody has, and a drive for backups."""
    root = tmp_path_factory.mktemp("shell")
    (root / "stick").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", cost.Cost(passes=3, memory=1 << 16, lanes=4))
        keys = NewKeys(passphrase=PASSPHRASE, code=CODE)
        Clinic.create(Places(root / "home"), Letterhead(name="Example Clinic"), "Dr Example", keys).close()
    return root


def run(root: Path, *words: str, answers: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    """A command at a terminal, which is answered what it asks: its status, and what it said."""
    env = {**os.environ, "MMT_HOME": str(root / "home"), "TERM": "xterm"}
    terminal = Terminal([*MMT, *words], env)
    for asks, answer in answers:
        terminal.wait_for(asks)
        terminal.send(f"{answer}\r")
    status = terminal.close()
    return status, " ".join(terminal.raw.decode("utf-8", "replace").split())


def test_a_backup_and_its_restore_ask_who_it_is(home: Path) -> None:
    status, said = run(
        home, "backup", str(home / "stick"), answers=(("Passphrase of Dr Example", PASSPHRASE),)
    )
    assert (status, "Backed up 0 patients" in said) == (0, True)
    assert PASSPHRASE not in said
    assert "The key lies beside" not in said
    made = next((home / "stick").iterdir())
    status, said = run(
        home,
        *("restore", str(made), "--to", str(home / "to")),
        answers=(("Who opens the records", "2"), ("Recovery code", CODE.lower())),
    )
    assert (status, "Restored 0 patients" in said) == (0, True)
    assert CODE.lower() not in said


def test_a_passphrase_that_is_typed_for_the_number_is_not_shown(home: Path) -> None:
    status, said = run(
        home,
        "verify",
        answers=(
            ("Who opens the records", PASSPHRASE),
            ("Type a number from 1 to 2 first", "1"),
            ("Passphrase of Dr Example", PASSPHRASE),
        ),
    )
    assert (status, "are as mmt left them" in said) == (0, True)
    assert PASSPHRASE not in said


def test_another_passphrase_ends_with_a_sentence(home: Path) -> None:
    status, said = run(home, "outcomes", answers=(("Passphrase of Dr Example", "no"),))
    assert (status, "This passphrase does not open the records as Dr Example" in said) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("outcomes",),
        ("agreement",),
        ("backup",),
        ("doubles",),
        ("acts",),
        ("export", "--patient", "1"),
        ("verify",),
    ],
)
def test_without_a_terminal_nothing_is_asked_and_the_status_is_2(words: tuple[str, ...], home: Path) -> None:
    env = {**os.environ, "MMT_HOME": str(home / "home")}
    done = subprocess.run(
        [*MMT, *words], input=f"{PASSPHRASE}\n", capture_output=True, text=True, check=False, env=env
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("A passphrase is typed at a terminal, unseen, and there is none here.")
