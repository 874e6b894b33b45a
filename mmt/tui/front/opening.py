"""A restricted record opens once a reason was typed, which is kept with who gave it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.app import App

from mmt.model.errors import ClinicError
from mmt.tui.desk import Home
from mmt.tui.dialogs.ask_text import AskTextScreen

WHY = "{said} Why is it opened?"
HINT = "Enter opens it and keeps the reason, Esc leaves it closed."


def ask_reason(app: App[Any], home: Home, patient: int, said: str, go_on: Callable[[], object]) -> None:
    """Ask why a restricted record is opened, and by whom where several examine; then go on."""
    app.push_screen(
        AskTextScreen(WHY.format(said=said), hint=HINT), partial(_ask_who, app, home, patient, go_on)
    )


def _ask_who(
    app: App[Any], home: Home, patient: int, go_on: Callable[[], object], reason: str | None
) -> None:
    if not reason:
        return
    names = home.names
    act = partial(_open, app, home, patient, go_on, reason)
    if len(names) == 1:
        act(names[0])
    else:
        app.push_screen(AskTextScreen("Who opens it?", names[0], HINT), act)


def _open(
    app: App[Any], home: Home, patient: int, go_on: Callable[[], object], reason: str, by: str | None
) -> None:
    if not by:
        return
    try:
        home.let_in(patient, reason, by)
    except ClinicError as error:
        app.notify(str(error), severity="error", markup=False)
        return
    go_on()
