"""The first frame: what this program is and is not, and that the records are being opened."""

from textual.app import ComposeResult
from textual.containers import Middle, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from mmt.model.label import LABEL
from mmt.tui.keys.commands import bindings
from mmt.tui.widgets.plain import plain

from .keys import START


class StartScreen(Screen[None]):
    """Shows the label until the records are open, or why they could not be."""

    PLACE = START
    BINDINGS = bindings(PLACE)

    class Retry(Message):
        """Try again to open the records."""

    def __init__(self) -> None:
        super().__init__(name="start")
        self._failed = False

    def compose(self) -> ComposeResult:
        with Middle(), Vertical(id="start-box"):
            yield Static("mmt", id="start-name")
            yield Static("Manual muscle tests, leg length, home stretches", id="start-about")
            yield Static(plain(LABEL), id="start-label")
            yield Static("Opening the records …", id="start-state")

    def failed(self, sentence: str) -> None:
        """Say why the records could not be opened."""
        self._failed = True
        self.query_one("#start-state", Static).update(plain(f"{sentence}\n\nR tries again, Ctrl+Q leaves."))

    def action_retry(self) -> None:
        """Try again, once something has failed."""
        if self._failed:
            self._failed = False
            self.query_one("#start-state", Static).update("Opening the records …")
            self.post_message(self.Retry())
