"""The last screen: a backup is made where one is due. It can be skipped, and need not succeed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from mmt.model.errors import ClinicError
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.widgets.plain import plain

from .keys import LEAVING

if TYPE_CHECKING:
    from mmt.clinic.backups.desk import BackupDesk


class LeavingScreen(Dialog[None]):
    """Says what is done before mmt is left; any of its keys leaves at once."""

    PLACE = LEAVING

    @dataclass
    class Done(Message):
        """mmt can be left, after this was said."""

        said: str = ""

    def __init__(self, backups: "BackupDesk") -> None:
        super().__init__(name="leaving")
        self._backups = backups

    def body(self) -> ComposeResult:
        yield Static(plain(f"Backing up to {self._backups.folder} …"), classes="title")
        yield Static("mmt ends by itself then. Esc ends it now, without a new backup.", classes="hint")

    def on_mount(self) -> None:
        self.call_after_refresh(self.run_worker, self._made, thread=True)

    def _made(self) -> None:
        try:
            made = self._backups.make_if_due()
            said = made.said if made else ""
        except ClinicError as error:
            said = str(error)
        self.post_message(self.Done(said))

    def action_back(self) -> None:
        """Leave without it."""
        self.post_message(self.Done("Left without a new backup."))
