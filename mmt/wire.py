"""One request to a server of other people and its answer: the only place that opens a connection.

TLS is always verified. Without it mmt speaks to this computer alone. No redirection is followed: a token and
what is sent go to the address that was chosen, and nowhere else.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3

from mmt import tls
from mmt.model.errors import ClinicError
from mmt.model.sending import Server

CONNECT_S = 10.0
READ_S = 60.0
WHOLE_S = 300.0
"""Seconds until a connection stands, between two parts of an answer, and for the whole of it."""

LARGEST = 50_000_000
"""Bytes of an answer."""

_PART = 65_536
_TOKEN = b"the token"
"""Stands in an answer where the token itself did."""

_NO_ADDRESS = "{base} is no address of a server: it begins with https:// and names one."
_IN_CLEAR = (
    "{base} is not encrypted: whoever is between reads all. Only to this computer http:// may be used."
)
_TOO_LONG = "was reached, but its answer took longer than {seconds:g} seconds"
_TOO_LARGE = "answered with more than {size:g} MB"
_CUT = "was reached, but the connection was cut before the whole answer was there"
_STOPPED = "was asked no further: it was stopped here"
_NO_ASCII = "The token holds a sign that no token has: copy it anew."


class Answer(NamedTuple):
    """What a server answered; the names of `headers` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class LostError(Exception):
    """No whole answer came, or none that can be read. Whether the request arrived is not known; `str()` says
    why, as it is said behind the server's name: `Server.did` makes the sentence."""


class OverdueError(LostError):
    """The server was reached, and gave no whole answer in time: it has too much to do, or is at it still."""


class Wire:
    """The way to one server. `stopped` is asked between the parts of an answer. Raises ClinicError with a
    sentence where the way may not be taken, or a file that it needs cannot be read."""

    def __init__(self, server: Server, token: str, stopped: Callable[[], bool] = lambda: False) -> None:
        base = refuse_unfit(server.base)
        if not token.isascii() or not token.isprintable():
            raise ClinicError(_NO_ASCII)
        self.base = base
        self._path = urlsplit(base).path
        self._token = token.encode()
        self._stopped = stopped
        self._headers = {
            "Accept": "application/fhir+json",
            "Accept-Encoding": "identity",
            "User-Agent": "mmt",
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }
        self._server = server
        self._cut = self._met = False
        self._lines: list[socket.socket] = []
        secure = {"ssl_context": tls.context(server)} if base.startswith("https") else {}
        timeout = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
        self._pool = urllib3.connection_from_url(base, maxsize=1, retries=False, timeout=timeout, **secure)
        self._pool.ConnectionCls = _telling(self._pool.ConnectionCls, self._lines)

    def close(self) -> None:
        """Let go of the connection."""
        self._pool.close()

    def cut(self) -> None:
        """Ask nothing from now on, and wait for no answer any more; safe to call in another thread."""
        self._cut = True
        self._hang_up()

    def _hang_up(self) -> None:
        for line in self._lines:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # nothing of TLS is said on the way

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Hang up where this takes too long, also before an answer has properly begun."""
        late = Event()

        def end() -> None:
            late.set()
            self._hang_up()

        timer = Timer(WHOLE_S, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (urllib3.exceptions.HTTPError, OSError) as error:
            if late.is_set() and not self._cut:
                raise OverdueError(_TOO_LONG.format(seconds=WHOLE_S)) from error
            raise
        finally:
            timer.cancel()

    def ask(
        self, method: str, path: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request to a path below the base, and wait for the whole answer. Raises LostError."""
        told = {**self._headers, **(headers or {})}
        if body is not None:
            told["Content-Type"] = "application/fhir+json; charset=utf-8"
        url = f"{self._path}/{path}" if path else self._path or "/"
        until = time.monotonic() + WHOLE_S
        if self._cut:
            raise LostError(_STOPPED)
        try:
            with self._in_time():
                response = self._pool.request(
                    method, url, body=body, headers=told, redirect=False, preload_content=False
                )
                try:
                    held = self._whole(response, until)
                except BaseException:
                    response.close()  # the rest of an answer is none of the next one's
                    raise
                response.release_conn()
        except urllib3.exceptions.ReadTimeoutError as error:
            raise OverdueError(_why(error, self._server, self._met)) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            why = _STOPPED if self._cut else _why(error, self._server, self._met)
            raise LostError(why) from error
        self._met = True
        names = {name.lower(): value for name, value in response.headers.items()}
        if self._token:  # some say back what they were told
            held = held.replace(self._token, _TOKEN)
            token = self._token.decode()
            names = {name: value.replace(token, _TOKEN.decode()) for name, value in names.items()}
        return Answer(response.status, names, held)

    def _whole(self, response: urllib3.BaseHTTPResponse, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := response.read1(_PART):
            parts.append(part)
            size += len(part)
            if size > LARGEST:
                raise LostError(_TOO_LARGE.format(size=LARGEST / 1e6))
            if time.monotonic() > until:
                raise OverdueError(_TOO_LONG.format(seconds=WHOLE_S))
            if self._stopped():
                raise LostError(_STOPPED)
        return b"".join(parts)


def _telling(usual: Any, lines: list[socket.socket]) -> Any:
    """A kind of connection that tells of each line that it opens."""

    class Telling(usual):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            lines[:] = [self.sock]

    return Telling


def refuse_unfit(base: str) -> str:
    """An address without what it may end with. Raises ClinicError where nothing may be sent to it."""
    try:
        parts = urlsplit(base)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ClinicError(_NO_ADDRESS.format(base=base)) from None
    odd = parts.username or parts.password or parts.query or parts.fragment or port == 0
    if parts.scheme not in ("http", "https") or not host or odd or not base.isascii() or " " in base:
        raise ClinicError(_NO_ADDRESS.format(base=base))
    if parts.scheme == "http" and not _here(host):
        raise ClinicError(_IN_CLEAR.format(base=base))
    return base.rstrip("/")


def _here(host: str) -> bool:
    """Whether a name is this computer, whatever a name server says."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why(error: Exception, server: Server, met: bool) -> str:
    """Why no answer came, as it is said behind the server's name. One that was `met` answered before."""
    inner: BaseException = error
    while isinstance(inner, urllib3.exceptions.MaxRetryError) and inner.reason:
        inner = inner.reason
    if isinstance(inner, urllib3.exceptions.NameResolutionError):
        return "could not be reached: its name is not known; is there a network?"
    if isinstance(inner, urllib3.exceptions.SSLError | ssl.SSLError) and not tls.is_cut(inner):
        return tls.why(inner, server)
    if isinstance(inner, urllib3.exceptions.NewConnectionError):
        return "could not be reached: nobody answers there"
    if isinstance(inner, urllib3.exceptions.ConnectTimeoutError):
        return "could not be reached: nobody answers there in time"
    if isinstance(inner, urllib3.exceptions.TimeoutError | TimeoutError):
        return "was reached, but did not answer in time"
    secure = server.base.startswith("https")
    return f"{_CUT}; {tls.hint(server)}" if secure and not met else _CUT
