"""One line or a few of text, asked for in a dialog."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from mmt.model.text import clean
from mmt.tui.widgets.plain import plain

from .dialog import Dialog
from .keys import LINE_OF_TEXT


class AskTextScreen(Dialog[str]):
    """Asks for a line of text; Enter gives it back, Escape gives nothing back. What was typed `earlier` is
    offered, one after the other."""

    AUTO_FOCUS = "#text"
    PLACE = LINE_OF_TEXT

    def __init__(
        self,
        asks: str,
        text: str = "",
        hint: str = "Enter keeps it, Esc does not.",
        earlier: Sequence[str] = (),
    ) -> None:
        super().__init__(name="ask-text")
        self._earlier = earlier
        self._asks = asks
        self._text = text
        self._hint = hint

    def body(self) -> ComposeResult:
        yield Static(plain(self._asks), classes="title")
        yield Input(self._text, id="text")
        if self._earlier:
            yield Static(plain(f"↓ {'  ·  '.join(self._earlier)}"), classes="hint")
        yield Static(self._hint, classes="hint")

    def action_earlier(self) -> None:
        """Put in what was typed earlier, the newest first."""
        if not self._earlier:
            return
        field = self.query_one(Input)
        at = self._earlier.index(field.value) + 1 if field.value in self._earlier else 0
        field.value = self._earlier[at % len(self._earlier)]

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
