"""Rooms by a browser in a test: nginx and textual-serve as `mmt station browser` sets them up."""

import importlib.util
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ssh_rooms import MMT, free_port

NGINX = Path("/usr/sbin/nginx")
MISSING = (
    "nginx, openssl or textual-serve is missing here (Debian: apt-get install nginx-light openssl; uv sync)."
)


def installed() -> bool:
    """Whether all that is needed is here."""
    found = importlib.util.find_spec("textual_serve") is not None
    return found and NGINX.exists() and shutil.which("openssl") is not None


class Pages:
    """A running nginx with textual-serve behind it, for the records in `clinic`."""

    def __init__(self, folder: Path, clinic: Path, stations: Sequence[str], by: str = "certificate") -> None:
        self.folder, self.clinic, self.port, self.by = folder, clinic, free_port(), by
        self.config = folder / "rooms"
        typed = [
            str(MMT),
            "station",
            "browser",
            "--write",
            str(self.config),
            "--port",
            str(self.port),
            "--by",
            by,
        ]
        env = {**os.environ, "MMT_HOME": str(clinic)}
        said = subprocess.run([*typed, *stations], env=env, check=True, capture_output=True, text=True).stdout
        self.lines = said.partition("in this order:\n")[2].splitlines()
        made = subprocess.run(["sh", "-c", self.lines[0]], check=True, capture_output=True, text=True).stdout
        self.words = dict(line.split(".p12: passphrase ") for line in made.splitlines())
        self.keys = {name: self._opened(name, word) for name, word in self.words.items()}
        self.url = f"https://localhost:{self.port}"
        self.running: list[subprocess.Popen[bytes]] = []

    def _opened(self, name: str, word: str) -> Path:
        path = self.folder / f"{name}.pem"
        typed = [
            "openssl",
            "pkcs12",
            "-in",
            str(self.config / f"{name}.p12"),
            "-passin",
            f"pass:{word}",
            "-nodes",
        ]
        subprocess.run([*typed, "-out", str(path)], check=True, capture_output=True)
        return path

    def start(self) -> None:
        """Start both by the printed lines, and wait until they take requests."""
        for line in self.lines[-2:]:
            with (self.folder / "said.log").open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        ["/bin/sh", "-c", f"exec {line}"], stdout=log, stderr=log, stdin=subprocess.DEVNULL
                    )
                )
        for _ in range(400):
            with suppress(OSError), socket.socket(socket.AF_UNIX) as behind:
                behind.connect(str(self.config / "mmt.sock"))
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "said.log").read_text())

    def end(self) -> None:
        """End both."""
        for one in reversed(self.running):
            one.terminate()
        for one in self.running:
            one.wait(30)

    def trust(self, station: str = "") -> ssl.SSLContext:
        """What a browser of a station brings: trust in the rooms' authority, and its certificate."""
        context = ssl.create_default_context(cafile=str(self.config / "authority.crt"))
        if path := self.keys.get(station, Path(station) if station else None):
            context.load_cert_chain(path)
        return context

    def line(self, station: str = "", *, name: str = "localhost") -> ssl.SSLSocket:
        """A line to nginx, ready for a request."""
        context = self.trust(station)
        if name != "localhost":
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return context.wrap_socket(raw, server_hostname=name)

    def ask(
        self, path: str, station: str = "", *, method: str = "GET", name: str = "localhost", **more: str
    ) -> "Told":
        """Ask for a path, written as it is; `more` are headers, `_` for `-`, an empty one is left out."""
        heads = {"Host": f"localhost:{self.port}", "Connection": "close"}
        heads |= {key.replace("_", "-"): value for key, value in more.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{key}: {value}" for key, value in heads.items() if value)]
        return self.raw("\r\n".join([*lines, "", ""]).encode(), station, name=name)

    def raw(self, request: bytes, station: str = "", *, name: str = "localhost") -> "Told":
        """What nginx answers to these bytes."""
        with self.line(station, name=name) as line:
            with suppress(OSError):
                line.sendall(request)
            return _read(line)

    def opens(self, station: str, origin: str | None = None, path: str = "/ws", **more: str) -> int:
        """The status of a try to open the line of a page: 101 where it is open."""
        heads = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec_WebSocket_Version": "13",
            "Origin": self.url if origin is None else origin,
        }
        return self.ask(path, station, **(heads | more)).status


class Told(bytes):
    """An answer."""

    @property
    def status(self) -> int:
        """Its status; 0 where the line was closed without one."""
        return int(self[9:12]) if self.startswith(b"HTTP/1.") else 0


def _read(line: socket.socket) -> Told:
    """An answer: its head, and as much behind it as the head says."""
    found = b""
    with suppress(OSError):
        while not _whole(found) and (data := line.recv(65536)):
            found += data
    return Told(found)


def _whole(found: bytes) -> bool:
    head, ends, body = found.partition(b"\r\n\r\n")
    told = [one for one in head.lower().splitlines() if one.startswith(b"content-length:")]
    return bool(ends) and len(body) >= (int(told[0][15:]) if told else 0)


@contextmanager
def pages(folder: Path, clinic: Path, stations: Sequence[str], by: str = "certificate") -> Iterator[Pages]:
    """A server that is ended at the end."""
    here = Pages(folder, clinic, stations, by)
    try:
        here.start()
        yield here
    finally:
        here.end()


def environments(clinic: Path) -> list[Mapping[str, str]]:
    """What each mmt of these records was started with, without the shells before it."""
    found = []
    for one in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if one.name.isdigit() and f"MMT_HOME={clinic}".encode() in (one / "environ").read_bytes().split(
                b"\0"
            ):
                lines = (one / "environ").read_bytes().decode().rstrip("\0").split("\0")
                found.append(dict(line.split("=", 1) for line in lines))
    return found
