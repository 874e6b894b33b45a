"""Rooms by ssh, with a real server: sixteen at once, and what a station or a stranger may try."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sixteen
from ssh_rooms import MISSING, Rooms, installed, rooms
from terminal import Terminal

pytestmark = [pytest.mark.long, pytest.mark.skipif(not installed(), reason=MISSING)]


@pytest.fixture(scope="module")
def here() -> Iterator[Rooms]:
    """A server for sixteen stations. In the home: it takes keys from no folder that others may write in."""
    folder = Path(tempfile.mkdtemp(prefix=".mmt-rooms-", dir=Path.home()))
    with rooms(folder, sixteen.made(folder / "clinic"), sixteen.STATIONS) as running:
        yield running
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def alone(here: Rooms) -> Iterator[None]:
    """Whatever became of a test, no station stays behind."""
    yield
    here.cut_off()
    assert nobody_is_left(here)


def at_exam(here: Rooms, station: str, patient: str, **env: str) -> Terminal:
    """mmt at a station, with a patient's visit open at the exam."""
    terminal = here.opened(station, **env)
    terminal.wait_for("Patients")
    terminal.send(patient)
    terminal.wait_for(lambda text: f"▶ {patient}" in text or f"▶ *{patient}" in text)
    terminal.send("\r")
    terminal.wait_for("draft at Exam")
    terminal.read(0.3)
    terminal.send("\r")
    terminal.wait_for(" done")
    return terminal


def processes(here: Rooms) -> list[int]:
    """The mmt of each station that is there."""
    found = []
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            with suppress(OSError):
                if f"MMT_HOME={here.clinic}".encode() in (one / "environ").read_bytes().split(b"\0"):
                    found.append(int(one.name))
    return found


def nobody_is_left(here: Rooms) -> bool:
    """Whether each mmt ends within seconds."""
    for _ in range(200):
        if not processes(here):
            return True
        time.sleep(0.05)
    return False


def leave(*terminals: Terminal) -> None:
    for one in terminals:
        one.send("\x11")
    assert [one.close() for one in terminals] == [0] * len(terminals)


def test_sixteen_rooms_at_once_each_keep_their_grades(here: Rooms) -> None:
    pairs = list(zip(sixteen.STATIONS, sixteen.PATIENTS, strict=True))
    terminals = [at_exam(here, *pair) for pair in pairs]
    for digit in "45":
        for one in terminals:
            one.send(digit)
            one.read(0.2)
    for one in terminals:
        one.wait_for("2 of")
    leave(*terminals)
    for name in sixteen.PATIENTS:
        assert [one.grade for one in sixteen.kept(here.clinic, name)] == ["4", "5"], name


def test_a_second_room_reads_which_room_has_the_draft_and_takes_it_over(here: Rooms) -> None:
    first = at_exam(here, "Room 3", "Clara")
    second = at_exam(here, "Room 4", "Clara")
    second.wait_for("(Room 3)")
    second.send("4")
    second.send("\x1b[15~")
    second.wait_for("F5 again does")
    second.read(1)
    second.send("\x1b[15~")
    second.wait_for(lambda text: "elsewhere" not in text)
    first.send("3")
    first.wait_for("(Room 4)")
    leave(first, second)


def test_a_station_that_loses_its_line_loses_no_grade_and_lets_the_draft_go(here: Rooms) -> None:
    before = len(sixteen.kept(here.clinic, "Dario"))
    first = at_exam(here, "Room 4", "Dario")
    first.send("3")
    first.wait_for(f"{before + 1} of")
    first.kill()
    here.terminals.clear()
    assert nobody_is_left(here)
    second = at_exam(here, "Room 5", "Dario")
    assert "elsewhere" not in second.text
    leave(second)
    assert [one.grade for one in sixteen.kept(here.clinic, "Dario")][before:] == ["3"]


def test_a_station_that_is_switched_off_is_noticed(here: Rooms) -> None:
    first = at_exam(here, "Room 5", "Elena")
    (ran,) = processes(here)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        for _ in range(60):
            if ran not in processes(here):
                break
            time.sleep(1)
        assert ran not in processes(here)
    finally:
        os.kill(first.pid, signal.SIGCONT)
        first.kill()


