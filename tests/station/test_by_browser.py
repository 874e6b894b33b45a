"""Rooms by a browser, with a real nginx: who is let in, what is taken, and what a page may send."""

import asyncio
import os
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest
import sixteen
from browser_rooms import MISSING, Pages, environments, installed, pages

pytestmark = [pytest.mark.long, pytest.mark.skipif(not installed(), reason=MISSING)]

PATHS = ("/", "/ws", "/static/js/textual.js", "/own/room.js", "/download/x", "/x", "/static/")


@pytest.fixture(scope="module")
def here() -> Iterator[Pages]:
    folder = Path(tempfile.mkdtemp(prefix=".mmt-pages-", dir=Path.home()))
    with pages(folder, sixteen.made(folder / "clinic"), sixteen.STATIONS[:4]) as running:
        yield running
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def rested(here: Pages) -> Iterator[None]:
    """The next test finds no limit used up, and no mmt of the one before."""
    yield
    for _ in range(200):
        if not environments(here.clinic):
            break
        time.sleep(0.05)
    assert environments(here.clinic) == []


class Page:
    """A page that is open at a station, and the screen in it."""

    def __init__(self, line: object) -> None:
        self.line = line
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    async def type(self, keys: str) -> None:
        await self.line.send_json(["stdin", keys])  # type: ignore[attr-defined]

    async def until(self, wanted: str) -> None:
        """Read until the screen holds this."""
        end = time.monotonic() + 30
        while wanted not in self.text:
            assert time.monotonic() < end, f"never saw {wanted!r} on:\n{self.text}"
            message = await self.line.receive(timeout=max(0.1, end - time.monotonic()))  # type: ignore[attr-defined]
            assert isinstance(message.data, bytes), f"{message}\n{self.text}"
            self._stream.feed(message.data)


@asynccontextmanager
async def page(
    here: Pages, station: str, query: str = "?width=80&height=24", **heads: str
) -> AsyncIterator[Page]:
    """The page of a station, as its browser opens it."""
    from aiohttp import ClientSession

    heads = {"Origin": here.url, **heads}
    async with (
        ClientSession() as session,
        session.ws_connect(f"{here.url}/ws{query}", ssl=here.trust(station), headers=heads) as line,
    ):
        yield Page(line)


async def at_exam(one: Page, patient: str) -> None:
    await one.until("Patients")
    for typed, wanted in ((patient, f"▶ {patient}"), ("\r", "draft at Exam"), ("\r", " done")):
        await one.type(typed)
        await one.until(wanted)
        await asyncio.sleep(0.4)


async def test_a_grade_by_a_page_is_kept_and_a_page_that_is_closed_lets_the_draft_go(here: Pages) -> None:
    async with page(here, "Room 1") as one:
        await at_exam(one, "Alba")
        await one.type("4")
        await one.until("1 of")
        async with page(here, "Room 2") as other:
            await other.until("Patients")
            await other.type("Alba")
            await other.until("▶ Alba")
            await asyncio.sleep(0.4)
            await other.type("\r")
            await other.until("(Room 1)")
    assert [one.grade for one in sixteen.kept(here.clinic, "Alba")] == ["4"]
    for _ in range(200):
        if not environments(here.clinic):
            break
        await asyncio.sleep(0.05)
    async with page(here, "Room 2") as other:
        await at_exam(other, "Alba")
        assert "elsewhere" not in other.text


async def test_where_the_server_of_pages_is_killed_no_mmt_stays_with_a_draft(here: Pages) -> None:
    server = here.running[0]
    async with page(here, "Room 1") as one:
        await one.until("Patients")
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        for _ in range(200):
            if not environments(here.clinic):
                break
            await asyncio.sleep(0.05)
        assert environments(here.clinic) == []
    for old in here.running[1:]:
        old.terminate()
        old.wait()
    here.running.clear()
    here.start()


@pytest.mark.parametrize("path", PATHS)
def test_without_a_certificate_nothing_is_given(here: Pages, path: str) -> None:
    told = here.ask(path)
    assert told.status == 400
    assert b"No required SSL certificate" in told


