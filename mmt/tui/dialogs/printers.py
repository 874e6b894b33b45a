"""The printer is asked for once, and what may take long is done aside."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

from msgspec.structs import replace
from textual.app import App

from mmt.model.errors import ClinicError
from mmt.printer import Printers, printers
from mmt.tui.desk import Station

from .choose import ChooseScreen

T = TypeVar("T")

OPEN_INSTEAD = "No printer: papers are opened, to be printed from there"
KEPT = "It is kept on this computer; F9, then P, changes it. Enter takes the marked one, Esc prints nothing."


def aside(app: App[Any], work: Callable[[], T], then: Callable[[T], object]) -> None:
    """Do what may take long in a thread that nobody waits for, not even at the end; then go on here."""

    def run() -> None:
        found = work()
        with suppress(RuntimeError):  # mmt was left meanwhile
            app.call_from_thread(app.call_later, then, found)

    Thread(target=run, daemon=True).start()


def ask_for_printer(app: App[Any], station: Station, done: Callable[[str | None], object]) -> None:
    """Let a printer be chosen, and keep it.

    `done` is told in a sentence why there is none, an empty one where one was chosen, None where nothing was.
    """

    def listed(found: Printers) -> None:
        if not found.names:
            done(found.why)
            return
        names, usual = (*found.names, OPEN_INSTEAD), found.usual
        said = "the usual one of this computer" if usual else ""
        app.push_screen(ChooseScreen("Which printer?", KEPT, names, usual or names[0], said), keep)

    def keep(name: str | None) -> None:
        if name is None:
            done(None)
            return
        printer = "" if name == OPEN_INSTEAD else name
        try:
            station.change_settings(replace(station.settings, printer=printer))
        except ClinicError as error:
            app.notify(str(error), severity="warning", markup=False)
        done("")

    aside(app, printers, listed)
