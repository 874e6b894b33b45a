"""F1: what a conclusion rests on - rule, inputs, what is missing, source, and how sure it is."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from mmt.model.protocol import Protocol
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import DIALOG, bindings
from mmt.tui.widgets.rows import Basis

from .basis_rows import basis_said


class BasisScreen(ModalScreen[None]):
    """Shows the basis of one or more things."""

    PLACE = DIALOG
    BINDINGS = bindings(PLACE)

    def __init__(self, subjects: tuple[Basis, ...], protocol: Protocol) -> None:
        super().__init__(name="basis")
        self._subjects = subjects
        self._protocol = protocol

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static("Basis", classes="title")
            yield Static(basis_said(self._subjects, self._protocol))
        yield KeyBar()

    def action_back(self) -> None:
        """Close."""
        self.dismiss()