def made_by_another(folder: Path, subject: str) -> str:
    """A certificate of this name that another authority vouches for."""
    path = folder / "other.pem"
    typed = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -keyout {path} -subj"
    )
    done = subprocess.run([*typed.split(), subject], check=True, capture_output=True, text=True)
    path.write_text(path.read_text() + done.stdout)
    return str(path)


def test_a_certificate_of_another_authority_or_of_the_host_is_no_stations(
    here: Pages, tmp_path: Path
) -> None:
    assert here.ask("/", made_by_another(tmp_path, "/CN=Room 1")).status == 400
    both = tmp_path / "host.pem"
    both.write_text((here.config / "host.key").read_text() + (here.config / "host.crt").read_text())
    assert here.ask("/", str(both)).status == 400


def test_a_station_that_was_taken_off_the_list_is_not_let_in(here: Pages) -> None:
    config = here.config / "nginx.conf"
    assert here.ask("/", "Room 4").status == 200
    before = config.read_text()
    config.write_text(before.replace('        "Room 4" 1;\n', ""))
    here.running[1].send_signal(signal.SIGHUP)
    try:
        for _ in range(100):
            if here.ask("/", "Room 4").status == 403:
                break
            time.sleep(0.2)
        assert [here.ask("/", "Room 4").status, here.opens("Room 4"), here.ask("/", "Room 3").status] == [
            403,
            403,
            200,
        ]
    finally:
        config.write_text(before)
        here.running[1].send_signal(signal.SIGHUP)
        time.sleep(1)


ORIGINS = (
    *("", "null", "https://evil.example", "https://localhost", "https://localhost:1", "file://"),
    *(
        "http://localhost:{0}",
        "https://localhost:{0}.evil.example",
        "https://evil.example/https://localhost:{0}",
    ),
    *("https://localhost:{0}/", "HTTPS://evil:{0}", "https://127.0.0.1:{0}", "https://user@localhost:{0}"),
)


@pytest.mark.parametrize("origin", ORIGINS)
def test_no_page_of_another_site_opens_a_line(here: Pages, origin: str) -> None:
    assert here.opens("Room 1", origin.format(here.port)) == 403


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"]
)
def test_other_methods_are_refused(here: Pages, method: str) -> None:
    for path in ("/", "/ws", "/own/room.js"):
        assert here.ask(path, "Room 1", method=method, Origin=here.url).status in (400, 403, 405)


TRICKS = (
    *(
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../server.py",
        "/static/js/..%2f..%2fserver.py",
    ),
    *("/static/js/%2e%2e/%2e%2e/server.py", "/static/", "/static/js/", "/own/", "/own/../app_index.html"),
    *(
        "/own/app_index.html",
        "/download/x",
        "/.git/config",
        "/ws/",
        "/ws%00",
        "/static/js/textual.js%00.html",
    ),
    *(
        "/own//etc/passwd",
        "/own/%252e%252e/x.js",
        "/nginx.conf",
        "/browser.json",
        "/authority.key",
        "/index.html",
    ),
    *("/static/js/textual.js/", "\\..\\..\\x", "//evil.example/", "/own/room.js/../../../host.key"),
)


@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_to_another_file(here: Pages, path: str) -> None:
    told = here.ask(path, "Room 1")
    assert told.status in (400, 403, 404) or (path == "//evil.example/" and told.status == 404), told[:200]


def test_oversized_requests_are_refused(here: Pages) -> None:
    assert here.ask("/" + "x" * 20_000, "Room 1").status == 414
    assert here.ask("/", "Room 1", X="x" * 20_000).status == 400
    assert here.ask("/", "Room 1", **{f"X{number}": "x" * 3000 for number in range(9)}).status == 400
    assert here.ask("/", "Room 1", Content_Length="10000000").status == 413


SMUGGLED = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01" * 100 + b"\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
)


@pytest.mark.parametrize("request_", SMUGGLED)
def test_requests_that_can_be_read_in_two_ways_are_refused(here: Pages, request_: bytes) -> None:
    assert here.raw(request_, "Room 1").status in (0, 400, 501, 505)


