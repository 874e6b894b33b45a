"""F1: what a conclusion rests on - rule, inputs, what is missing, source, and how sure it is."""

from textual.app import ComposeResult
from textual.widgets import Static

from mmt.model.protocol import Protocol
from mmt.tui.dialogs.dialog import Scrolled
from mmt.tui.widgets.rows import Basis

from .basis_rows import basis_said


class BasisScreen(Scrolled[None]):
    """Shows the basis of one or more things."""

    def __init__(self, subjects: tuple[Basis, ...], protocol: Protocol) -> None:
        super().__init__(name="basis")
        self._subjects = subjects
        self._protocol = protocol

    def body(self) -> ComposeResult:
        yield Static("Basis", classes="title")
        yield Static(basis_said(self._subjects, self._protocol))
