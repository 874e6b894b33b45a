"""mmt in browsers, behind nginx: `python -m mmt.station.serve FOLDER`, as `mmt station browser` set it up.

textual-serve does the work. What stands here is what it lacks: it listens at a socket that only this account
can open, starts the mmt of each page for the station that nginx let in, and takes what pages send alone.
"""

import logging
import os
import sys
from collections.abc import AsyncIterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from mmt.model.base import Value
from mmt.model.errors import ClinicError

from .started import ascii_name, command

SETTINGS, SOCKET = "browser.json", "mmt.sock"
STATION = "X-Mmt-Station"
"""The header by which nginx says whom it let in."""

_MOST = 64 * 1024
"""Characters of the longest message: a large paste."""

_WIDEST = 500
"""Columns or rows of the largest screen: mmt would fill any."""

_KEPT = ("TEXTUAL_DRIVER", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "ROWS")
_SENDS: dict[str, tuple[type, ...]] = {"stdin": (str,), "ping": (str, int, float)}
"""What a page sends with a value, and of which kind that is; other than a size."""

_page: ContextVar[str] = ContextVar("page")


class Setting(Value, frozen=True, kw_only=True):
    """What the server is started with: where the records and mmt lie, and the address that browsers open."""

    records: str
    mmt: str
    url: str


class Rooms(Server):
    """textual-serve for rooms."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        super().__init__(
            "", title="mmt", public_url=setting.url, templates_path=Path(__file__).parent / "page"
        )

    @property
    def command(self) -> str:
        """What starts the mmt of the page that is being opened."""
        return _page.get("")

    @command.setter
    def command(self, _: str) -> None:
        """textual-serve knows one command for all."""

    def initialize_logging(self) -> None:
        """Note what went wrong, and never what was typed: textual-serve would show the values, too."""
        logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the server has no screen."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_static("/own", Path(__file__).parent / "page" / "own")
        return app

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Start mmt for the station that nginx names."""
        try:
            station = ascii_name(request.headers.get(STATION, ""))
        except ClinicError:
            raise web.HTTPForbidden from None
        if not all(_fits(request.query.get(one, "80")) for one in ("width", "height")):
            raise web.HTTPBadRequest
        kept = " ".join(f'{name}="${name}"' for name in _KEPT)
        runs = command(station, Path(self._setting.records), Path(self._setting.mmt), term="xterm-256color")
        _page.set(runs.replace(" TERM=", f" {kept} TERM=", 1))
        return await super().handle_websocket(request)

    async def _process_messages(self, websocket: Any, app_service: AppService) -> None:
        await super()._process_messages(_Sent(websocket), app_service)  # type: ignore[arg-type]

    def listen(self, socket: Path) -> None:
        """Serve at a socket until told to end."""
        self.initialize_logging()
        os.umask(0o077)
        socket.unlink(missing_ok=True)
        web.run_app(self._make_app(), path=str(socket), print=None, access_log=None)


class _Sent:
    """The messages of a page that a page may send; the line of one that sends others is closed."""

    def __init__(self, websocket: web.WebSocketResponse) -> None:
        self._websocket = websocket
        self.send_json = websocket.send_json

    async def __aiter__(self) -> AsyncIterator[WSMessage]:
        async for message in self._websocket:
            if not allowed(message):
                await self._websocket.close(code=1008)
                return
            yield message


def allowed(message: WSMessage) -> bool:
    """Whether a page sends such a message."""
    if message.type != WSMsgType.TEXT or len(message.data) > _MOST:
        return False
    try:
        sent = msgspec.json.decode(message.data)
    except (msgspec.DecodeError, RecursionError):
        return False
    if not isinstance(sent, list) or not 1 <= len(sent) <= 2 or not isinstance(sent[0], str):
        return False
    kind, value = sent[0], sent[-1]
    if kind == "resize":
        return isinstance(value, dict) and all(_fits(value.get(one)) for one in ("width", "height"))
    return kind in ("blur", "focus") or (len(sent) == 2 and isinstance(value, _SENDS.get(kind, ())))


def _fits(size: object) -> bool:
    """Whether a screen may have so many columns or rows."""
    if isinstance(size, str):
        return size.isascii() and size.isdigit() and len(size) < 4 and _fits(int(size))
    return isinstance(size, int) and not isinstance(size, bool) and 1 <= size <= _WIDEST


def main() -> None:
    """Serve what a folder is set up for."""
    folder = Path(sys.argv[1])
    setting = msgspec.json.decode((folder / SETTINGS).read_bytes(), type=Setting)
    Rooms(setting).listen(folder / SOCKET)


if __name__ == "__main__":
    main()
