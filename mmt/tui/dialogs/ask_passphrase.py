"""A passphrase, asked for twice in a dialog and never shown."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from mmt.model.papers import SHORTEST_PASSPHRASE
from mmt.tui.widgets.fields import Field
from mmt.tui.widgets.plain import plain

from .dialog import Dialog

_RULE = f"{SHORTEST_PASSPHRASE} characters or more. It is kept nowhere: without it nobody can read the paper."


class AskPassphraseScreen(Dialog[str]):
    """Gives the passphrase back once both lines are the same; Escape gives nothing back."""

    AUTO_FOCUS = "#first"

    def __init__(self) -> None:
        super().__init__(name="ask-passphrase")

    def body(self) -> ComposeResult:
        yield Static("Passphrase for the papers made here", classes="title")
        yield Field("Passphrase", Input(password=True, compact=True, id="first"))
        yield Field("The same again", Input(password=True, compact=True, id="again"))
        yield Static(_RULE, classes="hint")

    @on(Input.Submitted, "#first")
    def go_on(self, event: Input.Submitted) -> None:
        """Ask for it again, where it is long enough."""
        if len(event.value) < SHORTEST_PASSPHRASE:
            self._say(f"Too short: {SHORTEST_PASSPHRASE} characters or more.")
        else:
            self.query_one("#again", Input).focus()

    @on(Input.Submitted, "#again")
    def keep(self, event: Input.Submitted) -> None:
        """Give the passphrase back, where both lines are the same."""
        first = self.query_one("#first", Input)
        if event.value == first.value and len(event.value) >= SHORTEST_PASSPHRASE:
            self.dismiss(event.value)
            return
        for line in (first, self.query_one("#again", Input)):
            line.value = ""
        first.focus()
        self._say("The two lines were not the same. Type both again.")

    def _say(self, told: str) -> None:
        self.query_one(".hint", Static).update(plain(told))
