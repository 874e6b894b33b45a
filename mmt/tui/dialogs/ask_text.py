"""One line or a few of text, asked for in a dialog."""

from collections.abc import Callable
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from mmt.model.text import clean
from mmt.tui.widgets.plain import plain

from .dialog import Dialog
from .keys import LINE_OF_TEXT


class AskTextScreen(Dialog[str]):
    """Asks for a line of text; Enter gives it back, Escape gives nothing back."""

    AUTO_FOCUS = "#text"
    PLACE = LINE_OF_TEXT

    def __init__(self, asks: str, text: str = "", hint: str = "Enter keeps it, Esc does not.") -> None:
        super().__init__(name="ask-text")
        self._asks = asks
        self._text = text
        self._hint = hint

    def body(self) -> ComposeResult:
        yield Static(plain(self._asks), classes="title")
        yield Input(self._text, id="text")
        yield Static(self._hint, classes="hint")

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Give the text back."""
        self.dismiss(clean(self.query_one(Input).value))


def ask_yes(app: App[Any], doubt: str, go_on: Callable[[], object]) -> None:
    """Say what is odd; a typed yes goes on, anything else leaves it."""

    def answered(text: str | None) -> None:
        if text and text.casefold() == "yes":
            go_on()

    hint = "Type yes and Enter to go on all the same; Esc goes back."
    app.push_screen(AskTextScreen(doubt, hint=hint), answered)
