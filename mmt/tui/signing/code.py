"""The recovery code: shown once, written down, and typed back."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from mmt.model.errors import ClinicError
from mmt.printer import CHOOSES, Job, printers, send
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.dialogs.printers import aside
from mmt.tui.widgets.fields import Field
from mmt.tui.widgets.plain import plain

from .keys import CODE

ABOUT = (
    "Write it on paper, or print it (F5), and keep it away from this computer: in a safe, at home. It opens "
    "the records where a passphrase was forgotten. mmt shows it only now; without a passphrase and without "
    "it nobody can read the records, not even who makes mmt."
)
BY_HAND = "Write the code down by hand."


class CodeScreen(Dialog[bool]):
    """Shows a code until it was typed back: `keep` takes what was typed, and raises ClinicError where it is
    another one. Gives True back then."""

    AUTO_FOCUS = "#typed"
    PLACE = CODE

    def __init__(self, code: str, keep: Callable[[str], None]) -> None:
        super().__init__(name="recovery-code")
        self._code, self._keep = code, keep

    def body(self) -> ComposeResult:
        yield Static("The recovery code", classes="title")
        yield Static(Content.assemble("\n  ", (self._code, "bold"), "\n"), id="code")
        yield Static(ABOUT, classes="hint")
        yield Field("Typed back", Input(compact=True, id="typed"))
        yield Static("", id="form-problem")
        yield Static("From what you wrote down; small letters and spaces will do.", classes="hint")

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Go on, where it is the same."""
        typed = self.query_one("#typed", Input).value
        self._say("One moment …")
        self.call_after_refresh(self._hand_in, typed)

    def _hand_in(self, typed: str) -> None:
        try:
            self._keep(typed)
        except ClinicError as error:
            self._say(str(error))
            self.app.bell()
        else:
            self.dismiss(True)

    def action_print(self) -> None:
        """Print it; the screen goes on meanwhile."""
        self._say("Looking for the printer …")
        aside(self.app, lambda: printed(self._code), self._say)

    def _say(self, told: str) -> None:
        if self.is_mounted:
            self.query_one("#form-problem", Static).update(plain(told))


def printed(code: str) -> str:
    """Print a code on the usual printer; what became of it. Nothing of it stays on the disk."""
    if not CHOOSES:
        return f"Windows prints no such page by itself. {BY_HAND}"
    found = printers()
    if not found.names:
        return f"{found.why} {BY_HAND}"
    printer = found.usual or found.names[0]
    try:
        with tempfile.TemporaryDirectory(prefix="mmt-code-") as room:
            page = Path(room) / "recovery-code.txt"
            with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(f"\n\n   mmt: recovery code\n\n   {code}\n\n   Keep it away from the computer.\n")
            sent = send(Job(page, "mmt recovery code", "a4"), printer)
    except OSError as error:
        return f"It could not be printed ({error.strerror}). {BY_HAND}"
    return f"Sent to {printer}. {sent.says}".rstrip() if sent.done else f"{sent.says} {BY_HAND}"