def test_without_tls_or_with_old_tls_nothing_is_given(here: Pages) -> None:
    with socket.create_connection(("127.0.0.1", here.port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        said = line.recv(4096)
    assert said.startswith(b"HTTP/1.1 400")
    assert b"terminal" not in said
    old = [
        "openssl",
        "s_client",
        "-connect",
        f"127.0.0.1:{here.port}",
        "-tls1_1",
        "-cipher",
        "ALL@SECLEVEL=0",
    ]
    done = subprocess.run(
        old, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=20
    )
    assert done.returncode != 0


def test_another_name_does_not_lead_around_the_certificate(here: Pages) -> None:
    assert here.ask("/", name="other.example").status == 400, (
        "the line without, the request with the right name"
    )
    assert here.ask("/", name="other.example", Host="other.example").status == 421
    assert here.ask("/", "Room 1", Host="other.example").status == 421


def test_a_station_cannot_call_itself_another(here: Pages) -> None:
    async def look() -> None:
        async with page(here, "Room 2", **{"X-Mmt-Station": "Room 1", "X-MMT-STATION": "Room 1"}) as one:
            await one.until("Patients")
            found = {name: value for env in environments(here.clinic) for name, value in env.items()}
            assert found["MMT_STATION"] == "Room 2"
            named = {"HOME", "PATH", "LANG", "MMT_HOME", "MMT_STATION", "TERM", "COLUMNS", "ROWS"}
            assert found.keys() == named | {"TEXTUAL_DRIVER", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM"}

    asyncio.run(look())


SIZES = (
    "?width=999999999&height=24",
    "?width=80&height=0",
    "?width=-1",
    "?width=$(id)",
    "?height=1e3",
    "?width=٣",
)


@pytest.mark.parametrize("query", SIZES)
def test_a_screen_of_no_size_is_not_opened(here: Pages, query: str) -> None:
    assert here.opens("Room 1", path=f"/ws{query.encode('ascii', 'replace').decode()}") == 400


MESSAGES = (
    *(
        '["resize", {"width": 1000000, "height": 1000000}]',
        '["resize", {"width": "x", "height": 2}]',
        "[]",
        "{}",
    ),
    *('["resize", {"width": true, "height": 9}]', '["debug", 1]', '["stdin", 5]', '["stdin"]', "null", "x"),
    *(
        "[" * 30_000,
        '["stdin", "' + "x" * 70_000 + '"]',
        '["quit"]',
        '["stdin", "a", "b"]',
        '[["stdin"], "a"]',
    ),
)


@pytest.mark.parametrize("message", MESSAGES)
async def test_a_message_that_no_page_sends_ends_that_page_alone(here: Pages, message: str) -> None:
    async with page(here, "Room 2") as other, page(here, "Room 1") as one:
        await one.until("Patients")
        await other.until("Patients")
        await one.line.send_str(message)  # type: ignore[attr-defined]
        while isinstance((await one.line.receive(timeout=20)).data, bytes):  # type: ignore[attr-defined]
            pass
        assert one.line.closed  # type: ignore[attr-defined]
        await other.type("Bruno")
        await other.until("▶ Bruno")


async def test_of_one_station_two_pages_are_open_at_once_and_another_still_comes_in(here: Pages) -> None:
    async with page(here, "Room 1") as one, page(here, "Room 1") as two:
        await one.until("Patients")
        await two.until("Patients")
        assert await asyncio.to_thread(here.opens, "Room 1") == 429
        async with page(here, "Room 2") as other:
            await other.until("Patients")


def test_too_many_requests_are_refused_and_soon_taken_again(here: Pages) -> None:
    assert 429 in [here.ask("/own/room.js", "Room 1").status for _ in range(120)]
    time.sleep(1)
    assert here.ask("/", "Room 1").status == 200


def test_lines_that_say_nothing_are_closed_and_keep_nobody_out(here: Pages) -> None:
    idle = [socket.create_connection(("127.0.0.1", here.port)) for _ in range(300)]
    slow = here.line("Room 3")
    slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
    try:
        assert here.ask("/", "Room 1").status == 200
        slow.settimeout(15)
        assert slow.recv(1) == b"", "a request that does not come to its end is given up"
        idle[0].settimeout(15)
        assert idle[0].recv(1) == b""
    finally:
        for one in (*idle, slow):
            one.close()


def test_it_listens_at_this_computer_alone_and_the_pages_server_at_no_port(here: Pages) -> None:
    found = subprocess.run(
        ["sh", "-c", "cat /proc/net/tcp /proc/net/tcp6"], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in found.stdout.splitlines() if " 0A " in line]
    at = [row[1] for row in rows if int(row[1].rpartition(":")[2], 16) == here.port]
    assert at == [f"0100007F:{here.port:04X}"]
    inodes = {row[9] for row in rows}
    lines = Path(f"/proc/{here.running[0].pid}/fd").iterdir()
    held = {str(one.readlink()) for one in lines if one.is_symlink()}
    assert not {f"socket:[{one}]" for one in inodes} & held
    assert stat.S_IMODE((here.config / "mmt.sock").stat().st_mode) & 0o077 == 0
    assert {stat.S_IMODE(one.stat().st_mode) & 0o077 for one in here.config.iterdir() if one.is_file()} == {0}


def test_what_is_typed_stands_in_no_log(here: Pages) -> None:
    async def typed() -> None:
        async with page(here, "Room 1") as one:
            await one.until("Patients")
            await one.type("Secret")
            await one.until("Nobody fits")
            await one.line.send_str("[")  # type: ignore[attr-defined]

    asyncio.run(typed())
    logs = [*here.config.glob("*.log"), here.folder / "said.log", *here.clinic.glob("*.log")]
    assert len(logs) >= 3
    assert not [one for one in logs if "Secret" in one.read_text()]


def test_the_page_loads_nothing_of_other_sites(here: Pages) -> None:
    told = here.ask("/", "Room 1").decode()
    policy = next(line for line in told.splitlines() if line.startswith("Content-Security-Policy"))
    assert "default-src 'none'" in policy
    assert f"connect-src 'self' wss://localhost:{here.port};" in policy
    assert "unsafe-eval" not in policy
    assert "//" not in told.partition("<!DOCTYPE")[2].replace(f"wss://localhost:{here.port}/ws", "")


@pytest.fixture(scope="module")
def asked() -> Iterator[Pages]:
    """The same with a password for its one station."""
    folder = Path(tempfile.mkdtemp(prefix=".mmt-pages-", dir=Path.home()))
    running = Pages(folder, sixteen.made(folder / "clinic"), ["Room 1"], "password")
    for line in running.lines[1:-2]:
        subprocess.run(["sh", "-c", line.replace("passwd -6", "passwd -6 word")], check=True)
    try:
        running.start()
        yield running
    finally:
        running.end()
        shutil.rmtree(folder)


LOGINS = (
    "",
    "Basic",
    "Basic Um9vbSAx",
    "Basic Um9vbSAxOm5v",
    "Basic Um9vbSAyOndvcmQ=",
    "Bearer x",
    "Basic !",
)


@pytest.mark.parametrize("login", LOGINS)
def test_without_the_password_of_a_station_nothing_is_given(asked: Pages, login: str) -> None:
    time.sleep(1)  # or requests are too many
    for path in PATHS:
        assert asked.ask(path, Authorization=login, Origin=asked.url).status in (401, 403), path
    assert asked.opens("", Authorization=login) in (401, 403)


def test_a_station_with_its_password_comes_in(asked: Pages) -> None:
    time.sleep(1)
    told = asked.ask("/")
    assert told.status == 401
    assert b'WWW-Authenticate: Basic realm="mmt"' in told
    assert asked.ask("/", Authorization="Basic Um9vbSAxOndvcmQ=").status == 200
    assert asked.opens("", Authorization="Basic Um9vbSAxOndvcmQ=") == 101
    assert asked.opens("", "https://evil.example", Authorization="Basic Um9vbSAxOndvcmQ=") == 403


def test_certificates_are_verified_by_what_trusts_the_authority_alone(here: Pages) -> None:
    with (
        socket.create_connection(("127.0.0.1", here.port)) as raw,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        ssl.create_default_context().wrap_socket(raw, server_hostname="localhost")
