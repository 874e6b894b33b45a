"""The lock: covers the screen and drops the keys; what is open waits beneath it as it was left."""

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from mmt.model.errors import ClinicError
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.fields import Field
from mmt.tui.widgets.plain import plain

from .keys import LOCK

SHUT = "Locked: nobody typed for a while. Nothing was lost; what was open waits as you left it."
NOT_TAKEN = "{key} was not taken: nothing is recorded while mmt is locked. Enter asks for the passphrase."


class LockScreen(Dialog[None]):
    """Takes no key for a value before Enter asked for the passphrase; then `unlock` opens the records, or
    raises ClinicError. `another` leaves what is open; it raises ClinicError where that may not be."""

    AUTO_FOCUS = None
    PLACE = LOCK

    def __init__(self, who: str, unlock: Callable[[str], None], another: Callable[[], None]) -> None:
        super().__init__(name="lock")
        self._who, self._unlock, self._another = who, unlock, another

    def body(self) -> ComposeResult:
        yield Static(SHUT, classes="title")
        asks = f"{self._who} is signed in. Enter asks for the passphrase."
        yield Static(plain(asks), id="lock-who", classes="apart")
        yield Field("Passphrase", Input(password=True, compact=True, id="passphrase", disabled=True))
        yield Static("", id="form-problem")

    def on_mount(self) -> None:
        self.action_back()

    @property
    def _field(self) -> Input:
        return self.query_one("#passphrase", Input)

    def action_ask(self) -> None:
        """Ask for the passphrase."""
        self._field.disabled = False
        self._field.focus()
        self._say("")

    def action_back(self) -> None:
        """Put away what is half typed."""
        self._field.value = ""
        self._field.disabled = True
        self._say("")

    def on_key(self, event: events.Key) -> None:
        """A key that was meant for what is beneath is told, and neither kept nor shown."""
        if event.is_printable and self._field.disabled:
            event.stop()
            self._refuse(event.character or "")

    def on_paste(self, event: events.Paste) -> None:
        """So is what is pasted."""
        if self._field.disabled:
            event.stop()
            self._refuse("What was pasted")

    def _refuse(self, key: str) -> None:
        self._say(NOT_TAKEN.format(key=key if len(key) > 1 else f"The key {key.strip() or 'Space'}"))
        self.app.bell()

    @on(Input.Submitted)
    def open(self, event: Input.Submitted) -> None:
        """Open the records; said first, as a moment passes."""
        typed, event.input.value = event.value, ""
        self._say("Opening the records …")
        self.call_after_refresh(self._open, typed)

    def _open(self, typed: str) -> None:
        self._try(lambda: self._unlock(typed))

    def action_another(self) -> None:
        """Let another person sign in."""
        self._try(self._another)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ClinicError as error:
            self._say(str(error))
            self.app.bell()

    def _say(self, told: str) -> None:
        self.query_one("#form-problem", Static).update(plain(told))
