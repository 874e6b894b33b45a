"""What is wrong in protocol, template and settings files, a line each."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import DIALOG, bindings
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging


class ProblemsScreen(ModalScreen[None]):
    """Lists every problem with its file and place; everything else was loaded."""

    PLACE = DIALOG
    BINDINGS = bindings(PLACE)

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(name="problems")
        self._problems = problems

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static("Problems in the clinic's files", classes="title")
            for line in self._problems or ("None. Every file could be read.",):
                yield Static(Hanging(Content(" • "), plain(line)))
        yield KeyBar()

    def action_back(self) -> None:
        """Close the list."""
        self.dismiss()
