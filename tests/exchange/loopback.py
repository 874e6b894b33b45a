"""A FHIR server on this computer for tests: keeps resources by type and id, and fails as it is told to.

It takes a transaction whole or not at all, refuses what refers to something that is not there, and counts how
often each resource was written.
"""

import json
import re
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


class Fault(NamedTuple):
    """How a request fails: `drop` before it is read into anything, `cut` in the middle of the answer, `half`
    the entries refused in an answer that is 200; else a `status` with these `headers` and a `body`. What is
    asked may be done all the same where it `does`; first it takes so many `seconds`."""

    kind: str = "answer"
    status: int = 500
    headers: Json = {}
    body: bytes = b""
    seconds: float = 0.0
    does: bool = False


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: Json
    body: Json


class FhirServer:
    """What is there (`held`), how often each was written (`written`), what was asked, and how it fails."""

    def __init__(self) -> None:
        self.held: dict[str, Json] = {}
        self.written: Counter[str] = Counter()
        self.asked: list[Asked] = []
        self.fails: Callable[[Asked], Fault | None] = lambda _: None
        self.refuses: Callable[[Json], str] = lambda _: ""
        self.most = 1000
        self.atomic = True
        self.kind = "transaction-response"
        self.takes = {"transaction", "batch"}
        self.silent = 0
        """Of so many entries, the last ones, it keeps nothing and says nothing."""

        self.status = "422"
        self.token = ""
        self.versions = True
        self.page = 1000
        self.lock = RLock()
        self.base = ""

    @property
    def posts(self) -> list[Json]:
        """The Bundles that were posted."""
        return [one.body for one in self.asked if one.method == "POST"]

    def of(self, kind: str) -> list[Json]:
        """What is held of a type."""
        return [one for name, one in self.held.items() if name.startswith(f"{kind}/")]

    def answer(self, asked: Asked) -> tuple[int, Json, Json]:
        """Do what is asked: status, headers, body."""
        parts = urlsplit(asked.path)
        if not asked.path.startswith("/fhir"):  # as servers do that are no proxies
            return 404, {}, outcome("Not found")
        name = parts.path.removeprefix("/fhir").strip("/")
        if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
            return 401, {}, outcome("who are you?")
        if asked.method == "POST":
            return self._transaction(asked.body)
        if name == "metadata":
            return 200, {}, {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1",
                             "software": {"name": "Loopback"}}  # fmt: skip
        if asked.method == "PUT":
            return self._put(name, asked)
        if asked.method == "DELETE":
            return (204 if self.held.pop(name, None) else 404), {}, {}
        if "/" in name:
            found = self.held.get(name)
            etag = {"ETag": f'W/"{self.written[name]}"'} if self.versions else {}
            return (200, etag, found) if found else (404, {}, outcome("not here"))
        return self._found(name, parse_qs(parts.query))

    def _put(self, name: str, asked: Asked) -> tuple[int, Json, Json]:
        stale = asked.headers.get("if-match")
        if stale and self.versions and stale != f'W/"{self.written[name]}"':
            return 412, {}, outcome("it was changed")
        self._keep(name, asked.body)
        return 200, {}, asked.body

    def _keep(self, name: str, resource: Json) -> None:
        self.written[name] += 1
        self.held[name] = {**resource, "meta": {"versionId": str(self.written[name])}}

    def _transaction(self, bundle: Json) -> tuple[int, Json, Json]:
        if bundle["type"] not in self.takes:
            return 400, {}, outcome(f"a {bundle['type']} is not supported")
        entries = bundle["entry"][: len(bundle["entry"]) - self.silent]
        if len(entries) > self.most:
            return 400, {}, outcome(f"more than {self.most} entries")
        faults = [self._fault(one, entries) for one in entries]
        if any(faults) and self.atomic:
            return 422, {}, outcome(next(filter(None, faults)))
        told = []
        for one, fault in zip(entries, faults, strict=True):
            if not fault:
                self._keep(one["request"]["url"], one["resource"])
            told.append({"response": {"status": self.status, "outcome": outcome(fault)} if fault
                         else {"status": "200 OK"}})  # fmt: skip
        return 200, {}, {"resourceType": "Bundle", "type": self.kind, "entry": told}

    def _fault(self, entry: Json, entries: list[Json]) -> str:
        resource, url = entry["resource"], entry["request"]["url"]
        if url != f"{resource['resourceType']}/{resource['id']}":
            return "the id is another one than that of the address"
        beside = {one["request"]["url"] for one in entries}
        refers = set(re.findall(r'"reference": "([^"]+)"', json.dumps(resource)))
        if away := refers - beside - self.held.keys():
            return f"refers to {sorted(away)[0]}, which is not here"
        return self.refuses(resource)

    def _found(self, kind: str, asks: dict[str, list[str]]) -> tuple[int, Json, Json]:
        """What is found by the patient, a page at a time."""
        whose = asks.get("subject", asks.get("patient", [""]))[0]
        whose = whose if "/" in whose else f"Patient/{whose}"
        found = [one for one in self.of(kind) if one.get("subject", {}).get("reference") == whose]
        first = int(asks.get("page", ["0"])[0])
        page = found[first : first + self.page]
        link = []
        if first + self.page < len(found):
            there = f"{self.base}/{kind}?subject={whose}&page={first + self.page}"
            link = [{"relation": "next", "url": there}]
        bundle = {"resourceType": "Bundle", "type": "searchset", "link": link}
        return 200, {}, {**bundle, "entry": [{"resource": one} for one in page]}


def outcome(says: str) -> Json:
    return {"resourceType": "OperationOutcome",
            "issue": [{"severity": "error", "code": "invalid", "diagnostics": says}]}  # fmt: skip


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[FhirServer]:
    """A server that answers at its `base` within the block, over TLS as the `context` says."""
    server = FhirServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, json.loads(body) if body else {})
            with server.lock:
                server.asked.append(asked)
                fault = server.fails(asked)
                held = server.answer(asked) if fault is None or fault.does or fault.kind == "cut" else None
            if fault and fault.seconds:
                time.sleep(fault.seconds)
            if fault and fault.kind == "drop":
                self.close_connection = True
                return
            if fault and fault.kind == "answer" and not (fault.does and fault.status == 200):
                self._send(fault.status, fault.headers, fault.body)
                return
            assert held is not None
            status, more, value = held
            self._send(status, more, json.dumps(value).encode() if value else b"", fault)

        def _send(self, status: int, headers: Json, body: bytes, fault: Fault | None = None) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if fault and fault.kind == "cut":
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
                return
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # who asked is gone
                super().handle()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.base = f"http://127.0.0.1:{http.server_address[1]}/fhir"
        if context is not None:
            server.base = f"https://localhost:{http.server_address[1]}/fhir"
            http.socket = context.wrap_socket(http.socket, server_side=True)
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
