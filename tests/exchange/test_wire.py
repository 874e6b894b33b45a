"""Requests to a server: within bounds, to whom they are for, and to nobody else."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from certificates import certificate, context
from loopback import served

from mmt import wire as wires
from mmt.model.errors import ClinicError
from mmt.model.sending import Server
from mmt.wire import LostError, Wire

Socket = socket.socket


@contextmanager
def listening(
    serve: Callable[[Socket], object], context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[str]]]:
    """A server of one thread, which does so with each connection; its port, and what went wrong."""
    faults: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def run() -> None:
            while True:
                try:
                    connection, _ = door.accept()
                except OSError:
                    return
                with connection:
                    try:
                        met = context.wrap_socket(connection, server_side=True) if context else connection
                        serve(met)
                        met.close()
                    except OSError as error:
                        faults.append(str(error))

        thread = Thread(target=run, daemon=True)
        thread.start()
        yield door.getsockname()[1], faults
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
    thread.join(2)


def asks(base: str, **more: str) -> bytes:
    wire = Wire(Server(base=base, **more), "t0ken")
    try:
        return wire.ask("POST", "", b"{}").body
    finally:
        wire.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n"


def says(*parts: bytes) -> Callable[[Socket], None]:
    def serve(one: Socket) -> None:
        asked = b""
        while not asked.endswith(b"{}") and (part := one.recv(65536)):
            asked += part
        one.sendall(b"".join(parts))

    return serve


def test_a_whole_answer_comes_as_it_is() -> None:
    with listening(says(HEAD, b"Content-Length: 2\r\n\r\n", b"{}")) as (port, _):
        assert asks(f"http://127.0.0.1:{port}") == b"{}"


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((HEAD, b"Content-Length: 9\r\n\r\n{}"), "cut before the whole answer"),
        ((HEAD, b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), "cut before the whole answer"),
        ((HEAD, b"Transfer-Encoding: chunked\r\n\r\n9\r\n{}"), "cut before the whole answer"),
        ((b"",), "cut before the whole answer"),
        ((b"SSH-2.0-OpenSSH_9\r\n",), "cut before the whole answer"),
    ],
)
def test_an_answer_that_is_not_whole_is_none(parts: tuple[bytes, ...], why: str) -> None:
    with listening(says(*parts)) as (port, _), pytest.raises(LostError, match=why):
        asks(f"http://127.0.0.1:{port}")


def test_what_nobody_answers_for_could_not_be_reached() -> None:
    for base, why in (
        ("http://127.0.0.1:9", "could not be reached: nobody answers there"),
        ("https://no-such-name.invalid", "could not be reached: its name is not known; is there a network?"),
    ):
        with pytest.raises(LostError) as raised:
            asks(base)
        assert str(raised.value) == why


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "LARGEST", 100_000)

    def endless(one: Socket) -> None:
        one.recv(65536)
        one.sendall(HEAD + b"\r\n")
        while True:
            one.sendall(b"x" * 10_000)

    with listening(endless) as (port, _), pytest.raises(LostError, match="more than"):
        asks(f"http://127.0.0.1:{port}")


def test_an_answer_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "WHOLE_S", 0.1)

    def trickles(one: Socket) -> None:
        one.recv(65536)
        one.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        for _ in range(100):
            one.sendall(b" ")
            time.sleep(0.02)

    with listening(trickles) as (port, _), pytest.raises(LostError, match="took longer"):
        asks(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("again", [b"HTTP/1.1 100 Continue\r\n\r\n", b"X"])
def test_an_answer_that_never_begins_is_given_up(again: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "WHOLE_S", 0.2)
    until = time.monotonic() + 3

    def never(one: Socket) -> None:
        one.recv(65536)
        one.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while time.monotonic() < until:
            one.sendall(again)
            time.sleep(0.01)

    with listening(never) as (port, _), pytest.raises(LostError, match="took longer"):
        asks(f"http://127.0.0.1:{port}")
    assert time.monotonic() < until - 1


def test_a_server_that_says_nothing_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "READ_S", 0.1)

    def silent(one: Socket) -> None:
        while one.recv(65536):
            pass

    with listening(silent) as (port, _), pytest.raises(LostError, match="did not answer in time"):
        asks(f"http://127.0.0.1:{port}")


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return certificate(tmp_path, "authority")[0]


OK = says(HEAD, b"Content-Length: 2\r\n\r\n{}")


def test_a_server_that_nobody_vouches_for_is_sent_nothing(tmp_path: Path, authority: Path) -> None:
    got: list[bytes] = []
    with listening(lambda one: got.append(one.recv(65536)), context(tmp_path)) as (port, _):
        with pytest.raises(LostError, match="cannot be trusted"):
            asks(f"https://localhost:{port}")
        with pytest.raises(LostError, match="cannot be trusted"):
            asks(f"https://127.0.0.1:{port}", authority=str(authority))
    assert got in ([], [b""])


def test_an_authority_of_the_chains_own_vouches(tmp_path: Path, authority: Path) -> None:
    with listening(OK, context(tmp_path)) as (port, _):
        assert asks(f"https://localhost:{port}", authority=str(authority)) == b"{}"


def test_a_certificate_of_the_client_lets_it_in(tmp_path: Path, authority: Path) -> None:
    pem, key = certificate(tmp_path, "clinic", "authority")
    with listening(OK, context(tmp_path, asks_for_one=True)) as (port, _):
        base, vouches = f"https://localhost:{port}", str(authority)
        with pytest.raises(LostError):
            asks(base, authority=vouches)
        assert asks(base, authority=vouches, certificate=str(pem), key=str(key)) == b"{}"


@pytest.mark.parametrize("secure", [False, True])
def test_what_is_waited_for_is_cut_from_another_thread(secure: bool, tmp_path: Path, authority: Path) -> None:
    def silent(one: Socket) -> None:
        while one.recv(65536):
            pass

    came: list[str] = []
    with listening(silent, context(tmp_path) if secure else None) as (port, _):
        base = f"http{'s' if secure else ''}://localhost:{port}"
        wire = Wire(Server(base=base, authority=str(authority)), "")

        def ask() -> None:
            try:
                wire.ask("GET")
            except LostError as error:
                came.append(str(error))

        thread = Thread(target=ask)
        thread.start()
        time.sleep(0.2)
        wire.cut()
        thread.join(2)
        assert came == ["was asked no further: it was stopped here"]
        ask()
        assert came == ["was asked no further: it was stopped here"] * 2, "nor is anything asked afterwards"


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    text = tmp_path / "text.pem"
    text.write_text("no certificate")
    for more in ({"authority": str(text)}, {"certificate": str(text)}, {"certificate": "/nowhere/one.pem"}):
        with pytest.raises(ClinicError, match=r"(text|one)\.pem cannot be used"):
            Wire(Server(base="https://localhost", **more), "")


@pytest.mark.parametrize("token", ["two\r\nlines", "tök", "\x00"])
def test_a_token_that_cannot_be_one_is_refused(token: str) -> None:
    with pytest.raises(ClinicError, match="token"):
        Wire(Server(base="https://localhost"), token)


def test_a_token_that_a_server_says_back_is_told_nobody() -> None:
    body = b'{"issue": [{"diagnostics": "t0ken does not hold"}]}'
    with listening(says(HEAD, b"Content-Length: %d\r\n\r\n" % len(body), body)) as (port, _):
        assert asks(f"http://127.0.0.1:{port}") == body.replace(b"t0ken", b"the token")


def test_a_token_that_a_server_says_back_in_a_header_is_told_nobody() -> None:
    moved = (
        b"HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/?for=t0ken\r\nContent-Length: 0\r\n\r\n"
    )
    with listening(says(moved)) as (port, _):
        wire = Wire(Server(base=f"http://127.0.0.1:{port}"), "t0ken")
        assert wire.ask("POST", "", b"{}").headers["location"] == "https://elsewhere.example/?for=the token"
        wire.close()


def test_the_token_goes_along() -> None:
    with served() as server:
        server.token = "t0ken"
        assert b"resourceType" in asks_metadata(server.base)


def asks_metadata(base: str) -> bytes:
    wire = Wire(Server(base=f"{base}/"), "t0ken")
    try:
        return wire.ask("GET", "metadata").body
    finally:
        wire.close()
