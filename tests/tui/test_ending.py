"""Ended by a signal, or by a terminal that goes away: all is put back, and nothing stays behind."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from terminal import Terminal

from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.paths import Places

STARTER = """
import os, signal, sys, time
from pathlib import Path
import mmt.clinic.demo, mmt.tui.front.patients
from mmt.tui import app, ending, opener

mmt.clinic.demo.FOLDER = Path("no patients")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests without it
for before in sys.stdin:
    if (pid := os.fork()) == 0:
        run = app.run_demo
        exec(before)
        sys.exit(run())
    print("process", pid, flush=True)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        print("ended", status, flush=True)
    except OSError:
        os._exit(status)
"""
"""Imports once what the program needs, and starts it anew for each line that is typed: a preparation."""

ENDED = re.compile(rb"ended (-?\d+)\r")
"""The whole line: a terminal may hand on a part of it first."""

ELSEWHERE = ("SIGHUP", "SIGTERM")
"""Signals that other tests here send, too."""

OPEN = "No patients yet"
FIRST_FRAME = "Opening the records"


class Starter:
    """A terminal in which the program is started again and again. The demo's folder is made in `room`."""

    def __init__(self, room: Path) -> None:
        self.room = room
        (room / "tmp").mkdir()
        here = {"TMPDIR": str(room / "tmp"), "MMT_HOME": str(room / "home")}
        self.terminal = Terminal([sys.executable, "-c", STARTER], {**os.environ, **here})

    def start(self, before: str = "pass", until: str = OPEN) -> None:
        """Start the program and wait for words on its screen."""
        self.terminal.raw.clear()
        self.terminal.screen.reset()
        self.terminal.send(f"{before}\n")
        self.terminal.wait_for(until)
        found = re.search(rb"process (\d+)", self.terminal.raw)
        assert found
        self.pid = int(found[1])

    def end(self, *signals: int) -> int:
        """Send the signals and return the exit status."""
        for number in signals:
            with suppress(ProcessLookupError):  # it has ended by the one before
                os.kill(self.pid, number)
            time.sleep(0.05)  # the system may hand on two at once in any order
        self.terminal.wait_for(lambda _: ENDED.search(self.terminal.raw) is not None)
        found = ENDED.search(self.terminal.raw)
        assert found
        return int(found[1])

    def assert_put_back(self) -> None:
        """The terminal is as before, no fault was told, and no folder of the demo is left."""
        assert self.terminal.modes == {7, 25}
        assert self.terminal.raw.count(b"\x1b[<u") >= self.terminal.raw.count(b"\x1b[>25u")
        assert self.terminal.echoes
        assert b"Traceback" not in self.terminal.raw
        assert b"met a fault" not in self.terminal.raw
        assert list((self.room / "tmp").iterdir()) == []


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    one = Starter(tmp_path_factory.mktemp("ending"))
    yield one
    one.terminal.kill()


@pytest.mark.parametrize(
    "name", ["SIGINT", "SIGQUIT", *(pytest.param(one, marks=pytest.mark.long) for one in ELSEWHERE)]
)
def test_a_signal_ends_the_program_in_order(name: str, starter: Starter) -> None:
    number = getattr(signal, name)
    starter.start()
    assert len(list((starter.room / "tmp").iterdir())) == 1
    assert starter.end(number, number, signal.SIGTERM) == 128 + number
    starter.assert_put_back()


def test_a_signal_closes_the_clinics_own_records(starter: Starter) -> None:
    places = Places(starter.room / "home")
    Clinic.create(places, Letterhead(name="Our Clinic"), "Dr Own").close()
    starter.start("run = app.run_clinic")
    assert starter.end(signal.SIGHUP) == 128 + signal.SIGHUP
    starter.assert_put_back()
    assert sorted(path.name for path in places.root.iterdir()) == ["clinic.db", "clinic.key", "clinic.mark"]


def test_a_signal_while_the_records_are_being_opened_opens_none(starter: Starter) -> None:
    slow = "opener.DemoOpener.prepare = lambda _: time.sleep(0.3); "
    slow += "opener.DemoOpener.open = lambda _: os.write(2, b'opened')"
    starter.start(slow, FIRST_FRAME)
    assert starter.end(signal.SIGTERM) == 128 + signal.SIGTERM
    starter.assert_put_back()
    assert b"opened" not in starter.terminal.raw.replace(slow.encode(), b"")


def test_a_signal_while_the_demo_is_filled_leaves_no_word_of_a_fault(starter: Starter) -> None:
    busy = "make = mmt.clinic.demo.make_demo; "
    busy += (
        "mmt.clinic.demo.make_demo = lambda room: (os.kill(os.getpid(), 15), time.sleep(0.2), make(room))[2]"
    )
    starter.start(busy, "ended")
    assert starter.end() == 128 + signal.SIGTERM
    starter.assert_put_back()


def test_a_program_that_is_stuck_ends_too_and_puts_the_terminal_back(starter: Starter) -> None:
    stuck = "ending.PATIENCE_S = 0.2; opener.DemoOpener.prepare = lambda _: time.sleep(60)"
    starter.start(stuck, FIRST_FRAME)
    assert starter.end(signal.SIGTERM) == 128 + signal.SIGTERM
    starter.assert_put_back()


def test_a_program_stuck_in_its_loop_ends_too_and_removes_the_demo(starter: Starter) -> None:
    stuck = "ending.PATIENCE_S = 0.2; app.MmtApp._opened = lambda *_: time.sleep(60)"
    starter.start(stuck, FIRST_FRAME)
    while not list((starter.room / "tmp").glob("*/clinic.db")):
        starter.terminal.read()
    assert starter.end(signal.SIGTERM) == 128 + signal.SIGTERM
    starter.assert_put_back()


def test_a_suspended_program_ends_without_taking_the_terminal_again(starter: Starter) -> None:
    starter.start()
    os.kill(starter.pid, signal.SIGTSTP)
    while 1049 in starter.terminal.modes:
        starter.terminal.read()
    starter.terminal.echo(False)  # as a shell does, where it edits the line itself
    os.kill(starter.pid, signal.SIGTERM)
    while b"ended" not in starter.terminal.raw:  # it stops a moment after it gave the terminal back
        with suppress(ProcessLookupError):
            os.kill(starter.pid, signal.SIGCONT)
        starter.terminal.read()
    assert starter.end() == 128 + signal.SIGTERM
    assert starter.terminal.raw.count(b"\x1b[?1049h") == 1
    assert not starter.terminal.echoes
    starter.terminal.echo(True)
    starter.assert_put_back()


def test_bytes_that_are_no_text_are_told_and_left_out(starter: Starter) -> None:
    starter.start()
    starter.terminal.send(b"\xe4bc")
    starter.terminal.wait_for("UTF-8")
    starter.terminal.send("zzz")
    starter.terminal.wait_for("zzz")
    assert starter.end(signal.SIGTERM) == 128 + signal.SIGTERM
    starter.assert_put_back()


def test_a_terminal_that_goes_away_ends_the_program_with_and_without_a_signal(tmp_path: Path) -> None:
    starters = []
    for before in ("pass", "os.setsid()"):  # a session of its own gets no SIGHUP
        room = tmp_path / str(len(starters))
        room.mkdir()
        starters.append((Starter(room), before))
    for starter, before in starters:
        starter.start(before)
    for starter, _ in starters:
        assert starter.terminal.hang_up() == 128 + signal.SIGHUP
        assert [path.name for path in starter.room.iterdir()] == ["tmp"], "a fault was noted"
        assert list((starter.room / "tmp").iterdir()) == []
