"""What is wrong in protocol, template and settings files, a line each."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from mmt.tui.dialogs.dialog import Scrolled
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging


class ProblemsScreen(Scrolled[None]):
    """Lists every problem with its file and place; everything else was loaded."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(name="problems")
        self._problems = problems

    def body(self) -> ComposeResult:
        yield Static("Problems in the clinic's files", classes="title")
        for line in self._problems or ("None. Every file could be read.",):
            yield Static(Hanging(Content(" • "), plain(line)))
