"""What who signs in has to know first."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.plain import plain


class ToldScreen(Dialog[None]):
    """Sentences that stay until they were read."""

    def __init__(self, said: Sequence[str]) -> None:
        super().__init__(name="told")
        self._told = said

    def body(self) -> ComposeResult:
        yield Static("Since you signed in last", classes="title")
        for sentence in self._told:
            yield Static(plain(sentence), classes="apart")
        yield Static("Esc goes on.", classes="apart hint")
