"""Rooms by ssh in a test: a server as `mmt station ssh` sets it up, and stations that come with a key."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tui"))

from terminal import Terminal

SSHD = Path("/usr/sbin/sshd")
MISSING = "No ssh server is installed here (Debian: apt-get install openssh-server openssh-client)."
MMT = Path(sys.executable).parent / "mmt"


def installed() -> bool:
    """Whether server and client are here."""
    return SSHD.exists() and all(map(shutil.which, ("ssh", "sftp", "ssh-keygen")))


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Rooms:
    """A running server for the records in `clinic`, with a key for each station."""

    def __init__(self, folder: Path, clinic: Path, stations: Sequence[str]) -> None:
        self.folder, self.clinic, self.port = folder, clinic, free_port()
        self.config = folder / "rooms"
        self.keys = {name: self._made(folder / name) for name in stations}
        written = self.set_up()
        lines = written.splitlines()
        subprocess.run(
            lines[lines.index(next(one for one in lines if "Once" in one)) + 1], shell=True, check=True
        )
        self.known = folder / "known"
        host = (self.config / "ssh_host_ed25519_key.pub").read_text().split()
        self.known.write_text(f"[127.0.0.1]:{self.port} {host[0]} {host[1]}\n")
        self.log = folder / "sshd.log"
        self.terminals: list[Terminal] = []
        self.server: subprocess.Popen[bytes] | None = None

    def _made(self, path: Path) -> Path:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
        return path

    def set_up(self) -> str:
        """Write the configuration as a person does; what the command prints."""
        public = [f"{path}.pub" for path in self.keys.values()]
        typed = [str(MMT), "station", "ssh", "--write", str(self.config), "--port", str(self.port), *public]
        env = {**os.environ, "MMT_HOME": str(self.clinic)}
        return subprocess.run(typed, env=env, check=True, capture_output=True, text=True).stdout

    def start(self) -> None:
        """Start the server, and wait until it listens."""
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where a server that root starts locks itself in
        with self.log.open("wb") as log:
            typed = [str(SSHD), "-D", "-e", "-f", str(self.config / "sshd_config")]
            self.server = subprocess.Popen(
                typed, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        for _ in range(200):
            if "listening" in self.log.read_text():
                return
            time.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def end(self) -> None:
        """End the server; stations that are there lose their line."""
        assert self.server is not None
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.server.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        for pid in (*map(int, children), self.server.pid):
            os.kill(pid, signal.SIGTERM)
        self.server.wait()

    def options(self, station: str) -> list[str]:
        """What ssh, sftp and scp are told alike."""
        told = {
            "Port": self.port,
            "IdentityFile": f'"{self.keys.get(station, station)}"',
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": self.known,
            "StrictHostKeyChecking": "yes",
            "BatchMode": "yes",
            "ConnectTimeout": 10,
            "LogLevel": "ERROR",
        }
        return ["-F", "none", *(part for name, value in told.items() for part in ("-o", f"{name}={value}"))]

    def ssh(self, station: str, *more: str, pty: bool = False) -> list[str]:
        """The command that a person types at a station."""
        return ["ssh", *self.options(station), *(["-tt"] if pty else []), *more]

    def said(self, station: str, *more: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> "Said":
        """What a command from a station gives, without a terminal."""
        done = subprocess.run(
            self.ssh(station, *more), input=stdin, capture_output=True, timeout=30, check=False, env=env
        )
        return Said(done.returncode, (done.stdout + done.stderr).decode(errors="replace"))

    def opened(
        self,
        station: str,
        *more: str,
        options: Sequence[str] = (),
        size: tuple[int, int] = (80, 24),
        **env: str,
    ) -> Terminal:
        """mmt at a station, in a terminal. `options` are ssh's, `more` the words behind the address."""
        typed = [*self.ssh(station, *options, pty=True), "--", "127.0.0.1", *more]
        told = {**os.environ, "TERM": "xterm-256color", **env}
        self.terminals.append(Terminal(typed, told, *size))
        return self.terminals[-1]

    def cut_off(self) -> None:
        """Switch each station off that is still there."""
        for one in self.terminals:
            with suppress(OSError):  # one that has ended is there no more
                if os.waitpid(one.pid, os.WNOHANG) == (0, 0):
                    one.kill()
        self.terminals.clear()


class Said(str):
    """What was printed, and the exit status."""

    status: int

    def __new__(cls, status: int, text: str) -> "Said":
        said = super().__new__(cls, text)
        said.status = status
        return said


@contextmanager
def rooms(folder: Path, clinic: Path, stations: Sequence[str]) -> Iterator[Rooms]:
    """A server that is ended at the end."""
    here = Rooms(folder, clinic, stations)
    here.start()
    try:
        yield here
    finally:
        here.end()
