"""A whole visit under a pty, and crashes of every kind: what the patient is called and told, and the keys of
the records, stand in no file, no variable, no argument, no title and not in the shell afterwards."""

import base64
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.keys.recovery import fresh_code

PERSON, CHART, NOTE, PRACTITIONER = "Quillfeather", "XQ7742119", "Wobblethwaite", "Drumblebroom"
PASSPHRASE = "seven otters walk by"
CANARIES = (PERSON, CHART, NOTE, PRACTITIONER, PASSPHRASE)

CODE = """
import resource, sys
from mmt.tui.app import MmtApp

def fault(self):
    name, key = self.clinic.search("")[0].name, self.clinic.store.secrets.data.hex()
    raise ValueError(name, key)

resource.setrlimit(resource.RLIMIT_CORE, 2 * resource.getrlimit(resource.RLIMIT_CORE)[1:])
MmtApp.APART_S = 0
MmtApp.action_help_quit = fault
sys.argv = ["mmt"]
from mmt.cli import main
main()
"""
"""The program where cores are written, with a fault of its own behind Ctrl+C that holds a name and the key in
its hands."""


class Station:
    """A computer's folders, and the program on them in a terminal."""

    def __init__(self, room: Path) -> None:
        self.room = room
        for name in ("home", "tmp", "desk", "stick"):
            (room / name).mkdir()
        self.places = Places(room / "records")
        self.env = os.environ | {
            "HOME": str(room / "home"),
            "XDG_DATA_HOME": str(room / "home/data"),
            "TMPDIR": str(room / "tmp"),
            "MMT_HOME": str(self.places.root),
        }
        self.who, code = SignIn(who=f"Dr {PRACTITIONER}", passphrase=PASSPHRASE), fresh_code()
        keys = NewKeys(passphrase=PASSPHRASE, code=code)
        clinic = Clinic.create(self.places, Letterhead(name="Our Clinic"), self.who.who, keys)
        held = (clinic.store.secrets.data, clinic.store.secrets.chain, clinic.seed(PASSPHRASE))
        self.secrets = {code.encode(), code.replace("-", "").encode()}.union(*map(spelt, held))
        clinic.close()

    def start(self) -> Terminal:
        """Start the program in a folder where a core would be written."""
        here = os.getcwd()  # noqa: PTH109
        os.chdir(self.room / "desk")
        terminal = Terminal([sys.executable, "-c", CODE], self.env)
        os.chdir(here)
        terminal.wait_for("Passphrase")
        terminal.send(f"{PASSPHRASE}\r")
        terminal.wait_for("F3 adds")
        return terminal

    def at_rest(self) -> Iterator[tuple[str, bytes]]:
        """Every file of every folder and what it holds, and each file's name. Who may sign in stands in the
        key file, to be chosen from."""
        for path in self.room.rglob("*"):
            yield f"the name of {path}", path.name.encode()
            if path.is_file():
                held = path.read_bytes()
                if path.name == self.places.key.name:
                    held = held.replace(PRACTITIONER.encode(), b"")
                yield str(path), held


def spelt(key: bytes) -> set[bytes]:
    """A key in every spelling."""
    return {key, key.hex().encode(), base64.b64encode(key).rstrip(b"="), repr(key)[2:-1].encode()}


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


F3, F8, F10, ESCAPE, CONTROL_C = "\x1bOR", "\x1b[19~", "\x1b[21~", "\x1b", "\x03"


def to_step(terminal: Terminal, name: str) -> None:
    terminal.send(F8)
    terminal.wait_for(f"▸ {name}")


def whole_visit(terminal: Terminal) -> None:
    """A new patient, and a visit from the first question to its signature."""
    terminal.send(F3)
    terminal.wait_for("New patient")
    terminal.send(f"{PERSON}\r17.05.1980\r{CHART}{F10}")
    terminal.wait_for("No visit yet")
    terminal.send("n")
    terminal.wait_for("First visit")
    terminal.send(F10)
    terminal.wait_for("▸ Safety")
    to_step(terminal, "Story")
    to_step(terminal, "Exam")
    terminal.send("5555")
    terminal.wait_for("4 of 26 done")
    for name in ("Legs", "Findings", "Stretches"):
        to_step(terminal, name)
    terminal.send("\r")
    terminal.wait_for("▸ Sign")
    terminal.send("n")
    terminal.wait_for("Note for the record")
    terminal.send(f"{NOTE}\r")
    terminal.wait_for("The note is kept.")
    terminal.send("\r")
    terminal.wait_for("Sign as")
    terminal.send(f"{PASSPHRASE}\r")
    terminal.wait_for("● Visit")


def patient_open(terminal: Terminal) -> None:
    """The patient's page, with all that is known."""
    terminal.send(f"{PERSON.lower()}\r")
    terminal.wait_for("N begins a follow-up")


def left_behind(terminal: Terminal) -> bytes:
    """What the shell shows once the program has left its own screen, and each title that it set."""
    titles = re.findall(rb"\x1b\][0-2];.*?(?:\x07|\x1b\\)", terminal.raw, re.DOTALL)
    return bytes(terminal.raw.rpartition(b"\x1b[?1049l")[2]) + b"".join(titles)


def of_process(pid: int) -> Iterator[tuple[str, bytes]]:
    """The variables and arguments of a process, as the system tells them."""
    for name in ("environ", "cmdline", "comm"):
        yield name, Path(f"/proc/{pid}/{name}").read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux shows what a process is given")
def test_no_name_and_no_key_is_left_anywhere_by_a_visit_and_a_crash(station: Station) -> None:
    found: list[tuple[str, bytes]] = []
    terminal = station.start()
    whole_visit(terminal)
    found += of_process(terminal.pid)
    os.kill(terminal.pid, signal.SIGSEGV)  # as kill -9, but a core may be written
    terminal.close()
    assert station.places.database.with_name("clinic.db-wal").stat().st_size > 0
    found += station.at_rest()  # the log as the crash left it

    for end in (CONTROL_C, signal.SIGTERM):
        terminal = station.start()
        patient_open(terminal)
        assert PERSON.encode() in terminal.raw, "the canary can be seen where it belongs"
        if isinstance(end, str):
            terminal.send(end)
        else:
            os.kill(terminal.pid, end)
        terminal.close()
        assert b"\x1b[?1049l" in terminal.raw
        found.append((f"the shell after {end!r}", left_behind(terminal)))

    clinic = Clinic.open(station.places, station.who)
    assert clinic.history(1).visits[0].note == NOTE
    clinic.backups().make(station.room / "stick")
    clinic.close()
    found += station.at_rest()

    assert "ValueError" in station.places.log.read_text("utf-8"), "the fault was noted"
    assert list((station.room / "desk").iterdir()) == [], "no core"
    wanted = {one.encode() for one in CANARIES} | station.secrets
    leaks = [(where, one) for where, held in found for one in wanted if one.lower() in held.lower()]
    assert leaks == []