@pytest.mark.parametrize("key", ["\x03", "\x1a", "\x1c", "\x04", "\x00", "~.", "!sh\r", "\x1b[201~\x1b[200~"])
def test_no_key_ends_in_a_shell(here: Rooms, key: str) -> None:
    terminal = here.opened("Room 1")
    terminal.wait_for("Patients")
    terminal.send(key)
    terminal.read(0.5)
    terminal.send("\x15echo $((41+1))\r")
    terminal.read(0.5)
    assert "42" not in terminal.text
    terminal.kill()


def refused(said: str) -> bool:
    return "Permission denied (publickey)" in said


def test_without_a_key_or_with_another_ones_nobody_comes_in(here: Rooms, tmp_path: Path) -> None:
    said = here.said("Room 1", "-o", "PubkeyAuthentication=no", "127.0.0.1")
    assert refused(said)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    assert refused(here.said(str(tmp_path / "key"), "127.0.0.1"))


@pytest.mark.parametrize("way", ["password", "keyboard-interactive", "hostbased", "gssapi-with-mic", "none"])
def test_no_other_way_than_a_key_is_offered(here: Rooms, way: str) -> None:
    assert refused(here.said("Room 1", "-o", f"PreferredAuthentications={way}", "127.0.0.1"))


@pytest.mark.parametrize("account", ["nobody", "daemon", "-oProxyCommand=x", "x" * 60_000])
def test_no_other_account_can_be_reached(here: Rooms, account: str) -> None:
    said = here.said("Room 1", "-o", f"User={account}", "127.0.0.1")
    assert said.status != 0
    assert "terminal" not in said


ORDERS = (
    *("ls /", "sh -i", "--help", "export /tmp", "../../../bin/sh", "-c id", "", "\n", "%s%n", "x" * 100_000),
    *("; touch {0}", "$(touch {0})", "`touch {0}`", "' ; touch {0} ; '", '" ; touch {0} ; "', "| touch {0}"),
    *("internal-sftp", "/usr/lib/openssh/sftp-server", "scp -t /tmp", "rsync --server . /tmp"),
)


@pytest.mark.parametrize("order", ORDERS)
def test_a_command_that_is_given_along_is_not_run(here: Rooms, order: str, tmp_path: Path) -> None:
    order = order.format(tmp_path / "ran")
    said = here.said("Room 1", "--", "127.0.0.1", order)
    if order.strip():
        assert "needs a terminal" in said
        assert said.status == 2
    terminal = here.opened("Room 1", *([order] if order else []))
    assert "Sixteen rooms" in terminal.wait_for("Patients")
    terminal.kill()
    assert not (tmp_path / "ran").exists()


