"""The printers of this computer, and a paper sent to one of them. Nothing here waits for long.

Linux and macOS print with the commands of CUPS; Windows with the print verb of its program for PDFs, which
takes the default printer. There is no shell, and the title of a job names no patient: others can see it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from mmt.model.papers import PaperSize

CHOOSES = sys.platform != "win32"
"""Whether a printer can be chosen here: Windows prints on its default one."""

LIST_S, SEND_S = 5, 20
"""Seconds that are waited for what printers there are, and until one took a paper."""

SHEETS: dict[PaperSize, str] = {"a4": "A4", "letter": "Letter"}
"""What sheets are called, by people and by printers."""

_STOPPED = "5"
"""The state of a printer that prints nothing until somebody starts it again; see RFC 8011, 5.4.11."""

_REASONS = {
    "media-empty": "there is no paper in it",
    "media-needed": "there is no paper in it",
    "media-jam": "paper is jammed",
    "door-open": "a door is open",
    "cover-open": "a cover is open",
    "toner-empty": "the toner is empty",
    "marker-supply-empty": "the ink or toner is empty",
    "offline": "it is switched off or not connected",
    "paused": "it is paused",
}
"""What a printer waits for, by the reasons of RFC 8011, 5.4.12."""

_NO_COMMAND = "Nothing prints on this computer yet: the command lp is missing (package cups-client)."


class Printers(NamedTuple):
    """The printers that there are, with the system's own choice; where there is none, `why` in a sentence."""

    names: tuple[str, ...] = ()
    usual: str = ""
    why: str = ""


class Job(NamedTuple):
    """A paper to print: its file, what it is called, its sheet, and whether both sides of that are used."""

    path: Path
    title: str
    size: PaperSize
    both_sides: bool = False


class Sent(NamedTuple):
    """What became of a paper. Where it was not `done`, `says` is why and what to do, in sentences; where it
    was, what else is to be known. `opens` tells that nothing prints here, and that a viewer may."""

    done: bool
    says: str = ""
    opens: bool = False


class _FailedError(Exception):
    """A command did not do what it was asked for; why, in a few words."""


def printers() -> Printers:
    """The printers of this computer."""
    try:
        names = tuple(filter(None, map(str.strip, _told("lpstat", "-e", seconds=LIST_S).splitlines())))
        usual = _told("lpstat", "-d", seconds=LIST_S).rpartition(":")[2].strip() if names else ""
    except _FailedError as error:
        return Printers(why=f"No printer could be asked for ({error}).")
    except FileNotFoundError:
        return Printers(why=_NO_COMMAND)
    except TimeoutError:
        return Printers(why="The printing system of this computer does not answer.")
    if not names:
        return Printers(why="No printer is set up on this computer.")
    return Printers(names, usual if usual in names else "")


def send(job: Job, printer: str) -> Sent:
    """Hand a paper to a printer; on Windows to the default one."""
    if not CHOOSES:
        return _by_verb(job.path)
    sides = "two-sided-long-edge" if job.both_sides else "one-sided"
    options = ("-o", f"media={SHEETS[job.size]}", "-o", f"sides={sides}")
    try:
        _told("lp", "-d", printer, "-t", job.title, *options, "--", str(job.path), seconds=SEND_S)
    except FileNotFoundError:
        return Sent(False, _NO_COMMAND, opens=True)
    except TimeoutError:
        why, do = f"has not answered within {SEND_S} seconds", "Look whether it prints before you try again"
    except _FailedError as error:
        why, do = f"did not take the paper ({error})", "Look whether it is on, then try again"
    else:
        return Sent(True, _waits(printer))
    return Sent(False, f"{printer} {why}. {do}; F9 chooses another printer.")


def _waits(printer: str) -> str:
    """What the printer waits for before it prints, in a sentence; empty where nothing is known."""
    try:
        told = _told("lpoptions", "-p", printer, seconds=LIST_S)
    except (OSError, _FailedError):
        return ""
    state, reasons = (
        (re.findall(rf"(?:^|\s){name}=(\S+)", told) or [""])[-1]
        for name in ("printer-state", "printer-state-reasons")
    )
    why = {words for reason, words in _REASONS.items() if reason in reasons}
    if state != _STOPPED and not why:
        return ""
    return f"But it waits there: {', '.join(sorted(why)) or 'the printer is stopped'}."


def _by_verb(path: Path) -> Sent:
    """Print as Windows does."""
    try:
        os.startfile(path, "print")  # type: ignore[attr-defined,unused-ignore]
    except OSError as error:
        why = f"Windows has no program here that prints a PDF by itself ({error.strerror})."
        return Sent(False, why, opens=True)
    return Sent(True)


def _told(name: str, *arguments: str, seconds: float) -> str:
    """What a command says.

    Raises FileNotFoundError where there is none of this name, TimeoutError where it does not end by itself,
    after ending it, _FailedError where it failed.
    """
    command = shutil.which(name)
    if command is None:
        raise FileNotFoundError(name)
    try:
        running = subprocess.Popen(
            [command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C"},
            start_new_session=True,
        )
    except OSError as error:
        raise _FailedError(error.strerror) from None
    with running:
        try:
            says, problem = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # with what it started
            raise TimeoutError(name) from None
    if running.returncode:
        lines = problem.strip().splitlines() or [f"exit status {running.returncode}"]
        raise _FailedError(re.sub(r"^\S*lp\w*: (Error - )?", "", lines[0]).rstrip("."))
    return says
