"""A line to a server on which things go wrong: a small HTTP proxy that cuts, delays and refuses."""

import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self, get_args
from urllib.parse import urlsplit

Json = dict[str, Any]
Ill = Literal[
    "refused",
    "slow",
    "cut-before",
    "cut-after",
    "error-before",
    "error-after",
    "half-tired",
    "half-refused",
    "nonsense",
]
ILLS: tuple[Ill, ...] = get_args(Ill)
"""What goes wrong with a request: *refused*, the connection is reset; *slow*, the answer drips; *cut-before*,
the request does not arrive; *cut-after*, it was done and the answer ends in its middle; *error-before* and
*error-after*, a 500 before it was done or after; *half-tired* and *half-refused*, every second entry of a
transaction is done alone, and the others are for later or are refused; *nonsense*, an answer that is no FHIR,
as where one signs in to a network."""

OTHERS = {"half-tired": "503", "half-refused": "422"}
"""The status of the other half."""

SLOW = 0.3
"""Seconds that a slow answer takes."""
_HOP = {"connection", "transfer-encoding", "content-length", "host", "keep-alive"}


class BadLine:
    """A proxy before the server at an address. What goes wrong with a request is asked for at each one."""

    def __init__(self, base: str, ill: Callable[[], Ill | None]) -> None:
        self.to = urlsplit(base)
        self.ill = ill
        self.met: Counter[str] = Counter()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def base(self) -> str:
        """The address that a sender is given."""
        return f"http://127.0.0.1:{self._server.server_port}{self.to.path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, line: BadLine) -> None:
        self.line = line
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Say nothing: that the other side hung up is what happens here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Keep no log."""

    def _go_between(self) -> None:
        ill = self.server.line.ill()
        self.server.line.met[ill or "well"] += 1
        if ill in ("refused", "cut-before"):
            if ill == "cut-before":
                self.rfile.read(int(self.headers.get("content-length", 0)) // 2)
            self._reset()
            return
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if ill == "error-before":
            self._answer(503, b'{"resourceType":"OperationOutcome","issue":[]}', "application/fhir+json")
        elif ill == "nonsense":
            self._answer(200, b"<html><title>Sign in to this network</title></html>", "text/html")
        else:
            self._done(ill, body)

    do_GET = do_POST = do_PUT = do_DELETE = _go_between  # noqa: N815 (http.server's names)

    def _done(self, ill: Ill | None, body: bytes) -> None:
        """Have it done by the server, and spoil the answer."""
        entries = self._entries(body) if ill in OTHERS else []
        if entries:
            body = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": entries[::2]}).encode()
        try:
            status, answer, kind = self._ask(body)
        except (OSError, HTTPException):  # the server was killed: so nobody gets an answer
            self._reset()
            return
        if entries and status == 200:
            answer = _with_refused(json.loads(answer), len(entries), OTHERS[str(ill)])
        if ill == "error-after":
            self._answer(500, b"Internal Server Error", "text/plain")
        elif ill == "cut-after":
            self._head(status, len(answer), kind)
            self.wfile.write(answer[: len(answer) // 2])
            self._reset()
        else:
            self._answer(status, answer, kind, over=SLOW if ill == "slow" else 0)

    def _entries(self, body: bytes) -> list[Json]:
        told = json.loads(body) if self.command == "POST" and body else {}
        return told.get("entry", []) if told.get("type") == "transaction" else []

    def _ask(self, body: bytes) -> tuple[int, bytes, str]:
        to = self.server.line.to
        line = HTTPConnection(to.hostname or "", to.port, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            headers["host"] = self.headers["host"]  # so that pages that follow lie behind this line, too
            line.request(self.command, self.path, body or None, headers)
            with line.getresponse() as answer:
                return answer.status, answer.read(), answer.getheader("content-type", "")
        finally:
            line.close()

    def _head(self, status: int, length: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(length))
        self.end_headers()

    def _answer(self, status: int, answer: bytes, kind: str, over: float = 0) -> None:
        self._head(status, len(answer), kind)
        step = len(answer) // 10 + 1 if over else len(answer)
        for at in range(0, len(answer), step or 1):
            time.sleep(over / 10)
            self.wfile.write(answer[at : at + step])

    def _reset(self) -> None:
        """Hang up at once, without a word to the other side."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


def _with_refused(answer: Json, entries: int, status: str) -> bytes:
    """The answer to every second entry, with refusals of the others between them."""
    why = {"severity": "error", "code": "conflict", "details": {"text": "Not now"}}
    no = {"response": {"status": status, "outcome": {"resourceType": "OperationOutcome", "issue": [why]}}}
    done = iter(answer["entry"])
    entry = [no if at % 2 else next(done) for at in range(entries)]
    return json.dumps({"resourceType": "Bundle", "type": "transaction-response", "entry": entry}).encode()
