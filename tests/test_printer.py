"""A paper reaches the printer by the system's own commands; whatever goes wrong is a sentence."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mmt import printer
from mmt.printer import Job, Printers, Sent, printers, send

Fake = Callable[[str, str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a command on a PATH that holds no other; it is a script of a shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def command(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)

    return command


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A paper with a name that a shell would stumble over."""
    return Job(tmp_path / "-it's $(a) paper; 1.pdf", "mmt hand-out", "a4")


unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these commands")


@unix
def test_printers_are_those_that_the_system_names_with_its_own_choice(fake: Fake) -> None:
    fake("lpstat", '[ "$1" = -e ] && printf "Lab\\nFront desk\\n" || echo "Standarddrucker: Front desk"')
    assert printers() == Printers(("Lab", "Front desk"), "Front desk")
    fake("lpstat", '[ "$1" = -e ] && echo Lab || echo "no system default destination"')
    assert printers() == Printers(("Lab",))


@unix
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("", "No printer is set up on this computer."),
        ("echo 'lpstat: Bad file' >&2; exit 1", "No printer could be asked for (Bad file)."),
        ("exec /bin/sleep 60", "The printing system of this computer does not answer."),
        (None, "the command lp is missing"),
    ],
)
def test_where_there_is_none_a_sentence_says_why(
    script: str | None, why: str, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "LIST_S", 0.2)
    if script is not None:
        fake("lpstat", script)
    found = printers()
    assert found.names == ()
    assert why in found.why


@unix
@pytest.mark.parametrize("name", ["Front_desk", "-rf", "Front desk", "$(reboot); 'x'"])
def test_the_paper_goes_to_the_chosen_printer_as_it_is_set_up(
    name: str, fake: Fake, job: Job, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    fake("lp", f'[ -t 0 ] || printf "%s\\n" "$@" > "{told}"')
    fake("lpoptions", "echo printer-info='A printer-state=5' printer-state=3 printer-state-reasons=none")
    assert send(job, name) == Sent(True)
    plain = ["-d", name, "-t", "mmt hand-out", "-o", "media=A4", "-o", "sides=one-sided", "--", str(job.path)]
    assert told.read_text().splitlines() == plain
    assert send(job._replace(size="letter", both_sides=True), name).done
    assert {"media=Letter", "sides=two-sided-long-edge"} <= set(told.read_text().splitlines())


@unix
@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("printer-state=5 printer-state-reasons=paused", "But it waits there: it is paused."),
        ("printer-state=5 printer-state-reasons=none", "But it waits there: the printer is stopped."),
        (
            "printer-state=4 printer-state-reasons=door-open-error,media-empty-error",
            "But it waits there: a door is open, there is no paper in it.",
        ),
        ("printer-state=3 printer-state-reasons=toner-low-report", ""),
    ],
)
def test_a_printer_that_does_not_print_now_is_told(state: str, says: str, fake: Fake, job: Job) -> None:
    fake("lp", "")
    fake("lpoptions", f"echo copies=1 {state} printer-type=1")
    assert send(job, "Lab") == Sent(True, says)


@unix
def test_what_the_printer_refuses_is_told_with_what_to_do(fake: Fake, job: Job) -> None:
    fake("lp", 'echo "lp: Error - The printer or class does not exist." >&2; exit 1')
    sent = send(job, "Lab")
    assert not sent.done
    assert not sent.opens
    assert sent.says.startswith("Lab did not take the paper (The printer or class does not exist). Look")


@unix
def test_a_printer_that_never_answers_is_given_up_with_all_that_it_started(
    fake: Fake, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "SEND_S", 0.2)
    fake("lp", f'/bin/sleep 60 & echo $! > "{tmp_path / "child"}"; wait')
    began = time.monotonic()
    sent = send(job, "Lab")
    assert time.monotonic() - began < 10
    assert not sent.done
    assert "Lab has not answered within" in sent.says
    assert "Look whether it prints before you try again" in sent.says
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.02)
    assert not _runs(child)


@unix
def test_without_the_command_the_paper_is_to_be_opened(fake: Fake, job: Job) -> None:
    sent = send(job, "Lab")
    assert (sent.done, sent.opens) == (False, True)
    assert "the command lp is missing" in sent.says


def test_windows_prints_by_its_own_verb_and_without_one_opens(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(printer, "CHOOSES", False)
    monkeypatch.setattr(os, "startfile", lambda *what: asked.append(what), raising=False)
    assert send(job, "") == Sent(True)
    assert asked == [(job.path, "print")]

    def none(*what: object) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", none, raising=False)
    sent = send(job, "")
    assert (sent.done, sent.opens) == (False, True)
    assert (
        "Windows has no program here that prints a PDF by itself (No application is associated)." in sent.says
    )


def _runs(process: int) -> bool:
    """Whether a process is there, and no mere entry of one that ended."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