def test_no_file_comes_or_goes(here: Rooms, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("x")
    for typed in (
        ["sftp", *here.options("Room 1"), f"127.0.0.1:{tmp_path}/there", str(tmp_path / "got")],
        ["scp", *here.options("Room 1"), f"127.0.0.1:{tmp_path}/there", str(tmp_path / "got")],
        ["scp", "-O", *here.options("Room 1"), f"127.0.0.1:{tmp_path}/there", str(tmp_path / "got")],
        ["scp", "-O", *here.options("Room 1"), str(tmp_path / "there"), f"127.0.0.1:{tmp_path}/got"],
    ):
        done = subprocess.run(typed, capture_output=True, timeout=30, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode != 0, typed
        assert not (tmp_path / "got").exists(), typed
    said = here.said("Room 1", "-s", "127.0.0.1", "sftp")
    assert "subsystem request failed" in said


def test_no_way_leads_on_to_other_computers(here: Rooms, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        assert here.said("Room 1", "-W", f"127.0.0.1:{port}", "127.0.0.1").status != 0
        with pytest.raises(TimeoutError):
            server.accept()
    back = here.said("Room 1", "-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:22", "127.0.0.1")
    assert "remote port forwarding failed" in back
    path = tmp_path / "socket"
    back = here.said(
        "Room 1", "-o", "ExitOnForwardFailure=yes", "-N", "-R", f"{path}:127.0.0.1:22", "127.0.0.1"
    )
    assert "forwarding failed" in back
    assert not path.exists()


def test_nothing_of_the_station_comes_in_but_the_kind_of_its_terminal(here: Rooms, tmp_path: Path) -> None:
    kind = f"x;touch {tmp_path}/ran;$(touch {tmp_path}/ran)\"'`"
    agent = subprocess.run(["ssh-agent", "-s"], capture_output=True, text=True, check=True).stdout
    told = dict(part.split("=", 1) for part in agent.replace("\n", "").split(";") if "=" in part)
    evil = {"MMT_HOME": "/tmp", "LD_PRELOAD": "/tmp/x.so", "PYTHONPATH": "/tmp", "BROWSER": "sh", "LANG": "C"}
    sent = [part for name, value in evil.items() for part in ("-o", f"SetEnv={name}={value}")]
    options = ("-A", "-X", "-o", "ForwardX11Trusted=no", "-o", "SendEnv=*", *sent)
    terminal = here.opened("Room 2", "true", options=options, **told, DISPLAY=":9", TERM=kind)
    try:
        terminal.wait_for("Patients")
        (pid,) = processes(here)
        lines = Path(f"/proc/{pid}/environ").read_bytes().decode().rstrip("\0").split("\0")
        found = dict(line.split("=", 1) for line in lines)
        assert found.keys() == {"HOME", "PATH", "LANG", "MMT_HOME", "MMT_STATION", "TERM"}
        assert (found["MMT_HOME"], found["MMT_STATION"]) == (str(here.clinic), "Room 2")
        assert found["TERM"] == kind
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        assert arguments[-1].endswith(b"/mmt"), "no word of the station is an argument"
    finally:
        os.kill(int(told["SSH_AGENT_PID"]), signal.SIGTERM)
    assert not (tmp_path / "ran").exists()


def test_a_flood_of_input_is_no_harm(here: Rooms) -> None:
    with socket.create_connection(("127.0.0.1", here.port)) as line, suppress(OSError):
        for _ in range(64):
            line.sendall(b"x" * 65536)
    terminal = here.opened("Room 6")
    terminal.wait_for("Patients")
    terminal.send(b"\x1b[200~" + b"z" * 2048)  # a paste that has no end, and too many keys
    for _ in range(8):
        terminal.send(b"z" * 256)
        terminal.read(0.2)
    terminal.send(b"\x1b[201~")
    terminal.send("\x1b")
    terminal.wait_for("Fabio", seconds=60)
    leave(terminal)


def test_a_computer_that_opens_many_lines_keeps_no_station_out(here: Rooms) -> None:
    running = at_exam(here, "Room 7", "Greta")
    idle = [socket.create_connection(("127.0.0.1", here.port)) for _ in range(300)]
    try:
        other = here.opened("Room 8", options=("-b", "127.0.0.2"))
        other.wait_for("Patients")
        before = len(sixteen.kept(here.clinic, "Greta"))
        running.send("4")
        running.wait_for(f"{before + 1} of")
        leave(other, running)
    finally:
        for one in idle:
            one.close()


def test_two_terminals_by_one_sign_in_are_refused(here: Rooms, tmp_path: Path) -> None:
    path = str(tmp_path / "shared")
    first = here.opened("Room 9", options=("-M", "-S", path))
    first.wait_for("Patients")
    assert here.said("Room 9", "-S", path, "127.0.0.1", "ls").status != 0
    assert len(processes(here)) == 1
    leave(first)


def test_it_listens_at_this_computer_alone_unless_told(here: Rooms) -> None:
    for family in ("/proc/net/tcp", "/proc/net/tcp6"):
        rows = [line.split() for line in Path(family).read_text().splitlines()[1:]]
        at = [row[1] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == here.port]
        assert [one for one in at if not one.startswith("0100007F")] == []
