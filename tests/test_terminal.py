"""Without a terminal: a sentence that says what to do, status 2, and nothing is made."""

import getpass
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mmt import cli, terminal

SHEET = str(Path(__file__).parent / "cases" / "handout.toml")
STREAMS = ("standard input", "standard output", "error output")
CLOSED_OR_REDIRECTED = [kinds for kinds in itertools.product((True, False), repeat=3) if not all(kinds)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    return tmp_path


def terminals(monkeypatch: pytest.MonkeyPatch, kinds: tuple[bool, ...]) -> None:
    monkeypatch.setattr(os, "isatty", lambda number: kinds[number])


@pytest.mark.parametrize("words", [[], ["demo"]], ids=["mmt", "mmt demo"])
@pytest.mark.parametrize("kinds", CLOSED_OR_REDIRECTED)
def test_without_a_terminal_no_screen_is_begun(
    words: list[str], kinds: tuple[bool, ...], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminals(monkeypatch, kinds)
    ran = CliRunner().invoke(cli.commands, words)
    assert ran.exit_code == 2
    missing = [name for name, there in zip(STREAMS, kinds, strict=True) if not there]
    assert f"closed: {', '.join(missing)}. Type the command in a terminal window" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("kind", ["dumb", "unknown"])
def test_a_terminal_that_cannot_place_text_is_named(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminals(monkeypatch, (True, True, True))
    monkeypatch.setenv("TERM", kind)
    assert f"(TERM is {kind})" in CliRunner().invoke(cli.commands, ["demo"]).stderr


def test_a_terminal_that_does_not_say_its_kind_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    terminals(monkeypatch, (True, True, True))
    monkeypatch.delenv("TERM")
    assert terminal.lacking() == ""
    assert not terminal.gone()


def test_screens_that_go_elsewhere_need_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminals(monkeypatch, (False, False, False))
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert terminal.lacking() == ""


@pytest.mark.smoke
def test_the_demo_without_a_terminal_ends_at_once() -> None:
    start = [sys.executable, "-c", "from mmt.cli import main; main()", "demo"]
    none = subprocess.DEVNULL
    ran = subprocess.run(start, stdin=none, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "it needs a terminal" in ran.stderr


def test_a_passphrase_is_never_asked_where_it_would_be_seen(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # what getpass does where nothing can be typed unseen
    monkeypatch.setattr("click.termui.hidden_prompt_func", getpass.fallback_getpass)
    monkeypatch.setattr(sys, "argv", ["mmt", "handout", SHEET, "-o", str(home / "sheet.pdf"), "--protect"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    says = capsys.readouterr().err
    assert ended.value.code == 2
    assert says.startswith("A passphrase is typed at a terminal")
    assert says.count("\n") == 1
    assert list(home.iterdir()) == []


def test_a_case_from_a_closed_input_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "argv", ["mmt", "explain", "-"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == "Standard input is closed: no case can be read from it.\n"
